"""What the answers of a pre-assessment checklist point to (casework.md 1.3). Pure; the practitioner decides.

Keys: P1 to P5 the five questions about the child, P7 whether the own service can help, P8 whether an assessment
would help; each "yes", "no" or "not_sure".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

YES, NO, NOT_SURE = "yes", "no", "not_sure"

#: the five questions about the child, in order
ABOUT_CHILD = ("P1", "P2", "P3", "P4", "P5")
SAFE = "P2"


class Outcome(StrEnum):
    """Where a checklist leads."""

    REFER_SPECIALIST = "refer-specialist"
    NO_ADDITIONAL_NEED = "no-additional-need"
    SINGLE_AGENCY_RESPONSE = "single-agency-response"
    ASSESSMENT_RECOMMENDED = "assessment-recommended"
    OTHER = "other"


WORDS = {
    Outcome.REFER_SPECIALIST: "Ask a specialist service now",
    Outcome.NO_ADDITIONAL_NEED: "No additional needs: the services for every child are enough",
    Outcome.SINGLE_AGENCY_RESPONSE: "Your own service can help by itself",
    Outcome.ASSESSMENT_RECOMMENDED: "A common assessment would help",
    Outcome.OTHER: "Something else: say what",
}


class Safeguarding(StrEnum):
    """The answers to the safeguarding interrupt: one must be given before anything else, none is given for you."""

    REFERRED = "referred"
    ADVICE = "advice"
    KNOWN = "known"
    NO_CONCERN = "no-concern"


SAFEGUARDING_WORDS = {
    Safeguarding.REFERRED: "I have referred to children's social care now",
    Safeguarding.ADVICE: "I have talked to the designated safeguarding lead",
    Safeguarding.KNOWN: "Children's social care already knows of this concern",
    Safeguarding.NO_CONCERN: "There is no concern of significant harm",
}


@dataclass(frozen=True)
class Advice:
    """What the answers point to and why; `interrupt` when safeguarding comes before anything else."""

    outcome: Outcome
    because: str
    interrupt: bool


def advise(answers: Mapping[str, str], *, specialist_need: bool = False) -> Advice:
    """Where these answers lead.

    >>> advise({"P1": "yes", "P2": "yes", "P3": "no", "P4": "not_sure", "P5": "no", "P7": "no", "P8": "yes"}).outcome
    <Outcome.ASSESSMENT_RECOMMENDED: 'assessment-recommended'>
    """
    outcome, because = _outcome(answers, specialist_need)
    return Advice(outcome, because, interrupt=answers.get(SAFE, NOT_SURE) != YES)


def _outcome(answers: Mapping[str, str], specialist_need: bool) -> tuple[Outcome, str]:
    child = [answers.get(key, NOT_SURE) for key in ABOUT_CHILD]
    own, helps = answers.get("P7", NOT_SURE), answers.get("P8", "")
    if specialist_need:
        return Outcome.REFER_SPECIALIST, "You ticked that a specialist need is evident."
    if all(one == YES for one in child):
        return Outcome.NO_ADDITIONAL_NEED, "All five questions about the child are answered with yes."
    if own == YES and NOT_SURE not in child:
        return Outcome.SINGLE_AGENCY_RESPONSE, "The needs are clear and your own service can meet them."
    unclear = NOT_SURE in child or own in (NO, NOT_SURE)
    if unclear and helps == YES:
        return (
            Outcome.ASSESSMENT_RECOMMENDED,
            "Needs are not clear, or wider than your own service, and you think an assessment would help.",
        )
    return Outcome.OTHER, "The answers do not point one way."
