"""Pages from first concern to consent: checklist, start, consent, refusal."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from teamaround.access.policy import Action
from teamaround.casework import checklists, consenting, episodes
from teamaround.people import queries as people
from teamaround.sharing import notices
from teamaround.web.page import bound, done, page, show
from teamaround.workforce import queries as workforce

from .answering import checklist_form
from .forms import OutcomeForm, RecordConsentForm, RefusalForm, StartForm, capacities


@page(Action.WRITE_CHECKLIST)
def start_checklist(request: HttpRequest, child: object) -> HttpResponse:
    """Begin a checklist, or go on with the one I have not finished."""
    if request.method == "POST":
        checklist = checklists.start(child, by=request.actor)
        return redirect("checklist", id=checklist.pk)
    return show(
        request,
        "episodes/start_checklist.html",
        child=child,
        name=people.name_of(child),
        earlier=checklists.of(child, request.actor.practitioner),
    )


@page(Action.SEE_CHECKLIST)
def checklist(request: HttpRequest, checklist: object) -> HttpResponse:
    """Fill in the checklist; the author only."""
    if checklist.finished_on or "own_checklist" not in request.admitted.through:
        return show(request, "episodes/checklist_done.html", view=checklists.view(checklist))
    form = checklist_form(request, checklist)
    sent = request.method == "POST" and not form.wants_another(request.POST)
    if sent and done(form, lambda: checklists.save(checklist, form.answers(), by=request.actor)):
        return redirect("checklist_outcome", id=checklist.pk)
    return show(
        request, "episodes/checklist.html", form=form, checklist=checklist, name=people.name_of(checklist.child)
    )


@page(Action.SEE_CHECKLIST)
def checklist_outcome(request: HttpRequest, checklist: object) -> HttpResponse:
    """What the answers point to; the practitioner decides."""
    view = checklists.view(checklist)
    form = bound(OutcomeForm, request, computed=view.computed, safeguarding=view.safeguarding_needed)
    if request.method == "POST" and done(
        form, lambda: checklists.finish(checklist, **form.cleaned_data, by=request.actor)
    ):
        if form.leads_to_assessment():
            return redirect("start_episode", id=checklist.child_id)
        messages.success(request, "The checklist is finished. Only you and your manager can see it.")
        return redirect("child", id=checklist.child_id)
    return show(request, "episodes/checklist_outcome.html", form=form, view=view, checklist=checklist)


@page(Action.START_EPISODE)
def start_episode(request: HttpRequest, child: object) -> HttpResponse:
    """Start an episode; where one is open, say whom to contact."""
    form = bound(StartForm, request)
    if request.method == "POST":
        episode = done(form, lambda: episodes.start(child, **form.cleaned_data, by=request.actor))
        if episode:
            return redirect("consent", id=episode.pk)
    return show(request, "episodes/start.html", form=form, child=child, over_age=episodes.needs_age_reason(child))


@page(Action.RECORD_CONSENT)
def consent(request: HttpRequest, episode: object) -> HttpResponse:
    """Record consent to hold and to share."""
    child = episode.child
    form = bound(
        RecordConsentForm,
        request,
        adults=people.adult_choices(child),
        agencies=workforce.agency_choices(child.authority_id),
        capacities=capacities(people.age_of(child)),
        initial={"language": child.first_language, **consenting.shared_with(episode)},
    )
    if request.method == "POST" and done(
        form, lambda: consenting.record(episode, **_people(episode, form.consent()), by=request.actor)
    ):
        return redirect("child", id=episode.child_id)
    return show(
        request,
        "episodes/consent.html",
        form=form,
        episode=episode,
        renewing=episode.store_consent_id is not None,
        heading=f"Consent for {people.name_of(child)}",
        notice=notices.current(),
    )


@page(Action.RECORD_CONSENT)
def refuse(request: HttpRequest, episode: object) -> HttpResponse:
    """Record a refusal: as short as a yes."""
    child = episode.child
    form = bound(RefusalForm, request, adults=people.adult_choices(child), capacities=capacities(people.age_of(child)))
    if request.method == "POST" and done(
        form, lambda: consenting.refuse(episode, **_people(episode, form.cleaned_data), by=request.actor)
    ):
        messages.success(request, "The refusal is recorded and the episode has ended. Other help goes on.")
        return redirect("home")
    return show(request, "episodes/refuse.html", form=form, episode=episode)


def _people(episode: object, given: dict[str, Any]) -> dict[str, Any]:
    """The ids a form gave as the people and agencies they stand for."""
    given = {**given, "given_by": people.adult(episode.child, given.get("given_by"))}
    for name in ("recipients", "excluded"):
        if name in given:
            given[name] = workforce.agencies_of_ids(given[name])
    if "informed" in given:
        given["notice"] = notices.current()
    return given
