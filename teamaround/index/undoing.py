"""Taking a whole file back: what it changed is again as it was, where nobody has touched it since.

What somebody has touched since is left as it is, and becomes a question to a steward. Each child is an act of its
own, so that the work can stop anywhere and go on.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import IntegrityError, models, transaction
from django.db.models import Count, Exists, Func, Max, OuterRef, ProtectedError, Q

from teamaround.audit import journal, recording
from teamaround.audit.actor import Actor
from teamaround.audit.models import Event, Kind
from teamaround.audit.recording import action
from teamaround.audit.records import Record
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.people.models import Adult, Care, Child
from teamaround.reference import periods

from . import registering, worklist
from .models import Compared, Feed, Kept, Load, LoadedRow, Search, SearchKey
from .terms import TAKEN, LoadState, WorkKind

Progress = Callable[[int, int], None]

#: what hangs on a child and goes with the record, because it is derived from it or says only what a file answered
_GOES_ALONG = (SearchKey, Compared, Kept, LoadedRow)
#: acts that only answer a file, and are about every child in it
_ANSWERS = ("feed.finished", "feed.tried")
#: what one record of each kind is called when a steward reads what was left
_CALLED = {
    "Child": "the record itself",
    "Name": "a name",
    "Address": "the address",
    "Identifier": "a number",
    "Universal": "the school or practice",
    "Care": "a parent or carer",
    "Adult": "a parent or carer",
    "Involvement": "who works with the child",
    "WorkItem": "a question that was decided",
}


@dataclass
class Was:
    """One record that a file changed: what it held before, and the print of what the file left."""

    model: type[Record]
    id: UUID
    before: dict[str, Any] | None
    after: str
    now: Record | None = None

    @property
    def was_made(self) -> bool:
        return self.before is None

    @property
    def is_touched(self) -> bool:
        """Whether somebody has changed it since; what was made and is gone already needs nothing more."""
        if self.now is None:
            return not self.was_made
        return journal.fingerprint(self.now) != self.after


@dataclass(frozen=True)
class Preview:
    """What taking a file back would do."""

    made: int  #: records that the file made
    changed: int  #: records of children known before that it changed
    touched: int  #: children whose record somebody has changed since
    until: date  #: the last day on which it can be taken back


# Rules.


def check_can_take_back(load: Load) -> None:
    """Refuse to take back what is not there, was taken back before, or has later files of its source upon it."""
    if load.dry or load.state not in (*TAKEN, LoadState.UNDOING):
        if load.state == LoadState.UNDONE:
            raise Refused("This file has been taken back already")
        raise Refused("Only a file that was loaded can be taken back")
    later = Load.objects.filter(feed=load.feed_id, dry=False, state__in=TAKEN, sequence__gt=load.sequence)
    if (last := later.aggregate(last=Max("sequence"))["last"]) is not None:
        raise Refused(f"Take number {last} back first: it came after this one")
    if Load.objects.filter(feed=load.feed_id, state=LoadState.LOADING).exists():
        raise Refused("A file of this source is being loaded. Wait until it is done")
    if dates.today() > last_day(load):
        days = periods.amount("feed_undo_days")
        raise Refused(f"A file can be taken back for {days} days; what this one changed is no longer kept")


def last_day(load: Load) -> date:
    """The last day on which what a file changed is still kept."""
    return load.loaded_at.astimezone(dates.LONDON).date() + timedelta(days=periods.amount("feed_undo_days"))


def preview(load: Load) -> Preview:
    """What would happen; asked in a fixed number of questions."""
    since = Event.objects.exclude(action__in=_ANSWERS).filter(
        kind=Kind.CHANGE,
        at__gt=load.loaded_at,
        about__contains=Func(
            OuterRef("child_id"), template="array[%(expressions)s]", output_field=ArrayField(models.UUIDField())
        ),
    )
    made = Q(changes__contains=[{"label": Child._meta.label, "before": None}])
    counted = load.kept.aggregate(
        made=Count("child", distinct=True, filter=made),
        all=Count("child", distinct=True),
        touched=Count("child", distinct=True, filter=Exists(since)),
    )
    return Preview(counted["made"], counted["all"] - counted["made"], counted["touched"], last_day(load))


# What is done.


def take_back(load: Load, *, by: Actor, progress: Progress | None = None) -> None:
    """Take a whole file back, child by child; its number may be sent again."""
    begin(load, by=by)
    children = list(load.kept.order_by("child").values_list("child", flat=True).distinct())
    for done, child in enumerate(children, start=1):
        _take_back_child(child, load=load, by=by)
        if progress is not None:
            progress(done, len(children))
    _finish(load, by=by)


@action("feed.taking-back")
def begin(load: Load, *, by: Actor) -> None:
    """Let nobody load a file of the source meanwhile."""
    check_can_take_back(load)
    Load.objects.filter(pk=load.pk).update(state=LoadState.UNDOING)
    load.refresh_from_db()


@action("feed.taken-back")
def _finish(load: Load, *, by: Actor) -> None:
    load.state = LoadState.UNDONE
    load.save()
    Feed.objects.filter(pk=load.feed_id).update(last_sequence=load.sequence - 1)
    recording.tell(sequence=load.sequence)


@action("feed.child-taken-back")
def _take_back_child(child_id: UUID, *, load: Load, by: Actor) -> None:
    """Let one child be as before the file, as far as nobody has touched it since."""
    child = Child.objects.select_for_update().get(pk=child_id)
    changed = _what_changed(load, child)
    made = any(one.model is Child and one.was_made for one in changed)
    left = _unmake(child, changed, load) if made else _put_back(changed)
    Kept.objects.filter(load=load, child=child_id).delete()
    recording.tell(left=len(left))
    if made and not left:
        return
    registering.refresh(child)
    if left:
        question = {"taken back": f"{load.feed.source}:{load.feed.agency.code}", "number": str(load.sequence)}
        because = ["The file was taken back, and this was left because it was changed since", *left]
        worklist.put(WorkKind.TAKEN_BACK, child=child, received=question, because=because)


def _what_changed(load: Load, child: Child) -> list[Was]:
    """Every record that the file changed of a child, once, in the order in which it did, with what it holds now."""
    found: dict[tuple[str, str], Was] = {}
    for kept in load.kept.filter(child=child).order_by("pk"):
        for one in kept.changes:
            key = (one["label"], one["id"])
            if key in found:
                found[key].after = one["after"]
            else:
                found[key] = Was(apps.get_model(one["label"]), UUID(one["id"]), one["before"], one["after"])
    for model in {one.model for one in found.values()}:
        now = model._base_manager.in_bulk([one.id for one in found.values() if one.model is model])
        for one in found.values():
            if one.model is model:
                one.now = now.get(one.id)
    return list(found.values())


def _unmake(child: Child, changed: list[Was], load: Load) -> list[str]:
    """Take a record away that the file made, with all that the file put to it; or say why it is left."""
    left = _said([one for one in changed if one.is_touched])
    own = {one.id for one in changed}
    if not left and (_is_used(child, own) or LoadedRow.objects.filter(_of_another_file(load), child=child).exists()):
        left = ["Something else refers to the record"]
    if left:
        return left
    try:
        with transaction.atomic():
            LoadedRow.objects.filter(child=child).update(child=None)
            for search in Search.objects.filter(found__contains=[child.pk]):
                search.found.remove(child.pk)
                search.save(update_fields=["found"])
            _restore([one for one in changed if one.model is not Child])
            child.delete()
    except (ProtectedError, IntegrityError):
        return ["Something else refers to the record"]
    return []


def _of_another_file(load: Load) -> Q:
    return Q(load__dry=False, load__state__in=TAKEN) & ~Q(load=load)


def _is_used(child: Child, own: set[UUID]) -> bool:
    """Whether anything refers to a child that the file did not make."""
    for one in Child._meta.get_fields(include_hidden=True):
        if not (one.auto_created and one.is_relation and not one.concrete) or one.related_model in _GOES_ALONG:
            continue
        refers = one.related_model._base_manager.filter(**{one.field.name: child})
        if refers.exclude(pk__in=own).exists():
            return True
    return False


def _put_back(changed: list[Was]) -> list[str]:
    """Let what the file changed of a known child be as before, one kind of thing after another; what was left."""
    left = []
    for _, kind in groupby(sorted(changed, key=_kind), key=_kind):
        group = list(kind)
        if touched := [one for one in group if one.is_touched]:
            left += _said(touched)
            continue
        try:
            with transaction.atomic():
                _restore(group)
        except (ProtectedError, IntegrityError):
            left += _said(group)
    return sorted(set(left))


def _kind(one: Was) -> str:
    """What is taken back together: an adult with what that adult is to the child, all else by its kind."""
    return (Care if one.model is Adult else one.model)._meta.label


def _restore(changed: list[Was]) -> None:
    """What was made goes, the last first, so that what was changed has its place again."""
    for one in reversed(changed):
        if one.was_made and one.now is not None:
            one.now.delete()
    for one in changed:
        if one.before is not None and one.now is not None:
            journal.put_back(one.now, one.before)
            one.now.save()


def _said(left: Iterable[Was]) -> list[str]:
    names = {_CALLED.get(one.model.__name__, one.model._meta.verbose_name) for one in left}
    return [f"Left as it is: {name}" for name in sorted(names)]


@action("feed.kept-forgotten")
def forget_old(*, by: Actor) -> int:
    """Forget what files changed once they can no longer be taken back; of how many rows."""
    before = dates.now() - timedelta(days=periods.amount("feed_undo_days") + 1)
    forgotten, _ = Kept.objects.filter(load__loaded_at__lt=before).delete()
    recording.tell(rows=forgotten)
    return forgotten
