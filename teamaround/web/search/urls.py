from django.urls import path

from . import pages

urlpatterns = [
    path("find/", pages.search, name="search"),
    path("find/<uuid:id>/", pages.results, name="results"),
    path("find/<uuid:id>/new-record/", pages.register, name="register"),
    path("find/open/<uuid:id>/", pages.open_found, name="open_found"),
]
