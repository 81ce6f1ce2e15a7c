"""The delivery plan: needs, outcomes, actions with one owner each who has to accept; agreed versions are kept.

A draft may be as rough as it likes; what a plan must have is checked when it is agreed.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from teamaround.audit import recording
from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.kit.text import listed
from teamaround.reference.models import Aim
from teamaround.sharing import grants
from teamaround.tasks import notices, trays

from . import episodes, leads, moves, speaking, teams
from .models import Episode, Meeting, Member, Need, Outcome, Plan, PlanAction
from .plan_checks import problems_to_agree
from .plan_copying import copy
from .terms import ACTION_MOVES, FINISHED, Acceptance, ActionState, EpisodeState, PlanState

#: the states of an episode in which its plan is written
WRITTEN_IN = (EpisodeState.ASSESSED, EpisodeState.PLANNING, EpisodeState.DELIVERING, EpisodeState.REVIEWING)
#: what telling a plan whole needs of other records
WHOLE = ("episode__child", "author", "meeting")
#: where an outcome stands is said from 0 to this
BEST = 10


def draft(episode: Episode) -> Plan | None:
    """The version being written."""
    return Plan.objects.select_related(*WHOLE).filter(episode=episode, state=PlanState.DRAFT).first()


def agreed(episode: Episode) -> Plan | None:
    """The version in force."""
    return Plan.objects.select_related(*WHOLE).filter(episode=episode, state=PlanState.AGREED).first()


@action("plan.drafted")
def begin_draft(episode: Episode, *, by: Actor) -> Plan:
    """The version being written; a new one begins as a copy of the agreed one, each action with where it came from."""
    if not Episode.objects.filter(pk=episode.pk, state__in=WRITTEN_IN).exists():
        raise Refused("The plan is written from the assessment's sign-off until the episode ends")
    return draft(episode) or _new_version(episode, by=by)


def _new_version(episode: Episode, *, by: Actor) -> Plan:
    teams.gather_family(episode, by=by)
    before = agreed(episode)
    try:
        with transaction.atomic():
            plan = Plan.objects.create(
                episode=episode,
                version=(before.version if before else 0) + 1,
                written_on=dates.today(),
                author_id=by.practitioner,
            )
    except IntegrityError:
        raise Refused("Somebody else has just begun the next version of the plan. Look at the plan again") from None
    if before is not None:
        copy(before, plan)
    return plan


def check_is_draft(plan: Plan) -> None:
    """Refuse to change a version that is agreed; nobody agrees it while it is being changed."""
    now = Plan.objects.select_for_update().get(pk=plan.pk)
    if now.state != PlanState.DRAFT:
        raise Refused("This version is agreed. Start a new version to change it")


@action("plan.need-added")
def add_need(plan: Plan, *, text: str, by: Actor, element: str = "") -> Need:
    """Add a need, perhaps tied to the element of the assessment that shows it."""
    check_is_draft(plan)
    last = plan.needs.aggregate(last=Max("position"))["last"]
    return Need.objects.create(plan=plan, text=text, element=element, position=0 if last is None else last + 1)


@action("plan.need-changed")
def change_need(need: Need, *, text: str, by: Actor, element: str = "") -> Need:
    """Change a need of the draft."""
    check_is_draft(need.plan)
    need.text, need.element = text, element
    need.save()
    return need


@action("plan.outcome-added")
def add_outcome(
    need: Need,
    *,
    text: str,
    by: Actor,
    measure: str = "",
    aims: Iterable[UUID | str] = (),
    score_at_start: int | None = None,
) -> Outcome:
    """Add what will be different, how anyone will know, and which aims of the framework it serves."""
    check_is_draft(need.plan)
    _check_score(score_at_start)
    return Outcome.objects.create(
        need=need,
        text=text,
        measure=measure,
        aims=_known(aims),
        score_at_start=score_at_start,
        score_now=score_at_start,
    )


@action("plan.outcome-changed")
def change_outcome(
    outcome: Outcome,
    *,
    text: str,
    by: Actor,
    measure: str = "",
    aims: Iterable[UUID | str] = (),
    score_at_start: int | None = None,
) -> Outcome:
    """Change an outcome of the draft. Where it stood at the start is said until a version is agreed, then it stays."""
    check_is_draft(outcome.need.plan)
    outcome.text, outcome.measure, outcome.aims = text, measure, _known(aims)
    if start_is_open(outcome):
        _check_score(score_at_start)
        outcome.score_at_start = outcome.score_now = score_at_start
    outcome.save()
    return outcome


def start_is_open(outcome: Outcome) -> bool:
    """Whether where an outcome stood at the start can still be said: from an agreed version on it is kept."""
    return outcome.score_at_start is None or outcome.need.plan.version == 1


def _known(aims: Iterable[UUID | str]) -> list[UUID]:
    wanted = {str(aim) for aim in aims}
    found = list(Aim.objects.filter(pk__in=wanted).order_by("position").values_list("pk", flat=True))
    if len(found) != len(wanted):
        raise Refused("Select aims of the outcome framework", field="aims")
    return found


def _check_score(score: int | None) -> None:
    if score is not None and not 0 <= score <= BEST:
        raise Refused(f"The score is from 0 to {BEST}", field="score_at_start")


@action("plan.action-added")
def add_action(
    outcome: Outcome,
    *,
    text: str,
    owner: Member,
    by_when: date,
    by: Actor,
    priority: str = "",
    resources: str = "",
) -> PlanAction:
    """Add an action; its owner is a member of the team, and it is not agreed until the owner accepts (CW-56)."""
    check_is_draft(outcome.need.plan)
    _check_owner(owner, outcome.need.plan)
    return PlanAction.objects.create(
        outcome=outcome, text=text, owner=owner, by_when=by_when, priority=priority, resources=resources
    )


@action("plan.action-changed")
def change_action(
    one: PlanAction,
    *,
    text: str,
    owner: Member,
    by_when: date,
    by: Actor,
    priority: str = "",
    resources: str = "",
) -> PlanAction:
    """Change an action of the draft; a changed promise is a new one, which its owner accepts anew (CW-56)."""
    check_is_draft(one.outcome.need.plan)
    _check_owner(owner, one.outcome.need.plan)
    if (text, owner.pk, by_when, resources) != (one.text, one.owner_id, one.by_when, one.resources):
        one.acceptance, one.declined_because = Acceptance.WAITING, ""
    one.text, one.owner, one.by_when = text, owner, by_when
    one.priority, one.resources = priority, resources
    one.save()
    return one


def _check_owner(owner: Member, plan: Plan) -> None:
    if owner.episode_id != plan.episode_id or owner.left_on is not None:
        raise Refused("Only a member of the team can own an action", field="owner")


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


@action("plan.agreed")
def agree(plan: Plan, *, by: Actor, meeting: UUID | str | None = None) -> Plan:
    """The plan is agreed and takes the place of the version before; owners who have not answered are asked.

    `meeting` is the one it was agreed at, by its id; a plan may also be agreed between meetings.
    """
    check_is_draft(plan)
    problems = problems_to_agree(plan)
    if problems:
        raise Refused(listed(problems[:3]) + (f", and {len(problems) - 3} more" if len(problems) > 3 else ""))
    return _put_in_force(plan, _held(plan.episode, meeting) if meeting else None, by=by)


def _held(episode: Episode, id: UUID | str) -> Meeting:
    found = Meeting.objects.filter(pk=id, episode=episode).exclude(held_on=None).first()
    if found is None:
        raise Refused("Select a meeting that was held", field="meeting")
    return found


def _put_in_force(plan: Plan, meeting: Meeting | None, *, by: Actor) -> Plan:
    before = Plan.objects.filter(episode=plan.episode, state=PlanState.AGREED)
    earlier = PlanAction.objects.filter(outcome__need__plan__in=before)
    trays.drop_all(*earlier.values_list("pk", flat=True), by=by)
    before.update(state=PlanState.REPLACED)
    Plan.objects.filter(pk=plan.pk, state=PlanState.DRAFT).update(
        state=PlanState.AGREED, agreed_on=dates.today(), meeting=meeting
    )
    plan.refresh_from_db()
    for one in _open(plan):
        _ask(one, plan.episode, by=by)
    recording.tell(version=plan.version)
    return plan


@action("plan.carried-on")
def carry_on(episode: Episode, *, by: Actor, meeting: Meeting | None = None) -> Plan | None:
    """After a review that changes nothing: the same plan as a new version, so that the reviewed one stays as it was.

    Where a draft of the next version is already being written, that is the next version.
    """
    if agreed(episode) is None or draft(episode) is not None:
        return None
    return _put_in_force(_new_version(episode, by=by), meeting, by=by)


def _open(plan: Plan) -> list[PlanAction]:
    found = PlanAction.objects.filter(outcome__need__plan=plan).exclude(state__in=FINISHED)
    return list(found.select_related("owner__practitioner"))


def _ask(one: PlanAction, episode: Episode, *, by: Actor) -> None:
    """Ask the owner to accept, or chase what was accepted; the family's actions are chased with the coordinator."""
    if one.acceptance == Acceptance.DECLINED:
        return
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
def accept_action(one: PlanAction, *, by: Actor) -> PlanAction:
    """The owner accepts, or coordinator or lead record that the family does; now it is agreed (CW-56)."""
    one = _answer(one, Acceptance.ACCEPTED, by=by)
    trays.finish(subject=one.pk, kind="accept-action", by=by)
    if one.outcome.need.plan.state == PlanState.AGREED:
        _ask(one, one.owner.episode, by=by)
    return one


