from django.urls import path

from . import pages

urlpatterns = [
    path("stewardship/questions/", pages.steward, name="steward"),
    path("stewardship/questions/<uuid:id>/", pages.work_item, name="work_item"),
    path("overrides/", pages.overrides, name="overrides"),
    path("overrides/<uuid:opening>/", pages.review_override, name="review_override"),
    path("children/<uuid:id>/emergency/", pages.override, name="override"),
]
