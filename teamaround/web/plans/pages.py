from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from teamaround.access import door
from teamaround.access.policy import Action
from teamaround.casework import assessments, closing, meeting_views, plan_checks, plan_views, plans, reviews, teams
from teamaround.kit import dates
from teamaround.people import queries as people
from teamaround.web.page import bound, done, page, show

from .forms import (
    ActionForm,
    AgreeForm,
    AnswerActionForm,
    DeliverForm,
    NeedForm,
    OpenReviewForm,
    OutcomeForm,
    ProgressForm,
    ReviewForm,
)


@page(Action.SEE_EPISODE, methods=("GET",))
def plan(request: HttpRequest, episode: object) -> HttpResponse:
    """The plan in force, and the draft of the next version where there is one."""
    draft = plans.draft(episode)
    return show(
        request,
        "plans/plan.html",
        episode=episode,
        name=people.name_of(episode.child),
        plan=plan_views.current(episode),
        draft=plan_views.view(draft) if draft else None,
        problems=plan_checks.problems_to_agree(draft) if draft else [],
        may_write=Action.WRITE_PLAN in request.admitted.may,
        may_change=episode.closed_on is None,
        may_begin=episode.state in ("planning", "assessed"),
        form=AgreeForm(meetings=meeting_views.held_choices(episode)),
        earlier=plan_views.earlier(episode),
        mine=_mine(request, episode),
    )


def _mine(request: HttpRequest, episode: object) -> set[UUID]:
    """The actions that whoever looks answers for, so that no link leads to a page that is not there for them."""
    found = door.visible(request.actor, Action.DO_PLAN_ACTION).filter(owner__episode=episode)
    return set(found.values_list("pk", flat=True))


@page(Action.WRITE_PLAN, methods=("POST",))
def begin_draft(request: HttpRequest, episode: object) -> HttpResponse:
    """Begin to write, or to change what is agreed."""
    plans.begin_draft(episode, by=request.actor)
    return redirect("plan", id=episode.pk)


@page(Action.WRITE_PLAN)
def add_need(request: HttpRequest, episode: object) -> HttpResponse:
    """Add a need."""
    form = bound(NeedForm, request, elements=assessments.elements(episode))
    if request.method == "POST":
        added = done(
            form,
            lambda: plans.add_need(plans.begin_draft(episode, by=request.actor), **form.cleaned_data, by=request.actor),
        )
        if added:
            return redirect("add_outcome", id=episode.pk, need=added.pk)
    return _simple(request, form, episode, "Add a need", "Add the need", ["What is needed, not which service."])


@page(Action.WRITE_PLAN)
def add_outcome(request: HttpRequest, episode: object, need: UUID) -> HttpResponse:
    """Add an outcome to a need."""
    to = plan_views.need(episode, need)
    form = bound(OutcomeForm, request, aims=plan_views.aims_by_heading())
    if request.method == "POST":
        added = done(form, lambda: plans.add_outcome(to, **form.cleaned_data, by=request.actor))
        if added:
            return redirect("add_action", id=episode.pk, outcome=added.pk)
    return _simple(request, form, episode, "What will be different?", "Add the outcome", [f"For the need: {to.text}"])


@page(Action.WRITE_PLAN)
def add_action(request: HttpRequest, episode: object, outcome: UUID) -> HttpResponse:
    """Add an action to an outcome."""
    to = plan_views.outcome(episode, outcome)
    form = bound(ActionForm, request, owners=teams.choices(episode))
    if request.method == "POST":
        added = done(
            form,
            lambda: plans.add_action(
                to,
                **(form.cleaned_data | {"owner": teams.member(episode, form.cleaned_data["owner"])}),
                by=request.actor,
            ),
        )
        if added:
            return redirect("plan", id=episode.pk)
    return _simple(request, form, episode, "Who does what?", "Add the action", [f"So that: {to.text}"])


@page(Action.WRITE_PLAN)
def remove(request: HttpRequest, episode: object, part: UUID) -> HttpResponse:
    """Take a part out of the draft, after asking once more."""
    found = plan_views.part(episode, part)
    if request.method == "POST":
        plans.remove(found, by=request.actor)
        return redirect("plan", id=episode.pk)
    return show(request, "plans/remove.html", episode=episode, text=found.text)


