from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from teamaround.access import override as emergencies
from teamaround.access.policy import Action
from teamaround.index import stewardship
from teamaround.people import queries as people
from teamaround.web.page import bound, done, page, show

from .forms import DecideForm, OverrideForm, ReviewForm


@page(Action.STEWARD, methods=("GET",))
def steward(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, the oldest first, each with its reasons in words."""
    return show(request, "stewardship/steward.html", questions=stewardship.questions())


@page(Action.DECIDE_WORK)
def work_item(request: HttpRequest, item: object) -> HttpResponse:
    """Both sides of a question, and the decisions that fit it."""
    choices = stewardship.choices(item)
    form = bound(DecideForm, request, choices=choices)
    if request.method == "POST" and done(form, lambda: stewardship.decide(item, **form.cleaned_data, by=request.actor)):
        messages.success(request, "Your decision is recorded")
        return redirect("steward")
    beside = stewardship.side_by_side(item, classes=request.admitted.classes, by=request.actor)
    asks_when = any(value == "left" for value, _ in choices)
    return show(request, "stewardship/work_item.html", form=form, beside=beside, choices=choices, asks_when=asks_when)


@page(Action.REVIEW_OVERRIDE, methods=("GET",))
def overrides(request: HttpRequest) -> HttpResponse:
    """Emergency openings by others that nobody has reviewed."""
    return show(request, "stewardship/overrides.html", openings=emergencies.openings(request.actor))


@page(Action.REVIEW_OVERRIDE)
def review_override(request: HttpRequest, opening: UUID) -> HttpResponse:
    """One emergency opening: who, why, and was it justified."""
    opened = emergencies.waiting_for_review(opening, by=request.actor)
    form = bound(ReviewForm, request)
    if request.method == "POST" and done(
        form, lambda: emergencies.review(opened, **form.cleaned_data, by=request.actor)
    ):
        messages.success(request, "Your review is recorded")
        return redirect("overrides")
    opening_shown = emergencies.look_at(opened, by=request.actor)
    return show(request, "stewardship/review_override.html", form=form, opening=opening_shown)


@page(Action.OVERRIDE, shown_anew=True)
def override(request: HttpRequest, child: object) -> HttpResponse:
    """Open one record in an emergency, for an hour, to read only."""
    form = bound(OverrideForm, request)
    if request.method == "POST":
        opened = done(form, lambda: emergencies.open_in_emergency(child, **form.cleaned_data, by=request.actor))
        if opened:
            messages.info(request, "The record is open to you for 60 minutes, to read. Somebody else reviews this.")
            return redirect("child", id=child.pk)
    return show(request, "stewardship/override.html", form=form, name=people.name_of(child))
