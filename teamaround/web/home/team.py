"""Somebody I manage leaves: when, and who goes on with what they leave behind."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from teamaround.access.policy import Action
from teamaround.index import renewing
from teamaround.kit.govuk.fields import ChoiceField, DateField, SelectField
from teamaround.kit.govuk.forms import Form
from teamaround.people import queries as people
from teamaround.web.page import bound, done, page, show
from teamaround.workforce import agencies


class LeavesForm(Form):
    """The last day of somebody's post."""

    on = DateField("What is their last day?", missing="Enter the date of their last day")


class PlaceForm(Form):
    """Who goes on with an involvement, if anybody."""

    what = ChoiceField(
        "What happens with it?",
        [("pass", "A colleague goes on working with the child"), ("end", "It ends")],
        missing="Select what happens with it",
        reveals={"pass": "to"},
    )
    to = SelectField("Which colleague?", [], missing="Select a colleague")

    def __init__(self, *args: Any, colleagues: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = colleagues


@page(Action.END_POST)
def end_post(request: HttpRequest, practitioner: object) -> HttpResponse:
    """Say when the post of somebody I manage ends."""
    form = bound(LeavesForm, request)
    if request.method == "POST" and done(
        form, lambda: agencies.end_post(practitioner, **form.cleaned_data, by=request.actor)
    ):
        messages.success(request, "The last day is recorded")
        return redirect("team_work")
    return show(
        request,
        "parts/simple.html",
        form=form,
        heading=f"{practitioner.name} is leaving",
        intro=[
            "After their last day they can do nothing here any more, not even in a session that is open.",
            "You are then asked who goes on with what they leave behind.",
        ],
        back=reverse("team_work"),
        send="Record the last day",
    )


@page(Action.PLACE_INVOLVEMENT)
def place_involvement(request: HttpRequest, involvement: object) -> HttpResponse:
    """Pass on an involvement of somebody who has gone, or end it."""
    form = bound(PlaceForm, request, colleagues=renewing.colleagues(involvement))

    def act() -> None:
        if form.cleaned_data["what"] == "end":
            renewing.end_left_behind(involvement, by=request.actor)
        else:
            to = renewing.colleague(involvement, form.cleaned_data["to"])
            renewing.pass_on(involvement, to=to, by=request.actor)

    if request.method == "POST" and done(form, act):
        messages.success(request, "It is recorded what happens")
        return redirect("team_work")
    return show(
        request,
        "parts/simple.html",
        form=form,
        heading=f"Who goes on working with {people.name_of(involvement.child)}?",
        intro=[f"{involvement.practitioner.name} was {involvement.role} and has left."],
        back=reverse("team_work"),
        send="Record it",
    )
