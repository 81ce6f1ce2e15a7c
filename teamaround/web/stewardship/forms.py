"""What is asked of a data steward, of whoever opens a record in an emergency, and of whoever reviews that."""

from typing import Any

from django import forms

from teamaround.access.override import SHORTEST_REASON, Category, Finding
from teamaround.kit import dates
from teamaround.kit.govuk.fields import ChoiceField, DateField, LongTextField
from teamaround.kit.govuk.forms import Form


class DecideForm(Form):
    """Decide a question; each decision is a button."""

    decision = forms.ChoiceField(error_messages={"required": "Select what you decide"})
    on = DateField("When did the child leave?", required=False, mark_optional=False, latest=dates.today)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = choices


class OverrideForm(Form):
    """Open a record in an emergency."""

    category = ChoiceField(
        "What kind of emergency is it?", Category.choices, missing="Select what kind of emergency it is"
    )
    reason = LongTextField(
        "Why must you see this record now?",
        rows=4,
        missing=f"Say why in at least {SHORTEST_REASON} characters",
        hint=f"At least {SHORTEST_REASON} characters. Whoever reviews this reads it.",
    )


class ReviewForm(Form):
    """Say whether opening a record was justified."""

    finding = ChoiceField("What did you find?", Finding.choices, missing="Select what you found")
    note = LongTextField(
        "What follows from it?", rows=4, required=False, hint="Needed unless opening the record was justified"
    )
