from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from teamaround.accounts import opening, signin
from teamaround.workforce import queries as workforce
from teamaround.workforce.personas import PERSONAS


@dataclass(frozen=True)
class Choice:
    """Somebody a visitor can be, as the page shows them."""

    worker: workforce.Worker
    shows: str


def choose(request: HttpRequest) -> HttpResponse:
    """Whom a visitor can be; pressed, they are."""
    if not settings.DEMONSTRATION:
        raise Http404
    choices = _choices()
    if request.method == "POST":
        chosen = [one for one in choices if str(one.worker.id) == request.POST.get("persona")]
        if not chosen:
            raise Http404
        signin.open_as_persona(request, opening.account(chosen[0].worker.account))
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "demonstration/choose.html", {"choices": choices})


def _choices() -> list[Choice]:
    shows = {one.name: one.shows for one in PERSONAS}
    return [Choice(one, shows[one.name]) for one in workforce.workers_named(list(shows)) if one.account]
