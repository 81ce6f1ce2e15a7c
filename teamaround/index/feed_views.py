"""Partners' feeds as a steward watches them: where each stands, and how its last files were answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Prefetch

from teamaround.kit.refused import Refused

from . import undoing
from .errands import OPEN, ErrandView
from .errands import view as errand_view
from .models import Errand, Feed, Load, LoadedRow
from .terms import REJECTED, TAKEN, FeedSource, LoadState, RowAnswer

#: how many files of a feed are shown in the list of all, and on its own page
LAST = 3
LAST_OF_ONE = 20
#: how many rows that were not taken are listed one by one
LISTED = 200


@dataclass(frozen=True)
class FileView:
    """One file: what became of it, and how many of its rows got which answer."""

    id: UUID
    sequence: int
    state: str
    is_well: bool
    dry: bool
    rows: int
    rejected: int
    answer: str
    loaded_at: datetime
    answers: list[tuple[str, int]]


@dataclass(frozen=True)
class FeedView:
    """One partner's feed."""

    id: UUID
    agency: str
    source: str
    live: bool
    paused_because: str
    last_sequence: int
    files: list[FileView]


@dataclass(frozen=True)
class OneFile:
    """One file with the rows that were not taken, and whether it can be taken back."""

    file: FileView
    feed: UUID
    agency: str
    source: str
    wrong: list[LoadedRow]
    identified: int
    stands: bool  #: whether it was loaded and was not taken back
    may_take_back: bool
    why_not: str


def feeds() -> list[FeedView]:
    """Every feed, by partner; asked in a fixed number of questions."""
    last = Prefetch("loads", Load.objects.order_by("-loaded_at")[:LAST], to_attr="last_loads")
    found = Feed.objects.select_related("agency").prefetch_related(last).order_by("agency__name", "source")
    counted = _counted(load.pk for feed in found for load in feed.last_loads)
    return [_feed(feed, feed.last_loads, counted) for feed in found]


def feed(one: Feed) -> FeedView:
    """One feed with its last files."""
    loads = list(one.loads.order_by("-loaded_at")[:LAST_OF_ONE])
    return _feed(one, loads, _counted(load.pk for load in loads))


def under_way(one: Feed) -> list[ErrandView]:
    """What is being done with files of a feed now."""
    found = Errand.objects.filter(feed=one, state__in=OPEN).select_related("load").order_by("asked_at")
    return [errand_view(errand) for errand in found]


def file(load: Load) -> OneFile:
    """One file, with each row that was not taken by its number."""
    wrong = load.answers.filter(answer__in=[*REJECTED, RowAnswer.SENSITIVE]).order_by("number")[:LISTED]
    why_not = ""
    try:
        undoing.check_can_take_back(load)
    except Refused as refused:
        why_not = refused.reason
    return OneFile(
        _file(load, _counted([load.pk]).get(load.pk, {})),
        load.feed_id,
        load.feed.agency.name,
        FeedSource(load.feed.source).label,
        list(wrong),
        load.identified,
        load.state in TAKEN,
        not why_not,
        why_not,
    )


def _feed(feed: Feed, loads: list[Load], counted: dict[UUID, dict[str, int]]) -> FeedView:
    return FeedView(
        feed.pk,
        feed.agency.name,
        FeedSource(feed.source).label,
        feed.live,
        feed.paused_because,
        feed.last_sequence,
        [_file(one, counted.get(one.pk, {})) for one in loads],
    )


def _counted(loads: Iterable[UUID]) -> dict[UUID, dict[str, int]]:
    """How many rows of each file got which answer."""
    counted: dict[UUID, dict[str, int]] = {}
    rows = LoadedRow.objects.filter(load__in=list(loads)).values_list("load", "answer")
    for load, answer, many in rows.annotate(many=Count("pk")).order_by():
        counted.setdefault(load, {})[answer] = many
    return counted


def _file(load: Load, counted: dict[str, int]) -> FileView:
    return FileView(
        load.pk,
        load.sequence,
        LoadState(load.state).label,
        load.state in (LoadState.FULL, LoadState.DRY_RUN),
        load.dry,
        load.rows,
        load.rejected,
        load.answer,
        load.loaded_at,
        [(one.label, counted[one.value]) for one in RowAnswer if one.value in counted],
    )
