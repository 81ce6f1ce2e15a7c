"""Reviews: every one ends in exactly one of a next date or a closure; being late is said, never punished."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db import IntegrityError, transaction

from teamaround.audit import recording
from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.people.models import Adult
from teamaround.reference import calendar, periods
from teamaround.sharing import consent, grants
from teamaround.tasks import notices, trays
from teamaround.workforce.models import Practitioner

from . import assessments, closing, episodes, leads, moves, plans, teams
from .models import Comment, Episode, Meeting, Outcome, PlanAction, Review
from .terms import CommentMode, EpisodeState, MeetingKind, ReviewOutcome

#: what is refused of a comment -> the field of the review that asks for it
ASKED_AS = {"own": "comment", "why": "reason"}


class Says(NamedTuple):
    """What the child or a parent says at a review and how it was given; or the reason there are no words."""

    text: str = ""
    reason: str = ""
    mode: str = ""
    interpreter: str = ""
    language: str = ""
    adult: Adult | None = None


def usual_kind(episode: Episode) -> str:
    """The kind of review that is opened where nobody says another."""
    return "single-agency" if episode.single_agency else "team"


def kinds() -> list[tuple[str, str]]:
    """The kinds of review to choose from."""
    return list(Review._meta.get_field("kind").choices)


@action("review.opened")
def open_review(episode: Episode, *, by: Actor, kind: str = "") -> Review:
    """T10: open the review; the team is asked for reports. An open one is given back."""
    if kind and kind not in dict(kinds()):
        raise Refused("Select what kind of review it is", field="kind")
    there = open_of(episode)
    if there is not None:
        return there
    episode.refresh_from_db()
    # A review that ended in a closure nobody countersigned is followed by another.
    if episode.state != EpisodeState.REVIEWING:
        moves.move(episode, "T10", by=by)
    try:
        with transaction.atomic():
            review = Review.objects.create(
                episode=episode,
                kind=kind or usual_kind(episode),
                opened_on=dates.today(),
            )
    except IntegrityError:
        raise Refused("A review is already open") from None
    # Where the day opens it, whoever coordinates is told that it is due, not asked for a report.
    asks = by.practitioner or episode.coordinator_id
    for practitioner in _asked_for_reports(episode):
        if practitioner.pk != asks:
            notices.tell(
                practitioner=practitioner,
                kind="report-wanted",
                link=f"/children/{episode.child_id}/",
                child=episode.child,
                by=by,
            )
    return review


def _asked_for_reports(episode: Episode) -> list[Practitioner]:
    """The practitioners of the team whose agency the family still agrees to, and the coordinator."""
    named = {one.pk for one in consent.agencies_named(episode.share_consent)}
    team = [one.practitioner for one in teams.current(episode) if one.practitioner is not None]
    return [one for one in team if one.agency_id in named or one.pk == episode.coordinator_id]


def check_exactly_one(next_review_on: date | None, closure_reason: str) -> None:
    """Refuse a review that has both a next date and a closure, or neither (CW-12)."""
    if next_review_on is not None and closure_reason:
        raise Refused("Give either the date of the next review or the reason for closing, not both")
    if next_review_on is None and not closure_reason:
        raise Refused("Enter the date of the next review, or the reason for closing", field="next_review_on")


def check_can_record(
    review: Review, *, held_on: date, outcome: str, next_review_on: date | None, closure_reason: str
) -> None:
    """Refuse a review that was recorded, lies at no possible day, or leads nowhere (CW-12, CW-13)."""
    episode = review.episode
    if Review.objects.filter(pk=review.pk).exclude(held_on=None).exists():
        raise Refused("This review was already recorded")
    if held_on > dates.today():
        raise Refused("The review cannot have been held in the future", field="held_on")
    before = max((one.held_on for one in of(episode)), default=episode.started_on)
    if held_on < before:
        raise Refused(f"The review cannot have been held before {dates.say(before)}", field="held_on")
    check_exactly_one(next_review_on, closure_reason)
    if (outcome == ReviewOutcome.CLOSE) != bool(closure_reason):
        raise Refused("A review that closes the episode needs the reason, and no other does", field="outcome")
    if next_review_on is not None:
        episodes.check_review_date(next_review_on, after=held_on)


def check_asked_again(
    episode: Episode, *, outcome: str, consent_rechecked: bool, lead_confirmed: bool, notes: str, new_needs: str
) -> None:
    """Refuse a review at which consent was not asked about again, or who leads was left open."""
    if not consent_rechecked:
        raise Refused("Ask again whether the family still agrees to the sharing", field="consent_rechecked")
    if outcome == ReviewOutcome.CLOSE:
        return
    lead = leads.active(episode)
    if lead is None and not episode.single_agency:
        raise Refused("Somebody must lead before help goes on. Agree who leads first")
    if lead is not None and not lead_confirmed and outcome != ReviewOutcome.CHANGE_LEAD:
        raise Refused(
            f"The lead professional does not stay: select “{ReviewOutcome.CHANGE_LEAD.label}”", field="outcome"
        )
    if outcome == ReviewOutcome.REASSESS and not (notes.strip() or new_needs.strip()):
        raise Refused("Note what calls for a new assessment", field="new_needs")


@action("review.recorded")
def record(
    review: Review,
    *,
    held_on: date,
    outcome: str,
    notes: str,
    level_now: str,
    consent_rechecked: bool,
    lead_confirmed: bool,
    child_says: Says | tuple[str, ...],
    parent_says: Says | tuple[str, ...],
    by: Actor,
    next_review_on: date | None = None,
    closure_reason: str = "",
    closure: dict[str, Any] | None = None,
    new_needs: str = "",
    next_steps: str = "",
    late_reason: str = "",
    progress: Mapping[UUID, tuple[str, str]] | None = None,
    scores: Mapping[UUID, int] | None = None,
) -> Review:
    """T11 or T12: record a review. `child_says` and `parent_says` hold words, or the reason there are none.

    `progress` is, by the id of an action of the plan in force, its state and words; `scores` is where outcomes
    stand, by their ids. A review held after its day keeps the reason, and is never refused for it (CW-14).
    """
    episode = review.episode
    check_can_record(
        review, held_on=held_on, outcome=outcome, next_review_on=next_review_on, closure_reason=closure_reason
    )
    check_asked_again(
        episode,
        outcome=outcome,
        consent_rechecked=consent_rechecked,
        lead_confirmed=lead_confirmed,
        notes=notes,
        new_needs=new_needs,
    )
    child_says, parent_says = Says(*child_says), Says(*parent_says)
    _comment(review, "child", child_says, by=by)
    _comment(review, "parent", parent_says, by=by)
    review.next_steps = next_steps
    review.held_on, review.outcome, review.notes, review.new_needs = held_on, outcome, notes, new_needs
    review.level_now, review.next_review_on, review.closure_reason = level_now, next_review_on, closure_reason
    review.consent_rechecked, review.lead_confirmed, review.late_reason = consent_rechecked, lead_confirmed, late_reason
    review.reviewed_by_id = by.practitioner
    review.meeting = _meeting(review)
    review.save()
    _report(episode, progress or {}, scores or {}, by=by)
    trays.finish(subject=episode.pk, kind="hold-review", by=by)
    recording.tell(outcome=str(outcome), late=episode.next_review_on is not None and held_on > episode.next_review_on)
    if outcome == ReviewOutcome.CLOSE:
        views = {"child_view": _as_view(child_says), "parent_view": _as_view(parent_says)}
        closing.close(
            episode,
            reason=closure_reason,
            by=by,
            **{"level_at_end": level_now, "family_told_on": held_on, **views, **(closure or {})},
        )
    else:
        _go_on(review, by=by)
    return review


def _as_view(says: Says) -> str:
    return f"{says.text} {says.reason}".strip()


def _meeting(review: Review) -> Meeting | None:
    """The review meeting of the team that was held for this review, if there was one."""
    held = Meeting.objects.filter(
        episode=review.episode, kind=MeetingKind.REVIEW, held_on__lte=review.held_on, reviews=None
    )
    return held.order_by("-held_on").first()


def _report(
    episode: Episode, progress: Mapping[UUID, tuple[str, str]], scores: Mapping[UUID, int], *, by: Actor
) -> None:
    """How each action goes and where each outcome stands, as said at the review."""
    plan = plans.agreed(episode)
    for one in PlanAction.objects.filter(pk__in=progress, outcome__need__plan=plan):
        state, words = progress[one.pk]
        plans.report(one, state=state, progress=words, by=by)
    for outcome in Outcome.objects.filter(pk__in=scores, need__plan=plan):
        plans.score(outcome, score=scores[outcome.pk], by=by)


def _comment(review: Review, who: str, says: Says, *, by: Actor) -> None:
    """As on the assessment: whose words, how they were given, and who typed them (casework.md 3.3)."""
    if not says.text.strip() and not says.reason.strip():
        name = "child" if who == "child" else "parents or carers"
        raise Refused(f"Enter what the {name} said, or why it is not known", field=f"{who}_comment")
    mode = says.mode or (CommentMode.OWN_WORDS if says.text.strip() else CommentMode.NOT_OBTAINED)
    try:
        assessments.check_comment(
            mode=mode, text=says.text, reason_not_obtained=says.reason, interpreter=says.interpreter
        )
        assessments.check_speaker(review.episode.child, who=who, mode=mode, adult=says.adult)
    except Refused as refused:
        raise Refused(refused.reason, field=f"{who}_{ASKED_AS.get(refused.field, refused.field)}") from None
    silent = mode in assessments.SILENT
    Comment.objects.create(
        episode=review.episode,
        review=review,
        who=who,
        adult=says.adult,
        mode=mode,
        text="" if silent else says.text,
        reason_not_obtained=says.reason if silent else "",
        language=says.language,
        interpreter=says.interpreter,
        typed_by_id=by.practitioner,
        recorded_at=dates.now(),
    )


def _go_on(review: Review, *, by: Actor) -> None:
    """T11: back to helping with the next date. The plan gets its next version: a draft where something is to change,
    the same in force where nothing is. Where the child is to be assessed again, a new version of that begins too."""
    episode, outcome = review.episode, review.outcome
    moves.move(episode, "T11", by=by, next_review_on=review.next_review_on)
    if outcome in (ReviewOutcome.AMEND_PLAN, ReviewOutcome.REASSESS):
        plans.begin_draft(episode, by=by)
    else:
        plans.carry_on(episode, meeting=review.meeting, by=by)
    if outcome == ReviewOutcome.REASSESS:
        assessments.assess_again(episode, reason=review.new_needs.strip() or review.notes, by=by)
    if outcome == ReviewOutcome.CHANGE_LEAD:
        _ask_who_leads(episode, by=by)
    episodes.chase_review(episode, by=by)
    grants.extend(episode=episode.pk, next_review_on=review.next_review_on, by=by)


def _ask_who_leads(episode: Episode, *, by: Actor) -> None:
    """The present lead goes on until another accepts (CW-51); the coordinator sees to it."""
    trays.put(
        kind="agree-lead",
        subject=episode.pk,
        link=f"/episodes/{episode.pk}/lead/",
        due_on=calendar.working_days_after(dates.today(), periods.amount("decision_task_wd")),
        child=episode.child,
        practitioner=episode.coordinator,
        by=by,
    )


def open_of(episode: Episode) -> Review | None:
    """The open review of an episode."""
    return Review.objects.filter(episode=episode, held_on=None).first()


def is_in_review(episode: Episode) -> bool:
    """Whether a review is open."""
    return episode.state == EpisodeState.REVIEWING


def of(episode: Episode) -> list[Review]:
    """The reviews that were held, the newest first."""
    return list(Review.objects.filter(episode=episode).exclude(held_on=None).order_by("-held_on"))
