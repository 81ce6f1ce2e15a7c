"""What pages show of an episode, told whole: each a frozen answer made in a few questions, whatever its size."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from teamaround.forms import answering, publishing
from teamaround.kit import dates
from teamaround.people import queries as people

from . import assessments, holds, moves, next_steps
from .models import Assessment, Comment, Episode
from .next_steps import Next
from .terms import CommentMode, EpisodeState, NeedLevel


@dataclass(frozen=True)
class SectionState:
    """One section of the assessment in its list."""

    key: str
    title: str
    part: str
    state: str
    kind: str
    asks: bool  #: False where it only guides whoever writes, and holds nothing to read


@dataclass(frozen=True)
class AssessmentView:
    """The assessment by its sections."""

    name: str
    version: int
    signed_on: date | None
    signed_by: str
    due_on: date | None
    level: str
    sections: list[SectionState]
    child_comment: bool
    parent_comment: bool
    missing: list[str]
    versions: list[Assessment] = field(default_factory=list)


def assessment(episode: Episode) -> AssessmentView | None:
    """The newest version; None while there is none because consent is missing."""
    current = assessments.current(episode)
    if current is None:
        return None
    definition = publishing.definition_of(current.answers.form)
    shown = {one.key: one for one in answering.show(definition, current.answers.answers)}
    said = set(current.comments.values_list("who", flat=True))
    return AssessmentView(
        name=people.name_of(episode.child),
        version=current.version,
        signed_on=current.signed_on,
        signed_by=current.signed_by.name if current.signed_by else "",
        due_on=episode.assessment_due_on,
        level=NeedLevel(current.level).label if current.level else "",
        sections=[
            SectionState(
                section.key, section.title, section.part, *_state(shown.get(section.key)), section.key in shown
            )
            for section in definition.sections
            if answering.is_visible(definition, current.answers.answers, section.key)
        ],
        child_comment="child" in said,
        parent_comment="parent" in said,
        missing=[] if current.signed_on else assessments.missing(current),
        versions=list(episode.assessments.order_by("-version")),
    )


def _state(shown: Any) -> tuple[str, str]:
    if shown is None:
        return "To read", "info"
    return ("Written", "good") if shown.is_answered else ("Nothing yet", "neutral")


def assessment_text(episode: Episode) -> list[answering.ShownSection]:
    """The answered sections of the version in force under the wording they were answered under."""
    current = assessments.in_force(episode)
    if current is None:
        return []
    definition = publishing.definition_of(current.answers.form)
    return [one for one in answering.show(definition, current.answers.answers) if one.is_answered]


def section(episode: Episode, key: str) -> answering.ShownSection | None:
    """One section to read."""
    current = assessments.current(episode)
    if current is None:
        return None
    definition = publishing.definition_of(current.answers.form)
    return next((one for one in answering.show(definition, current.answers.answers) if one.key == key), None)


@dataclass(frozen=True)
class Said:
    """A comment as it is shown: whose, in which way and by whose hand, the words or the reason there are none."""

    who: str
    how: str
    words: str
    on: date


def comments(episode: Episode, who: str = "") -> list[Said]:
    """What child and parents said over the episode, the newest first."""
    found = Comment.objects.filter(episode=episode).select_related("adult", "typed_by").order_by("-recorded_at")
    if who:
        found = found.filter(who=who)
    return [
        Said(
            speaker(one),
            how_said(one),
            one.text or one.reason_not_obtained,
            one.recorded_at.astimezone(dates.LONDON).date(),
        )
        for one in found
    ]


def how_said(comment: Comment) -> str:
    """In which way a comment was given, and whose typing it is."""
    ways = [CommentMode(comment.mode).label]
    if comment.interpreter:
        ways.append(f"interpreter {comment.interpreter}")
    if comment.language:
        ways.append(f"in {comment.language}")
    return f"{', '.join(ways)}. Typed by {comment.typed_by.name}"


def speaker(comment: Comment) -> str:
    """Whose words a comment holds."""
    if comment.who == "child":
        return "The child"
    return f"{comment.adult.given} {comment.adult.family}" if comment.adult else "A parent"


def contact_attempts(episode: Episode) -> list[Any]:
    """The tries to reach the family, the newest first."""
    return list(episode.contact_attempts.select_related("made_by").order_by("-on"))


@dataclass(frozen=True)
class Step:
    """One stage of the way and whether it is behind, now or ahead."""

    text: str
    state: str


WAY = (
    ("Concern", (EpisodeState.INITIATED,)),
    ("Assessment", (EpisodeState.ASSESSING, EpisodeState.ASSESSED)),
    ("Team and plan", (EpisodeState.PLANNING,)),
    ("Help", (EpisodeState.DELIVERING,)),
    ("Review", (EpisodeState.REVIEWING,)),
    ("Closed", (EpisodeState.CLOSED,)),
)


def steps(episode: Episode) -> list[Step]:
    """Where the episode stands on its way."""
    now = next(number for number, (_, states) in enumerate(WAY) if episode.state in states)
    return [
        Step(text, "current" if number == now else "done" if number < now else "coming")
        for number, (text, _) in enumerate(WAY)
    ]


def next_step(episode: Episode, may: Collection[str]) -> Next:
    """The next thing in words for everybody, with its button for whoever may do it."""
    found = next_steps.of([episode])[episode.pk]
    return found if found.needs in may else found.without_button()


def current_episode(child: UUID) -> Episode | None:
    """The open episode of a child, or else the newest."""
    found = Episode.objects.select_related("coordinator__agency", "child", "share_consent").filter(child=child)
    return found.filter(closed_on=None).first() or found.order_by("-started_on").first()


def holding(episode: Episode) -> list[str]:
    """What keeps the episode open, in words."""
    return [one.reason for one in holds.standing(episode)] if moves.is_open(episode) else []
