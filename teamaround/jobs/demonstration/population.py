"""Invented families: children with brothers, sisters and twins, parents, homes, schools and doctors.

Nobody here is anybody. NHS numbers come from the range kept for tests, pupil numbers from an authority that does not
exist, telephone numbers from those kept for drama. One seed always makes the same people, whoever asks first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import product
from random import Random

from teamaround.kit.identifiers import NotValid, nhs_number_from, upn_check_letter

from .names import KNOWN_AS, SHARED_FIRST, SHARED_FIRST_IN, Culture, a_culture, surname_of

STREETS = (
    "Harbour Street", "Mill Lane", "Church Road", "Station Road", "Park Avenue", "Victoria Terrace", "Chapel Street",
    "Beech Close", "Orchard Way", "Quarry Hill", "Canal Side", "Meadow View", "Albert Road", "Springfield Drive",
    "Highfield Crescent", "Castle Street", "Moor Lane", "Willow Grove", "Tannery Court", "Lighthouse Row",
)  # fmt: skip


@dataclass(frozen=True)
class Home:
    """Where a family lives or lived: in which district (its place in the region's list), from when, until when."""

    lines: str
    postcode: str
    district: int
    from_on: date
    to_on: date | None = None


@dataclass(frozen=True)
class Adult:
    """A parent or carer, in the terms of `people.terms`; no basis means no parental responsibility."""

    given: str
    family: str
    relationship: str
    basis: str
    born: date
    phone: str


@dataclass(frozen=True)
class Child:
    """One child; exactly one of `born` and `expected` is known."""

    number: int
    given: str
    family: str
    sex: str
    born: date | None
    expected: date | None = None
    former_family: str = ""
    known_as: str = ""
    language: str = "English"
    nhs_number: str = ""
    upn: str = ""
    school: str = ""
    doctor: str = ""
    is_twin: bool = False
    homes: tuple[Home, ...] = ()

    @property
    def home(self) -> Home:
        return self.homes[0]


@dataclass(frozen=True)
class Household:
    """Children who live together and the adults who care for them; the mother or first carer comes first."""

    children: tuple[Child, ...]
    adults: tuple[Adult, ...]


@dataclass(frozen=True)
class School:
    """Where children of these ages in this district go."""

    code: str
    district: int
    from_age: int = 4
    to_age: int = 18


@dataclass(frozen=True)
class Region:
    """The ground on which families are put: first halves of postcodes, what may follow them, schools and doctors."""

    districts: Sequence[str]
    #: how many families of a hundred live in each; all alike when empty
    weights: Sequence[float] = ()
    sectors: Sequence[int] = range(1, 5)
    letters: str = "ABDEFGH"
    schools: Sequence[School] = ()
    #: (code, district); a district is its place in the list of districts, from 0
    doctors: Sequence[tuple[str, int]] = ()

    def district(self, random: Random) -> int:
        return random.choices(range(len(self.districts)), self.weights or None)[0]

    def postcode(self, district: int, random: Random) -> str:
        letters = self.letters
        return (
            f"{self.districts[district]} {random.choice(self.sectors)}{random.choice(letters)}{random.choice(letters)}"
        )

    def school(self, district: int, age: int) -> str:
        """The nearest for the age: districts that follow one another lie side by side."""
        fit = [school for school in self.schools if school.from_age <= age <= school.to_age]
        return min(fit, key=lambda school: abs(school.district - district)).code if fit else ""

    def doctor(self, district: int) -> str:
        return min(self.doctors, key=lambda one: abs(one[1] - district))[0] if self.doctors else ""


#: Fourteen districts of Northmoor; a few families live over the border in Eastvale.
NORTHMOOR = Region(
    districts=[f"NM{number}" for number in range(1, 15)] + ["EV1", "EV2"],
    weights=[9, 6, 5, 10, 7, 6, 8, 8, 4, 9, 8, 5, 8, 5, 1, 1],
)


def households(count: int, *, seed: int, today: date, region: Region = NORTHMOOR) -> Iterator[Household]:
    """Families with `count` children in all, about as many of each age from birth to 17; one in 250 is not yet born."""
    random = Random(seed)
    numbers = Numbers(random.randrange(1_000_000))
    made = 0
    while made < count:
        family = _Family(random, today, region, numbers)
        household = family.household(first_number=made, most=count - made)
        made += len(household.children)
        yield household


def children(count: int, *, seed: int, today: date, region: Region = NORTHMOOR) -> Iterator[Child]:
    """The children of those families, without them."""
    for household in households(count, seed=seed, today=today, region=region):
        yield from household.children


@dataclass
class Numbers:
    """Gives each NHS and pupil number once. The 909,000 test numbers run out: then children have none."""

    start: int
    given: int = 0
    pupils: dict[str, int] = field(default_factory=dict)

    def nhs(self) -> str:
        while self.given < 1_000_000:
            # 7 and a million share no divisor with the step, so every stem comes once and none follows its neighbour.
            stem = (self.start + self.given * 611_953) % 1_000_000
            self.given += 1
            try:
                number = nhs_number_from(f"999{stem:06}")
            except NotValid:
                continue
            if len(set(number)) > 1:
                return number
        return ""

    def upn(self, school: str, started: date) -> str:
        """A number as the first school gives it: invented authority 997, school, year, serial."""
        base = sum(ord(letter) * place for place, letter in enumerate(school, 1)) % 150
        series = f"{base}/{started.year}"
        serial = self.pupils[series] = self.pupils.get(series, -1) + 1
        establishment = 2000 + 20 * base + serial // 999
        stem = f"997{establishment}{started.year % 100:02}{serial % 999 + 1:03}"
        return upn_check_letter(stem) + stem


class _Family:
    """What the members of one family have in common while they are being invented."""

    def __init__(self, random: Random, today: date, region: Region, numbers: Numbers) -> None:
        self.random, self.today, self.region, self.numbers = random, today, region, numbers
        self.culture: Culture = a_culture(random)
        self.father_family = self.culture.surname(random)
        self.mother_family = (self.culture if random.random() < 0.85 else a_culture(random)).surname(random)
        self.spelling = random.choice(SHARED_FIRST)
        self.named = self._how_children_are_named()
        self.homes = self._homes()

    def _how_children_are_named(self) -> str:
        way = self.random.random()
        if way < 0.66 or self.culture.name in {"pakistani", "indian", "polish", "somali"}:
            return self.father_family
        if way < 0.86:
            return self.mother_family
        return (
            f"{self.mother_family}-{self.father_family}" if way < 0.96 else f"{self.mother_family} {self.father_family}"
        )

    def _homes(self) -> tuple[Home, ...]:
        random = self.random
        until, homes = None, []
        arrived = self.today - timedelta(days=random.randint(60, 5000))
        district = self.region.district(random)
        for _ in range(random.choices((1, 2, 3), (70, 24, 6))[0]):
            lines = f"{random.randint(1, 120)} {random.choice(STREETS)}"
            homes.append(Home(lines, self.region.postcode(district, random), district, arrived, until))
            until = arrived
            arrived -= timedelta(days=random.randint(200, 2500))
            if random.random() < 0.6:
                district = self.region.district(random)
        return tuple(homes)

    def household(self, first_number: int, most: int) -> Household:
        births: list[tuple[date, bool]] = []
        while not births:
            births = self._births()[:most]
        children: list[Child] = []
        for number, (born, is_twin) in enumerate(births, first_number):
            children.append(
                self._child(number, born, is_twin, {name for child in children for name in child.given.split()})
            )
        return Household(tuple(children), self._adults(births[0][0]))

    def _births(self) -> list[tuple[date, bool]]:
        """Dates of birth, eldest first. The eldest is placed so that all ages to 17 are as frequent."""
        random = self.random
        size = random.choices((1, 2, 3, 4, 5, 6), (40, 36, 14, 6, 3, 1))[0]
        grown_up = self.today.replace(year=self.today.year - 18, day=min(self.today.day, 28))
        births: list[tuple[date, bool]] = []
        born = self.today - timedelta(days=random.randint(1, 23 * 365))
        while len(births) < size:
            is_twin = random.random() < 0.016
            if born > grown_up:
                births += [(born, is_twin)] * (2 if is_twin else 1)
            elif random.random() < 0.3:
                size -= 1
            born += timedelta(days=random.randint(350, 1500))
            if born > self.today:
                # The gap leads past today: a few of these are on their way, the others will not be.
                if born < self.today + timedelta(days=180) and random.random() < 0.2:
                    births.append((born, False))
                break
        return births

    def _child(self, number: int, born: date, is_twin: bool, taken: set[str]) -> Child:
        random = self.random
        sex = random.choice("FM")
        homes = tuple(home for home in self.homes if home.to_on is None or home.to_on > born)
        district = homes[0].district
        child = Child(
            number=number,
            given=self._given(sex, taken),
            family=surname_of(self.named, self.culture, sex),
            sex=sex,
            born=born,
            language=self.culture.language if random.random() < 0.6 else "English",
            doctor=self.region.doctor(district) if random.random() < 0.97 else "",
            is_twin=is_twin,
            homes=homes,
        )
        if born > self.today:
            return replace(child, given="Baby", sex="U", born=None, expected=born)
        started = self._started_school(born)
        school = self.region.school(district, (self.today - born).days // 365)
        return replace(
            child,
            former_family=self._former(child.family),
            known_as=KNOWN_AS.get(child.given.split()[0], "") if random.random() < 0.5 else "",
            nhs_number=self.numbers.nhs() if random.random() < 0.97 else "",
            school=school,
            upn=self.numbers.upn(school, started) if started <= self.today and random.random() < 0.97 else "",
        )

    def _given(self, sex: str, taken: set[str]) -> str:
        random, culture = self.random, self.culture
        while True:
            called = culture.given(sex, random)
            if sex == "M" and culture.name in SHARED_FIRST_IN and random.random() < 0.4:
                given = self.spelling if random.random() < 0.15 else f"{self.spelling} {called}"
            elif culture.name == "indian" and random.random() < 0.3:
                given = f"{called} {'Kaur' if sex == 'F' else 'Singh'}"
            elif random.random() < (0.5 if culture.name == "british" else 0.15):
                given = f"{called} {culture.given(sex, random)}"
            else:
                given = called
            # Brothers may share the first name, but nobody has the one a brother or sister is called by.
            if called not in taken and given not in taken:
                return given

    def _former(self, family: str) -> str:
        """One child in twenty had another surname, mostly the mother's."""
        if self.random.random() >= 0.05:
            return ""
        former = self.mother_family if self.random.random() < 0.7 else self.culture.surname(self.random)
        return former if former != family else ""

    @staticmethod
    def _started_school(born: date) -> date:
        """The September after the fourth birthday."""
        return date(born.year + (4 if (born.month, born.day) < (9, 1) else 5), 9, 1)

    def _adults(self, eldest: date) -> tuple[Adult, ...]:
        random = self.random
        kind = random.choices(
            ("both", "unmarried", "mother", "stepfather", "grandparent", "foster-carer"), (46, 22, 20, 7, 3, 2)
        )[0]
        if kind in {"grandparent", "foster-carer"}:
            basis = "special-guardian" if kind == "grandparent" else ""
            return (self._adult("F", self.culture.surname(random), kind, basis, eldest, older=kind == "grandparent"),)
        married = kind == "both"
        mother_family = self.father_family if married and self.culture.name == "british" else self.mother_family
        adults = [self._adult("F", mother_family, "mother", "mother", eldest)]
        if kind in {"both", "unmarried"}:
            basis = "marriage" if married else "birth-certificate" if random.random() < 0.8 else ""
            adults.append(self._adult("M", self.father_family, "father", basis, eldest))
        if kind == "stepfather":
            adults.append(self._adult("M", a_culture(random).surname(random), "stepfather", "", eldest))
        return tuple(adults)

    def _adult(
        self, sex: str, family: str, relationship: str, basis: str, eldest: date, *, older: bool = False
    ) -> Adult:
        random = self.random
        days = random.randint(19 * 365, 40 * 365) + (22 * 365 if older else 0)
        phone = (
            f"07700 900{random.randrange(1000):03}"
            if random.random() < 0.8
            else f"01632 960{random.randrange(1000):03}"
        )
        return Adult(
            given=self.culture.given(sex, random),
            family=surname_of(family, self.culture, sex),
            relationship=relationship,
            basis=basis,
            born=eldest - timedelta(days=days),
            phone=phone,
        )


def every_postcode(region: Region) -> Iterator[str]:
    """All postcodes a family of the region can have, each once."""
    for outward in dict.fromkeys(region.districts):
        for sector, (first, second) in product(region.sectors, product(region.letters, region.letters)):
            yield f"{outward} {sector}{first}{second}"
