"""The record of a closure in words, for whoever countersigns it and whoever reads it later (casework.md 3.4)."""

from teamaround.kit import dates

from . import leads, plan_views
from .models import Closure
from .terms import ClosureReason, NeedLevel

Rows = list[tuple[str, str]]


def rows(closure: Closure) -> Rows:
    """Every part of the record, each with its name; what was not said is left empty."""
    return [
        ("Reason", ClosureReason(closure.reason).label),
        ("What changed", closure.summary),
        ("Level of need", _levels(closure)),
        *_outcomes(closure),
        ("What could not be met", closure.unmet_needs),
        ("Who goes on helping", closure.goes_on),
        ("Whom the family can turn to", closure.named_contact),
        ("When to come back, and to whom", closure.reopen_advice),
        ("The child says", closure.child_view),
        ("Parents or carers say", closure.parent_view),
        ("How it was made sure that the child is safe", closure.safeguarding_considered),
        ("Whoever led", _lead(closure)),
        ("The family was told", dates.say(closure.family_told_on)),
        ("Who else was told", closure.informed),
        ("Closed by", _signatures(closure)),
    ]


def _levels(closure: Closure) -> str:
    start, end = (
        NeedLevel(one).label.lower() if one else "not recorded"
        for one in (closure.level_at_start, closure.level_at_end)
    )
    return f"At the start: {start}. At the end: {end}"


def _outcomes(closure: Closure) -> Rows:
    """Where each outcome of the plan stood at the start and at the end."""
    plan = plan_views.in_force(closure.episode)
    outcomes = [one for need in plan.needs for one in need.outcomes] if plan else []
    said = [f"{one.text} {one.travelled}" if one.travelled else one.text for one in outcomes]
    return [("Outcomes", "\n".join(said))] if said else []


def _lead(closure: Closure) -> str:
    if closure.lead is None:
        return "Nobody led at the end"
    name = leads.name_of(closure.lead)
    if closure.lead_agrees:
        return f"{name} agrees"
    return f"{name} has not said so: {closure.lead_silent_because}" if closure.lead_silent_because else name


def _signatures(closure: Closure) -> str:
    if closure.countersigned_by is None:
        return closure.closed_by.name
    return f"{closure.closed_by.name}, countersigned by {closure.countersigned_by.name}"
