"""What happened in an episode, in order and in words: made from the audit's events, so that nobody writes it twice.

Events hold names of acts and codes, never case text; the sentence for each act stands in a table here, and what it
was about is read from the case (chronology_words).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from teamaround.audit.models import Event, Kind
from teamaround.kit import dates
from teamaround.reference import words
from teamaround.sharing import consent
from teamaround.workforce.models import Agency, Practitioner

from . import chronology_words
from .models import Episode
from .terms import ClosureReason, HandOverReason

#: key -> the term for one and for many
Vocabulary = Mapping[str, tuple[str, str]]

#: act -> what it says, in the area's own vocabulary; acts that are not here say nothing to a reader
SENTENCES = {
    "checklist.finished": "A {checklist} was finished",
    "episode.started": "The {episode} was started",
    "episode.consent-given": "Consent was recorded",
    "episode.consent-refused": "Consent was refused, and the {episode} ended",
    "episode.sharing-agreed": "Consent to share was recorded",
    "episode.sharing-refused": "Consent to share was refused",
    "episode.sharing-withdrawn": "Consent to share was withdrawn",
    "assessment.signed-off": "The {common_assessment} was signed off",
    "assessment.new-version": "A new version of the {common_assessment} was begun",
    "family-copy.given": "The family got its copy of the {common_assessment}",
    "assessment.begun-again": "The {common_assessment} is made anew",
    "assessment.commented": "A comment was written down",
    "episode.response-decided": "A {team_around_the_child} is to be called",
    "episode.response-decided-alone": "One agency goes on by itself",
    "episode.coordinator-changed": "The {coordinator} changed",
    "involvement.recorded": "An agency began to work with the child",
    "involvement.ended": "An agency ended its work with the child",
    "child.born": "The birth was recorded",
    "team.joined": "Somebody joined the {team_around_the_child}",
    "team.left": "Somebody left the {team_around_the_child}",
    "meeting.convened": "A meeting was called",
    "meeting.recorded": "A meeting was held",
    "meeting.called-off": "A meeting was called off",
    "minutes.agreed": "Minutes were agreed",
    "minutes.circulated": "Minutes were circulated",
    "lead.proposed": "A {lead_professional} was proposed",
    "lead.accepted": "The {lead_professional} accepted",
    "lead.declined": "The proposed {lead_professional} declined",
    "plan.agreed": "The {delivery_plan} was agreed",
    "plan-action.accepted": "An action was accepted",
    "plan-action.declined": "An action was declined",
    "plan-action.reported": "Progress was reported on an action",
    "episode.delivery-started": "Help began as planned",
    "review.opened": "A {review} was opened",
    "review.recorded": "A {review} was held",
    "contact.attempted": "Somebody tried to reach the family",
    "status.entered": "A statutory status was entered",
    "status.ended": "A statutory status ended",
    "hold.placed": "Something keeps the {episode} open",
    "hold.lifted": "What kept the {episode} open was settled",
    "closure.to-be-countersigned": "A manager was asked to countersign the closing",
    "closure.countersigned": "The closing was countersigned",
    "closure.not-countersigned": "The closing was not countersigned",
    "episode.closed": "The {episode} was closed",
}

#: acts that are told although they are part of another act
TOLD_WITHIN = ("assessment.begun-again", "closure.to-be-countersigned", "episode.closed")

#: acts that stand out on the line
MILESTONES = {
    "episode.started",
    "episode.consent-given",
    "episode.consent-refused",
    "assessment.signed-off",
    "lead.accepted",
    "episode.delivery-started",
    "review.recorded",
    "child.born",
    "episode.closed",
}

#: facts of an event that are told after its sentence
DETAILS = {"reason": {**dict(ClosureReason.choices), **dict(HandOverReason.choices)}}


@dataclass(frozen=True)
class Happened:
    """One line of the chronology."""

    when: datetime
    title: str
    text: str
    by: str
    kind: str
    id: UUID


@dataclass(frozen=True)
class Page:
    """Some lines, the newest first, and the mark to go on from; no mark where there is nothing older."""

    lines: list[Happened]
    older: str


def of(episode: Episode, *, most: int = 50, vocabulary: Vocabulary | None = None) -> list[Happened]:
    """The newest of what happened; in the area's vocabulary, where that is known already."""
    return page(episode, most=most, vocabulary=vocabulary).lines


def page(episode: Episode, *, most: int, mark: str = "", vocabulary: Vocabulary | None = None) -> Page:
    """What happened before a mark, which an earlier page gave; a mark nobody gave begins at the newest."""
    events = _events(episode)
    if (place := _place(mark)) is not None:
        events = events.filter(Q(at__lt=place[0]) | Q(at=place[0], id__lt=place[1]))
    found = list(events.order_by("-at", "-id")[: most + 1])
    shown = found[:most]
    return Page(_lines(shown, episode, vocabulary or words.vocabulary()), _mark(shown[-1]) if len(found) > most else "")


def _events(episode: Episode) -> QuerySet[Event]:
    """What was done about the child from the first concern to the end, but nothing that a reader must not learn.

    A checklist is its author's note, so only that of whoever started the episode is told of; and that a sensitive
    service works with the child is told only where the family agreed to share with it.
    """
    first = min([episode.started_on, *episode.checklists.values_list("started_on", flat=True)])
    events = Event.objects.filter(
        Q(part_of=None) | Q(action__in=TOLD_WITHIN),
        about__contains=[episode.child_id],
        kind=Kind.CHANGE,
        action__in=SENTENCES,
        at__gte=_start_of(first),
    ).exclude(Q(action="checklist.finished") & ~Q(practitioner=episode.initiator_id))
    if episode.closed_on is not None:
        events = events.filter(at__lt=_start_of(episode.closed_on + timedelta(days=1)))
    hidden = set(Agency.objects.filter(sensitive=True).values_list("pk", flat=True)) - {episode.agency_id}
    if hidden:
        hidden -= {one.pk for one in consent.agencies_named(episode.share_consent)}
    return events.exclude(agency__in=hidden)


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=dates.LONDON)


def _mark(event: Event) -> str:
    return f"{event.at.isoformat()}~{event.pk}"


def _place(mark: str) -> tuple[datetime, UUID] | None:
    moment, _, id = mark.partition("~")
    try:
        return datetime.fromisoformat(moment), UUID(id)
    except ValueError:
        return None


def _lines(events: list[Event], episode: Episode, terms: Vocabulary) -> list[Happened]:
    vocabulary = {key: singular for key, (singular, _) in terms.items()}
    names = _names(event.practitioner for event in events)
    about = chronology_words.of(events, episode)
    return [
        Happened(
            event.at,
            _sentence(event, vocabulary),
            about.get(event.pk, ""),
            names.get(event.practitioner, "By the system"),
            "milestone" if event.action in MILESTONES else "",
            event.pk,
        )
        for event in events
    ]


class _Words(dict[str, str]):
    """The vocabulary; a word nobody has entered is said as its key."""

    def __missing__(self, key: str) -> str:
        return key.replace("_", " ")


def _sentence(event: Event, vocabulary: dict[str, str]) -> str:
    title = SENTENCES[event.action].format_map(_Words(vocabulary))
    details = [said[code] for name, said in DETAILS.items() if (code := event.facts.get(name)) in said]
    return f"{title}: {details[0].lower()}" if details else title


def _names(ids: Iterable[UUID | None]) -> dict[UUID | None, str]:
    found = Practitioner.objects.filter(pk__in={one for one in ids if one}).select_related("agency")
    return {one.pk: f"{one.name}, {one.agency.name}" for one in found}
