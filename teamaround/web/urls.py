"""Every address of the workers' pages. A subject's addresses stand in its own folder and are included here."""

from django.conf import settings
from django.urls import include, path

from . import health, keeping, violations

SUBJECTS = ("home", "search", "children", "episodes", "teams", "plans", "stewardship", "feeds", "signing_in")

urlpatterns = [
    *(path("", include(f"teamaround.web.{subject}.urls")) for subject in SUBJECTS),
    path("keep/", keeping.keep, name="keep"),
    path("policy-report/", violations.report, name="policy_report"),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("health/writable", health.writable, name="writable"),
]

if settings.DEMONSTRATION:
    urlpatterns.append(path("", include("teamaround.web.demonstration.urls")))
