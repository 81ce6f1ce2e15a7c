"""What a partner's file is made of once it is read: a header, rows, and rows that are wrong. Pure.

What cannot be read as a file is `Corrupt`, with the reason; what is wrong with one row is a `WrongRow` and leaves
the others as they are. The format is described in docs/how-to/feed-files.md.
"""

import re
from dataclasses import dataclass, field, fields
from datetime import date

from teamaround.kit.text import tidy

from .feed_columns import SOURCES, Source, Wrong, needed_day

VERSION = 1
MARK = "teamaround"
#: the longest line, and the longest value
LONGEST_LINE = 4_000
#: what PostgreSQL keeps in the column
LARGEST_SEQUENCE = 2**31 - 1

_SMALL_NUMBER = re.compile(r"[0-9]{1,10}")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Corrupt(Exception):
    """The file cannot be read at all. The reason is for the partner, and holds nothing of what is in the file."""


class OtherVersion(Corrupt):
    """The file is of a version of the format that is not known here."""


@dataclass(frozen=True)
class Header:
    """What a file says of itself: which source, whose, which number in its sequence, made on which day."""

    source: str
    agency: str
    sequence: int
    made_on: date


@dataclass(frozen=True)
class Row:
    """One child as a partner knows the child, cleaned. `number` is the line in the file, or the place in its list."""

    number: int
    identifier: str
    family_name: str
    given_names: str
    born: date
    sex: str
    started_on: date | None = None
    left_on: date | None = None
    known_as: str = ""
    former_family_name: str = ""
    address: str = ""
    postcode: str = ""
    first_language: str = ""
    carer_given_names: str = ""
    carer_family_name: str = ""
    carer_relationship: str = ""
    carer_responsibility: str = ""
    carer_phone: str = ""
    team: str = ""
    phone: str = ""
    status: str = ""

    def as_received(self) -> dict[str, str]:
        """The row in plain text without its place in the file, kept until somebody has decided where it belongs."""
        values = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "number"}
        return {name: str(value) for name, value in values.items() if value not in ("", None)}

    @classmethod
    def from_received(cls, received: dict[str, str]) -> "Row":
        """The row that `as_received` wrote."""
        known = {one.name for one in fields(cls)}
        values: dict[str, object] = {name: value for name, value in received.items() if name in known}
        for name in ("born", "started_on", "left_on"):
            if name in received:
                values[name] = date.fromisoformat(received[name])
        return cls(**{"number": 0, "identifier": "", **values})  # type: ignore[arg-type]  # names and kinds as written above


@dataclass(frozen=True)
class WrongRow:
    """A row that is not as the format says, in which column, and why. It never repeats what the row holds."""

    number: int
    why: str
    column: str = ""


@dataclass(frozen=True)
class File:
    """A file that could be read: every row of it is a row or a wrong row."""

    header: Header
    digest: str
    rows: list[Row] = field(default_factory=list)
    wrong: list[WrongRow] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.rows) + len(self.wrong)


def header_of(source: str, version: str, agency: str, sequence: str, made_on: str, *, where: str) -> Header:
    """The header that these words say; `where` they stand is told when one of them is wrong."""
    if source not in SOURCES:
        raise Corrupt(f"The source in {where} must be one of: {', '.join(SOURCES)}")
    if version != str(VERSION):
        raise OtherVersion(f"This is version {VERSION} of the format only; the file says another")
    number = int(sequence) if _SMALL_NUMBER.fullmatch(sequence) else 0
    if not 0 < number <= LARGEST_SEQUENCE:
        raise Corrupt(f"The sequence in {where} must be a whole number from 1")
    try:
        day = needed_day(made_on)
    except Wrong as wrong:
        raise Corrupt(f"The date in {where} {wrong}") from None
    return Header(source, agency, number, day)


def tidy_column(name: str) -> str:
    """The name of a column as it is known here, however a spreadsheet writes it."""
    return tidy(name).lower().replace(" ", "_")


class Rows:
    """Makes rows of what stands under the names of columns, and remembers which numbers it has seen."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.columns = {one.name: one for one in source.columns}
        self._seen: dict[str, int] = {}

    def row(self, number: int, given: dict[str, str]) -> Row | WrongRow:
        """The row; or what is wrong with it, one column at a time."""
        cleaned = {}
        for name, value in given.items():
            try:
                cleaned[name] = self.columns[name].clean(value)
            except Wrong as wrong:
                return WrongRow(number, f"{name} {wrong}", name)
        own = self.source.number
        identifier = str(cleaned.pop(own, "")).replace(" ", "").upper()
        if identifier and identifier in self._seen:
            return WrongRow(number, f"The {own} stands in line {self._seen[identifier]} already", own)
        if identifier:
            self._seen[identifier] = number
        return Row(number=number, identifier=identifier, **cleaned)  # type: ignore[arg-type]  # the cleaners give what Row holds


def cannot_be_printed(text: str) -> bool:
    """Whether a text holds characters that no name and no address holds, such as NUL."""
    return _CONTROLS.search(text) is not None
