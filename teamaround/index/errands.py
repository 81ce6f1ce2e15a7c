"""What the job worker is asked to do with partners' files: try one, load one, take one back.

A page asks and goes on; the worker does, tells how far it is, and forgets the file. What fails because the database
or the disk does waits, and is tried again until it is done (IX-76).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import Error, connection

from teamaround.audit import recording
from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.kit import dates
from teamaround.kit.refused import Refused

from . import feed_reading, feeds, undoing
from .models import Errand, Feed, Load, Sent
from .taking_in import Down
from .terms import ErrandKind, ErrandState, LoadState

#: states in which an errand is still to be done
OPEN = (ErrandState.WAITING, ErrandState.DOING, ErrandState.AGAIN)
#: how long a file that was tried waits to be loaded, before it is forgotten
KEPT_TRIED = timedelta(days=1)
#: how often it is told how far an errand is
TELL_EVERY = 25
#: how long it is waited before the next try, by how often it was tried; the last holds for all that follow
WAITS = (1, 2, 5, 15, 30, 60)


# Rules.


def check_can_send(feed: Feed, data: bytes, kind: str) -> None:
    """Refuse what cannot be this source's file, before anybody waits for it."""
    if len(data) > feed_reading.MOST_BYTES:
        raise Refused(f"The file is larger than {feed_reading.MOST_BYTES // 1024 // 1024} MB", field="file")
    if feeds.arranged(data).pk != feed.pk:
        raise Refused("The file is of another source or agency", field="file")
    if kind == ErrandKind.LOAD and not feed.live:
        raise Refused("This source is not live. Make a dry run and go live first", field="kind")
    if kind == ErrandKind.LOAD and feed.paused_because:
        raise Refused(f"This source is paused: {feed.paused_because}", field="kind")
    if feed.errands.filter(state__in=OPEN, kind=kind, digest=sha256(data).hexdigest()).exists():
        raise Refused("This very file is waiting already", field="file")


# What is asked.


@action("feed.file-received")
def send(feed: Feed, data: bytes, *, kind: str, by: Actor, name: str = "") -> Errand:
    """Ask for a file to be tried, or loaded."""
    if kind not in (ErrandKind.TRY, ErrandKind.LOAD):
        raise Refused("Say whether to try the file or to load it", field="kind")
    check_can_send(feed, data, kind)
    recording.tell(kind=kind, bytes=len(data))
    errand = _ask(feed, kind=kind, by=by, digest=sha256(data).hexdigest(), name=name)
    Sent.objects.create(errand=errand, data=data)
    return errand


@action("feed.tried-file-loaded")
def load_tried(errand: Errand, *, by: Actor) -> Errand:
    """Ask for the very file to be loaded that a dry run has shown to be in order."""
    sent = Sent.objects.filter(errand=errand).first()
    if errand.kind != ErrandKind.TRY or errand.state != ErrandState.DONE or sent is None:
        raise Refused("The file is no longer kept. Send it again")
    loading = send(errand.feed, bytes(sent.data), kind=ErrandKind.LOAD, by=by)
    sent.delete()
    return loading


@action("feed.sent-forgotten")
def forget_old(*, by: Actor) -> int:
    """Forget files that were tried and then left; of how many."""
    before = dates.now() - KEPT_TRIED
    forgotten, _ = Sent.objects.exclude(errand__state__in=OPEN).filter(errand__asked_at__lt=before).delete()
    recording.tell(files=forgotten)
    return forgotten


@action("feed.take-back-asked")
def ask_to_take_back(load: Load, *, by: Actor) -> Errand:
    """Ask for a whole file to be taken back."""
    if load.errands.filter(kind=ErrandKind.TAKE_BACK, state__in=OPEN).exists():
        raise Refused("This file is being taken back already")
    undoing.check_can_take_back(load)
    recording.tell(sequence=load.sequence)
    return _ask(load.feed, kind=ErrandKind.TAKE_BACK, by=by, load=load)


def _ask(feed: Feed, *, kind: str, by: Actor, **more: object) -> Errand:
    now = dates.now()
    return Errand.objects.create(
        feed=feed, kind=kind, asked_by_id=by.practitioner, asked_at=now, not_before=now, **more
    )


# What is done.


def work() -> int:
    """Do what waits, the oldest first; how many were tried. Behind one that is not done, others of its source wait, so
    that files keep their order."""
    tried, stuck = 0, set()
    for one in Errand.objects.filter(state__in=OPEN).order_by("asked_at"):
        if one.feed_id in stuck:
            continue
        if one.not_before <= dates.now():
            _do(Errand.objects.select_related("feed", "load__feed__agency").get(pk=one.pk))
            tried += 1
        if Errand.objects.filter(pk=one.pk, state__in=OPEN).exists():
            stuck.add(one.feed_id)
    return tried


