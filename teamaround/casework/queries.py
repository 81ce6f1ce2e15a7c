"""Questions of the landing page: my children, invitations, the work of those I manage. Each asks a fixed number."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from teamaround.kit import dates
from teamaround.people import queries as people
from teamaround.people.models import Child
from teamaround.sharing import grants
from teamaround.tasks import queries as tasks
from teamaround.workforce.models import Practitioner

from . import next_steps, teams
from .models import Episode, Invited, Lead
from .terms import OPEN, EpisodeState, LeadState, MeetingKind, MemberKind, Reply

KINDS = {
    EpisodeState.INITIATED: "new",
    EpisodeState.ASSESSING: "waiting",
    EpisodeState.ASSESSED: "waiting",
    EpisodeState.PLANNING: "waiting",
    EpisodeState.DELIVERING: "active",
    EpisodeState.REVIEWING: "soon",
    EpisodeState.CLOSED: "closed",
}

#: how many days ahead a review counts as one that is coming up
REVIEWS_WITHIN = 28


@dataclass(frozen=True)
class MyChild:
    """One child on the landing page."""

    child: UUID
    episode: UUID
    name: str
    age: str
    my_part: str
    state_label: str
    state_kind: str
    next_step: str
    next_review_on: date | None
    review_overdue: bool
    lead: str


def my_children(practitioner: UUID | None) -> list[MyChild]:
    """The children whose open episode I coordinate, lead, or have access to as a member; the nearest review first."""
    mine = Lead.objects.filter(state=LeadState.ACTIVE).filter(
        Q(member__practitioner=practitioner) | Q(supported_by__practitioner=practitioner)
    )
    granted = grants.live().filter(practitioner=practitioner)
    found = list(
        Episode.objects.filter(
            Q(coordinator=practitioner) | Q(pk__in=mine.values("episode")) | Q(pk__in=granted.values("episode")),
            state__in=OPEN,
        ).select_related("child")
    )
    names = people.names_of([one.child_id for one in found])
    leads = _leads([one.pk for one in found], names)
    leading = set(mine.values_list("episode", flat=True))
    next_step = next_steps.of(found)
    today = dates.today()
    shown = [
        MyChild(
            one.child_id,
            one.pk,
            names.get(one.child_id, ""),
            people.say_age(one.child),
            _part(one, practitioner, leading),
            EpisodeState(one.state).label,
            KINDS[EpisodeState(one.state)],
            next_step[one.pk].words,
            one.next_review_on,
            one.next_review_on is not None and one.next_review_on < today,
            leads.get(one.pk, ""),
        )
        for one in found
    ]
    return sorted(shown, key=lambda one: (one.next_review_on or date.max, one.name))


def reviews_due(children: Iterable[MyChild]) -> list[MyChild]:
    """Of my children those whose review is overdue or comes up, the longest overdue first."""
    until = dates.today() + timedelta(days=REVIEWS_WITHIN)
    due = [one for one in children if one.next_review_on is not None and one.next_review_on <= until]
    return sorted(due, key=lambda one: (one.next_review_on or date.max, one.name))


def _part(episode: Episode, practitioner: UUID | None, leading: set[UUID]) -> str:
    parts = []
    if episode.coordinator_id == practitioner:
        parts.append("you coordinate")
    if episode.pk in leading:
        parts.append("you lead")
    return " and ".join(parts) or "you are in the team"


def _leads(episodes: list[UUID], children: dict[UUID, str]) -> dict[UUID, str]:
    found = Lead.objects.filter(episode__in=episodes, state=LeadState.ACTIVE).select_related(
        "member__practitioner", "member__adult", "episode"
    )
    return {
        one.episode_id: children.get(one.episode.child_id, "")
        if one.member.kind == MemberKind.CHILD
        else teams.name_of(one.member)
        for one in found
    }


@dataclass(frozen=True)
class Invitation:
    """A meeting ahead that I am invited to."""

    meeting: UUID
    kind: str
    name: str
    planned_at: datetime
    place: str
    reply: str


def invitations(practitioner: UUID | None) -> list[Invitation]:
    """The meetings ahead, the nearest first; only of episodes I may still read."""
    readable = Q(meeting__episode__coordinator=practitioner) | Q(
        meeting__episode__in=grants.live().filter(practitioner=practitioner).values("episode")
    )
    found = list(
        Invited.objects.filter(
            readable,
            member__practitioner=practitioner,
            meeting__held_on=None,
            meeting__cancelled_because="",
            meeting__planned_at__gte=dates.now(),
        )
        .select_related("meeting__episode")
        .order_by("meeting__planned_at")[:10]
    )
    names = people.names_of([one.meeting.episode.child_id for one in found])
    return [
        Invitation(
            one.meeting_id,
            MeetingKind(one.meeting.kind).label,
            names.get(one.meeting.episode.child_id, ""),
            one.meeting.planned_at,
            one.meeting.place,
            "You have not answered yet"
            if one.reply == Reply.NONE
            else f"Your answer: {Reply(one.reply).label.lower()}",
        )
        for one in found
    ]


@dataclass(frozen=True)
class Short:
    """An episode in a manager's list."""

    id: UUID
    child: UUID
    name: str
    state: str


@dataclass(frozen=True)
class Work:
    """What somebody I manage has to do."""

    id: UUID
    name: str
    job_title: str
    coordinates: int
    leads: int
    overdue: int
    episodes: list[Short] = field(default_factory=list)


def work_of_those_managed(manager: UUID | None) -> list[Work]:
    """Each practitioner I manage with the episodes they coordinate and lead, and what is overdue."""
    staff = list(Practitioner.objects.filter(manager=manager).order_by("name"))
    ids = [one.pk for one in staff]
    episodes = list(Episode.objects.filter(coordinator__in=ids, state__in=OPEN).order_by("started_on"))
    names = people.names_of([one.child_id for one in episodes])
    overdue = tasks.overdue_by_practitioner(ids)
    leading = list(
        Lead.objects.filter(state=LeadState.ACTIVE, member__practitioner__in=ids).values_list(
            "member__practitioner", flat=True
        )
    )
    return [
        Work(
            who.pk,
            who.name,
            who.job_title,
            sum(one.coordinator_id == who.pk for one in episodes),
            leading.count(who.pk),
            overdue.get(who.pk, 0),
            [
                Short(one.pk, one.child_id, names.get(one.child_id, ""), EpisodeState(one.state).label)
                for one in episodes
                if one.coordinator_id == who.pk
            ],
        )
        for who in staff
    ]


def count_episodes() -> int:
    """How many episodes there are or were."""
    return Episode.objects.count()


def had_episode(child: Child) -> bool:
    """Whether the child has or had an episode."""
    return Episode.objects.filter(child=child).exists()
