"""Partners' files in: strictly in sequence, each row by itself, every row answered (IX-70 to 75).

A file is read whole, then each row is one action of its own, so that a row that fails leaves the others done. Should
the machine stop in the middle, the same file is sent again: rows already done change nothing.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256

from django.db import connection
from django.db.models import Count

from teamaround.audit import recording
from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.reference import periods
from teamaround.tasks import notices
from teamaround.workforce import practitioners
from teamaround.workforce.models import Agency

from . import feed_reading, placing, taking_in
from .feed_columns import SOURCES
from .feed_rows import Corrupt, File, Header, OtherVersion
from .models import Feed, Load, LoadedRow
from .placing import Origin
from .terms import REJECTED, TAKEN, FeedSource, LoadState, RowAnswer

#: told after every row: how many are done, of how many
Progress = Callable[[int, int], None]


# Arrangements.


@action("feed.arranged")
def arrange(*, source: str, agency: Agency, by: Actor) -> Feed:
    """Agree with a partner that they send a file; it is tried dry before it goes live."""
    if source not in FeedSource.values:
        raise Refused(f"A source is one of: {', '.join(FeedSource.labels)}", field="source")
    if agency.sensitive and SOURCES[source].tells == "involvement":
        raise Refused("A sensitive service names children one by one, with consent; it sends no list", field="agency")
    feed, _ = Feed.objects.get_or_create(source=source, agency=agency)
    return feed


def arranged(data: bytes) -> Feed:
    """The arrangement that a file belongs to, by its first line."""
    try:
        header = feed_reading.read_header(data)
    except Corrupt as corrupt:
        raise Refused(str(corrupt), field="file") from None
    feed = Feed.objects.select_related("agency").filter(source=header.source, agency__code=header.agency).first()
    if feed is None:
        raise Refused("No such file is arranged with this agency", field="file")
    return feed


@action("feed.live")
def go_live(feed: Feed, *, by: Actor) -> None:
    """Let a source load, once its last dry run has shown that it can be read (IX-75)."""
    tried = feed.loads.filter(dry=True).order_by("-loaded_at").first()
    if tried is None or tried.state != LoadState.DRY_RUN:
        raise Refused("Make a dry run first, of a file that can be read")
    if _too_many(tried.rejected, tried.rows):
        raise Refused(f"{tried.rejected} of {tried.rows} rows of the last dry run were rejected. Mend the file first")
    wanted = periods.amount("feed_identified_percent")
    if tried.identified * 100 < tried.rows * wanted:
        raise Refused(
            f"{tried.identified} of {tried.rows} rows of the last dry run have a number that can be right."
            f" {wanted} in 100 must have one"
        )
    feed.live = True
    feed.save()


@action("feed.resumed")
def resume(feed: Feed, *, by: Actor) -> None:
    """Let a paused source load again, once somebody has looked why it paused."""
    if not Feed.objects.filter(pk=feed.pk).exclude(paused_because="").update(paused_because=""):
        raise Refused("This source is not paused")


@action("feed.gap-accepted")
def accept_gap(feed: Feed, *, next_sequence: int, by: Actor) -> None:
    """Go on after a file that never came; its changes will stand in the next full file."""
    if not Feed.objects.filter(pk=feed.pk, last_sequence__lt=next_sequence - 1).update(last_sequence=next_sequence - 1):
        raise Refused("A file can only be left out ahead of the last one that was loaded")


# Files.


def dry_run(feed: Feed, data: bytes, *, by: Actor, progress: Progress | None = None) -> Load:
    """Answer every row as loading would, and change nothing. Rows are not compared with each other."""
    file = _read(feed, data, dry=True, by=by)
    if isinstance(file, Load):
        return file
    origin = _origin(feed, file.header)
    answers = taking_in.wrong_rows(file)
    for done, row in enumerate(file.rows, start=1):
        answers.append(taking_in.try_row(row, origin))
        _report(progress, done, file)
    return _answer_dry(feed, file, answers, by=by)


def load(feed: Feed, data: bytes, *, by: Actor, progress: Progress | None = None) -> Load:
    """Take a file in: every row an action of its own, in the order of the file; the acknowledgement."""
    file = _read(feed, data, dry=False, by=by)
    if isinstance(file, Load):
        return file
    with alone(feed):
        begun = _begin(feed, file, by=by)
        if begun.state != LoadState.LOADING:
            return begun
        origin = _origin(feed, file.header)
        answers = taking_in.wrong_rows(file)
        for done, row in enumerate(file.rows, start=1):
            answers.append(taking_in.load_row(row, begun, origin, by=by))
            _report(progress, done, file)
        return _finish(begun, origin, answers, by=by)


def _read(feed: Feed, data: bytes, *, dry: bool, by: Actor) -> File | Load:
    """The file, or the answer to one that cannot be read."""
    digest = sha256(data).hexdigest()
    try:
        file = feed_reading.read(data)
    except OtherVersion as other:
        return _answer(feed, digest=digest, dry=dry, state=LoadState.VERSION, answer=str(other), by=by)
    except Corrupt as corrupt:
        return _answer(feed, digest=digest, dry=dry, state=LoadState.CORRUPT, answer=str(corrupt), by=by)
    header = file.header
    if (header.source, header.agency) != (feed.source, feed.agency.code):
        answer = "The file is of another source or agency"
        return _answer(feed, digest=digest, dry=dry, state=LoadState.CORRUPT, answer=answer, by=by)
    if header.made_on > dates.today():
        answer = "The file's date is in the future"
        return _answer(feed, digest=digest, dry=dry, state=LoadState.CORRUPT, answer=answer, by=by)
    return file


def _origin(feed: Feed, header: Header) -> Origin:
    agency = Agency.objects.select_related("authority").get(pk=feed.agency_id)
    return placing.origin_of(feed.source, agency, made_on=header.made_on)


def _report(progress: Progress | None, done: int, file: File) -> None:
    if progress is not None:
        progress(len(file.wrong) + done, file.count)


@action("feed.answered")
def _answer(
    feed: Feed, *, digest: str, state: LoadState, answer: str, by: Actor, dry: bool = False, sequence: int = 0
) -> Load:
    return Load.objects.create(
        feed=feed, sequence=sequence, digest=digest, dry=dry, state=state, answer=answer[:300], loaded_at=dates.now()
    )


@action("feed.tried")
def _answer_dry(feed: Feed, file: File, answers: list[LoadedRow], *, by: Actor) -> Load:
    rejected = sum(one.answer in REJECTED for one in answers)
    tried = Load.objects.create(
        feed=feed,
        sequence=file.header.sequence,
        digest=file.digest,
        dry=True,
        state=LoadState.DRY_RUN,
        rows=file.count,
        rejected=rejected,
        identified=sum(one.identified for one in answers),
        loaded_at=dates.now(),
    )
    _keep_answers(tried, answers)
    return tried


class Busy(Refused):
    """Another file of the source is under way; this one can wait."""


@contextmanager
def alone(feed: Feed) -> Iterator[None]:
    """Hold the source for this one file, across the transactions of its rows."""
    key = feed.pk.int % 2**62
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [key])
        if not cursor.fetchone()[0]:
            raise Busy("A file of this source is being loaded now. Wait until it is done")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(%s)", [key])


@action("feed.begun")
def _begin(feed: Feed, file: File, *, by: Actor) -> Load:
    """The load that may go on; or the refusal, which changes nothing (IX-70)."""
    feed.refresh_from_db()
    sequence = file.header.sequence
    refusal = _refusal(feed, file)
    if refusal:
        return _answer(feed, digest=file.digest, state=LoadState.REFUSED, answer=refusal, sequence=sequence, by=by)
    stopped = Load.objects.filter(feed=feed, state=LoadState.LOADING, digest=file.digest).first()
    if stopped is not None:
        # The machine stopped in the middle of this file; rows that were done change nothing now.
        return stopped
    begun = Load.objects.create(
        feed=feed,
        sequence=sequence,
        digest=file.digest,
        dry=False,
        state=LoadState.LOADING,
        rows=file.count,
        loaded_at=dates.now(),
    )
    recording.tell(source=feed.source, sequence=sequence)
    return begun


def _refusal(feed: Feed, file: File) -> str:
    sequence = file.header.sequence
    if not feed.live:
        return "This source is not live. Make a dry run and go live first"
    if feed.paused_because:
        return f"This source is paused: {feed.paused_because}"
    if going := feed.loads.filter(dry=False, state=LoadState.UNDOING).first():
        return f"Number {going.sequence} is being taken back. Send this file when that is done"
    before = feed.loads.filter(dry=False, state__in=TAKEN)
    if same := before.filter(digest=file.digest).first():
        return f"This file was loaded on {dates.say(same.loaded_at.date())} already. Nothing was changed"
    if sequence <= feed.last_sequence:
        return f"Number {sequence} was loaded before. The next is {feed.last_sequence + 1}"
    if feed.last_sequence and sequence != feed.last_sequence + 1:
        return f"Number {feed.last_sequence + 1} is missing. Send it before number {sequence}"
    return ""


def say_file(done: Load) -> str:
    """The acknowledgement of a file, in words."""
    return ": ".join(filter(None, [LoadState(done.state).label, done.answer]))


def say(done: Load) -> str:
    """What became of a file, in words: its acknowledgement, then how many rows got which answer."""
    counted = done.answers.values_list("answer").annotate(count=Count("pk")).order_by("answer")
    return "\n".join([say_file(done), *(f"{RowAnswer(answer).label}: {count}" for answer, count in counted)])


@action("feed.finished")
def _finish(begun: Load, origin: Origin, answers: list[LoadedRow], *, by: Actor) -> Load:
    """Answer the file, look who is missing from it, and pause a source that sends too much that is wrong."""
    _keep_answers(begun, answers)
    begun.rejected = sum(one.answer in REJECTED for one in answers)
    begun.identified = sum(one.identified for one in answers)
    begun.state = _acknowledged(begun)
    begun.loaded_at = dates.now()
    begun.save()
    feed = Feed.objects.select_for_update().get(pk=begun.feed_id)
    feed.last_sequence = begun.sequence
    if _too_many(begun.rejected, begun.rows):
        feed.paused_because = f"{begun.rejected} of {begun.rows} rows of file {begun.sequence} were rejected"
        for steward in practitioners.holding("feeds.see"):
            notices.tell(practitioner=steward, kind="feed-paused", link="/stewardship/feeds/", by=by)
    feed.save()
    taking_in.look_for_missing(begun, origin, {one.child_id for one in answers if one.child_id})
    recording.tell(rows=begun.rows, rejected=begun.rejected, state=str(begun.state))
    return begun


def _keep_answers(load: Load, answers: list[LoadedRow]) -> None:
    for one in answers:
        one.load = load
        one.why = one.why[:300]
    LoadedRow.objects.bulk_create(sorted(answers, key=lambda one: one.number), batch_size=1000)


def _acknowledged(begun: Load) -> LoadState:
    if begun.rejected == 0:
        return LoadState.FULL
    return LoadState.NONE if begun.rejected == begun.rows else LoadState.PARTIAL


def _too_many(rejected: int, rows: int) -> bool:
    return rejected * 100 > rows * periods.amount("feed_reject_percent")
