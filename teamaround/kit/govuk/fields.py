"""Form fields in plain words: each takes its label, a hint, and what to say when nothing was entered.

>>> DateField("When was the review held?", missing="Enter the date the review was held").error_messages["required"]
'Enter the date the review was held'
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import BaseValidator
from django.utils.choices import BlankChoiceIterator, normalize_choices

from teamaround.kit.govuk.widgets import PARTS, DateInput, DateParts, whole_date

Choices = Iterable[tuple[Any, Any]]
Reveals = Mapping[str, str | Sequence[str]]

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def uncapitalised(words: str) -> str:
    """
    >>> uncapitalised("Date of birth"), uncapitalised("NHS number")
    ('date of birth', 'NHS number')
    """
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def asking(verb: str, label: str) -> str:
    """What to say when a field was left empty and its form has no words of its own for it.

    >>> asking("Enter", "First name"), asking("Enter", "Who referred?")
    ('Enter first name', 'Answer “Who referred?”')
    """
    return f"Answer “{label}”" if label.endswith("?") else f"{verb} {uncapitalised(label)}"


def subject(label: str) -> str:
    """What a sentence about the answer starts with.

    >>> subject("Notes (optional)"), subject("What happened?")
    ('Notes', 'Your answer')
    """
    return "Your answer" if label.endswith("?") else label.removesuffix(" (optional)")


def wording(
    label: str, hint: str, missing: str, required: bool, *, verb: str = "Enter", mark: bool = True
) -> dict[str, Any]:
    """Django's names for our words. A field that may be left empty says so in its label."""
    return {
        "label": label if required or not mark else f"{label} (optional)",
        "help_text": hint,
        "required": required,
        "error_messages": {"required": missing or asking(verb, label)},
    }


def too_long(label: str, most: int) -> str:
    """
    >>> too_long("Where? (optional)", 20), too_long("Witness (optional)", 120)
    ('Your answer must be 20 characters or fewer', 'Witness must be 120 characters or fewer')
    """
    return f"{subject(label.removesuffix(' (optional)'))} must be {most} characters or fewer"


class TextField(forms.CharField):
    """One line of text; `width` is in characters, `inputmode` is "numeric" for codes of digits.

    `max_length` is told and never built into the box: browsers would cut off what is pasted without a word.
    """

    def __init__(
        self,
        label: str,
        *,
        hint: str = "",
        missing: str = "",
        required: bool = True,
        width: int | None = None,
        autocomplete: str = "",
        inputmode: str = "",
        spellcheck: bool | None = None,
        mark_optional: bool = True,
        **more: Any,
    ):
        super().__init__(**wording(label, hint, missing, required, mark=mark_optional), **more)
        self.width = width
        if self.max_length:
            self.error_messages["max_length"] = too_long(label, self.max_length)
        given = {"autocomplete": autocomplete, "inputmode": inputmode}
        self.widget.attrs |= {name: value for name, value in given.items() if value}
        if spellcheck is not None:
            self.widget.attrs["spellcheck"] = str(spellcheck).lower()

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class EmailField(TextField):
    widget = forms.EmailInput
    default_validators = forms.EmailField.default_validators

    def __init__(self, label: str = "Email address", **more: Any):
        usual: dict[str, Any] = {"autocomplete": "email", "spellcheck": False}
        super().__init__(label, **usual | more)


class PhoneField(TextField):
    widget = forms.TextInput(attrs={"type": "tel"})

    def __init__(self, label: str = "Telephone number", **more: Any):
        usual: dict[str, Any] = {"autocomplete": "tel", "width": 20}
        super().__init__(label, **usual | more)


