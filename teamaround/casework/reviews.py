"""Reviews: every one ends in exactly one of a next date or a closure; being late is said, never punished."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from teamaround.audit import recording
from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.sharing import grants
from teamaround.tasks import notices, trays

from . import closing, episodes, leads, moves, plans
from .models import Comment, Episode, Review
from .terms import CommentMode, EpisodeState, ReviewOutcome


@action("review.opened")
def open_review(episode: Episode, *, by: Actor, kind: str = "") -> Review:
    """T10: open the review; the team is asked for reports. An open one is given back."""
    there = Review.objects.filter(episode=episode, held_on=None).first()
    if there is not None:
        return there
    moves.move(episode, "T10", by=by)
    try:
        with transaction.atomic():
            review = Review.objects.create(
                episode=episode,
                kind=kind or ("single-agency" if episode.single_agency else "team"),
                opened_on=dates.today(),
            )
    except IntegrityError:
        raise Refused("A review is already open") from None
    for grant in grants.open_of(episode.pk):
        if grant.practitioner_id != by.practitioner:
            notices.tell(
                practitioner=grant.practitioner,
                kind="report-wanted",
                link=f"/children/{episode.child_id}/",
                child=episode.child,
                by=by,
            )
    return review


def check_exactly_one(next_review_on: date | None, closure_reason: str) -> None:
    """Refuse a review that has both a next date and a closure, or neither (CW-12)."""
    if next_review_on is not None and closure_reason:
        raise Refused("Give either the date of the next review or the reason for closing, not both")
    if next_review_on is None and not closure_reason:
        raise Refused("Enter the date of the next review, or the reason for closing", field="next_review_on")


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
    child_says: tuple[str, str],
    parent_says: tuple[str, str],
    by: Actor,
    next_review_on: date | None = None,
    closure_reason: str = "",
    closure: dict[str, Any] | None = None,
    new_needs: str = "",
    late_reason: str = "",
) -> Review:
    """T11 or T12: record a review. `child_says` and `parent_says` are (words, reason there are none): one of the two.

    A review held after its day keeps the reason, and is never refused for it (CW-14).
    """
    episode = review.episode
    if review.held_on is not None:
        raise Refused("This review was already recorded")
    if held_on > dates.today():
        raise Refused("The review cannot have been held in the future", field="held_on")
    check_exactly_one(next_review_on, closure_reason)
    if (outcome == ReviewOutcome.CLOSE) != bool(closure_reason):
        raise Refused("A review that closes the episode needs the reason, and no other does", field="outcome")
    if not consent_rechecked:
        raise Refused("Ask again whether the family still agrees to the sharing", field="consent_rechecked")
    if next_review_on is not None:
        episodes.check_review_date(next_review_on, after=held_on)
    _comment(review, "child", *child_says, by=by)
    _comment(review, "parent", *parent_says, by=by)
    review.held_on, review.outcome, review.notes, review.new_needs = held_on, outcome, notes, new_needs
    review.level_now, review.next_review_on, review.closure_reason = level_now, next_review_on, closure_reason
    review.consent_rechecked, review.lead_confirmed, review.late_reason = consent_rechecked, lead_confirmed, late_reason
    review.reviewed_by_id = by.practitioner
    review.save()
    trays.finish(subject=episode.pk, kind="hold-review", by=by)
    recording.tell(outcome=str(outcome), late=episode.next_review_on is not None and held_on > episode.next_review_on)
    if outcome == ReviewOutcome.CLOSE:
        views = {"child_view": " ".join(child_says).strip(), "parent_view": " ".join(parent_says).strip()}
        closing.close(
            episode,
            reason=closure_reason,
            by=by,
            **{"level_at_end": level_now, "family_told_on": held_on, **views, **(closure or {})},
        )
    else:
        _go_on(episode, outcome, next_review_on, by=by)
    return review


def _comment(review: Review, who: str, words: str, reason: str, *, by: Actor) -> None:
    if not words.strip() and not reason.strip():
        name = "child" if who == "child" else "parents or carers"
        raise Refused(f"Enter what the {name} said, or why it is not known", field=f"{who}_comment")
    Comment.objects.create(
        episode=review.episode,
        review=review,
        who=who,
        mode=CommentMode.OWN_WORDS if words.strip() else CommentMode.NOT_OBTAINED,
        text=words,
        reason_not_obtained="" if words.strip() else reason,
        typed_by_id=by.practitioner,
        recorded_at=dates.now(),
    )


def _go_on(episode: Episode, outcome: str, next_review_on: date, *, by: Actor) -> None:
    """T11: back to helping, with the next date; changing the plan begins a new version."""
    if not episode.single_agency and leads.active(episode) is None:
        raise Refused("Somebody must lead before help goes on. Agree who leads first")
    moves.move(episode, "T11", by=by, next_review_on=next_review_on)
    if outcome in (ReviewOutcome.AMEND_PLAN, ReviewOutcome.REASSESS):
        plans.begin_draft(episode, by=by)
    episodes.chase_review(episode, by=by)
    grants.follow_review(episode=episode.pk, next_review_on=next_review_on, by=by)


def open_of(episode: Episode) -> Review | None:
    """The open review of an episode."""
    return Review.objects.filter(episode=episode, held_on=None).first()


def is_in_review(episode: Episode) -> bool:
    """Whether a review is open."""
    return episode.state == EpisodeState.REVIEWING


def of(episode: Episode) -> list[Review]:
    """The reviews that were held, the newest first."""
    return list(Review.objects.filter(episode=episode).exclude(held_on=None).order_by("-held_on"))
