from django.urls import path

from . import mediated, pages

urlpatterns = [
    path("find/", pages.search, name="search"),
    path("find/for-somebody/", mediated.search_for_other, name="search_for_other"),
    path("find/for-somebody/<uuid:id>/", mediated.see_for_other, name="see_for_other"),
    path("my-activity/", mediated.in_my_name, name="in_my_name"),
    path("find/<uuid:id>/", pages.results, name="results"),
    path("find/<uuid:id>/new-record/", pages.register, name="register"),
    path("find/open/<uuid:id>/", pages.open_found, name="open_found"),
]
