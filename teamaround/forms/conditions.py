"""When a question or a section is asked: a small language over the answers given so far.

{"concept": "child.sex", "is": "U"} · {"concept": …, "is_one_of": […]} · {"concept": …, "answered": true}
{"all": […]} · {"any": […]} · {"not": {…}}
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from .places import Place

#: what a question was answered with, by its concept; nothing where it was not
ValueOf = Callable[[str], Any]


@dataclass(frozen=True)
class Answered:
    """True where the answer to a question is one of some codes, or is there at all."""

    concept: str
    codes: frozenset[str] | None

    def holds(self, value_of: ValueOf) -> bool:
        value = value_of(self.concept)
        if self.codes is None:
            return value not in (None, "", [])
        return bool(self.codes & set(value if isinstance(value, list) else [value]))

    def questions(self) -> Iterator["Answered"]:
        yield self


@dataclass(frozen=True)
class All:
    parts: tuple["Condition", ...]

    def holds(self, value_of: ValueOf) -> bool:
        return all(part.holds(value_of) for part in self.parts)

    def questions(self) -> Iterator[Answered]:
        for part in self.parts:
            yield from part.questions()


@dataclass(frozen=True)
class Either:
    parts: tuple["Condition", ...]

    def holds(self, value_of: ValueOf) -> bool:
        return any(part.holds(value_of) for part in self.parts)

    def questions(self) -> Iterator[Answered]:
        for part in self.parts:
            yield from part.questions()


@dataclass(frozen=True)
class Not:
    part: "Condition"

    def holds(self, value_of: ValueOf) -> bool:
        return not self.part.holds(value_of)

    def questions(self) -> Iterator[Answered]:
        return self.part.questions()


Condition = Answered | All | Either | Not


def concepts(condition: Condition | None) -> set[str]:
    """The questions a condition depends on."""
    return {each.concept for each in condition.questions()} if condition else set()


def read_condition(place: Place, name: str, *, within: str = "") -> Condition | None:
    """The condition under a name, or none; a concept that starts with a dot belongs to the concept `within`."""
    return _read(place.inside(name, f"{place.words}, ‘{name}’"), within) if name in place else None


def _read(place: Place, within: str) -> Condition:
    place.knows("concept", "is", "is_one_of", "answered", "all", "any", "not")
    if "all" in place:
        return All(tuple(_read(part, within) for part in place.each("all", "part")))
    if "any" in place:
        return Either(tuple(_read(part, within) for part in place.each("any", "part")))
    if "not" in place:
        return Not(_read(place.inside("not", place.words), within))
    return _read_answered(place, within)


def _read_answered(place: Place, within: str) -> Condition:
    concept = absolute(place.text("concept"), within)
    if "is" in place:
        return Answered(concept, frozenset({place.text("is")}))
    if "is_one_of" in place:
        return Answered(concept, frozenset(place.texts("is_one_of")))
    if "answered" not in place:
        raise place.wrong("say what the answer must be: ‘is’, ‘is_one_of’ or ‘answered’")
    there = Answered(concept, None)
    return there if place.flag("answered", True) else Not(there)


def absolute(concept: str, within: str) -> str:
    """The whole name of a concept.

    >>> absolute(".strengths", "caf.dev.health.general"), absolute("child.sex", "caf.dev")
    ('caf.dev.health.general.strengths', 'child.sex')
    """
    return within + concept if concept.startswith(".") else concept
