"""Deciding what waits for a data steward: the same child, another child, has left, nothing to do.

Once decided, what was received is forgotten; its digest stays, so that the same question is known again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from teamaround.audit import recording
from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.people import queries as people
from teamaround.people.models import Child
from teamaround.people.terms import READ_BY_SECTOR, IdentifierKind
from teamaround.workforce.models import Agency

from . import placing, registering, told_involvement, worklist
from .feed_rows import Row
from .matching import agreement
from .models import WorkItem
from .placing import SERVICE, Origin
from .searching import Near
from .terms import Decision, FeedSource, WorkKind


@dataclass(frozen=True)
class Question:
    """One item as a steward sees it: which record, what came in beside it, and why somebody must look."""

    id: UUID
    kind: str
    child: UUID
    name: str
    other: UUID | None
    opened_on: date
    received: list[tuple[str, str]]
    because: list[str]
    is_row: bool


def questions(*, most: int = 50) -> list[Question]:
    """What waits, the oldest first."""
    items = list(worklist.waiting().order_by("opened_at")[:most])
    names = people.names_of({item.child_id for item in items})
    return [
        Question(
            item.pk,
            WorkKind(item.kind).label,
            item.child_id,
            names.get(item.child_id, ""),
            item.other_id,
            item.opened_at.date(),
            [(name.replace("_", " ").capitalize(), str(value)) for name, value in item.received.items()],
            item.because,
            _is_row(item),
        )
        for item in items
    ]


@dataclass(frozen=True)
class Beside:
    """The two sides of a question: a record, and what came in or the other record."""

    kind: str
    known: people.Card
    other: people.Card | None
    received: list[tuple[str, str]]
    because: list[str]


def side_by_side(item: WorkItem, *, classes: Iterable[str], by: Actor) -> Beside:
    """Both sides as the steward may see them, with the numbers that only one sector reads otherwise: who decides
    whose a number is must see it (IX-8). Showing the other record is recorded as a look at it."""
    if item.other:
        recording.disclose("work-item.other", by=by, about=[item.other_id], classes=list(classes))
    return Beside(
        WorkKind(item.kind).label,
        _card(item.child, classes),
        _card(item.other, classes) if item.other else None,
        [(name.replace("_", " ").capitalize(), str(value)) for name, value in item.received.items()],
        item.because,
    )


def _card(child: Child, classes: Iterable[str]) -> people.Card:
    card = people.card(child, classes=classes, sector="")
    numbers = child.identifiers.filter(active=True, kind__in=READ_BY_SECTOR).order_by("kind")
    card.rows.extend((IdentifierKind(one.kind).label, one.value) for one in numbers)
    return card


def choices(item: WorkItem) -> list[tuple[str, str]]:
    """The decisions that fit a question."""
    fitting = [Decision.DIFFERENT, Decision.DISMISSED]
    if item.kind == WorkKind.MISSING:
        fitting = [Decision.LEFT, Decision.DISMISSED]
    elif item.kind == WorkKind.TAKEN_BACK:
        fitting = [Decision.DISMISSED]
    elif _is_row(item):
        fitting = [Decision.SAME, *fitting]
    return [(one.value, one.label) for one in fitting]


def decide(item: WorkItem, *, decision: str, by: Actor, on: date | None = None) -> None:
    """Decide a question one of the ways that fit it."""
    if decision == Decision.LEFT:
        if on is None:
            raise Refused("Enter the date the child left", field="on")
        has_left(item, on=on, by=by)
    elif decision == Decision.SAME:
        same(item, by=by)
    elif decision == Decision.DIFFERENT:
        different(item, by=by)
    elif decision == Decision.DISMISSED:
        dismiss(item, by=by)
    else:
        raise Refused("Select what you decide", field="decision")


@action("work-item.same")
def same(item: WorkItem, *, by: Actor) -> None:
    """The row is about this child: what it says goes to the record."""
    if not _is_row(item):
        raise Refused("These are two records already. Dismiss this, or say that they are two children")
    row, origin = _row(item)
    child = item.child
    known = registering.identity_of(child)
    near = Near(child.pk, agreement(placing.identity_of(row, origin), known), known)
    _decide(item, Decision.SAME, by=by)
    answer, _ = placing.apply(row, near, origin)
    recording.tell(answer=str(answer))


@action("work-item.different")
def different(item: WorkItem, *, by: Actor) -> Child | None:
    """It is another child: a row becomes a record of its own, two records that claim one number stay as they are."""
    if item.kind == WorkKind.MISSING:
        raise Refused("Say that the child has left, or dismiss this")
    if item.kind == WorkKind.TAKEN_BACK:
        raise Refused("This is about one child. Dismiss it once there is nothing more to do")
    if not _is_row(item):
        _decide(item, Decision.DIFFERENT, by=by)
        return None
    row, origin = _row(item)
    _decide(item, Decision.DIFFERENT, by=by)
    return placing.create(row, origin)


@action("work-item.left")
def has_left(item: WorkItem, *, on: date, by: Actor) -> None:
    """A child missing from a file has left the school or practice on a day."""
    if item.kind != WorkKind.MISSING:
        raise Refused("Only a child who is missing from a file can have left")
    source, _, code = item.received["missing from"].partition(":")
    agency = Agency.objects.get(code=code)
    _decide(item, Decision.LEFT, by=by)
    kind = SERVICE.get(FeedSource(source))
    if kind is None:
        told_involvement.end(item.child, source=f"{source}:{code}", on=on)
    else:
        registering.leave_universal(item.child, kind=kind, agency=agency, on=on, source="steward", by=by)


@action("work-item.dismissed")
def dismiss(item: WorkItem, *, by: Actor) -> None:
    """There is nothing to do; the same question is not asked again with every file."""
    _decide(item, Decision.DISMISSED, by=by)


def _decide(item: WorkItem, decision: Decision, *, by: Actor) -> None:
    decided = worklist.waiting().filter(pk=item.pk)
    if not decided.update(
        decision=decision, decided_at=dates.now(), decided_by=by.practitioner, received={}, because=[]
    ):
        raise Refused("Somebody has decided this already")
    recording.tell(kind=str(item.kind), decision=str(decision))


def _is_row(item: WorkItem) -> bool:
    return "family_name" in item.received


def _row(item: WorkItem) -> tuple[Row, Origin]:
    agency = Agency.objects.select_related("authority").get(code=item.received["agency"])
    origin = placing.origin_of(item.received["source"], agency, made_on=item.opened_at.date())
    return Row.from_received(item.received), origin
