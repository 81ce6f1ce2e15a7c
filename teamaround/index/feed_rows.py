"""Reading a partner's file: a first line that says whose it is, a line of column names, one line a child. Pure.

What cannot be read as a file is `Corrupt`, with the reason; what is wrong with one line is a `WrongRow` and leaves
the others as they are. The format is described in docs/how-to/feed-files.md.
"""

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from datetime import date
from hashlib import sha256

from teamaround.kit.text import postcode as tidy_postcode
from teamaround.kit.text import tidy

VERSION = 1
MOST_BYTES = 50 * 1024 * 1024
LONGEST_LINE = 4_000
#: what PostgreSQL keeps in the column
LARGEST_SEQUENCE = 2**31 - 1

MARK = "#teamaround"
END = "#end"

#: for each source, the column that holds its own number of a child, and the kind of that number
NUMBERS = {"school-roll": ("upn", "upn"), "gp-list": ("nhs_number", "nhs")}

_FULL_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}")
_DAY_FIRST = re.compile(r"(\d{2})/(\d{2})/(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_SMALL_NUMBER = re.compile(r"[0-9]{1,10}")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_LINE_ENDS = re.compile(r"\r\n|\n|\r")


class Corrupt(Exception):
    """The file cannot be read at all. The reason is for the partner, and holds nothing of what is in the file."""


class OtherVersion(Corrupt):
    """The file is of a version of the format that is not known here."""


class Wrong(ValueError):
    """One value is not as the format says."""


@dataclass(frozen=True)
class Header:
    """The first line: which source, whose, which number in its sequence, made on which day."""

    source: str
    agency: str
    sequence: int
    made_on: date


@dataclass(frozen=True)
class Row:
    """One child as a partner knows the child, cleaned. `number` is the line in the file."""

    number: int
    identifier: str
    family_name: str
    given_names: str
    born: date
    sex: str
    started_on: date
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
    """A line that is not as the format says, and why. It never repeats what the line holds."""

    number: int
    why: str


@dataclass(frozen=True)
class File:
    """A file that could be read: every line of it is a row or a wrong row."""

    header: Header
    digest: str
    rows: list[Row] = field(default_factory=list)
    wrong: list[WrongRow] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.rows) + len(self.wrong)


# One value.


def _text(most: int, *, needed: bool = False) -> Callable[[str], str]:
    def clean(value: str) -> str:
        cleaned = tidy(value)
        if needed and not any(one.isalpha() for one in cleaned):
            raise Wrong("is missing")
        if len(cleaned) > most:
            raise Wrong(f"is longer than {most} characters")
        return cleaned

    return clean


def _day(value: str) -> date | None:
    typed = tidy(value)
    if not typed:
        return None
    try:
        if turned := _DAY_FIRST.fullmatch(typed):
            day, month, year = map(int, turned.groups())
            return date(year, month, day)
        if plain := _YEAR_FIRST.fullmatch(typed):
            return date(*map(int, plain.groups()))
    except ValueError:
        raise Wrong("is no day of the calendar") from None
    raise Wrong("must be a date like 2019-09-04 or 04/09/2019")


def _needed_day(value: str) -> date:
    day = _day(value)
    if day is None:
        raise Wrong("is missing")
    return day


def _sex(value: str) -> str:
    sex = tidy(value).upper()
    if sex not in {"F", "M", "U", "X"}:
        raise Wrong("must be F, M, U (not known) or X (not specified)")
    return sex


def _postcode(value: str) -> str:
    code = tidy_postcode(tidy(value))
    if code and not _FULL_POSTCODE.fullmatch(code):
        raise Wrong("must be a full postcode, like NM1 4QT")
    return code


#: how each column is cleaned; the source's own number is checked where it is used
CLEANING: dict[str, Callable[[str], object]] = {
    "identifier": _text(30),
    "family_name": _text(100, needed=True),
    "given_names": _text(100, needed=True),
    "born": _needed_day,
    "sex": _sex,
    "started_on": _needed_day,
    "left_on": _day,
    "known_as": _text(100),
    "former_family_name": _text(100),
    "address": _text(240),
    "postcode": _postcode,
    "first_language": _text(60),
    "carer_given_names": _text(100),
    "carer_family_name": _text(100),
    "carer_relationship": _text(20),
    "carer_responsibility": _text(20),
    "carer_phone": _text(30),
}
NEEDED = ("family_name", "given_names", "born", "sex", "started_on")


# One file.


def read(data: bytes) -> File:
    """The file with its rows. Corrupt when no line of it can be trusted."""
    lines = _LINE_ENDS.split(_decoded(data))
    while lines and not lines[-1].strip():
        lines.pop()
    header = read_header(data)
    lines, told = _without_end(lines)
    if len(lines) < 2:
        raise Corrupt("The second line must name the columns")
    names = _columns(lines[1], header.source)
    numbered = [(number, line) for number, line in enumerate(lines[2:], start=3) if line.strip(", ")]
    if told is not None and told != len(numbered):
        raise Corrupt(f"The file is cut off: its last line tells of {told} rows, and it holds {len(numbered)}")
    if not numbered:
        raise Corrupt("The file names no children")
    file = File(header, sha256(data).hexdigest())
    seen: dict[str, int] = {}
    for one in _rows(numbered, names, NUMBERS[header.source][0], seen):
        (file.rows if isinstance(one, Row) else file.wrong).append(one)  # type: ignore[arg-type]  # one or the other
    return file


