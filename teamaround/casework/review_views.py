"""Recorded reviews as a page shows them, in a fixed number of questions."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from .models import Episode, Review
from .terms import ClosureReason, NeedLevel, ReviewOutcome


@dataclass(frozen=True)
class Words:
    """What somebody of the family said at a review, or why it is not known."""

    who: str
    text: str
    known: bool


@dataclass(frozen=True)
class Held:
    """A review that was held: what it found, what the family said, and what followed."""

    id: UUID
    held_on: date
    by: str
    notes: str
    new_needs: str
    level: str
    outcome: str
    next_review_on: date | None
    closed_because: str
    late_because: str
    words: list[Words]


def held(episode: Episode) -> list[Held]:
    """The reviews that were held, the newest first."""
    found = Review.objects.filter(episode=episode, held_on__isnull=False).order_by("-held_on", "-opened_on")
    return [_held(one) for one in found.select_related("reviewed_by").prefetch_related("comments")]


def _held(one: Review) -> Held:
    return Held(
        one.pk,
        one.held_on,
        one.reviewed_by.name if one.reviewed_by else "",
        one.notes,
        one.new_needs,
        NeedLevel(one.level_now).label if one.level_now else "",
        ReviewOutcome(one.outcome).label if one.outcome else "",
        one.next_review_on,
        ClosureReason(one.closure_reason).label if one.closure_reason else "",
        one.late_reason,
        [
            Words(
                "The child" if said.who == "child" else "Parents or carers",
                said.text or said.reason_not_obtained,
                bool(said.text),
            )
            for said in sorted(one.comments.all(), key=lambda said: said.who)
        ],
    )
