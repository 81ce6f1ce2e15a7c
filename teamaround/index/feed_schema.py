"""The published schema of each source's files as JSON, made of the same columns that the reader uses. Pure."""

from typing import Any

from .feed_columns import SOURCES, Column, Source
from .feed_rows import LARGEST_SEQUENCE, LONGEST_LINE, MARK, VERSION

_DAY = r"^([0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{2}/[0-9]{2}/[0-9]{4})$"
_DAYS = ("born", "started_on", "left_on")


def schemas() -> dict[str, dict[str, Any]]:
    """Every schema, by the name of its source."""
    return {code: schema(source) for code, source in SOURCES.items()}


def schema(source: Source) -> dict[str, Any]:
    """What a file of one source looks like. The reader forgives more than this, such as spaces around a value."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Teamaround {source.code}, version {VERSION}",
        "type": "object",
        "additionalProperties": False,
        "required": [MARK, "rows"],
        "properties": {
            MARK: {
                "type": "object",
                "additionalProperties": False,
                "required": ["source", "version", "agency", "sequence", "made_on"],
                "properties": {
                    "source": {"const": source.code},
                    "version": {"const": VERSION},
                    "agency": {"type": "string", "minLength": 1, "maxLength": 20},
                    "sequence": {"type": "integer", "minimum": 1, "maximum": LARGEST_SEQUENCE},
                    "made_on": {"type": "string", "pattern": _DAY},
                },
            },
            "rows": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": [one.name for one in source.columns if one.needed],
                    "properties": {one.name: _property(one, own=one.name == source.number) for one in source.columns},
                },
            },
        },
    }


def _property(column: Column, *, own: bool) -> dict[str, Any]:
    may_be_empty = own or not column.needed
    described: dict[str, Any] = {"description": column.says}
    if column.words:
        return described | {"enum": [*column.words, *(["", None] if may_be_empty else [])]}
    described["type"] = ["string", "null"] if may_be_empty else "string"
    if column.name in _DAYS:
        return described | {"pattern": _DAY if column.needed else f"^$|{_DAY}"}
    if not may_be_empty:
        described["minLength"] = 1
    return described | {"maxLength": column.most or LONGEST_LINE}