def read_header(data: bytes) -> Header:
    """The first line. It says which arrangement the file belongs to."""
    first = _LINE_ENDS.split(_decoded(data), maxsplit=1)[0]
    try:
        parts = [tidy(part) for part in _split(first)]
    except Wrong as wrong:
        raise Corrupt(str(wrong)) from None
    # A spreadsheet fills the first line up with commas to the width of the others.
    while parts and not parts[-1]:
        parts.pop()
    if not parts or parts[0] != MARK:
        raise Corrupt(f"The first line must start with {MARK}")
    if len(parts) != 6:
        raise Corrupt("The first line must be #teamaround,source,version,agency code,sequence,date")
    _, source, version, agency, sequence, made_on = parts
    if source not in NUMBERS:
        raise Corrupt(f"The source in the first line must be one of: {', '.join(NUMBERS)}")
    if version != str(VERSION):
        raise OtherVersion(f"This is version {VERSION} of the format only; the file says another")
    number = int(sequence) if _SMALL_NUMBER.fullmatch(sequence) else 0
    if not 0 < number <= LARGEST_SEQUENCE:
        raise Corrupt("The sequence in the first line must be a whole number from 1")
    try:
        day = _needed_day(made_on)
    except Wrong as wrong:
        raise Corrupt(f"The date in the first line {wrong}") from None
    return Header(source, agency, number, day)


def _decoded(data: bytes) -> str:
    if not data.strip():
        raise Corrupt("The file is empty")
    if len(data) > MOST_BYTES:
        raise Corrupt(f"The file is larger than {MOST_BYTES // 1024 // 1024} MB")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Corrupt("The file is UTF-16. Save it as CSV UTF-8")
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Corrupt("The file is a spreadsheet. Save it as CSV UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
        raise Corrupt(f"Line {line} is not UTF-8. Save the file as CSV UTF-8") from None


def _without_end(lines: list[str]) -> tuple[list[str], int | None]:
    """The lines without the closing one, which tells the number of rows, where a partner sends it."""
    mark, _, count = lines[-1].rstrip(",").partition(",")
    if tidy(mark) != END:
        return lines, None
    if not _SMALL_NUMBER.fullmatch(tidy(count)):
        raise Corrupt(f"The last line must be {END} and the number of rows")
    return lines[:-1], int(tidy(count))


def _columns(line: str, source: str) -> list[str]:
    try:
        names = [tidy(name).lower().replace(" ", "_") for name in _split(line)]
    except Wrong as wrong:
        raise Corrupt(str(wrong)) from None
    own = NUMBERS[source][0]
    known = (set(CLEANING) - {"identifier"}) | {own}
    # The name itself is not repeated: where the line of names was forgotten, it is a child's.
    if unknown := [str(place) for place, name in enumerate(names, start=1) if name not in known]:
        raise Corrupt(f"The name of column {', '.join(unknown[:5])} is not known")
    if repeated := sorted({name for name in names if names.count(name) > 1}):
        raise Corrupt(f"A column stands twice: {', '.join(repeated)}")
    if missing := [name for name in (*NEEDED, own) if name not in names]:
        raise Corrupt(f"Missing column: {', '.join(missing)}")
    return names


def _rows(
    numbered: list[tuple[int, str]], names: list[str], own: str, seen: dict[str, int]
) -> Iterator[Row | WrongRow]:
    for number, line in numbered:
        try:
            yield _row(number, line, names, own, seen)
        except Wrong as wrong:
            yield WrongRow(number, str(wrong))


def _row(number: int, line: str, names: list[str], own: str, seen: dict[str, int]) -> Row:
    if len(line) > LONGEST_LINE:
        raise Wrong(f"The line is longer than {LONGEST_LINE} characters")
    if _CONTROLS.search(line):
        raise Wrong("The line holds characters that cannot be printed")
    values = _split(line)
    if len(values) != len(names):
        raise Wrong(f"The line has {len(values)} values for {len(names)} columns")
    given = dict(zip(names, values, strict=True))
    given["identifier"] = given.pop(own)
    cleaned = {name: _clean(name if name != "identifier" else own, CLEANING[name], given[name]) for name in given}
    identifier = str(cleaned["identifier"]).replace(" ", "").upper()
    if identifier and identifier in seen:
        raise Wrong(f"The {own} stands in line {seen[identifier]} already")
    if identifier:
        seen[identifier] = number
    return Row(number=number, **cleaned)  # type: ignore[arg-type]  # the cleaners give what Row holds


def _clean(column: str, clean: Callable[[str], object], value: str) -> object:
    try:
        return clean(value)
    except Wrong as wrong:
        raise Wrong(f"{column} {wrong}") from None


def _split(line: str) -> list[str]:
    """The values of one line. A line stands by itself, so that an open quote spoils no other."""
    try:
        return next(csv.reader([line], strict=True), [])
    except csv.Error:
        raise Wrong("The quotes of the line do not match") from None
