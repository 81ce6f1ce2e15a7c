"""The one way to a record. `visible` lists, `admit` opens one and records the look, `allows` only asks."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, Q, QuerySet, Value, When

from teamaround.audit import recording
from teamaround.audit.actor import Actor

from .policy import TABLE, Action, Rule
from .relations import RELATIONS


class NotThere(Exception):
    """There is no such record for this actor; whether there is one at all is not said."""


@dataclass(frozen=True)
class Admitted:
    """A record somebody was let in to, through which relation, and what of it they may see."""

    record: Any
    through: str
    classes: tuple[str, ...]


def may(actor: Actor, action: Action) -> bool:
    """Whether the actor's roles hold this function at all."""
    return action.value in actor.functions


def visible(actor: Actor, action: Action) -> QuerySet:
    """Every record of the action's model that the actor may take this action on."""
    rule = _rule(action)
    everything = rule.model._default_manager
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
    rule = _rule(action)
    found = (
        visible(actor, action)
        .filter(pk=id)
        .annotate(
            let_in_through=Case(
                *(When(_through(rule, name, actor), then=Value(name)) for name in rule.relations),
                default=Value(""),
            )
        )
        .first()
    )
    if found is None:
        raise NotThere(action.value)
    recording.disclose(
        action.value,
        by=actor,
        about=found.about() if hasattr(found, "about") else (),
        record=found._meta.label,
        record_id=found.pk,
        through=found.let_in_through,
        classes=list(rule.classes),
        purpose=purpose,
    )
    return Admitted(found, found.let_in_through, rule.classes)


def _rule(action: Action) -> Rule:
    rule = TABLE[action]
    if rule.model is None:
        raise TypeError(f"{action} is about no record; use may()")
    return rule


def _through(rule: Rule, name: str, actor: Actor) -> Q:
    return Q(**{f"{rule.path or 'pk'}__in": RELATIONS[name](actor).values("pk")})
