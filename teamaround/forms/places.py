"""Reading a document so that each mistake is told in plain English, with the place where it stands."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, TypeVar

E = TypeVar("E", bound=StrEnum)

MISSING: Any = object()


class Unreadable(ValueError):
    """A form or a code list cannot be read. The message says where and what to do."""


@dataclass(frozen=True)
class Place:
    """One object of a document and the words that lead to it.

    >>> Place("question ‘sex’", {"typ": "one_of"}).knows("key", "type")
    Traceback (most recent call last):
    teamaround.forms.places.Unreadable: question ‘sex’: ‘typ’ is not known here. Did you mean ‘type’?
    """

    words: str
    content: dict[str, Any]

    def __contains__(self, name: str) -> bool:
        return name in self.content

    def wrong(self, what: str) -> Unreadable:
        return Unreadable(f"{self.words}: {what}")

    def knows(self, *names: str) -> None:
        """Refuse a name nobody would read: a misspelt one changes a form without anybody noticing."""
        for name in self.content:
            if name not in names:
                raise self.wrong(f"‘{name}’ is not known here{meant(name, names)}")

    def text(self, name: str, default: str = MISSING) -> str:
        value = self._value(name, default)
        if not isinstance(value, str):
            raise self.wrong(f"‘{name}’ must be text")
        if default is MISSING and not value.strip():
            raise self.wrong(f"‘{name}’ is empty")
        return value

    def number(self, name: str, default: int | None = MISSING) -> int | None:
        value = self._value(name, default)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
            raise self.wrong(f"‘{name}’ must be a whole number")
        return value

    def flag(self, name: str, default: bool) -> bool:
        value = self._value(name, default)
        if not isinstance(value, bool):
            raise self.wrong(f"‘{name}’ must be true or false")
        return value

    def day(self, name: str, default: date | None = MISSING) -> date | None:
        value = self._value(name, default)
        if value is None or isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            raise self.wrong(f"‘{name}’ must be a date, like 2009-04-01") from None

    def one_of(self, name: str, words: type[E], default: str = MISSING) -> E:
        value = self.text(name, default)
        known = [each.value for each in words]
        if value not in known:
            raise self.wrong(f"‘{name}’ is ‘{value}’, which is not one of {', '.join(known)}{meant(value, known)}")
        return words(value)

    def texts(self, name: str, default: tuple[str, ...] = MISSING) -> tuple[str, ...]:
        value = self._value(name, default)
        if not isinstance(value, (list, tuple)) or not all(isinstance(each, str) for each in value):
            raise self.wrong(f"‘{name}’ must be a list of texts")
        return tuple(value)

    def numbers(self, name: str) -> dict[str, int]:
        inner = self.inside(name, self.words)
        return {each: inner.number(each) or 0 for each in inner.content}

    def inside(self, name: str, words: str) -> "Place":
        """The object under a name."""
        value = self._value(name, {})
        if not isinstance(value, dict):
            raise self.wrong(f"‘{name}’ must be an object in curly brackets")
        return Place(words, value)

    def each(self, name: str, kind: str) -> Iterator["Place"]:
        """The objects of the list under a name, each called by its key or its number."""
        value = self._value(name, [])
        if not isinstance(value, list):
            raise self.wrong(f"‘{name}’ must be a list")
        for number, one in enumerate(value, start=1):
            if not isinstance(one, dict):
                raise self.wrong(f"{kind} {number} in ‘{name}’ must be an object in curly brackets")
            called = next((f"‘{one[by]}’" for by in ("key", "code", "name") if by in one), str(number))
            yield Place(f"{self.words}, {kind} {called}" if self.words else f"{kind} {called}", one)

    def _value(self, name: str, default: Any) -> Any:
        if name not in self.content and default is MISSING:
            raise self.wrong(f"‘{name}’ is missing")
        return self.content.get(name, default)


def meant(wrong: str, known: Iterable[str]) -> str:
    """A suggestion where something known is spelt nearly the same.

    >>> meant("requird", ["required", "hint"])
    '. Did you mean ‘required’?'
    """
    close = get_close_matches(wrong, list(known), n=1)
    return f". Did you mean ‘{close[0]}’?" if close else ""


def document(text: str, words: str) -> Place:
    """The one object a text holds."""
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise Unreadable(f"{words}: line {error.lineno} is not JSON: {error.msg}") from error
    if not isinstance(content, dict):
        raise Unreadable(f"{words}: it must be one object in curly brackets")
    return Place(words, content)
