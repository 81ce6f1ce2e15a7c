"""How each kind of question becomes a field of a page."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms

from teamaround.kit import dates
from teamaround.kit.govuk import fields as govuk

from .answering import ask_for
from .definitions import Field
from .terms import Type

#: longer lists are a drop-down; in a table, where room is short, sooner
MOST_RADIOS, MOST_RADIOS_IN_ROW = 13, 4

#: questions under which another may open
OPENING = (Type.YES_NO, Type.YES_NO_NOT_SURE, Type.ONE_OF, Type.MANY_OF)

#: the classes of width that GOV.UK knows, in characters
WIDTHS = (2, 3, 4, 5, 10, 20)


def django_field(
    field: Field, value: Any, *, hint: str, reveals: Mapping[str, list[str]], in_row: bool = False
) -> forms.Field:
    """The field of a page for one question, filled with the answer given so far.

    Whether an answer must be there is no matter of the field: half a page may always be kept.
    """
    words = {"hint": hint, "missing": ask_for(field), "required": False}
    made = MAKERS[field.type](field, words, value, reveals, in_row)
    # Nearly everything may be left out, so marking that would be noise.
    made.label = field.label
    made.initial = value
    return made


def opens_inside(field: Field) -> bool:
    """Whether the question is drawn so that an answer can open others beneath it."""
    return field.type in OPENING and not (field.type is Type.ONE_OF and len(field.choices) > MOST_RADIOS)


def _text(field: Field, words: dict[str, Any], *_: Any) -> forms.Field:
    width = next((width for width in WIDTHS if width >= field.max_length), None)
    return govuk.TextField(field.label, width=width, autocomplete="off", **words)


def _long_text(field: Field, words: dict[str, Any], value: Any, reveals: Any, in_row: bool) -> forms.Field:
    rows = 3 if in_row or field.max_length <= 500 else 5
    return govuk.LongTextField(field.label, rows=rows, **words)


def _yes_no(field: Field, words: dict[str, Any], value: Any, reveals: Any, in_row: bool) -> forms.Field:
    return govuk.YesNoField(field.label, reveals=reveals, **words)


def _yes_no_not_sure(field: Field, words: dict[str, Any], value: Any, reveals: Any, in_row: bool) -> forms.Field:
    return govuk.YesNoNotSureField(field.label, reveals=reveals, **words)


def _one_of(field: Field, words: dict[str, Any], value: Any, reveals: Any, in_row: bool) -> forms.Field:
    offered = _offered(field, value)
    if len(offered) > (MOST_RADIOS_IN_ROW if in_row else MOST_RADIOS):
        grouped = _grouped(offered)
        return govuk.SelectField(field.label, grouped if len(grouped) > 1 else _pairs(offered), **words)
    hints = {each.code: each.hint for each in offered if each.hint}
    return govuk.ChoiceField(field.label, _pairs(offered), hints=hints, reveals=reveals, **words)


def _many_of(field: Field, words: dict[str, Any], value: Any, reveals: Any, in_row: bool) -> forms.Field:
    words = {**words, "hint": words["hint"] or "Select all that apply"}
    return govuk.ManyField(field.label, _pairs(_offered(field, value)), reveals=reveals, **words)


def _offered(field: Field, value: Any) -> list[Any]:
    """The codes that may be chosen today, and those chosen before that may not be any more."""
    assert field.codes is not None, "only a question with codes gets here; definitions.read holds that"
    chosen = value if isinstance(value, list) else [value]
    return [each for each in field.codes.codes if each.holds_on(dates.today()) or each.code in chosen]


def _pairs(codes: list[Any]) -> list[tuple[str, str]]:
    return [(each.code, each.label) for each in codes]


def _grouped(codes: list[Any]) -> list[tuple[str, list[tuple[str, str]]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for each in codes:
        groups.setdefault(each.group, []).append((each.code, each.label))
    return list(groups.items())


def _date(field: Field, words: dict[str, Any], *_: Any) -> forms.Field:
    return govuk.DateField(field.label, **{**words, "hint": words["hint"] or "For example, 27 3 2026"})


def _number(field: Field, words: dict[str, Any], *_: Any) -> forms.Field:
    return govuk.NumberField(field.label, **words)


def _postcode(field: Field, words: dict[str, Any], *_: Any) -> forms.Field:
    return govuk.TextField(field.label, width=10, autocomplete="off", **words)


# The browser would offer the worker's own number and address; these are other people's.
def _phone(field: Field, words: dict[str, Any], *_: Any) -> forms.Field:
    return govuk.PhoneField(field.label, autocomplete="off", **words)


def _email(field: Field, words: dict[str, Any], *_: Any) -> forms.Field:
    return govuk.EmailField(field.label, autocomplete="off", **words)


MAKERS: dict[Type, Callable[..., forms.Field]] = {
    Type.TEXT: _text,
    Type.LONG_TEXT: _long_text,
    Type.YES_NO: _yes_no,
    Type.YES_NO_NOT_SURE: _yes_no_not_sure,
    Type.ONE_OF: _one_of,
    Type.MANY_OF: _many_of,
    Type.DATE: _date,
    Type.NUMBER: _number,
    Type.POSTCODE: _postcode,
    Type.PHONE: _phone,
    Type.EMAIL: _email,
}
