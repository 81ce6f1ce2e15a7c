"""What the child's page tells, put together for whoever looks: the index for all, the episode for those in it."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from teamaround.access import door
from teamaround.access.policy import Action
from teamaround.casework import chronology, closing, holds, meeting_views, plan_views, teams, views
from teamaround.index import life_views, starting
from teamaround.index import queries as index
from teamaround.people import queries as people
from teamaround.people.terms import IdentifierKind, UniversalKind

from . import life
from .circle import Person, draw

#: how much of the chronology the child's page shows
LATEST = 8
#: how many meetings it links
MEETINGS = 3


def tell(request: HttpRequest, child: Any) -> dict[str, Any]:
    """Everything the template shows."""
    admitted = request.admitted
    card = people.card(child, classes=admitted.classes, sector=request.actor.sector)
    works = index.who_works_with(child)
    marker = index.assessment_of(child)
    told = {
        "card": card,
        "workers": works,
        "marker": marker,
        "details": _details(child, card, admitted.may),
        "life_says": life_views.said(child),
        "life_ways": life.ways(child, admitted.may),
        "may_correct": Action.CORRECT_CHILD in admitted.may,
        "start": starting.waiting_of(child, request.actor.practitioner),
        "may_record": Action.RECORD_INVOLVEMENT in admitted.may
        and not any(one.mine(request.actor.practitioner) for one in works),
        "may_start": Action.START_EPISODE in admitted.may,
        "may_write_checklist": Action.WRITE_CHECKLIST in admitted.may,
    }
    return told | (_episode(request, child, card) or {"circle": _index_circle(card, works)})


def _episode(request: HttpRequest, child: Any, card: Any) -> dict[str, Any] | None:
    """The episode for those who take part in it; to everybody else it is not there."""
    episode = views.current_episode(child.pk)
    if episode is None:
        return None
    try:
        admitted = door.admit(request.actor, Action.SEE_EPISODE, episode.pk)
    except door.NotThere:
        return None
    team = teams.everyone(episode)
    return {
        "episode": episode,
        "may_episode": {one.name for one in admitted.may},
        "steps": views.steps(episode),
        "next": views.next_step(episode, {one.value for one in admitted.may}),
        "holding": views.holding(episode),
        "circle": _team_circle(card, teams.circle(episode, team), past=episode.closed_on is not None),
        "plan": plan_views.current(episode, team),
        "chronology": chronology.of(episode, most=LATEST, vocabulary=request.shell.vocabulary),
        "coordinator": episode.coordinator,
        "statuses": sorted(holds.statuses(child), key=lambda one: one.from_on),
        "meetings": meeting_views.listed(episode)[:MEETINGS],
        "countersigning": Action.COUNTERSIGN in admitted.may and closing.waiting(episode) is not None,
    }


def _details(child: Any, card: Any, may: frozenset[Action]) -> list[dict[str, str]]:
    """Each line of the details, and for those who may correct it where; a thing of several lines is linked once."""
    linked: set[str] = set()
    rows = []
    for one in card.rows:
        href = _change(child, one.about) if Action.CORRECT_CHILD in may and one.about not in linked else ""
        linked.add(one.about)
        action = "Change" if one.value else "Add"
        rows.append({"key": one.key, "value": one.value, "note": one.note, "href": href, "action": action})
    return rows


def _change(child: Any, about: str) -> str:
    """The page where something about the child is put right."""
    if about in UniversalKind.values:
        return reverse("change_service", args=[child.pk, about])
    if about in IdentifierKind.values:
        return reverse("change_number", args=[child.pk, about])
    return reverse(f"change_{about}", args=[child.pk]) if about else ""


def _index_circle(card: Any, works: list[Any]) -> Any:
    """Before there is a team, the circle of those who work with the child and of the family."""
    family = [Person(one.name, one.relationship) for one in card.carers]
    workers = [Person(one.name or one.agency, one.role, one.agency, leads=one.leads) for one in works if not one.past]
    return draw(card.name, family, workers)


def _team_circle(card: Any, circle: Any, *, past: bool) -> Any:
    """The team around the child as the episode knows it; past where the episode has ended."""
    family = [Person(one.name, one.role, leads=one.leads, past=past) for one in circle.family]
    workers = [
        Person(one.name, one.role, one.agency, leads=one.leads, deputy=one.deputy, past=past)
        for one in circle.practitioners
    ]
    return draw(card.name, family, workers, child_leads=circle.child_leads)
