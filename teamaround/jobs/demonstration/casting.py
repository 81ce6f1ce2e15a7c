"""Who works with whom, and how far each episode has come: decided beforehand, the same for a seed each time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from teamaround.kit import dates

from . import stories
from .neighbours import SEED, arrived_on
from .population import Adult, Child, Household
from .telling import Cast

#: how many of a hundred episodes are at which stage, so that every stage comes early
STAGES = (
    "delivering", "initiated", "reviewing", "planning", "closed", "assessing", "overdue", "assessed", "refused",
    "alone", "closed", "delivering", "left", "proposed", "unreached", "delivering", "single-agency", "withdrew",
    "stepped-up", "countersign", "closed", "delivering", "asked", "closed", "delivering", "met", "delivering",
    "reviewing", "closed", "assessing", "declined", "drafting", "other",
)  # fmt: skip

#: how many days ago an episode of a stage began: from, to
BEGAN = {
    "initiated": (1, 4), "assessing": (9, 14), "assessed": (14, 18), "planning": (18, 22), "met": (27, 29),
    "proposed": (29, 31), "declined": (30, 33), "drafting": (30, 34),
    "asked": (31, 34), "delivering": (40, 200), "reviewing": (88, 150), "overdue": (96, 104),
    "alone": (40, 75), "closed": (150, 330), "single-agency": (150, 330), "left": (120, 330), "withdrew": (60, 330),
    "unreached": (120, 330), "countersign": (80, 110), "stepped-up": (80, 330), "other": (120, 330),
    "refused": (10, 330),
}  # fmt: skip

#: the first episodes belong to those whom a visitor can be: who coordinates, who helps, at which stage
SCENES = (
    ("Priya Deol", ("Ruth Amis", "Dan Cole"), "delivering"),
    ("Priya Deol", ("Ruth Amis",), "reviewing"),
    ("Priya Deol", ("Dan Cole", "Ruth Amis"), "planning"),
    ("Priya Deol", (), "initiated"),
    ("Ruth Amis", ("Dan Cole",), "assessing"),
    ("Mei Tan", ("Dan Cole",), "assessed"),
    ("Priya Deol", ("Dan Cole",), "closed"),
    ("Priya Deol", ("Ruth Amis", "Dan Cole"), "overdue"),
    ("Priya Deol", ("Ruth Amis",), "assessing"),
    ("Priya Deol", ("Dan Cole",), "countersign"),
    ("Ruth Amis", ("Mei Tan",), "delivering"),
    ("Ruth Amis", ("Mei Tan", "Dan Cole"), "proposed"),
    ("Mei Tan", ("Dan Cole", "Ruth Amis"), "delivering"),
    ("Mei Tan", ("Priya Deol",), "asked"),
    ("Mei Tan", ("Dan Cole", "Priya Deol"), "reviewing"),
)


@dataclass(frozen=True)
class Scene:
    """One episode as it will be told."""

    number: int
    child: Child
    stage: str
    began_days_ago: int
    coordinator: str = ""  #: by name where it is a persona
    helpers: tuple[str, ...] = ()


def scenes(families: Sequence[Household], count: int, *, today: date) -> list[Scene]:
    """The episodes of a demonstration. Tobi has none: his is the visitor's to begin."""
    random = Random(SEED)
    children = [one for family in families[1:] for one in family.children if may_have_one(one, family.adults[0], today)]
    random.shuffle(children)
    told = []
    for number in range(min(count, len(children))):
        coordinator, helpers, stage = SCENES[number] if number < len(SCENES) else ("", (), _stage(number))
        ago = random.randint(*BEGAN[stage])
        child = _take(children, coordinator, ago, today)
        if child is not None:
            told.append(Scene(number, child, stage, ago, coordinator, helpers))
    return told


def _stage(number: int) -> str:
    return STAGES[number % len(STAGES)]


def may_have_one(child: Child, carer: Adult, today: date) -> bool:
    """Whether somebody can decide for the child, and the child was here long enough for any story."""
    here = (today - arrived_on(child)).days > 420
    return here and child.born is not None and bool(carer.basis)


def _take(children: list[Child], coordinator: str, ago: int, today: date) -> Child | None:
    """The next child; one of the persona's own school or age where there is one."""
    fits = {
        "Priya Deol": lambda one: one.school == "NMR-S01",
        "Ruth Amis": lambda one: (today - one.born).days < 5 * 365,
    }
    fit = fits.get(coordinator, lambda one: True)
    found = next((one for one in children if fit(one)), children[0] if children else None)
    if found is not None:
        children.remove(found)
    return found


class Company:
    """Everybody who can be cast, by agency, taken in turn."""

    def __init__(self, staff: Mapping[str, Sequence[Any]]) -> None:
        self.staff = staff
        self.by_name = {one.name: one for group in staff.values() for one in group}
        self.turn = dict.fromkeys(staff, 0)
        self.personas = {name for one, helpers, _ in SCENES for name in (one, *helpers)} | {
            "Jo Prior",
            "Sam Whitlock",
            "Lena Brandt",
            "Nadia Farrow",
            "Owen Hartley",
        }

    def cast(self, scene: Scene) -> Cast:
        """The people of one episode: the persona's where it is a persona's, else of the services around the child."""
        story = stories.for_child(scene.child.born, scene.number)
        if scene.coordinator:
            coordinator = self.by_name[scene.coordinator]
            helpers = [self.by_name[name] for name in scene.helpers]
        else:
            coordinator = self._next(self._agency(scene))
            helpers = [self._next(code) for code in story.helpers]
        helpers = [one for one in dict.fromkeys(helpers) if one.pk != coordinator.pk]
        left_out = [self.staff["NMR-P01"][0].agency] if scene.number % 5 == 0 else []
        return Cast(coordinator, helpers, scene.number % 2 if helpers else 0, left_out)

    def _agency(self, scene: Scene) -> str:
        if scene.number % 5 == 1:
            return "NMR-E01"
        if scene.child.school in self.staff:
            return scene.child.school
        small = scene.child.born is None or dates.age_on(scene.child.born, dates.today()) < 5
        return "NMR-H01" if small else "NMR-E01"

    def _next(self, code: str) -> Any:
        # Whoever has no line manager heads the agency, and does not carry episodes.
        workers = [one for one in self.staff[code] if one.manager is not None]
        group = [one for one in workers if one.name not in self.personas] or workers or self.staff[code]
        self.turn[code] += 1
        return group[self.turn[code] % len(group)]


def turns(scenes: Sequence[Scene]) -> list[Scene]:
    """The scenes of those whom a visitor can be first, then the others, in each group the eldest first."""
    return sorted(scenes, key=lambda one: (not one.coordinator, -one.began_days_ago))
