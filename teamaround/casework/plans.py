"""The delivery plan: needs, outcomes, actions with one owner each who has to accept; agreed versions are kept.

A draft may be as rough as it likes; what a plan must have is checked when it is agreed.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from teamaround.audit import recording
from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.kit.text import listed, plural
from teamaround.tasks import notices, trays

from . import episodes, leads, moves
from .models import Episode, Meeting, Member, Need, Outcome, Plan, PlanAction
from .terms import ACTION_MOVES, FINISHED, Acceptance, ActionState, EpisodeState, PlanState

#: an action says what is done: shorter texts do not
SHORTEST_ACTION = 15
LONGEST_MONTHS = 12


def draft(episode: Episode) -> Plan | None:
    """The version being written."""
    return Plan.objects.filter(episode=episode, state=PlanState.DRAFT).first()


def agreed(episode: Episode) -> Plan | None:
    """The version in force."""
    return Plan.objects.filter(episode=episode, state=PlanState.AGREED).first()


@action("plan.drafted")
def begin_draft(episode: Episode, *, by: Actor) -> Plan:
    """The version being written; a new one begins as a copy of the agreed one, with everything that is not finished."""
    if episode.state not in (
        EpisodeState.ASSESSED,
        EpisodeState.PLANNING,
        EpisodeState.DELIVERING,
        EpisodeState.REVIEWING,
    ):
        raise Refused("The plan is written after the assessment is signed off")
    there = draft(episode)
    if there is not None:
        return there
    before = agreed(episode)
    plan = Plan.objects.create(
        episode=episode,
        version=(before.version if before else 0) + 1,
        written_on=dates.today(),
        author_id=by.practitioner,
    )
    if before is not None:
        _copy(before, plan)
    return plan


def _copy(before: Plan, plan: Plan) -> None:
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
                    acceptance=one.acceptance,
                    declined_because=one.declined_because,
                    state=one.state,
                    progress=one.progress,
                    finished_on=one.finished_on,
                    carried_from=one,
                )


def check_is_draft(plan: Plan) -> None:
    """Refuse to change a version that is agreed."""
    if plan.state != PlanState.DRAFT:
        raise Refused("This version is agreed. Start a new version to change it")


@action("plan.need-added")
def add_need(plan: Plan, *, text: str, by: Actor, element: str = "") -> Need:
    """Add a need, perhaps tied to the element of the assessment that shows it."""
    check_is_draft(plan)
    return Need.objects.create(plan=plan, text=text, element=element, position=plan.needs.count())


@action("plan.outcome-added")
def add_outcome(
    need: Need,
    *,
    text: str,
    by: Actor,
    measure: str = "",
    aims: Iterable[UUID] = (),
    score_at_start: int | None = None,
) -> Outcome:
    """Add what will be different, how anyone will know, and which aims it serves."""
    check_is_draft(need.plan)
    if score_at_start is not None and not 0 <= score_at_start <= 10:
        raise Refused("The score is from 0 to 10", field="score_at_start")
    return Outcome.objects.create(
        need=need, text=text, measure=measure, aims=list(aims), score_at_start=score_at_start, score_now=score_at_start
    )


@action("plan.action-added")
def add_action(outcome: Outcome, *, text: str, owner: Member, by_when: date, by: Actor) -> PlanAction:
    """Add an action; its owner is a member of the team, and it is not agreed until the owner accepts (CW-56)."""
    plan = outcome.need.plan
    check_is_draft(plan)
    if owner.episode_id != plan.episode_id or owner.left_on is not None:
        raise Refused("Only a member of the team can own an action", field="owner")
    return PlanAction.objects.create(outcome=outcome, text=text, owner=owner, by_when=by_when)


@action("plan.part-removed")
def remove(part: Need | Outcome | PlanAction, *, by: Actor) -> None:
    """Take a need, outcome or action out of a draft, with what hangs on it."""
    if isinstance(part, Need):
        check_is_draft(part.plan)
        for outcome in part.outcomes.all():
            remove(outcome, by=by)
    elif isinstance(part, Outcome):
        check_is_draft(part.need.plan)
        for one in part.actions.all():
            remove(one, by=by)
    else:
        check_is_draft(part.outcome.need.plan)
    part.delete()


def problems_to_agree(plan: Plan) -> list[str]:
    """What a plan lacks to be agreed, in plain sentences (casework.md 3.1)."""
    found = []
    latest = dates.months_after(plan.written_on, LONGEST_MONTHS)
    outcomes = Outcome.objects.filter(need__plan=plan)
    actions = list(PlanAction.objects.filter(outcome__need__plan=plan).exclude(state__in=FINISHED))
    if not plan.needs.exists():
        found.append("Add at least one need")
    for need in plan.needs.filter(outcomes=None):
        found.append(f"Add an outcome to “{_short(need.text)}”")
    for outcome in outcomes.filter(actions=None):
        found.append(f"Add an action to “{_short(outcome.text)}”")
    for outcome in outcomes.filter(measure=""):
        found.append(f"Say how anyone will know that “{_short(outcome.text)}” is reached")
    for one in actions:
        if len(one.text) < SHORTEST_ACTION:
            found.append(f"Say more about “{one.text}”: what is done with what")
        if one.by_when <= plan.written_on:
            found.append(f"Give “{_short(one.text)}” a day after {dates.say(plan.written_on)}")
        if one.by_when > latest:
            found.append(f"Give “{_short(one.text)}” a day within {LONGEST_MONTHS} months")
    return found


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39].rstrip() + "…"


@action("plan.agreed")
def agree(plan: Plan, *, by: Actor) -> Plan:
    """The plan is agreed and takes the place of the version before; owners who have not answered are asked."""
    check_is_draft(plan)
    problems = problems_to_agree(plan)
    if problems:
        raise Refused(listed(problems[:3]) + (f", and {len(problems) - 3} more" if len(problems) > 3 else ""))
    Plan.objects.filter(episode=plan.episode, state=PlanState.AGREED).update(state=PlanState.REPLACED)
    plan.state, plan.agreed_on = PlanState.AGREED, dates.today()
    plan.save()
    earlier = PlanAction.objects.filter(outcome__need__plan__episode=plan.episode, carried_to__outcome__need__plan=plan)
    trays.drop_all(*earlier.values_list("pk", flat=True), by=by)
    for one in _open(plan):
        _ask(one, plan.episode, by=by)
    recording.tell(version=plan.version)
    return plan


def _open(plan: Plan) -> list[PlanAction]:
    found = PlanAction.objects.filter(outcome__need__plan=plan).exclude(state__in=FINISHED)
    return list(found.select_related("owner__practitioner"))


def _ask(one: PlanAction, episode: Episode, *, by: Actor) -> None:
    """Ask the owner to accept, or chase what was accepted; the family's actions are chased with the coordinator."""
    who = one.owner.practitioner or episode.coordinator
    waiting = one.acceptance == Acceptance.WAITING
    trays.put(
        kind="accept-action" if waiting else "do-action",
        subject=one.pk,
        link=f"/actions/{one.pk}/",
        due_on=one.by_when,
        child=episode.child,
        practitioner=who,
        by=by,
    )
    if waiting and who.pk != by.practitioner:
        notices.tell(practitioner=who, kind="action-given", link=f"/actions/{one.pk}/", child=episode.child, by=by)


