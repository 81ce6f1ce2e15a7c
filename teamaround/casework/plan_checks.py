"""What a plan must have before it is agreed (casework.md 3.1): said while it is a draft, held to when it is agreed."""

from teamaround.kit import dates

from .models import Outcome, Plan, PlanAction
from .terms import FINISHED, Acceptance

#: an action says what is done: shorter texts do not
SHORTEST_ACTION = 15
LONGEST_MONTHS = 12


def problems_to_agree(plan: Plan) -> list[str]:
    """What a plan lacks to be agreed, in plain sentences."""
    return _gaps(plan) + [problem for one in _unfinished(plan) for problem in _about(one, plan)]


def _gaps(plan: Plan) -> list[str]:
    outcomes = Outcome.objects.filter(need__plan=plan)
    found = [] if plan.needs.exists() else ["Add at least one need"]
    found += [f"Add an outcome to “{short(one.text)}”" for one in plan.needs.filter(outcomes=None)]
    found += [f"Add an action to “{short(one.text)}”" for one in outcomes.filter(actions=None)]
    found += [
        f"Say how anyone will know that “{short(one.text)}” is reached" for one in outcomes if not one.measure.strip()
    ]
    return found


def _unfinished(plan: Plan) -> list[PlanAction]:
    found = PlanAction.objects.filter(outcome__need__plan=plan).exclude(state__in=FINISHED)
    return list(found.select_related("owner", "carried_from").order_by("by_when", "pk"))


def _about(one: PlanAction, plan: Plan) -> list[str]:
    found = []
    latest = dates.months_after(plan.written_on, LONGEST_MONTHS)
    if len(one.text.strip()) < SHORTEST_ACTION:
        found.append(f"Say more about “{one.text}”: what is done with what")
    if one.owner.left_on is not None:
        found.append(f"Give “{short(one.text)}” to somebody who is in the team")
    elif one.acceptance == Acceptance.DECLINED:
        found.append(f"The owner of “{short(one.text)}” has declined: agree another owner or another action")
    # A day that was agreed before and has passed is late, and being late never stands in the way (CW-14).
    agreed_before = one.carried_from is not None and one.carried_from.by_when == one.by_when
    if one.by_when <= plan.written_on and not agreed_before:
        found.append(f"Give “{short(one.text)}” a day after {dates.say(plan.written_on)}")
    if one.by_when > latest:
        found.append(f"Give “{short(one.text)}” a day within {LONGEST_MONTHS} months")
    return found


def short(text: str) -> str:
    """The beginning of a text, as it is quoted in a sentence."""
    return text if len(text) <= 40 else text[:39].rstrip() + "…"
