"""What a line of the chronology is about: which action, whose words, which meeting; read from the case, not the audit.

Events hold no case text. Whoever reads the chronology may read the case, so the text is looked up where it stands:
one question for each kind of record, however many lines there are.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Model, QuerySet

from teamaround.audit.models import Event
from teamaround.kit import dates
from teamaround.kit.text import shortened

from . import leads
from .models import Comment, ContactAttempt, Episode, Lead, Meeting, Member, PlanAction, Review
from .terms import MeetingKind, ReviewOutcome

#: characters of what somebody said or of an action that a line shows
MOST = 160


class Said(NamedTuple):
    """Where the text of an act stands: the records of one episode, and what is said of one of them."""

    model: type[Model]
    of_episode: Callable[[Episode], QuerySet[Any]]
    words: Callable[[Any], str]


def _action(one: PlanAction) -> str:
    return shortened(one.text, MOST)


def _comment(one: Comment) -> str:
    if not one.text:
        return f"{one.get_who_display()}: not obtained"
    return f"{one.get_who_display()}: “{shortened(one.text, MOST)}”"


def _meeting(one: Meeting) -> str:
    day = one.held_on or one.planned_at.astimezone(dates.LONDON).date()
    return f"{MeetingKind(one.kind).label}, {dates.say(day)}"


def _member(one: Member) -> str:
    if one.practitioner is not None:
        return f"{one.practitioner.name}, {one.practitioner.agency.name}"
    return f"{one.adult.given} {one.adult.family}" if one.adult is not None else ""


def _review(one: Review) -> str:
    return ReviewOutcome(one.outcome).label if one.outcome else ""


def _attempt(one: ContactAttempt) -> str:
    return one.get_method_display()


ACTIONS = Said(PlanAction, lambda episode: PlanAction.objects.filter(outcome__need__plan__episode=episode), _action)
COMMENTS = Said(Comment, lambda episode: episode.comments.all(), _comment)
MEETINGS = Said(Meeting, lambda episode: episode.meetings.all(), _meeting)
MEMBERS = Said(Member, lambda episode: episode.members.select_related("practitioner__agency", "adult"), _member)
LEADS = Said(Lead, lambda episode: episode.leads.select_related("member__practitioner", "member__adult"), leads.name_of)
REVIEWS = Said(Review, lambda episode: episode.reviews.all(), _review)
ATTEMPTS = Said(ContactAttempt, lambda episode: episode.contact_attempts.all(), _attempt)

#: act -> where its text stands
SAID = {
    "assessment.commented": COMMENTS,
    "team.joined": MEMBERS,
    "team.left": MEMBERS,
    "meeting.convened": MEETINGS,
    "meeting.recorded": MEETINGS,
    "meeting.called-off": MEETINGS,
    "minutes.agreed": MEETINGS,
    "minutes.circulated": MEETINGS,
    "lead.proposed": LEADS,
    "lead.accepted": LEADS,
    "lead.declined": LEADS,
    "plan-action.accepted": ACTIONS,
    "plan-action.declined": ACTIONS,
    "plan-action.reported": ACTIONS,
    "review.recorded": REVIEWS,
    "contact.attempted": ATTEMPTS,
}


def of(events: Iterable[Event], episode: Episode) -> dict[UUID, str]:
    """Event -> what it is about, in words; events of which nothing more is said are left out."""
    wanted: dict[Said, dict[str, list[UUID]]] = {}
    for event in events:
        said = SAID.get(event.action)
        if said is not None and (record := _record(event, said.model._meta.label)):
            wanted.setdefault(said, {}).setdefault(record, []).append(event.pk)
    return {
        event: words
        for said, records in wanted.items()
        for one in said.of_episode(episode).filter(pk__in=records)
        if (words := said.words(one))
        for event in records[str(one.pk)]
    }


def _record(event: Event, label: str) -> str:
    """The record of this kind that the act changed last: what it is about, after what it brought about."""
    ids = [one["ids"][-1] for one in event.changes if one["record"] == label and one.get("ids")]
    return ids[-1] if ids else ""