class NumberField(forms.IntegerField):
    """A whole number, typed and never spun: the wheel of a mouse must not change it."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def __init__(
        self, label: str, *, hint: str = "", missing: str = "", required: bool = True, width: int = 5, **more: Any
    ):
        super().__init__(**wording(label, hint, missing, required), **more)
        self.width = width
        self.error_messages["invalid"] = f"{subject(label)} must be a whole number, like 3"
        if self.min_value is not None and self.max_value is not None:
            for one in self.validators:
                if isinstance(one, BaseValidator):
                    one.message = f"Enter a whole number from {self.min_value} to {self.max_value}"


class LongTextField(forms.CharField):
    """Several lines of text, with a count of what is left where `most` characters are allowed."""

    def __init__(
        self,
        label: str,
        *,
        hint: str = "",
        missing: str = "",
        required: bool = True,
        rows: int = 5,
        most: int | None = None,
        mark_optional: bool = True,
        **more: Any,
    ):
        super().__init__(
            widget=forms.Textarea(attrs={"rows": rows}),
            **wording(label, hint, missing, required, mark=mark_optional),
            **more,
        )
        self.most = most

    def validate(self, value: str) -> None:
        super().validate(value)
        # A browser sends each line break as two characters and counts it as one.
        over = len(value.replace("\r\n", "\n")) - self.most if self.most else 0
        if self.most and over > 0:
            raise ValidationError(f"{too_long(str(self.label), self.most)}; it is {over} too long")


class PasswordField(TextField):
    widget = forms.PasswordInput

    def __init__(self, label: str = "Password", *, autocomplete: str = "current-password", **more: Any):
        super().__init__(label, autocomplete=autocomplete, strip=False, **more)


class FileField(forms.FileField):
    def __init__(self, label: str, *, hint: str = "", missing: str = "", required: bool = True, **more: Any):
        super().__init__(**wording(label, hint, missing, required, verb="Select"), **more)


class DateField(forms.DateField):
    """A real date in three boxes; what is wrong is said in the words of `missing`.

    `earliest` and `latest` are dates, or functions that give one when the form is checked.
    """

    widget = DateInput

    def __init__(
        self,
        label: str,
        *,
        hint: str = "For example, 27 3 2026",
        missing: str = "",
        required: bool = True,
        earliest: date | Callable[[], date] | None = None,
        latest: date | Callable[[], date] | None = None,
        birthday: bool = False,
        mark_optional: bool = True,
        **more: Any,
    ):
        super().__init__(**wording(label, hint, missing, required, mark=mark_optional), **more)
        self.earliest, self.latest = earliest, latest
        if birthday:
            self.widget.attrs["autocomplete"] = "bday"
        asked = self.error_messages["required"]
        called = asked.removeprefix("Enter ") if asked.startswith("Enter ") else "date"
        self.called = called[:1].upper() + called[1:]

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, str) and value and (value := whole_date(value)) is None:
            raise self.not_real()
        if not isinstance(value, DateParts):
            return super().to_python(value)
        return self.real_date(value) if any(value) else None

    def real_date(self, parts: DateParts) -> date:
        if parts.missing:
            raise self.wrong(f"{self.called} must include a {' and '.join(parts.missing)}", parts.missing)
        if len(parts.year) != 4 or not parts.year.isdecimal():
            raise self.wrong(f"{self.called} must have a year of 4 numbers, like 2026", ["year"])
        try:
            return date(int(parts.year), month_number(parts.month), int(parts.day))
        except ValueError:
            raise self.not_real() from None

    def validate(self, value: date | None) -> None:
        super().validate(value)
        earliest, latest = (given() if callable(given) else given for given in (self.earliest, self.latest))
        if value and earliest and value < earliest:
            raise ValidationError(f"{self.called} must be on or after {in_words(earliest)}")
        if value and latest and value > latest:
            raise ValidationError(f"{self.called} must be on or before {in_words(latest)}")

    def not_real(self) -> ValidationError:
        return self.wrong(f"{self.called} must be a real date", PARTS)

    def wrong(self, message: str, parts: Sequence[str]) -> ValidationError:
        """Say what is wrong, and in which boxes."""
        return ValidationError("%(message)s", code="wrong_date", params={"message": message, "parts": parts})


def month_number(text: str) -> int:
    """
    >>> month_number("3"), month_number("March"), month_number("sept")
    (3, 3, 9)
    """
    name = text[:3].lower()
    return MONTHS.index(name) + 1 if name in MONTHS else int(text)


def in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


class ChoiceField(forms.ChoiceField):
    """One answer of a few, as radio buttons.

    `hints` explains single answers, `reveals` names the form's fields that one answer opens: {"other": "which"}.
    """

    widget = forms.RadioSelect

    def __init__(
        self,
        label: str,
        choices: Any,
        *,
        hint: str = "",
        missing: str = "",
        required: bool = True,
        inline: bool = False,
        hints: Mapping[str, str] | None = None,
        reveals: Reveals | None = None,
        mark_optional: bool = True,
        **more: Any,
    ):
        words = wording(label, hint, missing, required, verb="Select", mark=mark_optional)
        super().__init__(choices=choices, **words, **more)
        self.inline, self.hints = inline and not reveals, hints or {}  # nothing can open under answers in a row
        given = (reveals or {}).items()
        self.reveals = {answer: [names] if isinstance(names, str) else names for answer, names in given}
        self.error_messages["invalid_choice"] = f"{self.error_messages['required']} from the list"


class ManyField(ChoiceField, forms.MultipleChoiceField):
    """Any number of answers, as tick boxes."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, label: str, choices: Any, *, hint: str = "Select all that apply", **more: Any):
        super().__init__(label, choices, hint=hint, mark_optional=False, **more)


class SelectField(ChoiceField):
    """One answer of many, as a drop-down list with an empty first line."""

    widget = forms.Select  # type: ignore[assignment]  # another widget than radio buttons, on purpose

    def __init__(self, label: str, choices: Any, *, empty: str = "Choose one", **more: Any):
        self.empty = empty
        super().__init__(label, choices, **more)

    @property
    def choices(self) -> Any:
        return self._choices

    @choices.setter
    def choices(self, offered: Any) -> None:
        """The empty line is shown, and is never an answer."""
        self._choices = normalize_choices(offered)
        self.widget.choices = BlankChoiceIterator(self._choices, [("", self.empty)])


class GroupedChoice(ChoiceField):
    """One answer of several, under headings: {"Health": [("gp", "GP"), …], "Schools": […]}."""

    def __init__(self, label: str, groups: Mapping[str, Choices], **more: Any):
        super().__init__(label, list(groups.items()), **more)


class GroupedMany(ManyField):
    """Any number of answers, under headings."""

    def __init__(self, label: str, groups: Mapping[str, Choices], **more: Any):
        super().__init__(label, list(groups.items()), **more)


YES, NO, NOT_SURE = "yes", "no", "not_sure"


class YesNoField(ChoiceField):
    def __init__(self, label: str, *, inline: bool = True, **more: Any):
        super().__init__(label, [(YES, "Yes"), (NO, "No")], inline=inline, **more)


class YesNoNotSureField(ChoiceField):
    def __init__(self, label: str, *, inline: bool = True, **more: Any):
        super().__init__(label, [(YES, "Yes"), (NO, "No"), (NOT_SURE, "Not sure")], inline=inline, **more)


class TickField(forms.BooleanField):
    """One box to tick, for a statement a person makes: "I have explained …"."""

    def __init__(self, label: str, *, hint: str = "", missing: str = "", required: bool = True, **more: Any):
        words = wording(label, hint, missing or f"Confirm: {uncapitalised(label)}", required, mark=False)
        super().__init__(**words, **more)
