"""One row of a partner's file: an action of its own, answered, and kept so that it can be taken back (IX-71 to 74)."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import DatabaseError, InterfaceError

from teamaround.audit import journal, recording
from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.kit.refused import Refused
from teamaround.people.models import Child
from teamaround.people.terms import ChildState

from . import placing, worklist
from .feed_columns import SOURCES
from .feed_rows import File, Row
from .models import Kept, Load, LoadedRow
from .placing import Origin, Place
from .terms import InvolvementState, RowAnswer, WorkKind

#: classes of what PostgreSQL says when it is not the row that is at fault: no connection, no room, shutting down
_NOT_THE_ROW = ("08", "53", "57", "58")


class Down(Exception):
    """The database or the disk fails: nothing is known of the row, and the file is to be tried again (IX-76)."""


def wrong_rows(file: File) -> list[LoadedRow]:
    """The answers to rows that could not be read."""
    return [LoadedRow(number=one.number, answer=RowAnswer.FORMAT, column=one.column, why=one.why) for one in file.wrong]


def try_row(row: Row, origin: Origin) -> LoadedRow:
    """The answer that a row would get; nothing is changed."""
    try:
        where = placing.place(row, origin)
    except Refused as refused:
        return _refused(row, refused, origin)
    return LoadedRow(
        number=row.number, answer=where.answer, child_id=where.child, identified=_is_identified(row, where)
    )


def load_row(row: Row, into: Load, origin: Origin, *, by: Actor) -> LoadedRow:
    """Take a row in; the answer, also where it could not be. Down where that says nothing of the row."""
    try:
        return take_in(row, into=into, origin=origin, by=by)
    except Refused as refused:
        return _refused(row, refused, origin)
    except DatabaseError as error:
        if _is_down(error):
            raise Down from error
        # What the database says may hold what the row says, so only its kind is kept.
        why = f"The row could not be stored ({type(error).__name__})"
        return LoadedRow(number=row.number, answer=RowAnswer.FAILED, why=why)
    except InterfaceError as error:
        raise Down from error


def _is_down(error: DatabaseError) -> bool:
    state = getattr(error.__cause__, "sqlstate", "") if error.__cause__ is not None else "none"
    # A connection that was lost has no state at all.
    return state is None or state[:2] in _NOT_THE_ROW


def _refused(row: Row, refused: Refused, origin: Origin) -> LoadedRow:
    own = SOURCES[origin.source].number
    column = {"identifier": own, "family": "family_name", "given": "given_names", "from_on": "started_on"}.get(
        refused.field or "", refused.field or ""
    )
    return LoadedRow(number=row.number, answer=RowAnswer.FORMAT, column=column, why=refused.reason)


def _is_identified(row: Row, where: Place) -> bool:
    """Whether a row brings a number of the child that can be right (IX-75)."""
    return bool(row.identifier) and where.kind != WorkKind.CLASH and where.answer != RowAnswer.SENSITIVE


@action("feed.row-taken-in")
def take_in(row: Row, *, into: Load, origin: Origin, by: Actor) -> LoadedRow:
    """One row of one file, for good; its answer, with the child it is about or may be about."""
    where = placing.place(row, origin)
    answered = LoadedRow(number=row.number, answer=where.answer, child_id=where.child)
    answered.identified = _is_identified(row, where)
    with journal.keeping() as kept:
        _put(row, where, origin, answered)
    _keep(into, answered.child_id, kept.changes.values())
    recording.tell(answer=str(answered.answer), line=row.number)
    return answered


def _put(row: Row, where: Place, origin: Origin, answered: LoadedRow) -> None:
    if where.answer == RowAnswer.SENSITIVE:
        answered.why = "A sensitive service names a child only with consent, or where harm is feared, one by one"
    elif where.near is None:
        answered.child = placing.create(row, origin)
    elif where.kind is not None:
        if not placing.queue(row, where.near, where.kind, origin):
            answered.answer, answered.why = RowAnswer.UNCHANGED, "A steward has dismissed this row"
    else:
        superseded = where.answer == RowAnswer.SUPERSEDED
        answered.answer, answered.why = placing.apply(row, where.near, origin, superseded=superseded)


def _keep(load: Load, child: UUID | None, changes: Iterable[journal.Change]) -> None:
    """Keep what was changed as it was before."""
    kept: list[dict[str, Any]] = [
        {
            "label": one.label,
            "id": str(one.id),
            "before": None if one.before is None else journal.plain(one.before),
            "after": one.after,
        }
        for one in changes
    ]
    if kept and child is not None:
        Kept.objects.create(load=load, child_id=child, changes=kept)


def look_for_missing(load: Load, origin: Origin, seen: set[UUID]) -> None:
    """Absence from a full file ends nothing; it asks a steward, and being there again answers (IX-74)."""
    if not SOURCES[origin.source].is_whole:
        return
    question = {"missing from": origin.label}
    with journal.keeping() as kept:
        worklist.settle(WorkKind.MISSING, children=seen, received=question)
        for child in _told_of(origin).filter(state=ChildState.ACTIVE).exclude(pk__in=seen).order_by("pk"):
            worklist.put(WorkKind.MISSING, child=child, received=question)
    for one in kept.changes.values():
        for child_id in one.about:
            _keep(load, child_id, [one])


def _told_of(origin: Origin) -> Any:
    """The children whom the source has told us of, and not yet that they left."""
    if origin.service is not None:
        return Child.objects.filter(
            universal_services__agency=origin.agency,
            universal_services__kind=origin.service,
            universal_services__to_on__isnull=True,
        )
    return Child.objects.filter(
        involvements__source=origin.label, involvements__state=InvolvementState.CURRENT
    ).distinct()
