"""Code lists: named and versioned, each code with the words people read and the dates it holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from .places import Place, document

#: the file of the lists that come with the product
SHIPPED = "code-lists.json"


@dataclass(frozen=True)
class Code:
    """One answer of a list."""

    code: str
    label: str
    hint: str = ""
    #: the heading it stands under, in a long list
    group: str = ""
    #: true of an answer that goes with no other, such as "none"
    exclusive: bool = False
    #: the same answer in other lists: {"census-16+1": "A"}
    maps: Mapping[str, str] = field(default_factory=dict)
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class CodeList:
    """One version of one list."""

    name: str
    version: str
    title: str
    codes: tuple[Code, ...]
    valid_from: date | None = None
    valid_to: date | None = None
    document: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def ref(self) -> str:
        """How a form names it: ethnicity@2009."""
        return f"{self.name}@{self.version}"

    @cached_property
    def by_code(self) -> dict[str, Code]:
        return {each.code: each for each in self.codes}

    @property
    def exclusive(self) -> frozenset[str]:
        """The codes that go with no other."""
        return frozenset(each.code for each in self.codes if each.exclusive)

    def label(self, code: str) -> str:
        """The words for a code; the code itself where the list does not know it."""
        return self.by_code[code].label if code in self.by_code else code

    def on(self, day: date) -> tuple[Code, ...]:
        """The codes that may be chosen on a day."""
        return tuple(each for each in self.codes if each.holds_on(day))

    def maps_to(self, code: str, other: str) -> str:
        """What a code is called in another list, or nothing."""
        return self.by_code[code].maps.get(other, "")


CodeLists = Mapping[str, CodeList]


def read_list(place: Place) -> CodeList:
    """A list from its document; Unreadable says what is wrong and where."""
    place.knows("name", "version", "title", "source", "valid_from", "valid_to", "codes")
    codes = tuple(_read_code(each) for each in place.each("codes", "code"))
    if not codes:
        raise place.wrong("the list has no codes")
    twice = {each.code for each in codes if sum(other.code == each.code for other in codes) > 1}
    if twice:
        raise place.wrong(f"the code ‘{min(twice)}’ is there twice")
    return CodeList(
        name=place.text("name"),
        version=place.text("version"),
        title=place.text("title"),
        codes=codes,
        valid_from=place.day("valid_from", None),
        valid_to=place.day("valid_to", None),
        document=place.content,
    )


def _read_code(place: Place) -> Code:
    place.knows("code", "label", "hint", "group", "exclusive", "maps", "valid_from", "valid_to")
    maps = place.inside("maps", place.words)
    return Code(
        code=place.text("code"),
        label=place.text("label"),
        hint=place.text("hint", ""),
        group=place.text("group", ""),
        exclusive=place.flag("exclusive", False),
        maps={name: maps.text(name) for name in maps.content},
        valid_from=place.day("valid_from", None),
        valid_to=place.day("valid_to", None),
    )


def load_lists(text: str) -> dict[str, CodeList]:
    """The lists of a file by their names, such as ethnicity@2009."""
    whole = document(text, "the code lists")
    whole.knows("lists")
    return by_ref(read_list(each) for each in whole.each("lists", "list"))


def by_ref(lists: Iterable[CodeList]) -> dict[str, CodeList]:
    return {each.ref: each for each in lists}


@cache
def shipped_lists() -> CodeLists:
    """The lists that come with the product."""
    return load_lists(files(__package__).joinpath("data", SHIPPED).read_text("utf-8"))
