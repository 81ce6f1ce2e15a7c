"""Who might lead: candidates scored by the criteria of casework.md 5.2, with reasons; it never appoints.

Pure: answers in, a ranking out. What the answers are taken from, and what becomes of the ranking, is in leads.py.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from teamaround.kit.refused import Refused


@dataclass(frozen=True)
class Criterion:
    """One thing that speaks for a candidate, and how heavily."""

    key: str
    words: str
    weight: int


@dataclass(frozen=True)
class Gate:
    """One thing without which a candidate cannot lead; some a manager, having been asked, may let pass."""

    key: str
    words: str
    manager_may_agree: bool = False


CRITERIA = (
    Criterion("wish", "the child or family wishes it", 5),
    Criterion("trust", "has built trust with the child or family", 4),
    Criterion("fit", "their role fits the main need", 3),
    Criterion("responsibility", "has the main responsibility for the need", 3),
    Criterion("relationship", "knows the family from earlier or present work", 3),
    Criterion("ability", "has the skill, ability and time to lead and coordinate", 3),
    Criterion("statutory", "has a clear responsibility by law", 3),
    Criterion("draws-in", "can draw in universal and specialist services", 2),
    Criterion("knows-systems", "knows the systems of support", 2),
)

GATES = (
    Gate("statutory", "the child's standing by law says who leads, and it is another role"),
    Gate("member", "is not in the team"),
    Gate("consent", "the family has not agreed to share with their agency"),
    Gate("veto", "the child or family does not want them"),
    Gate("conflict", "is held back by an allegation or a conflict of interest"),
    Gate("training", "has not completed the training for lead professionals", manager_may_agree=True),
    Gate("caseload", "already carries a full caseload", manager_may_agree=True),
    Gate("cover", "nobody covers for them outside school terms", manager_may_agree=True),
)

#: what an answer of 0 to 3 means
LEVELS = ("no", "a little", "mostly", "fully")

_GATES = {one.key: one for one in GATES}
_CRITERIA = {one.key: one for one in CRITERIA}


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Somebody who might lead: an answer from 0 to 3 for each criterion (none is 0), and the gates they fail."""

    member: UUID
    answers: Mapping[str, int] = field(default_factory=dict)
    failed: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """Where a candidate came out, and why, in words. Candidates of equal standing share a rank."""

    member: UUID
    rank: int
    score: int
    reasons: tuple[str, ...]
    failed: tuple[Gate, ...]


def highest_score() -> int:
    """The score of somebody for whom everything speaks fully."""
    return sum(one.weight for one in CRITERIA) * (len(LEVELS) - 1)


def rank(candidates: Iterable[Candidate]) -> list[Ranked]:
    """The candidates in order: those who pass every gate first, then by score; each with the reasons in words."""
    candidates = list(candidates)
    for one in candidates:
        check_answers(one)
    standing = sorted((bool(one.failed), -score(one)) for one in candidates)
    ranked = [
        Ranked(
            member=one.member,
            rank=standing.index((bool(one.failed), -score(one))) + 1,
            score=score(one),
            reasons=reasons(one),
            failed=tuple(gate for gate in GATES if gate.key in one.failed),
        )
        for one in candidates
    ]
    return sorted(ranked, key=lambda one: one.rank)


def score(candidate: Candidate) -> int:
    """The sum of the answers, each by the weight of its criterion."""
    return sum(_CRITERIA[key].weight * answer for key, answer in candidate.answers.items())


def reasons(candidate: Candidate) -> tuple[str, ...]:
    """What speaks for a candidate, the weightiest first."""
    for_them = [one for one in CRITERIA if candidate.answers.get(one.key)]
    for_them.sort(key=lambda one: -one.weight * candidate.answers[one.key])
    return tuple(_say(one, candidate.answers[one.key]) for one in for_them)


def _say(criterion: Criterion, answer: int) -> str:
    words = criterion.words[0].upper() + criterion.words[1:]
    most = criterion.weight * (len(LEVELS) - 1)
    return f"{words}: {LEVELS[answer]} ({criterion.weight * answer} of {most})"


def check_answers(candidate: Candidate) -> None:
    """Refuse answers to what is not asked, answers out of range, and gates that do not exist."""
    for key, answer in candidate.answers.items():
        if key not in _CRITERIA:
            raise Refused(f'"{key}" is not among the criteria for choosing who leads')
        if answer not in range(len(LEVELS)):
            raise Refused(f"Answer each criterion from 0 to {len(LEVELS) - 1}")
    unknown = candidate.failed - _GATES.keys()
    if unknown:
        raise ValueError(f"there is no gate called {sorted(unknown)[0]}")
