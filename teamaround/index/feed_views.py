"""Partners' feeds as a steward watches them: where each stands, and how its last files were answered."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from .models import Feed, Load
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
    """Every feed, by partner."""
    return [
        FeedView(
            feed.agency.name,
            FeedSource(feed.source).label,
            feed.live,
            feed.paused_because,
            feed.last_sequence,
            [_file(one) for one in feed.loads.order_by("-loaded_at")[:LAST]],
        )
        for feed in Feed.objects.select_related("agency").order_by("agency__name", "source")
    ]


def _file(load: Load) -> FileView:
    counted = dict(load.answers.values_list("answer").annotate(many=Count("pk")).order_by())
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
