"""Recorded reviews as a page shows them, in a fixed number of questions."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch

from . import meeting_views, teams, views
from .models import Comment, Episode, Invited, Review
from .terms import ClosureReason, NeedLevel, ReviewOutcome


@dataclass(frozen=True)
class Words:
    """What somebody of the family said at a review, in which way; or why it is not known."""

    who: str
    how: str
    text: str
    known: bool


@dataclass(frozen=True)
class Held:
    """A review that was held: who took part, what it found, what the family said, and what followed."""

    id: UUID
    kind: str
    held_on: date
    by: str
    meeting: meeting_views.Roll | None
    notes: str
    new_needs: str
    next_steps: str
    level: str
    outcome: str
    next_review_on: date | None
    closed_because: str
    late_because: str
    words: list[Words]


def held(episode: Episode) -> list[Held]:
    """The reviews that were held, the newest first."""
    found = Review.objects.filter(episode=episode, held_on__isnull=False).order_by("-held_on", "-opened_on")
    said = Prefetch("comments", Comment.objects.select_related("adult", "typed_by"))
    team = {one.id: one for one in teams.everyone(episode)}
    found = found.select_related("reviewed_by", "meeting").prefetch_related(said)
    invited = list(Invited.objects.filter(meeting__reviews__episode=episode))
    return [_held(one, invited, team) for one in found]


def _held(one: Review, invited: list[Invited], team: dict[UUID, teams.InTeam]) -> Held:
    return Held(
        one.pk,
        one.get_kind_display(),
        one.held_on,
        one.reviewed_by.name if one.reviewed_by else "",
        meeting_views.roll(one.meeting, invited, team),
        one.notes,
        one.new_needs,
        one.next_steps,
        NeedLevel(one.level_now).label if one.level_now else "",
        ReviewOutcome(one.outcome).label if one.outcome else "",
        one.next_review_on,
        ClosureReason(one.closure_reason).label if one.closure_reason else "",
        one.late_reason,
        [
            Words(_whose(said), views.how_said(said), said.text or said.reason_not_obtained, bool(said.text))
            for said in sorted(one.comments.all(), key=lambda said: said.who)
        ],
    )


def _whose(said: Comment) -> str:
    if said.who == "parent" and said.adult is None:
        return "Parents or carers"
    return views.speaker(said)
