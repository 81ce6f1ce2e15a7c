from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from teamaround.access.policy import Action
from teamaround.index import involvement, starting
from teamaround.kit import dates
from teamaround.people import queries as people
from teamaround.web.page import bound, done, page, show

from .forms import EndForm, FollowUpForm, InvolvementForm
from .telling import tell


@page(Action.SEE_CHILD, methods=("GET",))
def child(request: HttpRequest, child: object) -> HttpResponse:
    """The heart: who the child is, the circle, where things stand, the plan, what happened."""
    return show(request, "children/child.html", **tell(request, child))


@page(Action.RECORD_INVOLVEMENT)
def record_involvement(request: HttpRequest, child: object) -> HttpResponse:
    """Say that I work with a child: role, since when, how to reach me. No content."""
    me = request.practitioner
    contact = {"phone": me.phone or me.agency.phone, "email": me.email or me.agency.email}
    form = bound(InvolvementForm, request, initial={"role": me.job_title, "from_on": dates.today(), **contact})
    if request.method == "POST" and done(
        form, lambda: involvement.record(child, practitioner=me, **form.cleaned_data, by=request.actor)
    ):
        messages.success(request, "It is recorded that you work with this child")
        return redirect("child", id=child.pk)
    return show(
        request,
        "parts/simple.html",
        form=form,
        heading=f"Record that you work with {people.name_of(child)}",
        intro=["Others who help will see your name, agency and how to reach you. Nothing about why."],
        back=reverse("child", args=[child.pk]),
        send="Record it",
    )


@page(Action.END_INVOLVEMENT)
def end_involvement(request: HttpRequest, involvement_: object) -> HttpResponse:
    """Say that my agency no longer works with a child, or never did."""
    form = bound(EndForm, request)
    child = involvement_.child_id
    if request.method == "POST":

        def act() -> None:
            if form.cleaned_data["what"] == "error":
                involvement.record_in_error(involvement_, by=request.actor)
            else:
                involvement.end(involvement_, on=form.cleaned_data["on"], by=request.actor)

        if done(form, act):
            messages.success(request, "The involvement has ended")
            return redirect("home")
    return show(
        request,
        "parts/simple.html",
        form=form,
        heading="End an involvement",
        intro=["It stays visible as past for a year."],
        back=reverse("child", args=[child]),
        send="End it",
    )


@page(Action.FOLLOW_UP_START)
def follow_up(request: HttpRequest, start: object) -> HttpResponse:
    """What came of starting to work with a child."""
    form = bound(FollowUpForm, request)
    if request.method == "POST" and form.is_valid() and form.cleaned_data["outcome"] == "involved":
        return redirect("record_involvement", id=start.child_id)
    if request.method == "POST" and done(form, lambda: starting.no_further_action(start, by=request.actor)):
        messages.success(request, "Noted: no further action. The record is closed to you again.")
        return redirect("home")
    return show(
        request,
        "parts/simple.html",
        form=form,
        heading=f"What came of it? {people.name_of(start.child)}",
        intro=[
            f"On {dates.say(start.declared_at.astimezone(dates.LONDON).date())} you said that you start to work"
            " with this child."
        ],
        back=reverse("home"),
        send="Record it",
    )
