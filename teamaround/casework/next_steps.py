"""What comes next in an episode, in one place: the child's page and the landing page say it alike.

It is told for several episodes at once in a fixed number of questions, however many there are.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from teamaround.kit import dates

from .models import Assessment, Closure, Episode, Lead, Meeting, Plan, Review
from .terms import ClosureReason, EpisodeState, LeadState, PlanState


@dataclass(frozen=True)
class Next:
    """What is to be done next, and where; `needs` is the action of the policy table that its button takes."""

    words: str
    button: str = ""
    href: str = ""
    needs: str = ""

    def without_button(self) -> "Next":
        """The same for whoever may read it and not do it."""
        return Next(self.words)


@dataclass
class Around:
    """What the next step depends on beside the state of the episode itself."""

    meeting: Meeting | None = None
    leads: set[str] = field(default_factory=set)
    plans: set[str] = field(default_factory=set)
    in_review: bool = False
    assessing: bool = False
    closure: Closure | None = None


def of(episodes: Collection[Episode]) -> dict[UUID, Next]:
    """The next step of each of these episodes."""
    around = _around([one.pk for one in episodes])
    return {one.pk: _next(one, around[one.pk]) for one in episodes}


def _around(ids: Collection[UUID]) -> dict[UUID, Around]:
    found = {id: Around() for id in ids}
    for meeting in Meeting.objects.filter(episode__in=ids, cancelled_because="").order_by("planned_at"):
        found[meeting.episode_id].meeting = meeting
    for id, state in Lead.objects.filter(episode__in=ids).values_list("episode", "state"):
        found[id].leads.add(state)
    for id, state in Plan.objects.filter(episode__in=ids).values_list("episode", "state"):
        found[id].plans.add(state)
    for id in Review.objects.filter(episode__in=ids, held_on=None).values_list("episode", flat=True):
        found[id].in_review = True
    for id in Assessment.objects.filter(episode__in=ids, signed_on=None).values_list("episode", flat=True):
        found[id].assessing = True
    for closure in Closure.objects.filter(episode__in=ids, countersigned_by=None, declined_because=""):
        found[closure.episode_id].closure = closure
    return found


def _next(episode: Episode, around: Around) -> Next:
    base = f"/episodes/{episode.pk}"
    if episode.state == EpisodeState.CLOSED:
        reason = ClosureReason(episode.closure_reason).label.lower()
        return Next(f"nothing: the episode was closed on {dates.say(episode.closed_on)} ({reason})")
    if around.closure is not None:
        return Next("wait until the manager countersigns the closing")
    match episode.state:
        case EpisodeState.INITIATED:
            return Next(
                "ask the family whether they agree", "Ask for consent", f"{base}/consent/", needs="consent.record"
            )
        case EpisodeState.ASSESSING:
            due = f", by {dates.say(episode.assessment_due_on)}" if episode.assessment_due_on else ""
            return Next(
                f"finish the common assessment with the family{due}",
                "Go on with the assessment",
                f"{base}/assessment/",
                needs="assessment.write",
            )
        case EpisodeState.ASSESSED:
            return _after_the_assessment(base, around)
        case EpisodeState.PLANNING:
            return _in_planning(base, around)
        case EpisodeState.DELIVERING:
            return _while_helping(episode, base, around)
    return _in_review(base, around)


def _after_the_assessment(base: str, around: Around) -> Next:
    """Whoever has begun to plan has decided to go on alone (T8)."""
    if around.plans:
        return _plan(base, around)
    return Next(
        "decide what follows from the assessment", "Decide what follows", f"{base}/response/", needs="episode.respond"
    )


def _in_planning(base: str, around: Around) -> Next:
    meeting = around.meeting
    if meeting is None:
        return Next(
            "call the team around the child", "Call a meeting", f"{base}/meetings/new/", needs="meeting.convene"
        )
    if meeting.held_on is None:
        when = dates.say_moment(meeting.planned_at)
        return Next(
            f"hold the meeting, {when}", "Open the meeting", f"/meetings/{meeting.pk}/", needs="meeting.convene"
        )
    if LeadState.ACTIVE not in around.leads:
        if LeadState.PROPOSED in around.leads:
            return Next("wait for the answer of whoever is proposed to lead")
        return Next("agree who leads", "Agree who leads", f"{base}/lead/", needs="lead.propose")
    return _plan(base, around)


def _plan(base: str, around: Around) -> Next:
    if PlanState.AGREED in around.plans:
        return Next("set the date of the first review and begin", "Begin", f"{base}/plan/begin/", needs="plan.write")
    if PlanState.DRAFT in around.plans:
        return Next("finish and agree the plan", "Go on with the plan", f"{base}/plan/", needs="plan.write")
    # Straight to the first need: the plan's own page would only ask again whether to begin.
    return Next("write and agree the plan", "Write the plan", f"{base}/plan/need/", needs="plan.write")


def _while_helping(episode: Episode, base: str, around: Around) -> Next:
    due = dates.say(episode.next_review_on)
    if episode.next_review_on is not None and episode.next_review_on < dates.today():
        return Next(f"hold the review, which was due {due}", "Open a review", f"{base}/review/", needs="review.open")
    if around.assessing:
        by_when = f", by {dates.say(episode.assessment_due_on)}" if episode.assessment_due_on else ""
        return Next(
            f"finish the new version of the common assessment{by_when}; the review is due {due}",
            "Go on with the assessment",
            f"{base}/assessment/",
            needs="assessment.write",
        )
    if PlanState.DRAFT in around.plans:
        return Next(
            f"agree the changed plan; the review is due {due}",
            "Go on with the plan",
            f"{base}/plan/",
            needs="plan.write",
        )
    return Next(
        f"do the actions of the plan; the review is due {due}", "Open a review", f"{base}/review/", needs="review.open"
    )


def _in_review(base: str, around: Around) -> Next:
    if around.in_review:
        return Next("record the review", "Record the review", f"{base}/review/", needs="review.open")
    # A review that ended in a closure nobody countersigned is followed by another.
    return Next("review again, as the closing was not countersigned", "Open a review", f"{base}/review/", "review.open")
