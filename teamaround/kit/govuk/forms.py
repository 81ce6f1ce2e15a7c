"""A form whose answers may open further questions."""

from collections.abc import Iterator
from typing import Any

from django import forms


class Form(forms.Form):
    """A Django form that asks a revealed question only of those who gave the answer that reveals it.

    Words typed under an answer that was then changed are not kept, and are never called wrong.
    A subclass with its own `clean` calls `super().clean()` first.
    """

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in hidden_questions(self):
            self.errors.pop(name, None)
            cleaned[name] = empty_value(self.fields[name])
        return cleaned


def empty_value(field: forms.Field) -> Any:
    """
    >>> empty_value(forms.CharField()), empty_value(forms.DateField())
    ('', None)
    """
    return field.to_python(None)


def revealed_by(form: forms.BaseForm) -> Iterator[tuple[str, str, str]]:
    """Each (question, answer, name of the question it reveals) of the form."""
    for name, field in form.fields.items():
        for answer, opened in getattr(field, "reveals", {}).items():
            for each in opened:
                yield name, answer, each


def revealed_names(form: forms.BaseForm) -> set[str]:
    return {name for _, _, name in revealed_by(form)}


def hidden_questions(form: forms.BaseForm) -> set[str]:
    """The revealed questions that the answers given do not open."""
    opened: set[str] = set()
    hidden = revealed_names(form)
    for question, answer, name in revealed_by(form):
        if question not in hidden - opened and answer in answers(form, question):
            opened.add(name)
    return hidden - opened


def answers(form: forms.BaseForm, name: str) -> list[str]:
    given = form[name].value()
    return [str(each) for each in given] if isinstance(given, (list, tuple)) else [str(given)]
