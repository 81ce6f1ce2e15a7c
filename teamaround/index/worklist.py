"""What waits for a data steward: put here by registering and by feeds, decided in stewardship (IX-6, IX-74, IX-77)."""

import json
from hashlib import sha256
from typing import Any

from django.db.models import QuerySet

from teamaround.kit import dates
from teamaround.people.models import Child

from .models import WorkItem
from .terms import Decision, WorkKind


def waiting() -> QuerySet[WorkItem]:
    """Every item that nobody has decided."""
    return WorkItem.objects.filter(decided_at__isnull=True)


def put(
    kind: WorkKind,
    *,
    child: Child,
    received: dict[str, Any],
    other: Child | None = None,
    because: list[str] | None = None,
) -> WorkItem:
    """Ask a steward; the same question about the same record is asked once until it is answered.

    Called inside the action that found the question.
    """
    digest = digest_of(received)
    same = waiting().filter(kind=kind, child=child, digest=digest).first()
    if same is not None:
        return same
    return WorkItem.objects.create(
        kind=kind,
        child=child,
        other=other,
        received=received,
        digest=digest,
        because=because or [],
        opened_at=dates.now(),
    )


def was_dismissed(kind: WorkKind, *, child: Child, received: dict[str, Any]) -> bool:
    """Whether a steward has dismissed this very question before, so that it is not asked with every file."""
    return WorkItem.objects.filter(
        kind=kind, child=child, digest=digest_of(received), decision=Decision.DISMISSED
    ).exists()


def settle(kind: WorkKind, *, children: set[Any], received: dict[str, Any]) -> int:
    """Close the questions of one kind that a later file has answered by itself; how many."""
    answered = waiting().filter(kind=kind, child__in=children, digest=digest_of(received))
    return answered.update(decided_at=dates.now(), decision=Decision.SEEN_AGAIN, received={})


def digest_of(received: dict[str, Any]) -> str:
    """What stands for the received text once it is forgotten."""
    return sha256(json.dumps(received, sort_keys=True, default=str).encode()).hexdigest()
