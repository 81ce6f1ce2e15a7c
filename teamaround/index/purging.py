"""Purge: six years after it was archived a record is erased, by two people, and leaves a tombstone (IX-62)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import models, transaction
from django.db.models import ProtectedError, QuerySet
from django.utils.crypto import salted_hmac

from teamaround.audit import recording
from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.kit.text import tidy
from teamaround.people.models import Adult, Care, Child

from .models import Archiving, LegalHold, Purge, Tombstone
from .terms import WhyArchived

#: what goes with the index record, by where it is kept; whatever else is kept about a child ends by rules of its own
GOES_TOO = ("people", "index", "tasks", "access")


def due(today: date) -> QuerySet[Archiving]:
    """The records whose time in the archive is over and that no law holds, the oldest first."""
    held = LegalHold.objects.filter(lifted_on=None).values("child")
    found = Archiving.objects.filter(purge_on__lte=today, brought_back_on=None).exclude(child__in=held)
    return found.select_related("child__authority").order_by("purge_on", "child__index_number")


@dataclass(frozen=True)
class Line:
    """One record of a list to purge, without a name: its number, since when it is archived and why."""

    number: str
    authority: str
    archived_on: date
    because: str


def preview(today: date) -> list[Line]:
    """What would be purged today."""
    return [_line(one) for one in due(today)]


def lines(purge: Purge) -> list[Line]:
    """What a proposal would purge if it were done now: what has come to be held, or was brought back, is not in it."""
    return [_line(one) for one in due(dates.today()).filter(child__in=purge.children)]


def _line(one: Archiving) -> Line:
    because = WhyArchived(one.because).label
    return Line(one.child.index_number, one.child.authority.name, one.archived_on, because)


@action("purge.proposed")
def propose(*, by: Actor) -> Purge:
    """Propose to purge everything that is due today; a second person does it."""
    children = list(due(dates.today()).values_list("child", flat=True))
    if not children:
        raise Refused("Nothing is due to be purged")
    if Purge.objects.filter(done_on=None).exists():
        raise Refused("A list already waits for a second person")
    return Purge.objects.create(children=children, proposed_by_id=by.practitioner, proposed_on=dates.today())


@action("purge.done")
def carry_out(purge: Purge, *, by: Actor) -> int:
    """Erase what was proposed and is still due; how many. What other parts still keep about a child stays whole."""
    if purge.proposed_by_id == by.practitioner:
        raise Refused("A second person purges what you proposed")
    if not Purge.objects.filter(pk=purge.pk, done_on=None).update(done_by=by.practitioner, done_on=dates.today()):
        raise Refused("This list was already purged")
    erased = [one for one in due(dates.today()).filter(child__in=purge.children) if _erase_whole(one.child, purge)]
    recording.tell(proposed=len(purge.children), erased=len(erased))
    return len(erased)


def digest_of(index_number: str) -> str:
    """What stands for a purged index number: nobody gets from it to the number, whoever holds the number finds it."""
    return salted_hmac("teamaround.index.purging", index_number, algorithm="sha256").hexdigest()


def _erase_whole(child: Child, purge: Purge) -> bool:
    """Erase a child's record, or nothing of it where something else is still kept about the child."""
    try:
        with transaction.atomic():
            _erase(child, purge)
    except ProtectedError:
        return False
    return True


def _erase(child: Child, purge: Purge) -> None:
    for alias in Child.objects.filter(merged_into=child):
        _erase(alias, purge)
    adults = list(Care.objects.filter(child=child).values_list("adult", flat=True))
    _delete_all([one for one in _hanging_on(child) if one.exists()])
    Tombstone.objects.create(purge=purge, digest=digest_of(child.index_number), purged_on=dates.today())
    Child.objects.filter(pk=child.pk).delete()
    for adult in Adult.objects.filter(pk__in=adults, cares=None):
        _delete_unless_needed(adult)


def _hanging_on(child: Child) -> Iterator[QuerySet]:
    for link in Child._meta.related_objects:
        model: type[models.Model] = link.related_model
        if model is not Child and model._meta.app_label in GOES_TOO:
            yield model._default_manager.filter(**{link.field.name: child})


def _delete_all(rows: list[QuerySet]) -> None:
    """Delete rows that hang on each other in whatever order they let each other go."""
    while rows:
        stuck = [one for one in rows if not _delete(one)]
        if len(stuck) == len(rows):
            stuck[0].delete()
        rows = stuck


def _delete(rows: QuerySet) -> bool:
    try:
        with transaction.atomic():
            rows.delete()
    except ProtectedError:
        return False
    return True


def _delete_unless_needed(adult: Adult) -> None:
    _delete(Adult.objects.filter(pk=adult.pk))


# Legal holds.


@action("legal-hold.placed")
def hold(child: Child, *, reason: str, by: Actor) -> LegalHold:
    """Keep a record past its time, for a reason in law, until somebody lifts the hold."""
    if not tidy(reason):
        raise Refused("Say which law or proceeding needs this record", field="reason")
    if held(child):
        raise Refused("This record is held already")
    return LegalHold.objects.create(
        child=child, reason=tidy(reason), placed_by_id=by.practitioner, placed_on=dates.today()
    )


@action("legal-hold.lifted")
def lift(child: Child, *, by: Actor) -> None:
    """End a legal hold."""
    if not LegalHold.objects.filter(child=child, lifted_on=None).update(lifted_on=dates.today()):
        raise Refused("No legal hold stands")


def held(child: Child) -> LegalHold | None:
    """The legal hold that stands on a record."""
    return LegalHold.objects.filter(child=child, lifted_on=None).first()


# Questions.


def waiting() -> Purge | None:
    """The list that waits for a second person."""
    return Purge.objects.filter(done_on=None).select_related("proposed_by").first()


@dataclass(frozen=True)
class Certificate:
    """What was purged, when and by whom; the records by their digests only."""

    proposed_by: str
    done_by: str
    done_on: date
    digests: list[str]
    id: UUID


def certificates() -> list[Certificate]:
    """Every purge that was done, the latest first."""
    done = Purge.objects.exclude(done_on=None).select_related("proposed_by", "done_by").order_by("-done_on", "-pk")
    return [
        Certificate(
            one.proposed_by.name,
            one.done_by.name if one.done_by else "",
            one.done_on,
            [each.digest for each in one.tombstones.all()],
            one.pk,
        )
        for one in done.prefetch_related("tombstones")
        if one.done_on is not None
    ]
