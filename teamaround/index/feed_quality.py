"""How good a partner's files are, for the partner to read: counts, columns and reasons, and no child."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count

from teamaround.kit import cells, dates

from .models import Feed, Load
from .terms import REJECTED, TAKEN, FeedSource, LoadState, RowAnswer

#: how many files the trend shows
TREND = 12
#: what is said of a fault of the row and of no column
ROW = "the row itself"

_NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in so many rows."""

    column: str
    why: str
    rows: int
    percent: int


@dataclass(frozen=True)
class Point:
    """One file in the trend."""

    sequence: int
    loaded_at: datetime
    state: str
    dry: bool
    rows: int
    rejected_percent: float
    identified_percent: float


@dataclass(frozen=True)
class Quality:
    """The report on the last file, and how the files before it were."""

    agency: str
    source: str
    made_on: datetime
    last: Point | None
    answers: list[tuple[str, int]]
    faults: list[Fault]
    trend: list[Point]

    @property
    def first_to_mend(self) -> Fault | None:
        """What is wrong in most rows."""
        return self.faults[0] if self.faults else None


def report(feed: Feed) -> Quality:
    """The report on a source's files, asked in a fixed number of questions."""
    read = feed.loads.filter(state__in=[*TAKEN, LoadState.DRY_RUN]).order_by("-loaded_at")
    loads = list(read[:TREND])
    last = loads[0] if loads else None
    return Quality(
        feed.agency.name,
        FeedSource(feed.source).label,
        dates.now(),
        _point(last) if last else None,
        _answers(last) if last else [],
        _faults(last) if last else [],
        [_point(one) for one in reversed(loads)],
    )


def as_csv(quality: Quality) -> bytes:
    """The report as a table; no cell is a formula."""
    rows: list[Iterable[Any]] = [["part", "what", "why", "rows", "in 100"]]
    if quality.last:
        rows.append(["file", f"number {quality.last.sequence}", quality.last.state, quality.last.rows, 100])
    rows += [["answer", label, "", many, _percent(many, quality)] for label, many in quality.answers]
    rows += [["fault", one.column, one.why, one.rows, one.percent] for one in quality.faults]
    rows += [
        ["trend", f"number {one.sequence}", one.state, one.rows, f"{one.rejected_percent} rejected"]
        for one in quality.trend
    ]
    return cells.written(rows)


def _percent(many: int, quality: Quality) -> int:
    return round(many * 100 / quality.last.rows) if quality.last and quality.last.rows else 0


def _answers(load: Load) -> list[tuple[str, int]]:
    counted = dict(load.answers.values_list("answer").annotate(many=Count("pk")).order_by())
    return [(one.label, counted[one.value]) for one in RowAnswer if one.value in counted]


def _faults(load: Load) -> list[Fault]:
    """What is wrong, the most frequent first; reasons that differ only in a number are one."""
    counted: Counter[tuple[str, str]] = Counter()
    found = load.answers.filter(answer__in=REJECTED).values_list("column", "why").annotate(many=Count("pk"))
    for column, why, many in found.order_by():
        counted[column or ROW, _NUMBERS.sub("…", why) if "line" in why else why] += many
    return [
        Fault(column, why, many, round(many * 100 / load.rows) if load.rows else 0)
        for (column, why), many in sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    ]


def _point(load: Load) -> Point:
    def share(many: int) -> float:
        return round(many * 100 / load.rows, 1) if load.rows else 0.0

    return Point(
        load.sequence,
        load.loaded_at,
        LoadState(load.state).label,
        load.dry,
        load.rows,
        share(load.rejected),
        share(load.identified),
    )
