"""Questions about tasks and notices."""

from uuid import UUID

from .models import Task


def count_open(practitioner: UUID | None) -> int:
    """How many tasks of a practitioner wait to be done."""
    return Task.objects.filter(practitioner=practitioner, done_at=None, dropped_at=None).count()
