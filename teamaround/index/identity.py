"""What is compared when two records may be of one child, and what a searcher asks with. Pure.

A search is an identity with most of it missing. Whoever builds an identity leaves out what the asker may not learn
from a hit: a field that is not in it takes part in nothing, neither in keys nor in scores (IX-29, IX-30).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, NamedTuple, Self

from .variants import PARTICLES, SHARED_FORENAMES, plain, usual_forenames

#: a former surname may find a child, but says so
FORMER = "former"

_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)([0-9][A-Z]{2})")
_PART_OF_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)(?: ([0-9]))?")


class Postcode(NamedTuple):
    """A postcode or the beginning of one: NM4 7QT, NM4 7, NM4."""

    outward: str
    inward: str = ""

    @property
    def is_full(self) -> bool:
        return len(self.inward) == 3

    @property
    def area(self) -> str:
        """The letters it begins with."""
        return self.outward[:2].rstrip("0123456789")

    def __str__(self) -> str:
        return f"{self.outward} {self.inward}".strip()


@lru_cache(200_000)
def read_postcode(text: str) -> Postcode | None:
    """The postcode, or the part of one, that was typed; None when it is neither.

    >>> [str(read_postcode(text)) for text in ("nm47qt", "NM4 7", "NM14", "Northmoor")]
    ['NM4 7QT', 'NM4 7', 'NM14', 'None']
    """
    typed = " ".join(text.upper().split())
    if full := _POSTCODE.fullmatch(typed.replace(" ", "")):
        return Postcode(*full.groups())
    if part := _PART_OF_POSTCODE.fullmatch(typed):
        return Postcode(part[1], part[2] or "")
    return None


class Word(NamedTuple):
    """One word of a name: as it is compared, as it was written, whether the name is out of use or only part of one."""

    plain: str
    written: str
    former: bool = False
    is_part: bool = False


@dataclass(frozen=True)
class Name:
    """One name of a child. Kinds are those of `people.terms.NameKind`."""

    given: str = ""
    family: str = ""
    kind: str = "current"

    @property
    def givens(self) -> tuple[Word, ...]:
        """The given names one by one, first name first."""
        return _given_words(self.given)

    @property
    def called(self) -> Word:
        """The forename the child is called by: Hassan, if the name is Mohammed Hassan."""
        return _called(self.given)

    @property
    def families(self) -> tuple[Word, ...]:
        """The whole surname in one word, then its parts: O'Hara-De Souza gives oharadesouza, ohara and souza."""
        return _family_words(self.family, self.kind == FORMER)


# The words of a name are remembered across children: names repeat, and a search compares three hundred of them.


@lru_cache(200_000)
def _given_words(text: str) -> tuple[Word, ...]:
    return tuple(Word(plain(part), part) for part in re.split(r"[\s-]+", text) if plain(part))


@lru_cache(200_000)
def _called(text: str) -> Word:
    words = _given_words(text)
    return next((word for word in words if not usual_forenames(word.plain) & SHARED_FORENAMES), words[0])


@lru_cache(200_000)
def _family_words(text: str, former: bool) -> tuple[Word, ...]:
    whole = plain(text)
    if not whole:
        return ()
    parts = [(plain(part), part) for part in re.split(r"[\s-]+", text) if plain(part)]
    words = [Word(whole.replace(" ", ""), text, former)]
    if len(parts) > 1:
        words += [Word(word, part, former, True) for word, part in parts if word not in PARTICLES and len(word) > 1]
    return tuple(words)


