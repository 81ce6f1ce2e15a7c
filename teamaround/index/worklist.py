"""What waits for a data steward: put here by registering and by feeds, decided in stewardship (IX-6, IX-74, IX-77)."""

from typing import Any

from django.db.models import QuerySet

from teamaround.kit import dates
from teamaround.people.models import Child

from .models import LoadedRow, WorkItem
from .terms import WorkKind


def waiting() -> QuerySet[WorkItem]:
    """Every item that nobody has decided."""
    return WorkItem.objects.filter(decided_at__isnull=True)


def put(
    kind: WorkKind,
    *,
    child: Child | None,
    other: Child | None = None,
    row: LoadedRow | None = None,
    received: dict[str, Any] | None = None,
    because: list[str] | None = None,
) -> WorkItem:
    """Ask a steward; the same question about the same records is asked once until it is answered.

    Called inside the action that found the question.
    """
    received = received or {}
    same = waiting().filter(kind=kind, child=child, other=other, received=received).first()
    if same is not None:
        return same
    return WorkItem.objects.create(
        kind=kind,
        child=child,
        other=other,
        row=row,
        received=received,
        because=because or [],
        opened_at=dates.now(),
    )
