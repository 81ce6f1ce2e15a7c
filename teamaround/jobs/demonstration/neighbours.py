"""Which families live in the demonstration: the invented ones, and Tobi's, whose story a visitor plays."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count

from teamaround.kit.identifiers import NotValid, nhs_number_from, upn_check_letter
from teamaround.workforce.terms import AgencyKind

from . import staff
from .population import NORTHMOOR, Adult, Child, Home, Household, Region, School, households

SEED = 2006
#: ages whom each kind of school takes
TAKES = {"NMR-N01": (3, 3), "NMR-S05": (11, 18), "NMR-S06": (11, 18)}
PRIMARY = (4, 10)
#: a child who is expected is known of so long before; nobody here is expected later than in 180 days
TOLD_BEFORE = timedelta(weeks=27)

REGION = Region(
    districts=NORTHMOOR.districts,
    weights=NORTHMOOR.weights,
    schools=tuple(
        School(one.code, one.locality - 1, *TAKES.get(one.code, PRIMARY))
        for one in staff.AGENCIES
        if one.kind in (AgencyKind.SCHOOL, AgencyKind.NURSERY)
    ),
    doctors=tuple((one.code, one.locality - 1) for one in staff.AGENCIES if one.kind == AgencyKind.GP),
)


def families(children: int, *, today: date) -> Iterator[Household]:
    """Tobi's family first, then as many others as make up the number of children."""
    others = list(households(children - 1, seed=SEED, today=today, region=REGION))
    taken = {child.nhs_number for household in others for child in household.children}
    yield tobis_family(today, taken)
    yield from others


def tobis_family(today: date, taken: set[str]) -> Household:
    """Tobi Okafor-Lindqvist with his mother Ama and his stepfather Nils."""
    home = Home("7 Harbour Street", "NM1 1AB", 0, today - timedelta(days=900))
    tobi = Child(
        number=1_000_000,
        given="Tobi",
        family="Okafor-Lindqvist",
        sex="M",
        born=date(2019, 9, 4),
        nhs_number=_free_number(taken),
        upn=upn_check_letter("997201024901") + "997201024901",
        school="NMR-S01",
        doctor="NMR-G01",
        homes=(home,),
    )
    adults = (
        Adult("Ama", "Okafor", "mother", "mother", date(1992, 3, 18), "07700 900461"),
        Adult("Nils", "Lindqvist", "stepfather", "", date(1989, 11, 2), "07700 900462"),
    )
    return Household((tobi,), adults)


def _free_number(taken: set[str]) -> str:
    for stem in count(100_000):
        try:
            number = nhs_number_from(f"999{stem:06}")
        except NotValid:
            continue
        if number not in taken:
            return number
    raise AssertionError("count never ends")


def started_school(child: Child) -> date | None:
    """The day on which the child began at the school of today."""
    if child.born is None or not child.school:
        return None
    first, _ = TAKES.get(child.school, PRIMARY)
    if first == 3:
        return date(child.born.year + 3, child.born.month, min(child.born.day, 28))
    later = (child.born.month, child.born.day) >= (9, 1)
    return date(child.born.year + first + later, 9, 1)


def arrived_on(child: Child) -> date:
    """The day from which the child lives here: the family's arrival, or the birth; before it, when it was told of."""
    came = child.homes[-1].from_on
    return max(came, child.born or child.expected - TOLD_BEFORE)


def home_on(child: Child, day: date) -> Home:
    """Where the child lived on a day; before arriving, the first home here."""
    return next((home for home in child.homes if home.from_on <= day), child.homes[-1])
