"""What is chased every morning: told in stages, each stage once, and never a lock on anything (CW-14).

Running it twice a day tells nobody twice. After a morning on which it did not run, each is told what stands
that day, not what was missed.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from teamaround.audit.actor import Actor
from teamaround.index import starting
from teamaround.kit import dates
from teamaround.people.models import Child
from teamaround.reference import periods
from teamaround.sharing import consent, grants
from teamaround.tasks import notices, trays
from teamaround.tasks.models import Notice
from teamaround.workforce.models import Practitioner

from . import birth, reviews
from .models import Closure, Episode, Invited, Lead, PlanAction
from .terms import FINISHED, OPEN, EpisodeState, LeadState, MeetingKind, PlanState, Reply


@dataclass(frozen=True)
class Stage:
    """From so many days before the day (less than 0: after it), what is told."""

    days: int
    kind: str


REVIEW = (Stage(10, "review-due"), Stage(5, "review-due"), Stage(0, "review-due"), Stage(-1, "review-overdue"))
#: casework.md 5.5, the first step: by itself on the first and the fifth day after
ACTION = (Stage(5, "action-due"), Stage(0, "action-due"), Stage(-1, "action-overdue"), Stage(-5, "action-overdue"))
ANSWER = (Stage(-1, "lead-unanswered"), Stage(-5, "lead-unanswered"))
START = (Stage(0, "start-unrecorded"), Stage(-1, "start-unrecorded"))


@dataclass(frozen=True)
class Due:
    """Something that somebody should see to by a day."""

    practitioner: Practitioner
    child: Child
    link: str
    on: date
    stages: tuple[Stage, ...]

    def stage(self, today: date) -> Stage | None:
        """The stage that it has reached, if any."""
        reached = [one for one in self.stages if (self.on - today).days <= one.days]
        return min(reached, key=lambda one: one.days, default=None)

    def since(self, stage: Stage) -> date:
        """The day on which a stage begins."""
        return self.on - timedelta(days=stage.days)


def remind(today: date, *, by: Actor) -> int:
    """Chase reviews, actions, proposals to lead, consents, births, birthdays, declared starts; how many were told.

    A review that has fallen due is opened (T10), and before a review meeting reports are asked for.
    """
    due = [
        *_reviews(today),
        *_reports(today),
        *_actions(today),
        *_proposals(today),
        *_starts(today),
        *_consents(today, by=by),
    ]
    _ask_for_births(today, by=by)
    for episode in birth.to_prompt(today):
        birth.prompt(episode, by=by)
    told = _tell(due, today, by=by) + starting.alert_unrecorded(by=by)
    for episode in _fallen_due(today):
        reviews.open_review(episode, by=by)
    return told


def _fallen_due(today: date) -> list[Episode]:
    """Episodes whose review is to be opened today: a closing that waits for a manager is answered first."""
    closing = Closure.objects.filter(countersigned_by=None, declined_because="")
    found = Episode.objects.filter(state=EpisodeState.DELIVERING, next_review_on__lte=today)
    return list(found.exclude(pk__in=closing.values("episode")).select_related("child", "coordinator"))


def _tell(due: Iterable[Due], today: date, *, by: Actor) -> int:
    """Tell what has reached a new stage, unless it was told in this stage or waits to be read."""
    reached = [(one, stage) for one in due if (stage := one.stage(today)) is not None]
    told = _told(reached)
    new = [
        (one, stage)
        for one, stage in reached
        if not any(unread or on >= one.since(stage) for on, unread in told[one.practitioner.pk, stage.kind, one.link])
    ]
    for one, stage in new:
        notices.tell(practitioner=one.practitioner, kind=stage.kind, link=one.link, child=one.child, by=by)
    return len(new)


def _told(reached: list[tuple[Due, Stage]]) -> dict[tuple[UUID, str, str], list[tuple[date, bool]]]:
    """When each was told of what, and whether it waits to be read."""
    earliest = min((one.since(stage) for one, stage in reached), default=date.max)
    found = Notice.objects.filter(
        Q(read_at=None) | Q(told_at__date__gte=earliest),
        kind__in={stage.kind for _, stage in reached},
        practitioner__in={one.practitioner.pk for one, _ in reached},
    )
    told = defaultdict(list)
    for one in found:
        on = one.told_at.astimezone(dates.LONDON).date()
        told[one.practitioner_id, one.kind, one.link].append((on, one.read_at is None))
    return told


def _reviews(today: date) -> list[Due]:
    """Reviews that come near or are late: whoever coordinates and whoever leads see to them."""
    found = Episode.objects.filter(state__in=OPEN, next_review_on__lte=today + timedelta(days=REVIEW[0].days))
    episodes = list(found.select_related("coordinator", "child"))
    leads = _leads(episodes)
    return [
        Due(who, one.child, f"/episodes/{one.pk}/review/", one.next_review_on, REVIEW)
        for one in episodes
        for who in {one.coordinator, leads.get(one.pk, one.coordinator)}
    ]


def _reports(today: date) -> list[Due]:
    """Review meetings that come near: whoever is invited, may read the episode and has not said that they come is
    asked for a report; whoever coordinates asks, and is not asked."""
    ahead = periods.amount("report_ask_days")
    until = dates.now() + timedelta(days=ahead)
    found = Invited.objects.filter(
        meeting__kind=MeetingKind.REVIEW,
        meeting__held_on=None,
        meeting__cancelled_because="",
        meeting__planned_at__range=(dates.now(), until),
        meeting__episode__state__in=OPEN,
        member__practitioner__isnull=False,
        report="",
    ).exclude(reply=Reply.COMING)
    let_in = set(grants.live().values_list("episode", "practitioner"))
    return [
        Due(
            one.member.practitioner,
            one.meeting.episode.child,
            f"/meetings/{one.meeting_id}/",
            one.meeting.planned_at.astimezone(dates.LONDON).date(),
            (Stage(ahead, "report-wanted"),),
        )
        for one in found.select_related("member__practitioner", "meeting__episode__child")
        if (one.meeting.episode_id, one.member.practitioner_id) in let_in
        and one.member.practitioner_id != one.meeting.episode.coordinator_id
    ]


def _leads(episodes: list[Episode]) -> dict[UUID, Practitioner]:
    found = Lead.objects.filter(episode__in=episodes, state=LeadState.ACTIVE)
    found = found.select_related("member__practitioner", "supported_by__practitioner")
    return {one.episode_id: one.member.practitioner or one.supported_by.practitioner for one in found}


def _actions(today: date) -> list[Due]:
    """Unfinished actions of plans in force: the owner sees to them; for the family, and for an owner whom the
    family's consent no longer covers, the coordinator does."""
    found = PlanAction.objects.filter(
        outcome__need__plan__state=PlanState.AGREED,
        outcome__need__plan__episode__state__in=OPEN,
        by_when__lte=today + timedelta(days=ACTION[0].days),
    ).exclude(state__in=FINISHED)
    found = found.select_related("owner__practitioner", "owner__episode__coordinator", "owner__episode__child")
    let_in = set(grants.live().values_list("episode", "practitioner"))
    due = []
    for one in found:
        episode, owner = one.owner.episode, one.owner.practitioner
        who = owner if owner is not None and (episode.pk, owner.pk) in let_in else episode.coordinator
        due.append(Due(who, episode.child, f"/actions/{one.pk}/", one.by_when, ACTION))
    return due


