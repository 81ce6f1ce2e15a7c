"""Questions about tasks and notices."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

from django.db.models import Q

from teamaround.kit import dates

from .models import Notice
from .terms import NOTICES, TASKS
from .trays import waiting

SOON = timedelta(days=7)


@dataclass(frozen=True)
class Due:
    """A task as a page shows it."""

    id: UUID
    title: str
    link: str
    child: UUID | None
    due_on: date
    overdue: bool
    soon: bool
    name: str = ""  #: of the child, for those who may see it


def open_tasks(practitioner: UUID | None, team: UUID | None = None) -> list[Due]:
    """The tasks of a practitioner and of their team's tray, the most urgent first."""
    today = dates.today()
    mine = Q(practitioner=practitioner)
    if team:
        mine |= Q(team=team)
    return [
        Due(
            task.pk,
            TASKS.get(task.kind, task.kind),
            task.link,
            task.child_id,
            task.due_on,
            overdue=task.due_on < today,
            soon=today <= task.due_on <= today + SOON,
        )
        for task in waiting().filter(mine).order_by("due_on", "kind", "pk")
    ]


@dataclass(frozen=True)
class Told:
    """A notice as a page shows it."""

    id: UUID
    title: str
    link: str
    child: UUID | None
    on: date
    name: str = ""  #: of the child, for those who may see it


Line = TypeVar("Line", Due, Told)


def named(lines: Iterable[Line], names: Mapping[UUID, str]) -> list[Line]:
    """The same tasks or notices, each with the name of its child where that is among the names."""
    return [replace(one, name=names.get(one.child, "") if one.child else "") for one in lines]


def unread(practitioner: UUID | None) -> list[Told]:
    """What a practitioner has not read yet, the newest first."""
    return [
        Told(one.pk, NOTICES.get(one.kind, one.kind), one.link, one.child_id, one.told_at.date())
        for one in Notice.objects.filter(practitioner=practitioner, read_at=None).order_by("-told_at")[:50]
    ]


def count_open(practitioner: UUID | None) -> int:
    """How many tasks of a practitioner wait to be done."""
    return waiting().filter(practitioner=practitioner).count()


def overdue_by_practitioner(practitioners: list[UUID]) -> dict[UUID, int]:
    """How many overdue tasks each of these practitioners has."""
    late = waiting().filter(practitioner__in=practitioners, due_on__lt=dates.today())
    counts: dict[UUID, int] = {}
    for owner in late.values_list("practitioner", flat=True):
        counts[owner] = counts.get(owner, 0) + 1
    return counts
