"""What coordinator and lead do for others: hand an office over, name a deputy, answer for the family."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from teamaround.access.policy import Action
from teamaround.casework import episodes, leads, meeting_views, meetings, teams
from teamaround.people import queries as people
from teamaround.web.page import bound, done, page, show

from .forms import NOBODY, DeputyForm, HandOverForm, ReplyForm


@page(Action.COORDINATE)
def hand_over(request: HttpRequest, episode: object) -> HttpResponse:
    """Hand the coordination over; whoever takes it is told, and has everything from that moment."""
    form = bound(HandOverForm, request, practitioners=episodes.coordinator_choices(episode))
    if request.method == "POST":

        def act() -> object:
            to = episodes.coordinator_chosen(episode, form.cleaned_data["to"])
            episodes.hand_over_coordination(episode, to=to, reason=form.cleaned_data["reason"], by=request.actor)
            return to

        if to := done(form, act):
            messages.success(request, f"{to.name} coordinates now, and has been told")
            return redirect("home")
    return show(
        request,
        "teams/hand_over.html",
        form=form,
        episode=episode,
        name=people.name_of(episode.child),
        stays=episodes.stays_after_handing_over(episode),
    )


@page(Action.PROPOSE_LEAD)
def deputy(request: HttpRequest, episode: object) -> HttpResponse:
    """Name who stands in for whoever leads, or nobody."""
    lead = leads.who_leads(episode)
    known = {"deputy": str(lead.deputy_id) if lead.deputy_id else NOBODY}
    form = bound(DeputyForm, request, members=leads.deputy_choices(lead), initial=known)
    if request.method == "POST":
        given = form.data.get("deputy")
        if done(form, lambda: leads.set_deputy(lead, _member(episode, given), by=request.actor)):
            return redirect("team", id=episode.pk)
    return show(
        request,
        "parts/simple.html",
        form=form,
        heading="Who stands in?",
        intro=[f"{leads.name_of(lead)} leads. The deputy is the first contact when they are away."],
        back=reverse("team", args=[episode.pk]),
        send="Save",
    )


def _member(episode: object, id: str) -> object:
    return None if id == NOBODY else teams.member(episode, id)


@page(Action.PROPOSE_LEAD, methods=("POST",))
def withdraw(request: HttpRequest, episode: object) -> HttpResponse:
    """Take back a proposal to lead that is not answered."""
    waiting = leads.proposed(episode)
    if waiting is not None:
        leads.withdraw(waiting, by=request.actor)
    return redirect("team", id=episode.pk)


@page(Action.RECORD_MEETING)
def family_reply(request: HttpRequest, meeting: object, invited: UUID) -> HttpResponse:
    """Record what the child or somebody of the family answers to an invitation."""
    asked = meeting_views.invitation_of_family(meeting, invited)
    name = teams.name_of(asked.member)
    form = bound(ReplyForm, request, speaks_for=name, initial={"reply": asked.reply, "report": asked.report})
    if request.method == "POST" and done(form, lambda: meetings.reply(asked, **form.cleaned_data, by=request.actor)):
        return redirect("meeting", id=meeting.pk)
    return show(
        request,
        "parts/simple.html",
        form=form,
        heading=f"What does {name} answer?",
        intro=["You record it for them, as they told you."],
        back=reverse("meeting", args=[meeting.pk]),
        send="Save",
    )
