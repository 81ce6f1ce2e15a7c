"""The circle: where everybody of the team around the child stands in the picture. Pure arithmetic, no words of its own.

The child stands in the middle, the family on the inner ring, practitioners on the outer ring, each agency's
people beside each other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import cos, pi, sin

SIZE = 560
MIDDLE = SIZE / 2
INNER, OUTER = 118, 218
#: characters in a line of a name under its dot
LINE = 15


@dataclass(frozen=True)
class Person:
    """Somebody in the picture: a name, what they are, whose they are ("" for the family), whether they lead."""

    name: str
    role: str
    agency: str = ""
    leads: bool = False
    deputy: bool = False
    past: bool = False


@dataclass(frozen=True)
class Spot:
    """Where somebody is drawn."""

    person: Person
    x: float
    y: float
    lines: list[str]
    tone: int
    initials: str

    @property
    def text_y(self) -> float:
        return self.y + 36


@dataclass(frozen=True)
class Spoke:
    """A line from the child to somebody."""

    x: float
    y: float
    leads: bool


@dataclass(frozen=True)
class Drawing:
    """The whole picture, in a square of `size`."""

    child: str
    initials: str
    family: list[Spot]
    practitioners: list[Spot]
    spokes: list[Spoke]
    size: int = SIZE
    middle: float = MIDDLE
    inner: int = INNER
    outer: int = OUTER
    agencies: list[str] = field(default_factory=list)
    child_leads: bool = False

    @property
    def past(self) -> bool:
        """Whether all of this was, and nobody is there any more."""
        return bool(self.everyone) and all(spot.person.past for spot in self.everyone)

    @property
    def everyone(self) -> list[Spot]:
        return [*self.family, *self.practitioners]


def draw(
    child: str, family: Sequence[Person], practitioners: Iterable[Person], *, child_leads: bool = False
) -> Drawing:
    """Place everybody. The same people are always drawn the same way.

    >>> priya = Person("Priya Deol", "SENCO", "Harbour Primary", leads=True)
    >>> drawing = draw("Tobi", [Person("Ama", "Mother")], [priya])
    >>> [spot.initials for spot in drawing.everyone], drawing.agencies
    (['A', 'PD'], ['Harbour Primary'])
    """
    workers = sorted(practitioners, key=lambda one: (one.agency, not one.leads, one.name))
    agencies = list(dict.fromkeys(one.agency for one in workers))
    inner = _ring(family, INNER, agencies, turn=pi / 6)
    outer = _ring(workers, OUTER, agencies, turn=0)
    spokes = [Spoke(spot.x, spot.y, spot.person.leads) for spot in (*inner, *outer)]
    return Drawing(child, initials(child), inner, outer, spokes, agencies=agencies, child_leads=child_leads)


def _ring(people: Sequence[Person], radius: float, agencies: list[str], *, turn: float) -> list[Spot]:
    step = 2 * pi / max(len(people), 1)
    return [
        Spot(
            person,
            x=round(MIDDLE + radius * sin(turn + n * step), 1),
            y=round(MIDDLE - radius * cos(turn + n * step), 1),
            lines=wrapped(person.name),
            tone=agencies.index(person.agency) % 8 + 1 if person.agency in agencies else 0,
            initials=initials(person.name),
        )
        for n, person in enumerate(people)
    ]


def initials(name: str) -> str:
    """The first letters of the first and last part of a name.

    >>> initials("Priya Deol"), initials("Ama")
    ('PD', 'A')
    """
    parts = [part for part in name.replace("-", " ").split() if part[0].isalpha()]
    ends = parts[:1] + parts[1:][-1:]
    return "".join(part[0].upper() for part in ends)


def wrapped(name: str) -> list[str]:
    """A name in one or two short lines.

    >>> wrapped("Ama Okafor"), wrapped("Tobi Okafor-Lindqvist")
    (['Ama Okafor'], ['Tobi', 'Okafor-Lindqvist'])
    """
    if len(name) <= LINE or " " not in name:
        return [name]
    first, _, rest = name.partition(" ")
    return [first, rest if len(rest) <= LINE + 3 else rest[: LINE + 2] + "…"]
