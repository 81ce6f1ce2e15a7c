"""Names to invent people with: given names and surnames of the families of an English town, by naming culture."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random

#: boys who carry the Prophet's name before the one they are called by, and how their families write it
SHARED_FIRST = ("Mohammed", "Muhammad", "Mohammad", "Muhammed", "Mohamed")
SHARED_FIRST_IN = frozenset({"pakistani", "bangladeshi", "somali"})

KNOWN_AS = {
    "Katherine": "Katie", "Elizabeth": "Lizzie", "William": "Will", "Thomas": "Tom", "Alexander": "Alex",
    "Benjamin": "Ben", "Samuel": "Sam", "Joseph": "Joe", "Daniel": "Dan", "Isabella": "Izzy", "Charlotte": "Lottie",
    "Matilda": "Tilly", "Abigail": "Abi", "Rebecca": "Becky", "Edward": "Ted", "Frederick": "Freddie",
    "Christopher": "Chris", "Robert": "Bobby", "Nathaniel": "Nat", "Jonathan": "Jonny", "Penelope": "Penny",
    "Eleanor": "Nell", "Francesca": "Fran", "Samantha": "Sam", "Alexandra": "Lexi", "Imogen": "Immy",
    "Zachary": "Zac", "Nicholas": "Nick", "Michael": "Mikey", "Matthew": "Matty", "Patrick": "Paddy",
    "Jakub": "Kuba", "Katarzyna": "Kasia", "Małgorzata": "Gosia", "Wojciech": "Wojtek", "Agnieszka": "Aga",
    "Tomasz": "Tomek", "Zuzanna": "Zuzia", "Gurpreet": "Preet", "Abdullahi": "Abdi", "Ibrahim": "Ibby",
    "Harriet": "Hattie", "Florence": "Flo", "Reuben": "Ben", "Theodore": "Theo", "Sebastian": "Seb",
}  # fmt: skip


@dataclass(frozen=True)
class Culture:
    """The names of families who came from one place, the frequent ones first."""

    name: str
    language: str
    share: float
    girls: Sequence[str]
    boys: Sequence[str]
    surnames: Sequence[str]

    def given(self, sex: str, random: Random) -> str:
        """A forename; a few are much more frequent than the rest."""
        return _frequent_first(self.girls if sex == "F" else self.boys, 0.55, random)

    def surname(self, random: Random) -> str:
        """A surname as the father has it."""
        return _frequent_first(self.surnames, 0.75, random)


def _frequent_first(names: Sequence[str], bend: float, random: Random) -> str:
    # With a Zipf-like bend the first of 200 names has about 2 to 4 in 100, as in birth statistics.
    return random.choices(names, cum_weights=_cumulated(len(names), bend))[0]


_known_weights: dict[tuple[int, float], list[float]] = {}


def _cumulated(count: int, bend: float) -> list[float]:
    if (count, bend) not in _known_weights:
        _known_weights[count, bend] = list(accumulate(1 / place**bend for place in range(1, count + 1)))
    return _known_weights[count, bend]


def _cultures() -> tuple[Culture, ...]:
    table = json.loads(Path(__file__).with_name("names.json").read_text(encoding="utf-8"))
    found = []
    for name, row in table.items():
        surnames = row["surnames"].split()
        # Half of English surnames are rare ones, most of them places: Thornley, Hathersage, Calderbank.
        surnames += sorted(head + tail for head in row.get("heads", "").split() for tail in row["tails"].split())
        found.append(Culture(name, row["language"], row["share"], row["girls"].split(), row["boys"].split(), surnames))
    return tuple(found)


CULTURES = _cultures()
_SHARES = list(accumulate(culture.share for culture in CULTURES))


def a_culture(random: Random) -> Culture:
    """One of the cultures, as often as its share."""
    return random.choices(CULTURES, cum_weights=_SHARES)[0]


def surname_of(family: str, culture: Culture, sex: str) -> str:
    """The surname as a daughter or a son has it: Kowalska and Kowalski, Kaur and Singh.

    >>> surname_of("Kowalski", next(one for one in CULTURES if one.name == "polish"), "F")
    'Kowalska'
    """
    if culture.name == "polish" and family.endswith(("ski", "cki", "dzki")) and sex == "F":
        return family[:-1] + "a"
    if family in {"Singh", "Kaur"}:
        return "Kaur" if sex == "F" else "Singh"
    if culture.name == "bangladeshi" and family in {"Begum", "Uddin", "Miah", "Khatun"}:
        return "Begum" if sex == "F" else "Miah"
    return family