@action("plan-action.declined")
def decline_action(one: PlanAction, *, because: str, by: Actor) -> PlanAction:
    """The owner declines with a reason; whoever coordinates is told."""
    if not because.strip():
        raise Refused("Enter why not", field="because")
    one = _answer(one, Acceptance.DECLINED, by=by, declined_because=because)
    trays.finish(subject=one.pk, by=by)
    episode = one.owner.episode
    if episode.coordinator_id != by.practitioner:
        notices.tell(
            practitioner=episode.coordinator,
            kind="action-declined",
            link=f"/episodes/{episode.pk}/plan/",
            child=episode.child,
            by=by,
        )
    return one


def _answer(one: PlanAction, acceptance: str, *, by: Actor, **more: str) -> PlanAction:
    one = in_force(one)
    speaking.check_speaks_for(one.owner, by=by)
    asked = PlanAction.objects.filter(pk=one.pk, acceptance=Acceptance.WAITING)
    if not asked.update(acceptance=acceptance, **more):
        raise Refused("This action was already answered")
    one.refresh_from_db()
    return one


def in_force(one: PlanAction) -> PlanAction:
    """The same action in the version in force, for whoever comes by the link of an earlier version."""
    while one.outcome.need.plan.state == PlanState.REPLACED:
        later = one.carried_to.exclude(outcome__need__plan__state=PlanState.DRAFT).first()
        if later is None:
            raise Refused("This action is no longer in the plan")
        one = later
    return one


