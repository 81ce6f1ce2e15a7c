"""A date as three boxes, and choices under headings."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.utils.safestring import SafeString

from teamaround.kit.govuk.components import component


class DateParts(NamedTuple):
    """What a person typed into the three boxes, right or wrong, so that it can be shown again."""

    day: str = ""
    month: str = ""
    year: str = ""

    @property
    def missing(self) -> list[str]:
        return [name for name, value in zip(self._fields, self, strict=True) if not value]


PARTS = DateParts._fields


class DateInput(forms.Widget):
    """Day, month and year, as people write a date: a browser's own picker shows it the way of another country."""

    use_fieldset = True

    def value_from_datadict(self, data: Mapping[str, Any], files: object, name: str) -> DateParts | str | None:
        if any(f"{name}-{part}" in data for part in PARTS):
            return DateParts(*((data.get(f"{name}-{part}") or "").strip() for part in PARTS))
        return data.get(name)  # a draft or a machine may give the date whole, as 2026-03-27

    def value_omitted_from_data(self, data: Mapping[str, Any], files: object, name: str) -> bool:
        return name not in data and all(f"{name}-{part}" not in data for part in PARTS)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}-day" if id_ else ""

    def format_value(self, value: object) -> DateParts:  # type: ignore[override]  # three texts instead of one
        if isinstance(value, DateParts):
            return value
        if isinstance(value, date):
            return DateParts(str(value.day), str(value.month), f"{value.year:04}")
        return (whole_date(value) if isinstance(value, str) else None) or DateParts()

    def items(self, name: str, value: object, *, wrong: set[str]) -> list[dict[str, Any]]:
        """The three boxes for the date-input macro, the wrong ones marked."""
        birthday = self.attrs.get("autocomplete") == "bday"
        return [
            {
                "name": f"{name}-{part}",
                "id": "",
                "label": part.capitalize(),
                "value": typed,
                "classes": f"govuk-input--width-{4 if part == 'year' else 2}"
                + (" govuk-input--error" if part in wrong else ""),
                "attributes": {"aria-invalid": "true"} if part in wrong else {},
                "autocomplete": f"bday-{part}" if birthday else None,
                "part": part,
            }
            for part, typed in zip(PARTS, self.format_value(value), strict=True)
        ]

    def params(self, name: str, value: object, id_: str, *, wrong: set[str]) -> dict[str, Any]:
        boxes = [box | {"id": f"{id_}-{box['part']}"} for box in self.items(name, value, wrong=wrong)]
        return {"id": id_, "items": boxes}

    def render(
        self, name: str, value: object, attrs: dict[str, Any] | None = None, renderer: object = None
    ) -> SafeString:
        return component("date-input", self.params(name, value, (attrs or {}).get("id") or name, wrong=set()))


def whole_date(text: str) -> DateParts | None:
    """
    >>> whole_date("2026-03-27")
    DateParts(day='27', month='3', year='2026')
    >>> whole_date("soon") is None
    True
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return DateParts(str(day.day), str(day.month), f"{day.year:04}")
