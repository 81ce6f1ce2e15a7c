"""How an episode ends: with a reason, a record of what changed and of what the family thinks, and nothing left open."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from teamaround.audit import recording
from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.index import involvement, markers
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.kit.text import listed, plural
from teamaround.reference import calendar, periods
from teamaround.sharing import consent, grants
from teamaround.tasks import notices, trays

from . import holds, leads, moves, retention
from .models import Closure, ContactAttempt, Episode, PlanAction, Review
from .terms import (
    COUNTERSIGNED,
    INVOLVED_BY,
    ClosureReason,
    EnteredStatus,
    EpisodeState,
    HoldKind,
    LeadState,
)

#: the states in which help has begun: from here on nothing ends without the family's view (T12, else T12b)
AFTER_HELP = (EpisodeState.REVIEWING, EpisodeState.DELIVERING)
#: working days in which a manager is asked to countersign
COUNTERSIGN_WITHIN = 5


#: what the record of a closure must hold, unless the reason makes it impossible to ask
RECORD = {
    "summary": "Enter what has changed for the child",
    "level_at_end": "Select the level of need now",
    "child_view": "Enter what the child says, or why not known",
    "parent_view": "Enter what the parents or carers say, or why not known",
    "safeguarding_considered": "Enter how you made sure the child is safe",
}
#: what the record of a closure may hold besides
MAY_BE_SAID = (
    "unmet_needs",
    "goes_on",
    "named_contact",
    "reopen_advice",
    "informed",
    "lead_agrees",
    "lead_silent_because",
)
#: what cannot be asked of a family that is out of reach, gone, or in mourning
NOT_ASKED = {
    ClosureReason.DISENGAGED: {"child_view", "parent_view"},
    ClosureReason.MOVED_AWAY: {"child_view", "parent_view"},
    ClosureReason.DIED: {"level_at_end", "child_view", "parent_view", "safeguarding_considered"},
}


def check_can_close(episode: Episode, *, reason: str, record: Mapping[str, Any]) -> None:
    """Refuse while anything stands in the way, listing it (T12, T12b, CW-15 to 18)."""
    if reason not in set(ClosureReason):
        raise Refused("Select why the episode ends", field="reason")
    if reason == ClosureReason.CONSENT_REFUSED:
        raise Refused("Record the refusal of consent instead")
    check_nothing_holds(episode)
    if Review.objects.filter(episode=episode, held_on=None).exists():
        raise Refused("A review is open. Record it: it ends with this closure instead of a next date")
    if reason == ClosureReason.STEP_UP and not social_care_leads(episode):
        raise Refused(
            "A referral alone does not end the episode. It can be closed when social care has accepted to lead",
            field="reason",
        )
    if reason == ClosureReason.DISENGAGED:
        check_tried_enough(episode)
    check_record(episode, reason=reason, record=record)
    _check_lead(episode, reason=reason, record=record)


def _check_lead(episode: Episode, *, reason: str, record: Mapping[str, Any]) -> None:
    """Whoever leads signs the closure off, or the record says why they have not (casework.md 3.4)."""
    lead = leads.active(episode)
    if lead is None or reason == ClosureReason.DIED or record.get("lead_agrees"):
        return
    if not str(record.get("lead_silent_because") or "").strip():
        raise Refused(
            f"Confirm that {leads.name_of(lead)}, who leads, agrees that it ends, or enter why they have not said so",
            field="lead_agrees",
        )


def check_nothing_holds(episode: Episode) -> None:
    """Refuse with a list while money is committed, a handover waits or a safeguarding task is open (CW-17)."""
    standing = [f"{HoldKind(one.kind).label} ({one.reason})" for one in holds.standing(episode)]
    leading = set(episode.leads.values_list("state", flat=True))
    if {LeadState.ACTIVE, LeadState.PROPOSED} <= leading:
        standing.append(f"{HoldKind.HANDOVER.label} (a new lead professional has not answered)")
    if standing:
        raise Refused(f"{plural(len(standing), 'thing')} must be settled first: {listed(standing)}")


def check_record(episode: Episode, *, reason: str, record: Mapping[str, Any]) -> None:
    """Refuse a closure whose record is not complete or whose family does not know of it."""
    early = episode.state not in AFTER_HELP
    optional = NOT_ASKED.get(ClosureReason(reason), set()) | ({"child_view", "parent_view"} if early else set())
    for name, words in RECORD.items():
        if name not in optional and not str(record.get(name) or "").strip():
            raise Refused(words, field=name)
    told = record.get("family_told_on")
    if told is None and reason != ClosureReason.DIED:
        raise Refused("Tell the family first, and enter when", field="family_told_on")
    if told is not None and told > dates.today():
        raise Refused("The family cannot have been told in the future", field="family_told_on")


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
    tried = sorted(on for on, _ in attempts)
    if calendar.working_days_between(tried[0], tried[-1]) < days:
        raise Refused(f"The attempts must be spread over at least {days} working days")


@action("contact.attempted")
def record_attempt(episode: Episode, *, on: date, method: str, by: Actor, note: str = "") -> ContactAttempt:
    """Record one try to reach the family."""
    if on > dates.today():
        raise Refused("An attempt cannot be recorded before it is made", field="on")
    if on < episode.started_on:
        raise Refused(f"The episode was started on {dates.say(episode.started_on)}", field="on")
    if method not in dict(ContactAttempt._meta.get_field("method").choices):
        raise Refused("Select how you tried", field="method")
    return ContactAttempt.objects.create(episode=episode, on=on, method=method, note=note, made_by_id=by.practitioner)


@action("closure.proposed")
def close(episode: Episode, *, reason: str, by: Actor, **record: Any) -> Closure:
    """Close the episode; for some reasons a manager countersigns first, and until then it stays open (T12, CW-18).

    `record`: summary, level_at_end, unmet_needs, goes_on, named_contact, reopen_advice, informed, child_view,
    parent_view, safeguarding_considered, family_told_on, lead_agrees, lead_silent_because. Whoever leads and closes
    agrees by doing so.
    """
    number = _number(episode)
    lead = leads.active(episode)
    if lead is not None and not lead_to_ask(episode, by):
        record["lead_agrees"] = True
    check_can_close(episode, reason=reason, record=record)
    for before in Closure.objects.filter(episode=episode):
        trays.drop_all(before.pk, by=by)
        before.delete()
    first = episode.assessments.exclude(signed_on=None).order_by("version").values_list("level", flat=True).first()
    closure = Closure.objects.create(
        episode=episode, reason=reason, closed_by_id=by.practitioner, level_at_start=first or "", lead=lead, **record
    )
    if needs_countersignature(episode, closure):
        ask_manager(episode, closure, by=by)
    else:
        end(episode, closure, number=number, by=by)
    return closure


def lead_to_ask(episode: Episode, by: Actor) -> str:
    """Who leads, by name, where that is somebody else than who closes: they have to be asked."""
    lead = leads.active(episode)
    if lead is None or leads.answers_for(lead).pk == by.practitioner:
        return ""
    return leads.name_of(lead)


def needs_countersignature(episode: Episode, closure: Closure) -> bool:
    """Whether the reason, or an early end without the family's view, needs the line manager (T12, T12b)."""
    unheard = not closure.child_view.strip() and not closure.parent_view.strip()
    return closure.reason in COUNTERSIGNED or (
        episode.state not in AFTER_HELP and unheard and closure.reason != ClosureReason.DIED
    )


