"""Who is searched for, and the ways searchers get it wrong.

The mistakes are written without a look at the matcher's own tables of sounds and spellings, so that some of them are
of kinds it does not know.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from teamaround.index.identity import Identity, Name
from teamaround.jobs.demonstration.names import KNOWN_AS, SHARED_FIRST
from teamaround.jobs.demonstration.population import Child, Household, Region, households

TODAY = date(2026, 11, 24)


def region_for(count: int) -> Region:
    """Districts of about 4,000 children and postcodes of about eight, in as many invented areas as that takes."""
    areas = ["NM", "EV", *(f"{first}{second}" for first in "QVX" for second in "ABCDEFGHJKMQUVXYZ")]
    districts = [f"{area}{number}" for area in areas for number in range(1, 21)]
    return Region(districts=districts[: max(14, count // 4000)], sectors=range(1, 6), letters="ABDEFGHJLN")


def families(count: int, *, seed: int) -> Iterator[Household]:
    return households(count, seed=seed, today=TODAY, region=region_for(count))


def identity(child: Child, household: Household) -> Identity:
    """What the index knows of a child."""
    names = [Name(child.given, child.family)]
    if child.former_family:
        names.append(Name(child.given, child.former_family, "former"))
    if child.known_as:
        names.append(Name(child.known_as, "", "known-as"))
    numbers = {("nhs", child.nhs_number), ("upn", child.upn)}
    return Identity(
        names=tuple(names),
        born=child.born,
        expected=child.expected,
        sex=child.sex,
        postcodes=(child.home.postcode,),
        former_postcodes=tuple(home.postcode for home in child.homes[1:]),
        identifiers=frozenset(pair for pair in numbers if pair[1]),
        parents=tuple(dict.fromkeys(adult.family for adult in household.adults)),
    )


@dataclass(frozen=True)
class Asked:
    """What a searcher types."""

    given: str = ""
    family: str = ""
    born: date | None = None
    precision: str = "day"
    postcode: str = ""
    nhs_number: str = ""

    @property
    def identity(self) -> Identity:
        return Identity(
            names=(Name(self.given, self.family),) if self.given or self.family else (),
            born=self.born,
            born_precision=self.precision,
            postcodes=(self.postcode,) if self.postcode else (),
            identifiers=frozenset({("nhs", self.nhs_number)} if self.nhs_number else ()),
        )


def _exact(child: Child) -> Asked:
    return Asked(given=child.given.split()[0], family=child.family, born=child.born)


NEIGHBOURS = dict(zip("qwertyuiopasdfghjklzxcvbnm", "wertyuioposdfghjklkxcvbnmn", strict=True))


def _typo(word: str, random: Random) -> str:
    if len(word) < 3:
        return word + random.choice("aeinrt")
    place = random.randrange(len(word))
    letter = word[place]
    return random.choice(
        (
            word[:place] + word[place + 1 :],
            word[:place] + letter + word[place:],
            word[:place] + NEIGHBOURS.get(letter.lower(), "e") + word[place + 1 :],
            word[:place] + random.choice("aeioulnrst") + word[place:],
            word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :]
            if place
            else word[1] + word[0] + word[2:],
        )
    )


def _typed_wrong(asked: Asked, random: Random, times: int = 1) -> Asked:
    for _ in range(times):
        field = random.choice(("given", "family"))
        asked = replace(asked, **{field: _typo(getattr(asked, field), random)})
    return asked


MISHEARD = [
    ("ph", "f"), ("ck", "k"), ("c(?=[aou])", "k"), ("k(?=[aou])", "c"), ("ee", "ea"), ("ea", "ee"), ("ai", "ay"),
    ("ay", "ai"), ("ou", "u"), ("oo", "u"), ("ll", "l"), ("tt", "t"), ("mm", "m"), ("ss", "s"), ("y$", "ie"),
    ("ie$", "y"), ("i$", "ee"), ("kh", "k"), ("w(?=[aei])", "v"), ("z", "s"), ("x", "ks"), ("gh", ""), ("er$", "a"),
    ("or$", "er"), ("ey$", "y"), ("th", "t"), ("sz", "sh"), ("cz", "ch"), ("h$", ""), ("a$", "ah"), ("tion", "shun"),
    ("sh", "ch"), ("q", "k"), ("n(?=[aei])", "nn"), ("ew", "oo"), ("igh", "y"), ("son$", "sen"), ("j", "y"), ("v", "w"),
]  # fmt: skip


def _misheard(asked: Asked, random: Random) -> Asked | None:
    fields = ["given", "family"]
    random.shuffle(fields)
    for field in fields[: random.choice((1, 2))]:
        word = getattr(asked, field)
        ways = [(heard, said) for heard, said in MISHEARD if re.search(heard, word.lower())]
        if ways:
            heard, said = random.choice(ways)
            asked = replace(asked, **{field: re.sub(heard, said, word.lower(), count=1).title()})
    return asked


SPELLINGS = [
    ("Aisha", "Ayesha"), ("Fatima", "Fathima"), ("Khadija", "Khadeja"), ("Zainab", "Zaynab"),
    ("Maryam", "Mariam"), ("Yusuf", "Yousuf"), ("Hussain", "Hossain"), ("Hassan", "Hasan"),
    ("Umar", "Omer"), ("Usman", "Osman"), ("Zofia", "Sofia"), ("Zuzanna", "Susanna"),
    ("Michał", "Michael"), ("Aleksandra", "Alexandra"), ("Filip", "Phillip"), ("Jakub", "Jacub"),
    ("Katherine", "Kathryn"), ("Sophia", "Sofia"), ("Isabella", "Izabella"), ("Niamh", "Neve"),
    ("Ahmed", "Achmed"), ("Chaudhry", "Chowdhary"), ("Chowdhury", "Choudhury"), ("Sheikh", "Shaik"),
    ("Qureshi", "Quraishi"), ("Begum", "Begam"), ("Miah", "Mia"), ("Rahman", "Rehman"),
    ("Mohamed", "Muhamed"), ("Wiśniewski", "Wisnievsky"), ("Thompson", "Thomson"), ("Clarke", "Clark"),
    ("Davies", "Davis"), ("Phillips", "Philips"), ("Allen", "Alan"), ("McDonald", "MacDonald"),
    ("O'Connor", "O Connor"), ("Kamiński", "Kaminsky"), ("Ibrahim", "Ebrahim"), ("Ismail", "Ismaeel"),
]  # fmt: skip


def _respelt(asked: Asked, random: Random) -> Asked | None:
    if asked.given in SHARED_FIRST:
        return replace(asked, given=random.choice([name for name in SHARED_FIRST if name != asked.given]))
    for usual, other in SPELLINGS:
        for field in ("given", "family"):
            if getattr(asked, field) == usual:
                return replace(asked, **{field: other})
    return None


def _slipped(born: date, random: Random) -> date:
    return random.choice(
        (
            born + timedelta(days=random.choice((-1, 1))),
            born.replace(day=min(28, born.day), month=born.month % 12 + 1),
            born.replace(day=min(28, born.day), year=born.year + random.choice((-1, 1))),
            born.replace(day=max(1, min(28, born.day + random.choice((-10, 10, 3))))),
        )
    )


def _surname_changed(child: Child, random: Random) -> Asked | None:
    parts = re.split("[- ]", child.family)
    if len(parts) > 1:
        return replace(_exact(child), family=random.choice(parts))
    return replace(_exact(child), family=child.former_family) if child.former_family else None


def _elsewhere(asked: Asked, child: Child, random: Random) -> Asked:
    outward = child.home.postcode.split()[0].rstrip("0123456789")
    return replace(asked, postcode=f"{outward}{random.randint(1, 14)} {random.randint(1, 5)}AB")


def _turned(child: Child) -> Asked | None:
    if not child.born or child.born.day > 12 or child.born.day == child.born.month:
        return None
    return replace(_exact(child), born=child.born.replace(day=child.born.month, month=child.born.day))


def _year(asked: Asked) -> Asked:
    return replace(asked, born=date(asked.born.year, 1, 1), precision="year") if asked.born else asked


def _undated(child: Child, postcode: str) -> Asked:
    return replace(_exact(child), born=None, postcode=postcode)


def _if(condition: object, asked: Asked) -> Asked | None:
    return asked if condition else None


#: what goes wrong -> the search, or None when it cannot go wrong so with this child
MISTAKES: dict[str, Callable[[Child, Random], Asked | None]] = {
    "exact": lambda child, random: _exact(child),
    "one typing error": lambda child, random: _typed_wrong(_exact(child), random),
    "two typing errors": lambda child, random: _typed_wrong(_exact(child), random, 2),
    "sounds alike": lambda child, random: _misheard(_exact(child), random),
    "short name": lambda child, random: _if(
        child.given.split()[0] in KNOWN_AS and not child.known_as,
        replace(_exact(child), given=KNOWN_AS.get(child.given.split()[0], "")),
    ),
    "other spelling": lambda child, random: _respelt(_exact(child), random),
    "names swapped": lambda child, random: replace(_exact(child), given=child.family, family=child.given.split()[0]),
    "initial only": lambda child, random: replace(_exact(child), given=child.given[0]),
    "part of or former surname": _surname_changed,
    "moved house, year": lambda child, random: _elsewhere(_year(_exact(child)), child, random),
    "earlier postcode, no date": lambda child, random: _if(
        len(child.homes) > 1, _undated(child, child.homes[-1].postcode)
    ),
    "day and month swapped": lambda child, random: _turned(child),
    "date slipped": lambda child, random: replace(_exact(child), born=_slipped(child.born, random)),
    "date slipped and typing error": lambda child, random: _typed_wrong(
        replace(_exact(child), born=_slipped(child.born, random)), random
    ),
    "year only": lambda child, random: _year(_exact(child)),
    "year only and typing error": lambda child, random: _typed_wrong(_year(_exact(child)), random),
    "no date, postcode": lambda child, random: _undated(child, child.home.postcode),
    "no date, postcode and typing error": lambda child, random: _typed_wrong(
        _undated(child, child.home.postcode), random
    ),
    "no date, half the postcode": lambda child, random: _undated(child, child.home.postcode.split()[0]),
    "number alone": lambda child, random: _if(child.nhs_number, Asked(nhs_number=child.nhs_number)),
    "twin": lambda child, random: _if(child.is_twin, _exact(child)),
}  # fmt: skip


def searches(everyone: list[Child], kind: str, count: int, *, seed: int) -> list[tuple[Child, Asked]]:
    """So many searches that go wrong in this way, for children drawn at random."""
    random = Random(f"{seed}/{kind}")
    found: list[tuple[Child, Asked]] = []
    for child in random.sample(everyone, len(everyone)):
        if child.born and (asked := MISTAKES[kind](child, random)):
            found.append((child, asked))
        if len(found) == count:
            break
    return found


def strangers(count: int, *, seed: int) -> list[Asked]:
    """Exact searches for children who are not in the index."""
    born = (child for home in families(count * 3, seed=seed + 1) for child in home.children if child.born)
    return [_exact(child) for child, _ in zip(born, range(count), strict=False)]
