from django.http import HttpRequest, HttpResponse

from teamaround.access.policy import Action
from teamaround.reference import periods as reference
from teamaround.web.page import page, show


@page(Action.SEE_PERIODS, methods=("GET",))
def periods(request: HttpRequest) -> HttpResponse:
    """Every period and threshold in force, on whose word and since when; to read only."""
    return show(request, "stewardship/periods.html", periods=reference.in_force())