@action("plan-action.accepted")
def accept_action(one: PlanAction, *, by: Actor) -> None:
    """The owner accepts, or the coordinator records that a family member does; now it is agreed (CW-56)."""
    _answer(one, Acceptance.ACCEPTED)
    trays.finish(subject=one.pk, kind="accept-action", by=by)
    one.refresh_from_db()
    _ask(one, one.owner.episode, by=by)


@action("plan-action.declined")
def decline_action(one: PlanAction, *, because: str, by: Actor) -> None:
    """The owner declines with a reason; whoever coordinates is told."""
    if not because.strip():
        raise Refused("Enter why not", field="because")
    _answer(one, Acceptance.DECLINED, declined_because=because)
    trays.finish(subject=one.pk, by=by)
    episode = one.owner.episode
    notices.tell(
        practitioner=episode.coordinator,
        kind="action-declined",
        link=f"/episodes/{episode.pk}/plan/",
        child=episode.child,
        by=by,
    )


def _answer(one: PlanAction, acceptance: str, **more: str) -> None:
    asked = PlanAction.objects.filter(pk=one.pk, acceptance=Acceptance.WAITING)
    if not asked.update(acceptance=acceptance, **more):
        raise Refused("This action was already answered")


@action("plan-action.reported")
def report(one: PlanAction, *, state: str, by: Actor, progress: str = "") -> PlanAction:
    """Say how an action is going; only the moves of the table are allowed."""
    plan = one.outcome.need.plan
    if plan.state == PlanState.REPLACED:
        raise Refused("This action belongs to an earlier version of the plan")
    if state != one.state and ActionState(state) not in ACTION_MOVES[ActionState(one.state)]:
        raise Refused(
            f"An action that is “{ActionState(one.state).label.lower()}” cannot become"
            f" “{ActionState(state).label.lower()}”",
            field="state",
        )
    finished = state in FINISHED
    changed = PlanAction.objects.filter(pk=one.pk, state=one.state).update(
        state=state, progress=progress, finished_on=dates.today() if finished else None
    )
    if not changed:
        raise Refused("Somebody else has just reported on this action. Look at it again")
    if finished:
        trays.finish(subject=one.pk, by=by)
    one.refresh_from_db()
    return one


@action("outcome.scored")
def score(outcome: Outcome, *, score: int, by: Actor) -> None:
    """Say where an outcome stands now, from 0 to 10."""
    if not 0 <= score <= 10:
        raise Refused("The score is from 0 to 10")
    outcome.score_now = score
    outcome.save()


@action("episode.delivery-started")
def start_delivery(episode: Episode, *, next_review_on: date, by: Actor) -> None:
    """T9: help begins; not before the first meeting is recorded, somebody leads who accepted, and the plan is agreed (CW-10)."""
    if episode.state == EpisodeState.ASSESSED:
        episodes.respond_alone(episode, next_review_on=next_review_on, by=by)
        return
    missing = []
    if not Meeting.objects.filter(episode=episode).exclude(held_on=None).exists():
        missing.append("the minutes of the first meeting")
    if leads.active(episode) is None:
        missing.append("a lead professional who has accepted")
    if agreed(episode) is None:
        missing.append("an agreed plan")
    if missing:
        raise Refused(f"Help can begin when there is {listed(missing)}")
    episodes.check_review_date(next_review_on)
    moves.move(episode, "T9", by=by, next_review_on=next_review_on)
    episodes.chase_review(episode, by=by)


def unfinished(plan: Plan) -> str:
    """How many actions are not finished, in words; nothing when all are."""
    count = len(_open(plan))
    return plural(count, "action") if count else ""
