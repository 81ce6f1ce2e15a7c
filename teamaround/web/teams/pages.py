from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from teamaround.access.policy import Action
from teamaround.casework import lead_views, leads, meeting_views, meetings, teams
from teamaround.web.page import bound, done, page, show

from .forms import CancelForm, ConveneForm, DeclineForm, JoinForm, MinutesForm, ProposeForm, ReplyForm


@page(Action.CHANGE_TEAM)
def team(request: HttpRequest, episode: object) -> HttpResponse:
    """Who is in the team; ask somebody in."""
    form = bound(JoinForm, request, practitioners=teams.could_join(episode))
    if request.method == "POST":
        joined = done(form, lambda: teams.ask_in(episode, **form.cleaned_data, by=request.actor))
        if joined:
            messages.success(request, f"{joined.name} is in the team")
            return redirect("team", id=episode.pk)
    proposed, may = leads.proposed(episode), request.admitted.may
    return show(
        request,
        "teams/team.html",
        form=form,
        episode=episode,
        members=teams.members(episode),
        lead=leads.active(episode),
        meetings=meeting_views.listed(episode),
        proposal=leads.name_of(proposed) if proposed else "",
        may_ask=Action.RECORD_CONSENT in may,
        may_hand_over=Action.COORDINATE in may,
    )


@page(Action.CHANGE_TEAM)
def leave(request: HttpRequest, episode: object, member: UUID) -> HttpResponse:
    """Let a member go, after asking once more."""
    leaving = teams.member(episode, member)
    if request.method == "POST":
        teams.leave(leaving, by=request.actor)
        return redirect("team", id=episode.pk)
    return show(request, "teams/leave.html", episode=episode, name=teams.name_of(leaving))


@page(Action.CONVENE)
def convene(request: HttpRequest, episode: object) -> HttpResponse:
    """Call a meeting of the team."""
    form = bound(ConveneForm, request, members=teams.choices(episode), initial={"kind": meetings.next_kind(episode)})
    if request.method == "POST":
        called = done(
            form,
            lambda: meetings.convene(
                episode,
                kind=form.cleaned_data["kind"],
                planned_at=form.planned_at(),
                place=form.cleaned_data["place"],
                online=form.cleaned_data["online"],
                agenda=form.cleaned_data["agenda"],
                members=teams.chosen(episode, form.cleaned_data["members"]),
                by=request.actor,
            ),
        )
        if called:
            return redirect("meeting", id=called.pk)
    return show(request, "teams/convene.html", form=form, episode=episode)


@page(Action.SEE_MEETING)
def meeting(request: HttpRequest, meeting: object) -> HttpResponse:
    """A meeting: when, where, who, and what came of it; my answer to the invitation."""
    form = bound(ReplyForm, request)
    mine = meeting_views.invitation_of(meeting, request.actor.practitioner)
    if request.method == "POST" and mine:
        replied = done(form, lambda: meetings.reply(mine, **form.cleaned_data, by=request.actor))
        if replied:
            return redirect("meeting", id=meeting.pk)
    return show(
        request,
        "teams/meeting.html",
        form=form,
        mine=mine,
        meeting=meeting,
        view=meeting_views.view(meeting),
        may=request.admitted.may,
        may_record=Action.RECORD_MEETING in request.admitted.may,
    )


@page(Action.RECORD_MEETING)
def minutes(request: HttpRequest, meeting: object) -> HttpResponse:
    """Record who was there, what was said and decided."""
    known = meeting_views.as_recorded(meeting)
    form = bound(MinutesForm, request, people=meeting_views.invited_choices(meeting), initial=known)
    if request.method == "POST":
        given = form.data and done(
            form,
            lambda: meetings.record(
                meeting,
                held_on=form.cleaned_data["held_on"],
                chair=form.cleaned_data["chair"],
                note_taker=form.cleaned_data["note_taker"],
                participation=form.cleaned_data["participation"],
                consent_reminder_given=form.cleaned_data["consent_reminder_given"],
                next_on=form.cleaned_data["next_on"],
                next_note_taker=form.cleaned_data["next_note_taker"],
                **form.beside(),
                attendance=form.attendance(),
                points=form.points(),
                by=request.actor,
            ),
        )
        if given:
            return redirect("meeting", id=meeting.pk)
    return show(request, "teams/minutes.html", form=form, meeting=meeting, agenda=meeting_views.agenda(meeting))


@page(Action.RECORD_MEETING, methods=("POST",))
def agree_minutes(request: HttpRequest, meeting: object) -> HttpResponse:
    """The minutes are agreed."""
    meetings.agree_minutes(meeting, by=request.actor)
    return redirect("meeting", id=meeting.pk)


@page(Action.RECORD_MEETING, methods=("POST",))
def circulate_minutes(request: HttpRequest, meeting: object) -> HttpResponse:
    """Send the minutes to those whom the family agreed to (CW-55)."""
    left_out = meetings.circulate(meeting, by=request.actor)
    if left_out:
        messages.info(request, f"Not sent to {left_out}: the family has not agreed to share with them")
    return redirect("meeting", id=meeting.pk)


@page(Action.RECORD_MEETING)
def cancel(request: HttpRequest, meeting: object) -> HttpResponse:
    """Call a meeting off and tell those invited."""
    form = bound(CancelForm, request)
    if request.method == "POST" and done(form, lambda: meetings.cancel(meeting, **form.cleaned_data, by=request.actor)):
        return redirect("child", id=meeting.episode.child_id)
    return show(request, "teams/cancel.html", form=form, meeting=meeting)


@page(Action.PROPOSE_LEAD)
def propose(request: HttpRequest, episode: object) -> HttpResponse:
    """Look at each candidate by the criteria, then propose one."""
    form = bound(
        ProposeForm,
        request,
        members=leads.candidate_choices(episode),
        practitioners=teams.practitioner_choices(episode),
    )
    ranking = []
    if request.method == "POST" and form.is_valid():
        weighed = {"answers": form.answers(), "judged": form.judged()}
        order = leads.rank(episode, **weighed, wish=form.cleaned_data["family_wish_member"])
        ranking = lead_views.places(episode, order)
        if "rank" not in request.POST:
            proposed = done(form, lambda: leads.propose(episode, **form.proposal(), **weighed, by=request.actor))
            if proposed:
                messages.success(request, f"{leads.name_of(proposed)} is asked whether they will lead")
                return redirect("child", id=episode.child_id)
    return show(request, "teams/propose.html", form=form, episode=episode, ranking=ranking)


@page(Action.ANSWER_LEAD)
def answer(request: HttpRequest, lead: object) -> HttpResponse:
    """Accept to lead, or decline with a reason; an open box for the reason and two buttons."""
    form = bound(DeclineForm, request)
    if request.method == "POST":
        if "accept" in request.POST:
            leads.accept(lead, by=request.actor)
            return redirect("child", id=lead.episode.child_id)
        if done(form, lambda: leads.decline(lead, **form.cleaned_data, by=request.actor)):
            return redirect("home")
    return show(request, "teams/answer.html", form=form, lead=lead, view=lead_views.view(lead))