@dataclass(frozen=True)
class Identity:
    """Who somebody is, as far as it is known or was asked. An empty field is unknown and says nothing."""

    #: current name first, then former names, names the child is known by, other spellings
    names: tuple[Name, ...] = ()
    #: to its precision: the year 2015 alone is 1 January 2015 with precision "year"
    born: date | None = None
    born_precision: str = "day"
    #: of an unborn child, instead of the date of birth
    expected: date | None = None
    #: F, M; "U" (not known) and "X" (not specified) are statements, and compare as unknown
    sex: str = ""
    #: where the child lives, or the part of a postcode that was asked with
    postcodes: tuple[str, ...] = ()
    former_postcodes: tuple[str, ...] = ()
    #: (kind, number) with superseded numbers (IX-7); kinds "nhs", "upn", "index", "case"
    identifiers: frozenset[tuple[str, str]] = frozenset()
    #: surnames of parents and carers
    parents: tuple[str, ...] = ()

    @cached_property
    def givens(self) -> tuple[Word, ...]:
        """First forenames of all names."""
        return _distinct(name.givens[0] for name in self.names if name.givens)

    @cached_property
    def other_givens(self) -> tuple[Word, ...]:
        """Second and later forenames of all names."""
        return _distinct(word for name in self.names for word in name.givens[1:])

    @cached_property
    def further_givens(self) -> frozenset[str]:
        """Forenames after those the child is called by."""
        return frozenset(word.plain for name in self.names for word in name.givens[1:] if word != name.called)

    @cached_property
    def has_shared_forename_alone(self) -> bool:
        """Whether the only forename is one that brothers share, like Mohammed."""
        return any(
            len(name.givens) == 1 and usual_forenames(name.called.plain) & SHARED_FORENAMES for name in self.names
        )

    @cached_property
    def families(self) -> tuple[Word, ...]:
        """Surnames in use and their parts first, then former ones."""
        words = [word for name in self.names for word in name.families]
        return _distinct(sorted(words, key=lambda word: word.former))

    @cached_property
    def parent_families(self) -> frozenset[str]:
        return frozenset(word.plain for parent in self.parents for word in Name(family=parent).families)

    @cached_property
    def places(self) -> tuple[Postcode, ...]:
        return tuple(postcode for text in self.postcodes if (postcode := read_postcode(text)))

    @cached_property
    def former_places(self) -> tuple[Postcode, ...]:
        return tuple(postcode for text in self.former_postcodes if (postcode := read_postcode(text)))

    def as_stored(self) -> dict[str, Any]:
        """The identity as JSON holds it, without what is empty."""
        stored: dict[str, Any] = {}
        if self.names:
            stored["names"] = [[name.given, name.family, name.kind] for name in self.names]
        if self.born:
            stored["born"] = self.born.isoformat()
        if self.born_precision != "day":
            stored["born_precision"] = self.born_precision
        if self.expected:
            stored["expected"] = self.expected.isoformat()
        for key in ("sex", "postcodes", "former_postcodes", "parents"):
            if value := getattr(self, key):
                stored[key] = value if isinstance(value, str) else list(value)
        if self.identifiers:
            stored["identifiers"] = [list(pair) for pair in sorted(self.identifiers)]
        return stored

    @classmethod
    def from_stored(cls, stored: dict[str, Any]) -> Self:
        """The identity that `as_stored` wrote."""
        born, expected = stored.get("born"), stored.get("expected")
        return cls(
            names=tuple(Name(*name) for name in stored.get("names", ())),
            born=date.fromisoformat(born) if born else None,
            born_precision=stored.get("born_precision", "day"),
            expected=date.fromisoformat(expected) if expected else None,
            sex=stored.get("sex", ""),
            postcodes=tuple(stored.get("postcodes", ())),
            former_postcodes=tuple(stored.get("former_postcodes", ())),
            identifiers=frozenset((kind, number) for kind, number in stored.get("identifiers", ())),
            parents=tuple(stored.get("parents", ())),
        )


def _distinct(words: Iterable[Word]) -> tuple[Word, ...]:
    words = tuple(words)
    if len(words) < 2:
        return words
    first: dict[str, Word] = {}
    for word in words:
        first.setdefault(word.plain, word)
    return tuple(first.values())
