"""A partner's file as lines: the first says whose it is, the second names the columns, then one line a child. Pure."""

import csv
import re
from collections.abc import Iterator

from teamaround.kit.text import tidy

from .feed_columns import SOURCES, Source, Wrong
from .feed_rows import (
    LONGEST_LINE,
    MARK,
    Corrupt,
    Header,
    Row,
    Rows,
    WrongRow,
    cannot_be_printed,
    header_of,
    tidy_column,
)

END = "#end"

_SMALL_NUMBER = re.compile(r"[0-9]{1,10}")
_LINE_ENDS = re.compile(r"\r\n|\n|\r")


def header(text: str) -> Header:
    """The first line. It says which arrangement the file belongs to."""
    parts = [tidy(part) for part in _split_whole(_LINE_ENDS.split(text, maxsplit=1)[0], "first")]
    # A spreadsheet fills the first line up with commas to the width of the others.
    while parts and not parts[-1]:
        parts.pop()
    if not parts or parts[0] != f"#{MARK}":
        raise Corrupt(f"The first line must start with #{MARK}")
    if len(parts) != 6:
        raise Corrupt("The first line must be #teamaround,source,version,agency code,sequence,date")
    _, source, version, agency, sequence, made_on = parts
    return header_of(source, version, agency, sequence, made_on, where="the first line")


def rows(text: str, told: Header) -> Iterator[Row | WrongRow]:
    """Every line as a row or a wrong row. Corrupt when no line can be trusted."""
    lines = _LINE_ENDS.split(text)
    while lines and not lines[-1].strip():
        lines.pop()
    lines, count = _without_end(lines)
    if len(lines) < 2:
        raise Corrupt("The second line must name the columns")
    source = SOURCES[told.source]
    names = _columns(lines[1], source)
    numbered = [(number, line) for number, line in enumerate(lines[2:], start=3) if line.strip(", ")]
    if count is not None and count != len(numbered):
        raise Corrupt(f"The file is cut off: its last line tells of {count} rows, and it holds {len(numbered)}")
    made = Rows(source)
    for number, line in numbered:
        try:
            yield made.row(number, _values(line, names))
        except Wrong as wrong:
            yield WrongRow(number, str(wrong))


def _without_end(lines: list[str]) -> tuple[list[str], int | None]:
    """The lines without the closing one, which tells the number of rows, where a partner sends it."""
    mark, _, count = lines[-1].rstrip(",").partition(",")
    if tidy(mark) != END:
        return lines, None
    if not _SMALL_NUMBER.fullmatch(tidy(count)):
        raise Corrupt(f"The last line must be {END} and the number of rows")
    return lines[:-1], int(tidy(count))


def _columns(line: str, source: Source) -> list[str]:
    names = [tidy_column(name) for name in _split_whole(line, "second")]
    # The name itself is not repeated: where the line of names was forgotten, it is a child's.
    if unknown := [str(place) for place, name in enumerate(names, start=1) if source.column(name) is None]:
        raise Corrupt(f"The name of column {', '.join(unknown[:5])} is not known")
    if repeated := sorted({name for name in names if names.count(name) > 1}):
        raise Corrupt(f"A column stands twice: {', '.join(repeated)}")
    if missing := [one.name for one in source.columns if one.needed and one.name not in names]:
        raise Corrupt(f"Missing column: {', '.join(missing)}")
    return names


def _values(line: str, names: list[str]) -> dict[str, str]:
    if len(line) > LONGEST_LINE:
        raise Wrong(f"The line is longer than {LONGEST_LINE} characters")
    if cannot_be_printed(line):
        raise Wrong("The line holds characters that cannot be printed")
    values = _split(line)
    if len(values) != len(names):
        raise Wrong(f"The line has {len(values)} values for {len(names)} columns")
    return dict(zip(names, values, strict=True))


def _split_whole(line: str, which: str) -> list[str]:
    """The values of a line without which the file cannot be read."""
    if len(line) > LONGEST_LINE:
        raise Corrupt(f"The {which} line is longer than {LONGEST_LINE} characters")
    try:
        return _split(line)
    except Wrong as wrong:
        raise Corrupt(str(wrong)) from None


def _split(line: str) -> list[str]:
    """The values of one line. A line stands by itself, so that an open quote spoils no other."""
    try:
        return next(csv.reader([line], strict=True), [])
    except csv.Error:
        raise Wrong("The quotes of the line do not match") from None