@page(Action.WRITE_PLAN, methods=("POST",))
def agree(request: HttpRequest, episode: object) -> HttpResponse:
    """The team and the family agree the plan."""
    form = AgreeForm(request.POST, meetings=meeting_views.held_choices(episode))
    meeting = form.cleaned_data["meeting"] if form.is_valid() else None
    plans.agree(plans.begin_draft(episode, by=request.actor), meeting=meeting, by=request.actor)
    messages.success(request, "The plan is agreed. Everybody who owns an action is asked to accept it.")
    return redirect("plan", id=episode.pk)


@page(Action.WRITE_PLAN)
def begin(request: HttpRequest, episode: object) -> HttpResponse:
    """Set the first review and begin."""
    form = bound(DeliverForm, request)
    if request.method == "POST" and done(
        form,
        lambda: plans.start_delivery(episode, next_review_on=form.cleaned_data["next_review_on"], by=request.actor),
    ):
        messages.success(request, "Help has begun")
        return redirect("child", id=episode.child_id)
    return _simple(request, form, episode, "Begin", "Begin", ["From now on everybody does what was agreed."])


@page(Action.DO_PLAN_ACTION)
def plan_action(request: HttpRequest, one: object) -> HttpResponse:
    """My action: accept it or say why not, then say how it is going."""
    waiting = one.acceptance == "waiting"
    known = {"state": one.state, "progress": one.progress, "evidence": one.evidence}
    family = "" if one.owner.practitioner_id else teams.name_of(one.owner)
    form = (
        bound(AnswerActionForm, request, speaks_for=family) if waiting else bound(ProgressForm, request, initial=known)
    )
    if request.method == "POST" and done(form, lambda: _act(form, one, waiting, request)):
        return redirect("plan", id=one.owner.episode_id)
    return show(request, "plans/action.html", form=form, action=one, waiting=waiting, episode=one.owner.episode)


def _act(form: object, one: object, waiting: bool, request: HttpRequest) -> object:
    given = form.cleaned_data
    if not waiting:
        return plans.report(one, **given, by=request.actor)
    if given["answer"] == "accept":
        return plans.accept_action(one, by=request.actor)
    return plans.decline_action(one, because=given["because"], by=request.actor)


@page(Action.OPEN_REVIEW)
def review(request: HttpRequest, episode: object) -> HttpResponse:
    """Open the review, then record it."""
    opened = reviews.open_of(episode)
    if opened is None:
        return _open_review(request, episode)
    form = bound(
        ReviewForm,
        request,
        plan=plan_views.in_force(episode),
        adults=people.adult_choices(episode.child),
        lead=closing.lead_to_ask(episode, request.actor),
        initial={"held_on": dates.today()},
    )
    if request.method == "POST" and done(form, lambda: _record(form, opened, request)):
        messages.success(request, "The review is recorded")
        return redirect("child", id=episode.child_id)
    return show(
        request,
        "plans/review.html",
        form=form,
        review=opened,
        episode=episode,
        name=people.name_of(episode.child),
    )


def _open_review(request: HttpRequest, episode: object) -> HttpResponse:
    form = bound(OpenReviewForm, request, kinds=reviews.kinds(), initial={"kind": reviews.usual_kind(episode)})
    if request.method == "POST" and done(
        form, lambda: reviews.open_review(episode, kind=form.cleaned_data["kind"], by=request.actor)
    ):
        return redirect("review", id=episode.pk)
    return show(request, "plans/open_review.html", form=form, episode=episode, name=people.name_of(episode.child))


def _record(form: ReviewForm, opened: object, request: HttpRequest) -> object:
    given = form.review()
    adult = people.adult(opened.episode.child, form.cleaned_data["parent_adult"])
    parent = reviews.Says(*given.pop("parent_says"), adult=adult)
    return reviews.record(opened, **given, parent_says=parent, by=request.actor)


def _simple(
    request: HttpRequest, form: object, episode: object, heading: str, send: str, intro: list[str]
) -> HttpResponse:
    back = reverse("plan", args=[episode.pk])
    return show(request, "parts/simple.html", form=form, heading=heading, intro=intro, back=back, send=send)
