"""What a person or a machine gave, made into answers of one form, or refused with sentences a person can act on."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from .answering import is_empty
from .definitions import Field, FormDefinition
from .terms import Type

POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")
PHONE = re.compile(r"\+?[0-9 ()./-]{3,30}(\s*(x|ext\.?)\s*[0-9]{1,6})?", re.IGNORECASE)
EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
#: control characters that no keyboard means to send; tabs and line breaks stay
UNWANTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Problem(NamedTuple):
    """What is wrong with one answer. `row` counts from nought in a table."""

    field: str
    sentence: str
    row: int | None = None
    inner: str = ""


class Unclear(ValueError):
    """Some answers cannot be understood. `problems` says which and what to do; the message holds no answers."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} answers cannot be understood")
        self.problems = problems


class NotUnderstood(ValueError):
    """One answer is not of its kind. The reason continues after the question's name."""


def clean(form: FormDefinition, section: str, raw: Mapping[str, Any]) -> dict[str, Any]:
    """The answers of one section, by question; what is empty is left out. Unclear says what cannot be understood.

    Nothing is missed here: see answering.missing, so that half a page can be kept.
    """
    asked = {one.key: one for one in form.section(section).fields if one.is_asked}
    problems = [Problem(key, "This question is not asked here") for key in raw if key not in asked]
    answers: dict[str, Any] = {}
    for key, field in asked.items():
        value = _table(field, raw.get(key), problems) if field.is_table else _answer(field, raw.get(key), problems)
        if not is_empty(value):
            answers[key] = value
    if problems:
        raise Unclear(problems)
    return answers


def _answer(field: Field, value: Any, problems: list[Problem], row: int | None = None, table: str = "") -> Any:
    value = value.strip() if isinstance(value, str) else value
    if is_empty(value):
        return None
    try:
        return UNDERSTOOD[field.type](field, value)
    except NotUnderstood as wrong:
        sentence = f"{_subject(field.label)} {wrong}"
        problems.append(Problem(table, sentence, row, field.key) if table else Problem(field.key, sentence))
        return None


def _table(table: Field, value: Any, problems: list[Problem]) -> list[dict[str, Any]]:
    """The rows of a table in which anything was said."""
    if is_empty(value):
        return []
    if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
        problems.append(Problem(table.key, f"{table.label} must be a list of rows"))
        return []
    rows = [_row(table, row, number, problems) for number, row in enumerate(value)]
    said = [row for row in rows if row]
    if len(said) > table.most:
        problems.append(Problem(table.key, f"{table.label} can have {table.most} rows at most"))
    return said


def _row(table: Field, row: Mapping[str, Any], number: int, problems: list[Problem]) -> dict[str, Any]:
    asked = {one.key: one for one in table.fields if one.is_asked}
    problems.extend(
        Problem(table.key, "This question is not asked here", number, key) for key in row if key not in asked
    )
    answers = {key: _answer(one, row.get(key), problems, number, table.key) for key, one in asked.items()}
    return {key: value for key, value in answers.items() if not is_empty(value)}


def _subject(label: str) -> str:
    return "Your answer" if label.endswith("?") else label


# ── one function for each kind of answer ─────────────────────────────────────────────────────


def _text(field: Field, value: Any) -> str:
    if not isinstance(value, str):
        raise NotUnderstood("must be text")
    text = UNWANTED.sub("", value.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if field.max_length and len(text) > field.max_length:
        over = len(text) - field.max_length
        raise NotUnderstood(f"must be {field.max_length} characters or fewer; it is {over} too long")
    return text


def _line(field: Field, value: Any) -> str:
    return " ".join(_text(field, value).split())


def _one_of(field: Field, value: Any) -> str:
    if not isinstance(value, str) or value not in field.choices:
        raise NotUnderstood("must be one of the answers in the list")
    return value


def _many_of(field: Field, value: Any) -> list[str]:
    given = [value] if isinstance(value, str) else value
    known = isinstance(given, (list, tuple)) and all(isinstance(each, str) and each in field.choices for each in given)
    if not known:
        raise NotUnderstood("must be answers from the list")
    chosen = [code for code in field.choices if code in given]
    alone = [code for code in chosen if field.codes is not None and code in field.codes.exclusive]
    if alone and len(chosen) > 1:
        raise NotUnderstood(f"cannot be ‘{field.choices[alone[0]]}’ and another answer: select one or the other")
    return chosen


def _date(field: Field, value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    try:
        return date.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        raise NotUnderstood("must be a real date, like 27 3 2026") from None


def _number(field: Field, value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"-?[0-9]{1,9}", value):
        raise NotUnderstood("must be a whole number, like 3")
    return int(value)


def _postcode(field: Field, value: Any) -> str:
    found = POSTCODE.fullmatch("".join(_line(field, value).upper().split()))
    if not found:
        raise NotUnderstood("must be a whole postcode, like NM1 4AB")
    return f"{found[1]} {found[2]}"


def _phone(field: Field, value: Any) -> str:
    text = _line(field, value)
    if not PHONE.fullmatch(text):
        raise NotUnderstood("must be a telephone number, like 01632 960 001")
    return text


def _email(field: Field, value: Any) -> str:
    text = _line(field, value)
    if not EMAIL.fullmatch(text):
        raise NotUnderstood("must be an email address, like name@example.org")
    return text


UNDERSTOOD: dict[Type, Callable[[Field, Any], Any]] = {
    Type.TEXT: _line,
    Type.LONG_TEXT: _text,
    Type.YES_NO: _one_of,
    Type.YES_NO_NOT_SURE: _one_of,
    Type.ONE_OF: _one_of,
    Type.MANY_OF: _many_of,
    Type.DATE: _date,
    Type.NUMBER: _number,
    Type.POSTCODE: _postcode,
    Type.PHONE: _phone,
    Type.EMAIL: _email,
}
