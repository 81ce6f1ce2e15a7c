"""What becomes of a child's record: staying past 18, death, leaving and coming back, a hold in law."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from teamaround.access import door
from teamaround.access.policy import Action
from teamaround.index import leaving, life_views, purging, staying
from teamaround.people import queries as people
from teamaround.web.page import bound, done, page, show

from .life_forms import DeathForm, HoldForm, LeavingForm, ReturnForm, StayForm, SureForm


def ask(
    request: HttpRequest, child: Any, form: Form, act: Callable[[], Any], *, said: str, **words: Any
) -> HttpResponse:
    """One question about the life of a record; once it is answered, back to where the record can still be seen."""
    if request.method == "POST" and done(form, act):
        messages.success(request, said)
        return redirect(back_of(request, child))
    return show(request, "parts/simple.html", form=form, back=back_of(request, child), **words)


def back_of(request: HttpRequest, child: Any) -> str:
    """The page of the record that whoever looks may see: the child's, the steward's, the archive's; else home."""
    for action, name in (
        (Action.SEE_CHILD, "child"),
        (Action.SEE_LIFE, "life"),
        (Action.READ_ARCHIVED, "archived"),
    ):
        if door.allows(request.actor, action, child):
            return reverse(name, args=[child.pk])
    return reverse("home")


@page(Action.SEE_LIFE, methods=("GET",))
def life(request: HttpRequest, child: object) -> HttpResponse:
    """What becomes of a record, for the stewards of its authority."""
    told = life_views.life_of(child)
    may = {one.name for one in request.admitted.may}
    asks = life_views.may_be_asked(child)
    return show(
        request, "stewardship/life.html", child=child, name=people.name_of(child), life=told, may=may, asks=asks
    )


@page(Action.RECORD_DEATH)
def death(request: HttpRequest, child: object) -> HttpResponse:
    """A child has died."""
    form = bound(DeathForm, request)
    return ask(
        request,
        child,
        form,
        lambda: leaving.record_death(child, **form.cleaned_data, by=request.actor),
        said="The death is recorded",
        heading=f"Record the death of {people.name_of(child)}",
        intro=[
            "From this minute nobody is asked, reminded or told anything about this child.",
            "The record stays for a year and then goes to the archive.",
        ],
        send="Record the death",
    )


@page(Action.DEATH_IN_ERROR)
def death_in_error(request: HttpRequest, child: object) -> HttpResponse:
    """A death was recorded and the child lives."""
    form = bound(SureForm, request)
    return ask(
        request,
        child,
        form,
        lambda: leaving.death_in_error(child, by=request.actor),
        said="The death is taken back",
        heading=f"{people.name_of(child)} has not died",
        intro=["The record goes on as before. That a death was recorded and taken back stays in its history."],
        send="Take the death back",
    )


@page(Action.RECORD_LEAVING)
def left(request: HttpRequest, child: object) -> HttpResponse:
    """A child has left the area."""
    form = bound(LeavingForm, request)
    return ask(
        request,
        child,
        form,
        lambda: leaving.leave(child, **form.cleaned_data, by=request.actor),
        said="It is recorded that the child left",
        heading=f"{people.name_of(child)} has left the area",
        intro=["If they come back, the record goes on under the same number."],
        send="Record it",
    )


@page(Action.RECORD_RETURN)
def back(request: HttpRequest, child: object) -> HttpResponse:
    """A child who left is back."""
    form = bound(ReturnForm, request)
    return ask(
        request,
        child,
        form,
        lambda: leaving.come_back(child, **form.cleaned_data, by=request.actor),
        said="It is recorded that the child is back",
        heading=f"{people.name_of(child)} is back",
        intro=["The record goes on under the number it always had."],
        send="Record it",
    )


@page(Action.RECORD_STAY)
def stay(request: HttpRequest, child: object) -> HttpResponse:
    """Whether a young person's record stays past 18; or that they take their consent back."""
    name = people.name_of(child)
    if staying.standing(child):
        form = bound(SureForm, request)
        return ask(
            request,
            child,
            form,
            lambda: staying.withdraw(child, by=request.actor),
            said="Their consent is taken back",
            heading=f"{name} takes their consent back",
            intro=[
                "Their record goes to the archive in the night after their 18th birthday, or tonight if it is past."
            ],
            send="Take the consent back",
        )
    form = bound(StayForm, request)
    return ask(
        request,
        child,
        form,
        lambda: staying.answer(child, **form.answered(), by=request.actor),
        said="Their answer is recorded",
        heading=f"Does the record of {name} stay after 18?",
        intro=[
            "At 18 a record goes to the archive. It can stay until an age of up to 25 for somebody who leaves care or"
            " has a learning disability, and only if they say so themselves. They can take that back at any time.",
        ],
        send="Record their answer",
    )


@page(Action.LEGAL_HOLD)
def legal_hold(request: HttpRequest, child: object) -> HttpResponse:
    """Keep a record for a reason in law, or no longer."""
    if purging.held(child):
        form = bound(SureForm, request)
        return ask(
            request,
            child,
            form,
            lambda: purging.lift(child, by=request.actor),
            said="The hold is lifted",
            heading="Lift the hold in law",
            intro=["The record is then purged when its time has come."],
            send="Lift the hold",
        )
    form = bound(HoldForm, request)
    return ask(
        request,
        child,
        form,
        lambda: purging.hold(child, **form.cleaned_data, by=request.actor),
        said="The record is held",
        heading="Hold this record in law",
        intro=["Until the hold is lifted the record is not purged, however old it is."],
        send="Hold the record",
    )
