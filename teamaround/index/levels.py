"""The comparisons of the matcher, their levels and weights: one table, to be read whole. Pure.

Each *comparison* looks at one field and finds the *level* its two values agree on. A level's *match weight* is the
binary logarithm of how much likelier it is between records of one child (m) than between those of two (u). The
probabilities are set by hand from the reasons beside them, for an English authority of 100,000 children; they are
data, and a trained table may be given instead.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import log2
from typing import NamedTuple


class Level(NamedTuple):
    """How far a field agrees: what is said of it, how often among records of one child (m), and of two (u)."""

    words: str
    m: float
    u: float
    agrees: bool = True
    #: agreement that a person should look at twice (IX-28)
    fuzzy: bool = False

    @property
    def weight(self) -> float:
        return log2(self.m / self.u)


def _fuzzy(words: str, m: float, u: float) -> Level:
    return Level(words, m, u, fuzzy=True)


def _differs(words: str, m: float, u: float) -> Level:
    return Level(words, m, u, agrees=False)


#: {comparison: {level: Level}}. Braces are filled with the two values as they were written.
LEVELS: dict[str, dict[str, Level]] = {
    "forename": {
        "same": Level("same forename", 0.80, 0.006),
        "spelling": _fuzzy("{relation}", 0.04, 0.002),
        "short": _fuzzy("{relation}", 0.06, 0.004),
        "one letter": _fuzzy("forename one letter off: {one}, {other}", 0.05, 0.003),
        "sound": _fuzzy("forename sounds alike: {one}, {other}", 0.02, 0.003),
        "two letters": _fuzzy("forename two letters off: {one}, {other}", 0.015, 0.004),
        "other name": _fuzzy("{one} is another of the forenames", 0.03, 0.005),
        "initial": _fuzzy("same first letter of the forename", 0.92, 0.09),
        "begins": _fuzzy("forename begins as asked", 0.97, 0.01),
        # The one thing that tells twins apart: parents rarely change a forename, clerks seldom mistake it whole.
        "different": _differs("different forename", 0.01, 0.97),
    },
    "other forenames": {
        "same": Level("same further forename", 0.70, 0.04),
        "different": _differs("different further forename", 0.05, 0.9),
        # Neither for nor against; but brothers often share the first name, so nothing may rest on it alone.
        "missing": Level("only a first forename that many children share", 0.5, 0.5),
    },
    "surname": {
        "same": Level("same surname", 0.82, 0.002),
        "former": _fuzzy("{former} is a former surname", 0.05, 0.002),
        "spelling": _fuzzy("{one} is another spelling of {other}", 0.03, 0.001),
        "part": _fuzzy("{part} is part of the surname {whole}", 0.03, 0.003),
        "one letter": _fuzzy("surname one letter off: {one}, {other}", 0.04, 0.0015),
        "sound": _fuzzy("surname sounds alike: {one}, {other}", 0.02, 0.002),
        "two letters": _fuzzy("surname two letters off: {one}, {other}", 0.012, 0.003),
        "parent": _fuzzy("{one} is the surname of a parent", 0.02, 0.003),
        "initial": _fuzzy("same first letter of the surname", 0.92, 0.09),
        "begins": _fuzzy("surname begins as asked", 0.97, 0.005),
        # Children do change surnames: with a parent's marriage, a separation, an adoption.
        "different": _differs("different surname", 0.05, 0.98),
    },
    "order of names": {
        "turned": _fuzzy("forename and surname are the other way round", 0.02, 0.1),
    },
    "date of birth": {
        "same": Level("same date of birth", 0.93, 1 / 6500),
        "turned": _fuzzy("day and month of birth swapped", 0.01, 1 / 16000),
        "day one off": _fuzzy("day of birth one off", 0.008, 2 / 6500),
        "day misread": _fuzzy("one digit of the day of birth differs", 0.006, 4 / 6500),
        "month one off": _fuzzy("month of birth one off", 0.006, 2 / 6500),
        "year one off": _fuzzy("year of birth one off", 0.008, 2 / 6500),
        "year misread": _fuzzy("year of birth ten off", 0.002, 1 / 6500),
        "day differs": _fuzzy("same month and year of birth, another day", 0.008, 22 / 6500),
        "month differs": _fuzzy("same day and year of birth, another month", 0.005, 8 / 6500),
        "same month": Level("same month and year of birth", 0.97, 1 / 216),
        "same year": Level("same year of birth", 0.97, 1 / 18),
        "near year": _fuzzy("year of birth one off", 0.08, 2 / 18),
        "expected": _fuzzy("born near the expected date", 0.9, 70 / 6500),
        "different": _differs("different date of birth", 0.01, 0.98),
    },
    "sex": {
        "same": Level("same sex", 0.985, 0.5),
        "different": _differs("different sex", 0.01, 0.5),
    },
    "postcode": {
        "same": Level("same postcode", 0.60, 0.0001),
        "former": _fuzzy("an earlier address has the same postcode", 0.20, 0.0001),
        "one letter": _fuzzy("postcode one character off", 0.03, 0.001),
        "same sector": _fuzzy("another address near by", 0.05, 0.003),
        "same district": _fuzzy("another address in the same district", 0.06, 0.02),
        "part": Level("same part of the postcode", 0.85, 0.02),
        "former part": _fuzzy("an earlier address has the same part of the postcode", 0.10, 0.02),
        # Families move: an address elsewhere says little.
        "same area": _differs("another address in the same area", 0.15, 0.6),
        "elsewhere": _differs("an address elsewhere", 0.05, 0.4),
    },
    "NHS number": {
        "same": Level("same NHS number", 0.98, 1e-7),
        "different": _differs("different NHS number", 0.002, 0.999),
    },
    "UPN": {
        "same": Level("same UPN", 0.95, 1e-7),
        # A pupil may be given a second number by a school that did not find the first.
        "different": _differs("different UPN", 0.05, 0.999),
    },
    "index number": {
        "same": Level("same index number", 1.0, 1e-9),
        "different": _differs("different index number", 0.0001, 0.999),
    },
    "parent": {
        "same": Level("{one} is the surname of a parent in both", 0.5, 0.02),
    },
}

#: How likely two records taken at random are of one child, before anything is compared.
BEFORE = 1 / 100_000

#: What twins and other brothers and sisters share can never lift a different forename above this.
TWIN_CEILING = 0.5

IDENTIFIERS = {"nhs": "NHS number", "upn": "UPN", "index": "index number"}


@dataclass(frozen=True)
class Model:
    """Levels with their weights, and the odds before any comparison."""

    levels: Mapping[str, Mapping[str, Level]] = field(default_factory=lambda: LEVELS)
    before: float = BEFORE

    def among(self, children: int) -> "Model":
        """The same weights for an index of so many children, of whom the asked one is taken to be one."""
        return replace(self, before=1 / max(children, 2))

    @cached_property
    def weights(self) -> dict[tuple[str, str], float]:
        return {
            (comparison, name): level.weight
            for comparison, levels in self.levels.items()
            for name, level in levels.items()
        }

    @cached_property
    def prior(self) -> float:
        return log2(self.before / (1 - self.before))


HAND_SET = Model()
