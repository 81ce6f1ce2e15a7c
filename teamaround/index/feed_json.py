"""A partner's file as JSON: the same header, columns and rows as in CSV (docs/feeds/*.schema.json). Pure."""

import json
from collections.abc import Iterator
from typing import Any

from teamaround.kit.text import tidy

from .feed_columns import SOURCES, Source, Wrong
from .feed_rows import LONGEST_LINE, MARK, Corrupt, Header, Row, Rows, WrongRow, cannot_be_printed, header_of

#: what a file holds, and what its header holds; nothing else may stand there
PARTS = (MARK, "rows")
HEADER = ("source", "version", "agency", "sequence", "made_on")

Document = dict[str, Any]


def document(text: str) -> Document:
    """The whole file as it was written. Corrupt where it is no JSON, or a name stands twice in one object."""
    try:
        # Numbers are kept as they were written: how large one is, or how exact, is for the format to say.
        found = json.loads(
            text, object_pairs_hook=_once, parse_int=str, parse_float=_no_number, parse_constant=_no_number
        )
    except RecursionError:
        raise Corrupt("The file is nested too deeply") from None
    except json.JSONDecodeError as wrong:
        raise Corrupt(f"Line {wrong.lineno} is not JSON") from None
    if not isinstance(found, dict) or not isinstance(found.get(MARK), dict):
        raise Corrupt(f"The file must be an object with “{MARK}” and “rows”")
    return found


def header(written: Document) -> Header:
    """The header of a file."""
    told = written[MARK]
    if unknown := len(set(told) - set(HEADER)):
        raise Corrupt(f"“{MARK}” holds {unknown} names that are not known")
    if missing := [name for name in HEADER if not isinstance(told.get(name), str)]:
        raise Corrupt(f"Missing in “{MARK}”: {', '.join(missing)}")
    values = [tidy(told[name]) for name in HEADER]
    return header_of(*values, where=f"“{MARK}”")


def rows(written: Document, told: Header) -> Iterator[Row | WrongRow]:
    """Every row, or what is wrong with it; rows are counted from 1."""
    if set(written) - set(PARTS):
        raise Corrupt(f"Only “{MARK}” and “rows” may stand in the file")
    given = written.get("rows")
    if not isinstance(given, list):
        raise Corrupt("“rows” must be a list")
    made = Rows(SOURCES[told.source])
    for number, one in enumerate(given, start=1):
        try:
            yield made.row(number, _values(one, made.source))
        except Wrong as wrong:
            yield WrongRow(number, str(wrong))


def _values(one: Any, source: Source) -> dict[str, str]:
    if not isinstance(one, dict):
        raise Wrong("The row must be an object")
    if unknown := sum(source.column(name) is None for name in one):
        raise Wrong(f"The row holds {unknown} names that are not known")
    if missing := [each.name for each in source.columns if each.needed and each.name not in one]:
        raise Wrong(f"The row does not name {', '.join(missing)}")
    given = {}
    for name, value in one.items():
        if value is not None and not isinstance(value, str):
            raise Wrong(f"{name} must be a text, or null")
        text = value or ""
        if len(text) > LONGEST_LINE:
            raise Wrong(f"{name} is longer than {LONGEST_LINE} characters")
        if cannot_be_printed(text):
            raise Wrong(f"{name} holds characters that cannot be printed")
        given[name] = text
    return given


def _once(pairs: list[tuple[str, Any]]) -> Document:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Corrupt("A name stands twice in one object")
    return found


def _no_number(text: str) -> float:
    """Stands for a number that no column takes."""
    return 0.0
