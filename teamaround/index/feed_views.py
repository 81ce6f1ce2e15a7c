"""Partners' feeds as a steward watches them: where each stands, and how its last files were answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Prefetch

from .models import Feed, Load, LoadedRow
from .terms import FeedSource, LoadState, RowAnswer

#: how many files of a feed are shown
LAST = 5


@dataclass(frozen=True)
class FileView:
    """One file: what became of it, and how many of its rows got which answer."""

    sequence: int
    state: str
    is_well: bool
    rows: int
    rejected: int
    answer: str
    loaded_at: datetime
    answers: list[tuple[str, int]]


@dataclass(frozen=True)
class FeedView:
    """One partner's feed."""

    agency: str
    source: str
    live: bool
    paused_because: str
    last_sequence: int
    files: list[FileView]


def feeds() -> list[FeedView]:
    """Every feed, by partner; asked in a fixed number of questions."""
    last = Prefetch("loads", Load.objects.order_by("-loaded_at")[:LAST], to_attr="last_loads")
    found = Feed.objects.select_related("agency").prefetch_related(last).order_by("agency__name", "source")
    counted = _counted(load.pk for feed in found for load in feed.last_loads)
    return [
        FeedView(
            feed.agency.name,
            FeedSource(feed.source).label,
            feed.live,
            feed.paused_because,
            feed.last_sequence,
            [_file(one, counted.get(one.pk, {})) for one in feed.last_loads],
        )
        for feed in found
    ]


def _counted(loads: Iterable[UUID]) -> dict[UUID, dict[str, int]]:
    """How many rows of each file got which answer."""
    counted: dict[UUID, dict[str, int]] = {}
    rows = LoadedRow.objects.filter(load__in=list(loads)).values_list("load", "answer")
    for load, answer, many in rows.annotate(many=Count("pk")).order_by():
        counted.setdefault(load, {})[answer] = many
    return counted


def _file(load: Load, counted: dict[str, int]) -> FileView:
    return FileView(
        load.sequence,
        LoadState(load.state).label,
        load.state in (LoadState.FULL, LoadState.DRY_RUN),
        load.rows,
        load.rejected,
        load.answer,
        load.loaded_at,
        [(one.label, counted[one.value]) for one in RowAnswer if one.value in counted],
    )
