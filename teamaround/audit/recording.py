"""One act, one transaction, one event; and disclosures that are committed before they are shown."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from inspect import Parameter, signature
from typing import Any, ParamSpec, TypeVar
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction

from teamaround.kit import dates

from .actor import Actor
from .models import Event, Kind

P = ParamSpec("P")
R = TypeVar("R")

#: every action by its name, for the house tests and the generated documents
ACTIONS: dict[str, Callable[..., Any]] = {}

#: longest list of ids an event names one by one; a bulk load says how many instead
NAMED_ONE_BY_ONE = 50


class UnauditedWrite(Exception):
    """Something was written outside an action; move the write into a function marked @action."""


@dataclass
class Act:
    """The act under way: what it is called, who does it, and what it has touched so far."""

    name: str
    by: Actor
    outer: "Act | None"
    event: UUID = field(default_factory=uuid4)
    about: set[UUID] = field(default_factory=set)
    changes: list[dict[str, Any]] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)


_current: ContextVar[Act | None] = ContextVar("act under way", default=None)


def action(name: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark a function as one act of one actor: its changes and its event commit together or not at all.

    The function must take a keyword-only `by: Actor`. Called inside another action it joins that
    transaction, and its event becomes part of the outer one's.
    """

    def mark(function: Callable[P, R]) -> Callable[P, R]:
        by = signature(function).parameters.get("by")
        if by is None or by.kind is not Parameter.KEYWORD_ONLY:
            raise TypeError(f"the action {name} must take a keyword-only argument 'by'")
        if name in ACTIONS and ACTIONS[name].__qualname__ != function.__qualname__:
            raise TypeError(f"two actions are called {name}")

        @wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            actor = kwargs.get("by")
            if not isinstance(actor, Actor):
                raise TypeError(f"the action {name} needs by=, an Actor")
            with _under_way(name, actor):
                return function(*args, **kwargs)

        ACTIONS[name] = run
        return run

    return mark


@contextmanager
def _under_way(name: str, by: Actor) -> Iterator[Act]:
    outer = _current.get()
    act = Act(name=name, by=by, outer=outer)
    inside = connection.in_atomic_block
    token = _current.set(act)
    try:
        with transaction.atomic():
            if outer is None:
                _open_the_tables(name)
            yield act
            _write(act)
            if outer is not None:
                outer.about |= act.about
            elif inside:
                # At the end of a transaction of our own the database forgets by itself that an action was under way.
                _open_the_tables("")
    finally:
        _current.reset(token)


def _open_the_tables(name: str) -> None:
    """Tell the database which action is under way; its triggers refuse writes where none is."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('teamaround.action', %s, true)", [name])


def _write(act: Act) -> None:
    main = act.changes[0] if act.changes else {}
    ids = main.get("ids") or []
    _event(
        Kind.CHANGE,
        act.name,
        act.by,
        id=act.event,
        part_of=act.outer.event if act.outer else None,
        about=act.about,
        record=main.get("record", ""),
        record_id=ids[0] if ids else None,
        changes=act.changes,
        facts=act.facts,
    ).save(force_insert=True)


def _event(kind: Kind, name: str, by: Actor, *, about: Iterable[UUID], **more: Any) -> Event:
    return Event(
        at=dates.now(),
        kind=kind,
        action=name,
        account=by.account,
        practitioner=by.practitioner,
        agency=by.agency,
        on_behalf_of=by.on_behalf_of,
        job=by.job,
        request=by.request,
        about=sorted(about, key=str),
        **more,
    )


def is_under_way() -> bool:
    """Whether an action is running, so that records may be written."""
    return _current.get() is not None


def tell(**facts: str | int | bool | None) -> None:
    """Add facts to the event of the action under way: codes, dates and ids, never what somebody wrote."""
    act = _current.get()
    if act is None:
        raise UnauditedWrite("tell() was called outside an action")
    act.facts.update(facts)


def note(verb: str, record: str, ids: list[UUID], fields: list[str], about: Iterable[UUID]) -> None:
    """Put a write into the event of the action under way; called by Record only."""
    act = _current.get()
    if act is None:
        raise UnauditedWrite(f"{record} was {verb} outside an action; move the write into a function marked @action")
    act.about.update(about)
    change: dict[str, Any] = {"verb": verb, "record": record, "fields": fields}
    if len(ids) > NAMED_ONE_BY_ONE:
        change["count"] = len(ids)
    else:
        change["ids"] = [str(one) for one in ids]
    act.changes.append(change)


def disclose(
    name: str,
    *,
    by: Actor,
    about: Iterable[UUID] = (),
    record: str = "",
    record_id: UUID | None = None,
    kind: Kind = Kind.DISCLOSURE,
    **facts: Any,
) -> Event:
    """Record that something is about to be shown, committed at once and apart from the request's transaction.

    It uses a connection of its own, so it stays written when the page that follows fails.
    If it cannot be written the error reaches the caller, and nothing may be shown.
    """
    event = _event(kind, name, by, about=about, record=record, record_id=record_id, facts=facts)
    event.save(force_insert=True, using=settings.AUDIT_DATABASE)
    return event
