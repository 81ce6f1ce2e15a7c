"""What happened, in order and in words: made from the events of the audit, so that nobody writes it twice.

Events hold names of acts and codes, never case text; the sentence for each act stands in a table here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from teamaround.audit.models import Event, Kind
from teamaround.workforce.models import Practitioner

from .models import Episode
from .terms import ClosureReason

#: act -> what it says; acts that are not here are part of others or say nothing to a reader
SENTENCES = {
    "child.registered": "The record was made",
    "involvement.recorded": "An agency began to work with the child",
    "involvement.ended": "An agency ended its work with the child",
    "child.birth-recorded": "The birth was recorded",
    "checklist.finished": "A pre-assessment checklist was finished",
    "episode.started": "An episode was started",
    "episode.consent-given": "Consent was recorded",
    "episode.consent-refused": "Consent was refused",
    "episode.sharing-withdrawn": "Consent to share was withdrawn",
    "assessment.signed-off": "The common assessment was signed off",
    "assessment.new-version": "A new version of the assessment was begun",
    "assessment.commented": "A comment was written down",
    "episode.response-decided": "A team around the child is to be called",
    "episode.response-decided-alone": "One agency goes on by itself",
    "episode.coordinator-changed": "The coordinator changed",
    "team.joined": "Somebody joined the team",
    "team.left": "Somebody left the team",
    "meeting.convened": "A meeting was called",
    "meeting.recorded": "A meeting was held",
    "meeting.cancelled": "A meeting was called off",
    "minutes.agreed": "Minutes were agreed",
    "minutes.circulated": "Minutes were circulated",
    "lead.proposed": "A lead professional was proposed",
    "lead.accepted": "The lead professional accepted",
    "lead.declined": "The proposed lead professional declined",
    "plan.agreed": "The delivery plan was agreed",
    "episode.delivery-started": "Help began as planned",
    "plan-action.accepted": "An action was accepted",
    "plan-action.reported": "Progress was reported on an action",
    "review.opened": "A review was opened",
    "review.recorded": "A review was held",
    "closure.proposed": "The closing of the episode was recorded",
    "closure.countersigned": "The closing was countersigned",
    "status.entered": "A statutory status was entered",
}

#: acts that stand out on the line
MILESTONES = {
    "episode.started",
    "episode.consent-given",
    "assessment.signed-off",
    "lead.accepted",
    "episode.delivery-started",
    "review.recorded",
    "closure.proposed",
    "closure.countersigned",
}

DETAILS = {"reason": dict(ClosureReason.choices)}


@dataclass(frozen=True)
class Happened:
    """One line of the chronology."""

    when: datetime
    title: str
    by: str
    kind: str
    id: UUID


def of(episode: Episode, *, most: int = 50, before: datetime | None = None) -> list[Happened]:
    """What happened to the child of an episode, the newest first; `before` turns the page."""
    events = Event.objects.filter(
        about__contains=[episode.child_id], kind=Kind.CHANGE, action__in=SENTENCES, part_of=None
    )
    if before is not None:
        events = events.filter(at__lt=before)
    found = list(events.order_by("-at", "-id")[:most])
    names = _names(event.practitioner for event in found)
    return [
        Happened(
            event.at,
            _sentence(event),
            names.get(event.practitioner, "By the system"),
            "milestone" if event.action in MILESTONES else "",
            event.pk,
        )
        for event in found
    ]


def _sentence(event: Event) -> str:
    title = SENTENCES[event.action]
    details = [words[code] for name, words in DETAILS.items() if (code := event.facts.get(name)) in words]
    return f"{title}: {details[0].lower()}" if details else title


def _names(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    found = Practitioner.objects.filter(pk__in={one for one in ids if one}).select_related("agency")
    return {one.pk: f"{one.name}, {one.agency.name}" for one in found}
