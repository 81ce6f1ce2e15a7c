from django.urls import path

from . import pages

urlpatterns = [path("demonstration/", pages.choose, name="demonstration")]
