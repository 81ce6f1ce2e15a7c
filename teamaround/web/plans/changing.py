"""Pages that change a part of the draft: what is recorded stands in the form, nothing is written twice."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from teamaround.access.policy import Action
from teamaround.casework import assessments, plan_views, plans, teams
from teamaround.web.page import bound, done, page, show

from .forms import ActionForm, NeedForm, OutcomeForm


@page(Action.WRITE_PLAN)
def change_need(request: HttpRequest, episode: object, need: UUID) -> HttpResponse:
    """Change the words of a need, or the element it is tied to."""
    found = plan_views.need(episode, need)
    known = {"text": found.text, "element": found.element}
    form = bound(NeedForm, request, elements=assessments.elements(episode), initial=known)
    if request.method == "POST" and done(form, lambda: plans.change_need(found, **form.cleaned_data, by=request.actor)):
        return redirect("plan", id=episode.pk)
    return _changing(request, form, episode, "Change the need", [])


@page(Action.WRITE_PLAN)
def change_outcome(request: HttpRequest, episode: object, outcome: UUID) -> HttpResponse:
    """Change what will be different, how anyone will know, the aims, and where things stood at the start."""
    found = plan_views.outcome(episode, outcome)
    known = {
        "text": found.text,
        "measure": found.measure,
        "aims": [str(one) for one in found.aims],
        "score_at_start": found.score_at_start,
    }
    aims, open_start = plan_views.aims_by_heading(), plans.start_is_open(found)
    form = bound(OutcomeForm, request, aims=aims, asks_start=open_start, initial=known)
    if request.method == "POST" and done(
        form, lambda: plans.change_outcome(found, **form.cleaned_data, by=request.actor)
    ):
        return redirect("plan", id=episode.pk)
    kept = [] if open_start else [f"At the start things stood at {found.score_at_start} of {plans.BEST}. That is kept."]
    return _changing(request, form, episode, "Change what will be different", kept)


@page(Action.WRITE_PLAN)
def change_action(request: HttpRequest, episode: object, one: UUID) -> HttpResponse:
    """Change what is done, by whom or by when; a changed promise is accepted anew (CW-56)."""
    found = plan_views.action_of_draft(episode, one)
    known = {
        "text": found.text,
        "owner": str(found.owner_id),
        "by_when": found.by_when,
        "priority": found.priority,
        "resources": found.resources,
    }
    form = bound(ActionForm, request, owners=teams.choices(episode), initial=known)
    if request.method == "POST" and done(
        form,
        lambda: plans.change_action(
            found,
            **(form.cleaned_data | {"owner": teams.member(episode, form.cleaned_data["owner"])}),
            by=request.actor,
        ),
    ):
        return redirect("plan", id=episode.pk)
    return _changing(request, form, episode, "Change the action", ["If anything changes, its owner is asked again."])


def _changing(request: HttpRequest, form: object, episode: object, heading: str, intro: list[str]) -> HttpResponse:
    back = reverse("plan", args=[episode.pk])
    return show(
        request, "parts/simple.html", form=form, heading=heading, intro=intro, back=back, send="Save the change"
    )