def _do(errand: Errand) -> None:
    """Do one; it stays open where the service fails, and also where the machine stops in the middle."""
    wait = WAITS[min(errand.tries, len(WAITS) - 1)]
    errand.state, errand.tries = ErrandState.DOING, errand.tries + 1
    errand.not_before = dates.now() + timedelta(minutes=wait)
    try:
        errand.save(update_fields=["state", "tries", "not_before"])
        load = _DOES[ErrandKind(errand.kind)](errand)
    except feeds.Busy as busy:
        _later(errand, busy.reason)
    except Refused as refused:
        _end(errand, ErrandState.STOPPED, refused.reason)
    except (Down, Error, OSError) as failure:
        # Of what failed only the kind is kept: the database's words may hold what a row says.
        kind = type(failure.__cause__ or failure).__name__
        _connect_anew()
        _later(errand, f"The service failed ({kind}). Nothing is lost: the file is tried again by itself")
    else:
        _end(errand, ErrandState.DONE, feeds.say_file(load), load=load)


def _connect_anew() -> None:
    """Let go of a connection that was lost, so that the next question opens another."""
    if not connection.in_atomic_block and not connection.is_usable():
        connection.close()


def _later(errand: Errand, why: str) -> None:
    try:
        Errand.objects.filter(pk=errand.pk).update(state=ErrandState.AGAIN, answer=why[:300])
    except Error:
        # The database is still down. What was noted before the try is enough: the errand is open, and due again.
        _connect_anew()


def _end(errand: Errand, state: ErrandState, answer: str, *, load: Load | None = None) -> None:
    Errand.objects.filter(pk=errand.pk).update(
        state=state, answer=answer[:300], load=load or errand.load, done=errand.of, of=errand.of
    )
    # What was sent is forgotten as soon as nothing more is to be done with it.
    if load is None or load.state != LoadState.DRY_RUN:
        Sent.objects.filter(errand=errand).delete()


def _by(errand: Errand) -> Actor:
    return Actor(job="feeds", on_behalf_of=errand.asked_by_id)


def _tell(errand: Errand) -> Callable[[int, int], None]:
    def progress(done: int, of: int) -> None:
        errand.of = of
        if done % TELL_EVERY == 0 or done == of:
            Errand.objects.filter(pk=errand.pk).update(done=done, of=of)

    return progress


def _try(errand: Errand) -> Load:
    return feeds.dry_run(errand.feed, bytes(errand.sent.data), by=_by(errand), progress=_tell(errand))


def _load(errand: Errand) -> Load:
    return feeds.load(errand.feed, bytes(errand.sent.data), by=_by(errand), progress=_tell(errand))


def _take_back(errand: Errand) -> Load:
    load = errand.load
    if load is None:
        raise Refused("The file that was to be taken back is gone")
    with feeds.alone(errand.feed):
        undoing.take_back(load, by=_by(errand), progress=_tell(errand))
    return load


_DOES: dict[ErrandKind, Callable[[Errand], Load]] = {
    ErrandKind.TRY: _try,
    ErrandKind.LOAD: _load,
    ErrandKind.TAKE_BACK: _take_back,
}


# What is shown.


@dataclass(frozen=True)
class ErrandView:
    """How far an errand is, as a page shows it."""

    id: UUID
    feed: UUID
    title: str
    state: str
    is_open: bool
    is_well: bool
    done: int
    of: int
    answer: str
    load: UUID | None
    asked_at: datetime
    may_load: bool  #: whether the file that was tried is still kept, and its source takes it


def view(errand: Errand) -> ErrandView:
    """How far an errand is."""
    is_open = errand.state in OPEN
    ended_well = errand.state == ErrandState.DONE and (
        errand.load is None or errand.load.state in (LoadState.FULL, LoadState.DRY_RUN, LoadState.UNDONE)
    )
    title = {
        ErrandKind.TRY: "Trying a file",
        ErrandKind.LOAD: "Loading a file",
        ErrandKind.TAKE_BACK: f"Taking file {errand.load.sequence if errand.load else ''} back",
    }[ErrandKind(errand.kind)]
    return ErrandView(
        errand.pk,
        errand.feed_id,
        title,
        ErrandState(errand.state).label,
        is_open,
        ended_well,
        errand.done,
        errand.of,
        errand.answer,
        errand.load_id,
        errand.asked_at,
        _may_load(errand),
    )


def _may_load(errand: Errand) -> bool:
    tried = errand.kind == ErrandKind.TRY and errand.state == ErrandState.DONE
    ready = tried and errand.feed.live and not errand.feed.paused_because
    return ready and Sent.objects.filter(errand=errand).exists()