def _proposals(today: date) -> list[Due]:
    """Proposals to lead whose answer is late: whoever is asked and whoever proposed are told."""
    late = {one.subject: one for one in trays.waiting().filter(kind="answer-lead", due_on__lt=today)}
    found = Lead.objects.filter(pk__in=late, state=LeadState.PROPOSED)
    found = found.select_related("member__practitioner", "supported_by__practitioner", "proposed_by", "episode__child")
    due = []
    for one in found:
        asked = one.member.practitioner or one.supported_by.practitioner
        links = {one.proposed_by: f"/children/{one.episode.child_id}/", asked: f"/leads/{one.pk}/answer/"}
        due += [Due(who, one.episode.child, link, late[one.pk].due_on, ANSWER) for who, link in links.items()]
    return due


def _starts(today: date) -> list[Due]:
    """Declared starts on the last day to follow them up, and the day after."""
    found = trays.waiting().filter(kind="follow-up-start", due_on__lte=today, practitioner__isnull=False)
    return [
        Due(one.practitioner, one.child, one.link, one.due_on, START)
        for one in found.select_related("practitioner", "child")
    ]


def _consents(today: date, *, by: Actor) -> list[Due]:
    """Consents that run out soon (CW-39): whoever coordinates is told, and asked to renew them with the family."""
    ahead = periods.amount("consent_warn_days")
    stages = (Stage(ahead, "consent-expiring"), Stage(7, "consent-expiring"), Stage(0, "consent-expiring"))
    ending = {one.pk: one.expires_on for one in consent.expiring(within_days=ahead)}
    found = Episode.objects.filter(state__in=OPEN, share_consent__in=ending) | Episode.objects.filter(
        state__in=OPEN, store_consent__in=ending
    )
    due = []
    for episode in found.select_related("coordinator", "child"):
        last = min(ending[one] for one in (episode.share_consent_id, episode.store_consent_id) if one in ending)
        link = f"/episodes/{episode.pk}/consent/"
        _ask(episode, "renew-consent", link, last, by=by)
        due.append(Due(episode.coordinator, episode.child, link, last, stages))
    return due


def _ask_for_births(today: date, *, by: Actor) -> None:
    """From the expected day on, whoever coordinates is asked to record the birth."""
    born = Episode.objects.filter(state__in=OPEN, child__expected__lte=today)
    for episode in born.select_related("coordinator", "child"):
        _ask(episode, "record-birth", f"/children/{episode.child_id}/birth/", episode.child.expected, by=by)


def _ask(episode: Episode, kind: str, link: str, due_on: date, *, by: Actor) -> None:
    """Set a task for whoever coordinates, unless the same one waits already."""
    same = trays.waiting().filter(kind=kind, subject=episode.pk, practitioner=episode.coordinator_id, due_on=due_on)
    if not same.exists():
        trays.put(
            kind=kind,
            subject=episode.pk,
            link=link,
            due_on=due_on,
            child=episode.child,
            practitioner=episode.coordinator,
            by=by,
        )
