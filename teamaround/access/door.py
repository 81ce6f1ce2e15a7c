"""The one way to a record. `visible` lists, `admit` opens one and records the look, `allows` only asks."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Model, Q, QuerySet

from teamaround.audit import recording
from teamaround.audit.actor import Actor
from teamaround.audit.records import Record

from .policy import TABLE, Action, Rule
from .relations import RELATIONS


class NotThere(Exception):
    """There is no such record for this actor; whether there is one at all is not said."""


@dataclass(frozen=True)
class Admitted:
    """A record somebody was let in to: through which relations, what of it they may see, what they may do with it."""

    record: Any
    through: tuple[str, ...]
    classes: tuple[str, ...]
    may: frozenset[Action]


def may(actor: Actor, action: Action) -> bool:
    """Whether the actor's roles hold this function at all."""
    return action.value in actor.functions


def visible(actor: Actor, action: Action) -> QuerySet:
    """Every record of the action's model that the actor may take this action on."""
    rule = TABLE[action]
    everything = _model(action)._default_manager
    if not may(actor, action):
        return everything.none()
    # An empty Q would vanish from the OR and let everyone in.
    through_any = Q(pk__in=[])
    for name in rule.relations:
        through_any |= _through(rule, name, actor)
    return everything.filter(through_any)


def allows(actor: Actor, action: Action, record: Any) -> bool:
    """Whether the actor may take this action on this record; nothing is disclosed."""
    return visible(actor, action).filter(pk=record.pk).exists()


def admit(actor: Actor, action: Action, id: UUID, *, purpose: str = "") -> Admitted:
    """The record, its look recorded and committed; NotThere when it does not exist or may not be seen."""
    rule = TABLE[action]
    kin = _kin(rule)
    names = sorted({name for one in kin.values() for name in one.relations})
    stands = {f"stands_{name}": ExpressionWrapper(_through(rule, name, actor), BooleanField()) for name in names}
    found = visible(actor, action).filter(pk=id).annotate(**stands).first()
    if found is None:
        turn_away(actor, action, id)
        raise NotThere(action.value)
    stands_in = {name for name in names if getattr(found, f"stands_{name}")}
    through = tuple(name for name in rule.relations if name in stands_in)
    recording.disclose(
        action.value,
        by=actor,
        about=found.about() if isinstance(found, Record) else (),
        record=found._meta.label,
        record_id=found.pk,
        through=list(through),
        classes=list(rule.classes),
        purpose=purpose,
    )
    can = frozenset(one for one, row in kin.items() if stands_in.intersection(row.relations) and may(actor, one))
    return Admitted(found, through, rule.classes, can)


def turn_away(actor: Actor, action: Action, id: UUID | None = None) -> None:
    """Record that somebody asked for what they may not see or do; whom it was about, where there is such a record."""
    model = TABLE[action].model
    found = None if model is None or id is None else model._default_manager.filter(pk=id).first()
    recording.disclose(
        action.value,
        by=actor,
        kind=recording.Kind.REFUSAL,
        about=found.about() if isinstance(found, Record) else (),
        record="" if model is None else model._meta.label,
        record_id=id,
    )


def _model(action: Action) -> type[Model]:
    model = TABLE[action].model
    if model is None:
        raise TypeError(f"{action} is about no record; use may()")
    return model


def _kin(rule: Rule) -> dict[Action, Rule]:
    """The rows about the same kind of record, so that one question tells everything that may be done with it."""
    return {one: row for one, row in TABLE.items() if (row.model, row.path) == (rule.model, rule.path)}


def _through(rule: Rule, name: str, actor: Actor) -> Q:
    return Q(**{f"{rule.path or 'pk'}__in": RELATIONS[name](actor).values("pk")})