@action("plan-action.reported")
def report(one: PlanAction, *, state: str, by: Actor, progress: str = "", evidence: str | None = None) -> PlanAction:
    """Say how an action is going, and what shows that it is done; only the moves of the table are allowed.

    Whoever says nothing of the evidence leaves what was said of it.
    """
    one = in_force(one)
    if one.outcome.need.plan.state == PlanState.DRAFT:
        raise Refused("This version of the plan is not agreed yet")
    if state != one.state and ActionState(state) not in ACTION_MOVES[ActionState(one.state)]:
        raise Refused(
            f"An action that is “{ActionState(one.state).label.lower()}” cannot become"
            f" “{ActionState(state).label.lower()}”",
            field="state",
        )
    finished = state in FINISHED
    on = (one.finished_on if state == one.state else dates.today()) if finished else None
    changed = PlanAction.objects.filter(pk=one.pk, state=one.state).update(
        state=state, progress=progress, evidence=one.evidence if evidence is None else evidence, finished_on=on
    )
    if not changed:
        raise Refused("Somebody else has just reported on this action. Look at it again")
    one.refresh_from_db()
    if finished:
        trays.finish(subject=one.pk, by=by)
    else:
        _ask(one, one.owner.episode, by=by)
    return one


@action("outcome.scored")
def score(outcome: Outcome, *, score: int, by: Actor) -> None:
    """Say where an outcome stands now, from 0 to 10; what was never said before is the start as well."""
    _check_score(score)
    # Said for the first time, it is where things start.
    start = outcome.score_at_start if outcome.score_at_start is not None else score
    Outcome.objects.filter(pk=outcome.pk).update(score_at_start=start, score_now=score)
    outcome.refresh_from_db()


@action("episode.delivery-started")
def start_delivery(episode: Episode, *, next_review_on: date, by: Actor) -> None:
    """T9: help begins, once the first meeting is recorded, somebody who accepted leads and the plan is agreed (CW-10).

    From ASSESSED it is T8, one agency's own plan.
    """
    if episode.state == EpisodeState.ASSESSED:
        episodes.respond_alone(episode, next_review_on=next_review_on, by=by)
        return
    missing = []
    if not Meeting.objects.filter(episode=episode, minutes__isnull=False).exclude(held_on=None).exists():
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
    grants.extend(episode=episode.pk, next_review_on=next_review_on, by=by)
