"""Assessment and plan on one page: what led to it, what goes well and what is hard, whose words, who does what by when.

A family and a busy colleague read one page. Nothing is left out silently: what is shortened ends in an ellipsis, and
the whole stands in the full print.
"""

from dataclasses import dataclass

from teamaround.forms.answering import Line
from teamaround.kit import dates
from teamaround.kit.text import shortened

from . import facts, plan_views, views
from .models import Comment, Episode

#: concepts of the common assessment, which stay the same in every version of the form
LED_TO_IT, TO_CHANGE = "caf.assessment.reason", "caf.conclusions.what_needs_to_change"
HOW_WE_KNOW = "caf.goals.how_we_will_know"
#: strengths and needs said again in the conclusions
SUMMED_UP = "caf.conclusions."


@dataclass(frozen=True)
class Row:
    """One element of the assessment: what goes well, what is hard."""

    title: str
    strengths: str
    needs: str


@dataclass(frozen=True)
class Step:
    """One action of the plan."""

    outcome: str
    action: str
    who: str
    by_when: str
    state: str


@dataclass(frozen=True)
class Sheet:
    """What stands on the page, each text of at most so many characters."""

    led_to_it: str
    to_change: str
    how_we_know: str
    child_says: str
    family_says: str
    rows: list[Row]
    steps: list[Step]


def of(episode: Episode, *, most: int) -> Sheet:
    """The page of an episode; texts longer than `most` characters are shortened."""
    hidden = facts.not_to_print(episode.child)

    def brief(text: str) -> str:
        return shortened(facts.leave_out(text, hidden), most)

    sections = views.assessment_text(episode)
    said = {line.concept: line.text for section in sections for line in section.lines}
    plan = plan_views.current(episode)
    return Sheet(
        led_to_it=brief(said.get(LED_TO_IT, "")),
        to_change=brief(said.get(TO_CHANGE, "")),
        how_we_know=brief(said.get(HOW_WE_KNOW, "")),
        child_says=brief(_newest(episode, "child")),
        family_says=brief(_newest(episode, "parent")),
        rows=[
            Row(section.title, brief(strengths), brief(needs))
            for section in sections
            for strengths, needs in [_pair(section.lines)]
            if strengths or needs
        ],
        steps=[
            Step(brief(outcome.text), brief(one.text), one.owner, dates.say(one.by_when), one.state_label)
            for need in (plan.needs if plan else [])
            for outcome in need.outcomes
            for one in outcome.actions
        ],
    )


def _pair(lines: tuple[Line, ...]) -> tuple[str, str]:
    """What an element says under strengths and under needs; the conclusions say it again and are left out."""
    own = {line.concept.rsplit(".", 1)[-1]: line.text for line in lines if not line.concept.startswith(SUMMED_UP)}
    return own.get("strengths", ""), own.get("needs", "")


def _newest(episode: Episode, who: str) -> str:
    """What was said last; a reason why nothing was said is no quotation."""
    said = Comment.objects.filter(episode=episode, who=who).exclude(text="").order_by("-recorded_at")
    return said.values_list("text", flat=True).first() or ""
