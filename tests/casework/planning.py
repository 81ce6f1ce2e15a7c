"""How tests write a plan."""

from datetime import timedelta

from teamaround.casework import plans
from teamaround.casework.models import PlanAction
from teamaround.kit import dates
from teamaround.tasks.models import Task


def by_priya(family):
    return family.by(family.priya)


def in_days(count):
    return dates.today() + timedelta(days=count)


def drafted(family, episode, *, owner=None, text="Write to housing about a bigger flat", by_when=None):
    """A draft with one need, one outcome and one action."""
    by = by_priya(family)
    plan = plans.begin_draft(episode, by=by)
    need = plans.add_need(plan, text="Sleep", element="housing", by=by)
    outcome = plans.add_outcome(need, text="Tobi sleeps through", measure="Awake at school", score_at_start=3, by=by)
    owner = family.member(episode, owner or family.priya)
    plans.add_action(outcome, text=text, owner=owner, by_when=by_when or in_days(14), by=by)
    return plan


def only_action(plan):
    return PlanAction.objects.get(outcome__need__plan=plan)


def open_task(one, kind):
    return Task.objects.filter(subject=one.pk, kind=kind, done_at=None, dropped_at=None).first()