@action("closure.to-be-countersigned")
def ask_manager(episode: Episode, closure: Closure, *, by: Actor) -> None:
    """Ask the line manager of the coordinator; until then the episode stays open. Called by the chapter only."""
    manager = episode.coordinator.manager
    if manager is None:
        raise Refused("Your line manager must countersign this, and none is recorded for you")
    link = f"/episodes/{episode.pk}/countersign/"
    trays.put(
        kind="countersign-closure",
        subject=closure.pk,
        link=link,
        due_on=calendar.working_days_after(dates.today(), COUNTERSIGN_WITHIN),
        child=episode.child,
        practitioner=manager,
        by=by,
    )
    notices.tell(practitioner=manager, kind="closure-to-countersign", link=link, child=episode.child, by=by)


@action("closure.countersigned")
def countersign(episode: Episode, *, by: Actor) -> None:
    """The line manager of the coordinator agrees; the episode ends, if nothing has come to hold it meanwhile."""
    closure = _to_be_answered(episode, by=by)
    check_nothing_holds(episode)
    closure.countersigned_by_id = by.practitioner
    closure.save()
    trays.finish(subject=closure.pk, by=by)
    end(episode, closure, number=_number(episode), by=by)


@action("closure.not-countersigned")
def decline(episode: Episode, *, because: str, by: Actor) -> None:
    """The line manager does not agree: the episode goes on, and the coordinator is told and reads why."""
    closure = _to_be_answered(episode, by=by)
    if not because.strip():
        raise Refused("Enter why you do not agree", field="because")
    closure.declined_because = because
    closure.save()
    trays.finish(subject=closure.pk, by=by)
    link = f"/episodes/{episode.pk}/close/"
    notices.tell(
        practitioner=episode.coordinator, kind="closure-not-countersigned", link=link, child=episode.child, by=by
    )


