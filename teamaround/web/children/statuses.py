"""A child's standing under statute: what was entered, entering another, ending one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from teamaround.access.policy import Action
from teamaround.casework import holds
from teamaround.casework.terms import ClosureReason
from teamaround.kit import dates
from teamaround.people import queries as people
from teamaround.web.page import bound, done, page, show

from .detail_forms import EndStatusForm, StatusForm
from .details import found


@page(Action.ENTER_STATUS)
def statuses(request: HttpRequest, episode: object) -> HttpResponse:
    """Every status that was entered, and the form for another."""
    child = episode.child
    form = bound(StatusForm, request)
    if request.method == "POST" and done(
        form, lambda: holds.enter_status(child, **form.cleaned_data, by=request.actor)
    ):
        messages.success(request, "The status is entered")
        return redirect("statuses", id=episode.pk)
    return show(
        request,
        "children/statuses.html",
        form=form,
        child=child,
        name=people.name_of(child),
        episode=episode,
        statuses=holds.history(child),
        today=dates.today(),
        step_up=ClosureReason.STEP_UP.label,
    )


@page(Action.ENTER_STATUS)
def end_status(request: HttpRequest, episode: object, status: UUID) -> HttpResponse:
    """A status ends on a day."""
    standing = found(holds.entered(episode.child, status))
    form = bound(EndStatusForm, request)
    if request.method == "POST" and done(
        form, lambda: holds.end_status(standing, on=form.cleaned_data["to_on"], by=request.actor)
    ):
        messages.success(request, "The end of the status is recorded")
        return redirect("statuses", id=episode.pk)
    return show(
        request,
        "parts/simple.html",
        form=form,
        heading=f"End a status: {standing.get_status_display()}",
        intro=[f"{people.name_of(episode.child)}, since {dates.say(standing.from_on)}. The end changes no episode."],
        back=reverse("statuses", args=[episode.pk]),
        send="End it",
    )
