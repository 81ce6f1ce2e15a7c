from django.urls import include, path

from . import keeping

SUBJECTS = ("home", "search", "children", "episodes", "teams", "plans")

urlpatterns = [
    *(path("", include(f"teamaround.web.{subject}.urls")) for subject in SUBJECTS),
    path("keep/", keeping.keep, name="keep"),
]
