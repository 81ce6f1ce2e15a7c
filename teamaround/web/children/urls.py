from django.urls import path

from . import pages

urlpatterns = [
    path("children/<uuid:id>/", pages.child, name="child"),
    path("children/<uuid:id>/involvement/", pages.record_involvement, name="record_involvement"),
    path("children/starts/<uuid:id>/", pages.follow_up, name="follow_up"),
    path("children/involvements/<uuid:id>/end/", pages.end_involvement, name="end_involvement"),
]