def _to_be_answered(episode: Episode, *, by: Actor) -> Closure:
    """The closure that this manager may answer."""
    closure = waiting(episode)
    if closure is None or not moves.is_open(episode):
        raise Refused("No closure waits for a countersignature")
    if closure.closed_by_id == by.practitioner:
        raise Refused("Whoever closed the episode cannot countersign it")
    if episode.coordinator.manager_id != by.practitioner:
        raise Refused("Only the line manager of the coordinator can countersign")
    return closure


def waiting(episode: Episode) -> Closure | None:
    """The closure that waits for its countersignature."""
    return Closure.objects.filter(episode=episode, countersigned_by=None, declined_because="").first()


def declined(episode: Episode) -> Closure | None:
    """The closure that was not countersigned, and why; it is there until the episode is closed anew."""
    return Closure.objects.filter(episode=episode).exclude(declined_because="").first()


def is_declined(closure: Closure) -> bool:
    """Whether the line manager did not countersign it."""
    return bool(closure.declined_because)


def as_written(closure: Closure | None) -> dict[str, Any]:
    """What was written of a closure that was not countersigned, so that nobody writes it twice."""
    names = ("reason", *RECORD, *MAY_BE_SAID, "family_told_on")
    return {name: getattr(closure, name) for name in names} if closure else {}


def _number(episode: Episode) -> str:
    number = "T12" if episode.state in AFTER_HELP else "T12b"
    if not moves.can(episode, number):
        raise Refused(f"This cannot be done while the episode is at “{EpisodeState(episode.state).label}”")
    return number


@action("episode.closed")
def end(episode: Episode, closure: Closure, *, number: str, by: Actor) -> None:
    """The state, the index, consent, all access and every open task end together; called by the chapter only."""
    today = dates.today()
    members = [one.practitioner for one in grants.open_of(episode.pk)]
    moves.move(
        episode,
        number,
        by=by,
        closed_on=today,
        closure_reason=closure.reason,
        next_review_on=None,
        keep_until=retention.keep_until(episode.child, closed_on=today),
    )
    leads.end(episode, by=by)
    markers.assessment_ended(episode.pk, on=today, by=by)
    involvement.end_all_from(INVOLVED_BY, episode.child, on=today, by=by)
    grants.end_all(episode=episode.pk, reason="episode closed", by=by)
    for agreed in filter(None, (episode.store_consent, episode.share_consent)):
        consent.lapse(agreed, on=today, by=by)
    trays.drop_all(*_subjects(episode), by=by)
    for practitioner in members:
        notices.tell(practitioner=practitioner, kind="episode-closed", link="/", child=episode.child, by=by)
    recording.tell(reason=str(closure.reason))


def _subjects(episode: Episode) -> list[UUID]:
    """Everything of the episode that a task may hang on."""
    actions = PlanAction.objects.filter(outcome__need__plan__episode=episode)
    parts = (episode.meetings, episode.leads, episode.reviews, actions)
    return [episode.pk, *(pk for part in parts for pk in part.values_list("pk", flat=True))]
