"""The pre-assessment checklist: a practitioner's note that helps to decide whether an assessment would help."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from teamaround.audit import recording
from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.forms import answering, answers, publishing
from teamaround.forms.terms import Stage
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.kit.text import listed
from teamaround.people.models import Child
from teamaround.reference import periods
from teamaround.workforce.models import Practitioner

from . import facts
from .checklist_outcome import SAFEGUARDING_WORDS, WORDS, Advice, Outcome, Safeguarding, advise
from .models import Checklist

FORM = "pre-assessment-checklist"
#: the concept of each question the decision reads
CONCEPTS = {
    "P1": "checklist.healthy",
    "P2": "checklist.safe",
    "P3": "checklist.learning",
    "P4": "checklist.positive_impact",
    "P5": "checklist.free_from_poverty",
    "P7": "checklist.can_provide",
    "P8": "checklist.caf_would_help",
}
SPECIALIST = "checklist.specialist_need"


@action("checklist.started")
def start(child: Child, *, by: Actor) -> Checklist:
    """Begin a checklist, or go on with the author's unfinished one."""
    unfinished = Checklist.objects.filter(child=child, author=by.practitioner, finished_on=None).first()
    if unfinished is not None:
        return unfinished
    author = Practitioner.objects.select_related("agency").get(pk=by.practitioner)
    return Checklist.objects.create(
        child=child,
        author_id=by.practitioner,
        answers=answers.start(
            FORM, child=child, facts={**facts.of(child, author), "form.started_on": dates.today()}, by=by
        ),
        started_on=dates.today(),
        dispose_on=dates.months_after(dates.today(), periods.amount("checklist_months")),
    )


@action("checklist.saved")
def save(checklist: Checklist, given: dict[str, dict[str, Any]], *, by: Actor) -> None:
    """Keep the answers of the author's own checklist, section by section."""
    if checklist.finished_on:
        raise Refused("This checklist is finished")
    for section, values in given.items():
        answers.save_section(
            checklist.answers, section, values, version=answers.version_of(checklist.answers, section), by=by
        )
    checklist.answers.refresh_from_db()


@action("checklist.finished")
def finish(
    checklist: Checklist,
    *,
    outcome: str,
    by: Actor,
    reason: str = "",
    safeguarding: str = "",
    safeguarding_note: str = "",
) -> Checklist:
    """Record what the practitioner decides, beside what the answers point to; both stay.

    Where the child may not be safe the safeguarding question has to be answered first; nothing is referred by itself.
    """
    advice = advice_on(checklist)
    if advice.interrupt:
        check_safeguarding(safeguarding, safeguarding_note)
    gaps = missing(checklist)
    if gaps:
        raise Refused(f"The checklist is not complete. {listed(gaps[:3])}")
    if outcome not in set(Outcome):
        raise Refused("Select what you decide", field="outcome")
    if (outcome != advice.outcome or outcome == Outcome.OTHER) and not reason.strip():
        raise Refused("Enter why you decide so", field="reason")
    finished = Checklist.objects.filter(pk=checklist.pk, finished_on=None).update(
        computed_outcome=advice.outcome,
        chosen_outcome=outcome,
        outcome_reason=reason,
        safeguarding_answer=safeguarding,
        safeguarding_note=safeguarding_note,
        finished_on=dates.today(),
        dispose_on=dates.months_after(dates.today(), periods.amount("checklist_months")),
    )
    checklist.refresh_from_db()
    if not finished:
        raise Refused("This checklist is finished")
    recording.tell(computed=str(advice.outcome), chosen=str(outcome), safeguarding=safeguarding)
    return checklist


def check_safeguarding(answer: str, note: str) -> None:
    """Refuse to go on before somebody has said what was done about the child's safety; it cannot be skipped."""
    if answer not in set(Safeguarding):
        raise Refused("Say first what you have done about the child's safety", field="safeguarding")
    if not note.strip():
        raise Refused("Enter the reference, the advice or the reason", field="safeguarding_note")


def missing(checklist: Checklist) -> list[str]:
    """What is still to be answered, in plain sentences."""
    definition = publishing.definition_of(checklist.answers.form)
    return [one.sentence for one in answering.missing(definition, checklist.answers.answers, Stage.FINALISE)]


def advice_on(checklist: Checklist) -> Advice:
    """What the answers point to."""
    definition = publishing.definition_of(checklist.answers.form)
    given = {
        key: answering.value_of(definition, checklist.answers.answers, concept)
        for key, concept in {**CONCEPTS, "specialist": SPECIALIST}.items()
        if concept in definition.by_concept
    }
    needed = given.pop("specialist", None) == "yes"
    return advise({key: one for key, one in given.items() if one}, specialist_need=needed)


@dataclass(frozen=True)
class View:
    """A checklist as a page shows it."""

    id: UUID
    child: UUID
    sections: list[Any]
    computed: Outcome
    computed_words: str
    because: str
    chosen_words: str
    reason: str
    safeguarding_needed: bool
    safeguarding_words: str
    safeguarding_note: str
    author: str
    finished_on: Any


def view(checklist: Checklist) -> View:
    """The checklist with its answers under the wording they were given under."""
    advice = advice_on(checklist)
    definition = publishing.definition_of(checklist.answers.form)
    chosen = checklist.chosen_outcome
    safe = checklist.safeguarding_answer
    return View(
        checklist.pk,
        checklist.child_id,
        answering.show(definition, checklist.answers.answers),
        advice.outcome,
        WORDS[advice.outcome],
        advice.because,
        WORDS[Outcome(chosen)] if chosen else "",
        checklist.outcome_reason,
        advice.interrupt,
        SAFEGUARDING_WORDS[Safeguarding(safe)] if safe else "",
        checklist.safeguarding_note,
        checklist.author.name,
        checklist.finished_on,
    )


def of(child: Child, practitioner: UUID | None) -> list[Checklist]:
    """The practitioner's own checklists on a child, the newest first."""
    return list(Checklist.objects.filter(child=child, author=practitioner).order_by("-started_on"))
