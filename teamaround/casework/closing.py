"""How an episode ends: with a reason, a record of what changed and of what the family thinks, and nothing left open."""

from datetime import date
from typing import Any
from uuid import UUID

from teamaround.audit import recording
from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.index import markers
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.kit.text import listed, plural
from teamaround.reference import calendar, periods
from teamaround.sharing import grants
from teamaround.tasks import notices, trays

from . import holds, leads, moves
from .models import Closure, ContactAttempt, Episode, PlanAction
from .terms import COUNTERSIGNED, ClosureReason, EnteredStatus, EpisodeState, HoldKind


def check_can_close(episode: Episode, *, reason: str, family_told_on: date | None, safeguarding_considered: str) -> None:
    """Refuse while anything stands in the way, listing it (T12, T12b, CW-15 to 18)."""
    if reason == ClosureReason.CONSENT_REFUSED:
        raise Refused("Record the refusal of consent instead")
    standing = holds.standing(episode)
    if standing:
        raise Refused(
            f"{plural(len(standing), 'thing')} must be settled first: "
            + listed([f"{HoldKind(one.kind).label} ({one.reason})" for one in standing])
        )
    if not safeguarding_considered.strip():
        raise Refused("Enter how you made sure the child is safe", field="safeguarding_considered")
    if family_told_on is None and reason != ClosureReason.DIED:
        raise Refused("Tell the family first, and enter when", field="family_told_on")
    if reason == ClosureReason.STEP_UP and not social_care_leads(episode):
        raise Refused(
            "A referral alone does not end the episode. It can be closed when social care has accepted to lead",
            field="reason",
        )
    if reason == ClosureReason.DISENGAGED:
        check_tried_enough(episode)


def social_care_leads(episode: Episode) -> bool:
    """Whether social care has accepted to lead for this child (CW-15, CW-16)."""
    return holds.statuses(episode.child).filter(status=EnteredStatus.SOCIAL_CARE_LEADS).exists()


def check_tried_enough(episode: Episode) -> None:
    """Refuse to call a family out of reach before enough was tried (CW-18)."""
    attempts = list(episode.contact_attempts.values_list("on", "method"))
    needed, ways, days = (periods.amount(f"disengaged_{one}") for one in ("attempts", "methods", "wd"))
    if len(attempts) < needed:
        raise Refused(f"{plural(len(attempts), 'attempt')} to reach the family recorded; {needed} are needed")
    if len({method for _, method in attempts}) < ways:
        raise Refused(f"Try at least {ways} different ways of reaching the family")
    first = min(on for on, _ in attempts)
    if calendar.working_days_between(first, dates.today()) < days:
        raise Refused(f"The attempts must be spread over at least {days} working days")


@action("contact.attempted")
def record_attempt(episode: Episode, *, on: date, method: str, by: Actor, note: str = "") -> ContactAttempt:
    """Record one try to reach the family."""
    return ContactAttempt.objects.create(
        episode=episode, on=on, method=method, note=note, made_by_id=by.practitioner
    )


@action("closure.proposed")
def close(episode: Episode, *, reason: str, by: Actor, **record: Any) -> Closure:
    """Close the episode; for some reasons a manager countersigns first, and until then it stays open (T12, CW-18)."""
    check_can_close(
        episode,
        reason=reason,
        family_told_on=record.get("family_told_on"),
        safeguarding_considered=record.get("safeguarding_considered", ""),
    )
    number = _number(episode)
    Closure.objects.filter(episode=episode, countersigned_by=None).delete()
    first = episode.assessments.exclude(signed_on=None).order_by("version").values_list("level", flat=True).first()
    closure = Closure.objects.create(
        episode=episode, reason=reason, closed_by_id=by.practitioner, level_at_start=first or "", **record
    )
    if reason not in COUNTERSIGNED:
        _end(episode, closure, number, by=by)
        return closure
    manager = episode.coordinator.manager
    if manager is None:
        raise Refused("Your line manager must countersign this reason, and none is recorded for you")
    trays.put(
        kind="countersign-closure",
        subject=closure.pk,
        link=f"/episodes/{episode.pk}/countersign/",
        due_on=calendar.working_days_after(dates.today(), 5),
        child=episode.child,
        practitioner=manager,
        by=by,
    )
    notices.tell(
        practitioner=manager,
        kind="closure-to-countersign",
        link=f"/episodes/{episode.pk}/countersign/",
        child=episode.child,
        by=by,
    )
    return closure


@action("closure.countersigned")
def countersign(episode: Episode, *, by: Actor) -> None:
    """The line manager of the coordinator agrees; the episode ends."""
    closure = Closure.objects.filter(episode=episode, countersigned_by=None).first()
    if closure is None or not moves.is_open(episode):
        raise Refused("No closure waits for a countersignature")
    if closure.closed_by_id == by.practitioner:
        raise Refused("Whoever closed the episode cannot countersign it")
    closure.countersigned_by_id = by.practitioner
    closure.save()
    trays.finish(subject=closure.pk, by=by)
    _end(episode, closure, _number(episode), by=by)


def _number(episode: Episode) -> str:
    number = "T12" if episode.state in (EpisodeState.REVIEWING, EpisodeState.DELIVERING) else "T12b"
    if not moves.can(episode, number):
        raise Refused(f"This cannot be done while the episode is at “{EpisodeState(episode.state).label}”")
    return number


def _end(episode: Episode, closure: Closure, number: str, *, by: Actor) -> None:
    """The state, the index, all access and every open task end together."""
    members = [one.practitioner for one in grants.open_of(episode.pk)]
    moves.move(episode, number, by=by, closed_on=dates.today(), closure_reason=closure.reason)
    leads.end(episode, by=by)
    markers.assessment_ended(episode.pk, on=dates.today(), by=by)
    grants.end_all(episode=episode.pk, reason="episode closed", by=by)
    trays.drop_all(*_subjects(episode), by=by)
    for practitioner in members:
        notices.tell(practitioner=practitioner, kind="episode-closed", link="/", child=episode.child, by=by)
    recording.tell(reason=str(closure.reason))


def _subjects(episode: Episode) -> list[UUID]:
    """Everything of the episode that a task may hang on."""
    actions = PlanAction.objects.filter(outcome__need__plan__episode=episode)
    parts = (episode.meetings, episode.leads, episode.reviews, actions)
    return [episode.pk, *(pk for part in parts for pk in part.values_list("pk", flat=True))]
