"""What each record was before an act, for whoever may have to take the act back.

Events hold names of fields and never the data, so that they can be kept for ever. A journal holds the data; whoever
opens one says where it is kept and how long.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

Values = dict[str, Any]


@dataclass
class Change:
    """What became of one record: what it held before (None where it was not there), and the print of it afterwards."""

    label: str
    id: UUID
    about: set[UUID]
    before: Values | None
    after: str


@dataclass
class Journal:
    """The changes of records while it was open, each record once: as it was at first, and as it was in the end."""

    changes: dict[tuple[str, UUID], Change] = field(default_factory=dict)

    def note(self, record: models.Model, before: Values | None, about: set[UUID]) -> None:
        """Put a write down."""
        key = (record._meta.label, record.pk)
        after = fingerprint(record)
        if key in self.changes:
            self.changes[key].after = after
        else:
            self.changes[key] = Change(*key, about, before, after)


_open: ContextVar[Journal | None] = ContextVar("journal that is open", default=None)


@contextmanager
def keeping() -> Iterator[Journal]:
    """Keep what is written meanwhile by `save`, `bulk_create` and `update` of records."""
    journal = Journal()
    token = _open.set(journal)
    try:
        yield journal
    finally:
        _open.reset(token)


def is_open() -> bool:
    """Whether what is written is to be put down."""
    return _open.get() is not None


def note(record: models.Model, before: Values | None, about: Iterable[UUID]) -> None:
    """Put a write down where a journal is open; called by Record only."""
    journal = _open.get()
    if journal is not None:
        journal.note(record, before, set(about))


def values_of(record: models.Model) -> Values:
    """What a record holds, by the names of its columns."""
    return {one.attname: getattr(record, one.attname) for one in record._meta.concrete_fields}


def plain(values: Values) -> Values:
    """The same as it can be kept as JSON."""
    return json.loads(json.dumps(values, cls=DjangoJSONEncoder))


def fingerprint(record: models.Model) -> str:
    """What stands for everything a record holds, so that two states of it can be compared."""
    text = json.dumps(values_of(record), cls=DjangoJSONEncoder, sort_keys=True)
    return sha256(text.encode()).hexdigest()[:32]


def put_back(record: models.Model, before: Values) -> None:
    """Let a record hold again what it held, by the kept values; the caller saves it."""
    for one in record._meta.concrete_fields:
        if one.attname in before:
            kind = one.target_field if isinstance(one, models.ForeignKey) else one
            setattr(record, one.attname, kind.to_python(before[one.attname]))
