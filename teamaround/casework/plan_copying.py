"""The next version of a plan begins as a copy of the one in force."""

from .models import Need, Outcome, Plan, PlanAction


def copy(before: Plan, plan: Plan) -> None:
    """Everything of a version into the next, each action with where it came from."""
    for need in before.needs.order_by("position"):
        new_need = Need.objects.create(plan=plan, element=need.element, text=need.text, position=need.position)
        for outcome in need.outcomes.all():
            new_outcome = Outcome.objects.create(
                need=new_need,
                text=outcome.text,
                measure=outcome.measure,
                aims=outcome.aims,
                score_at_start=outcome.score_at_start,
                score_now=outcome.score_now,
            )
            for one in outcome.actions.all():
                PlanAction.objects.create(
                    outcome=new_outcome,
                    text=one.text,
                    owner=one.owner,
                    by_when=one.by_when,
                    priority=one.priority,
                    resources=one.resources,
                    acceptance=one.acceptance,
                    declined_because=one.declined_because,
                    state=one.state,
                    progress=one.progress,
                    evidence=one.evidence,
                    finished_on=one.finished_on,
                    carried_from=one,
                )
