"""What is asked of a steward who watches over partners' files."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from teamaround.index.feed_reading import MOST_BYTES
from teamaround.index.feed_rows import LARGEST_SEQUENCE
from teamaround.index.terms import ErrandKind, FeedSource
from teamaround.kit.govuk.fields import ChoiceField, FileField, NumberField, SelectField, TickField
from teamaround.kit.govuk.forms import Form


class ArrangeForm(Form):
    """Agree with a partner that they send a file."""

    source = ChoiceField("What does the partner send?", FeedSource.choices, missing="Select what the partner sends")
    agency = SelectField("Which agency is it?", [], missing="Select the agency")

    def __init__(self, *args: Any, agencies: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["agency"].choices = agencies


class SendForm(Form):
    """Send a file in, to try it or to load it."""

    file = FileField(
        "The partner's file",
        missing="Select the file",
        hint=f"CSV or JSON, at most {MOST_BYTES // 1024 // 1024} MB",
        allow_empty_file=True,  # that it is empty is said in the words of the format
    )
    kind = ChoiceField(
        "What is to be done with it?",
        [(ErrandKind.TRY.value, "Try it"), (ErrandKind.LOAD.value, "Load it")],
        missing="Select whether to try the file or to load it",
        hints={
            ErrandKind.TRY.value: "Every row is answered, and nothing is changed",
            ErrandKind.LOAD.value: "Rows go to the records of children. A file can be taken back later",
        },
    )

    def clean_file(self) -> UploadedFile:
        """Say that a file is too large before it is read."""
        sent = self.cleaned_data["file"]
        if sent.size > MOST_BYTES:
            raise ValidationError(f"The file must be at most {MOST_BYTES // 1024 // 1024} MB")
        return sent


class GapForm(Form):
    """Go on after a file that never came."""

    next_sequence = NumberField(
        "Which number comes next?",
        missing="Enter the number of the next file",
        hint="What was in the files left out will stand in the next full file",
        width=10,
        min_value=1,
        max_value=LARGEST_SEQUENCE,
    )


class TakeBackForm(Form):
    """Confirm that a whole file is taken back."""

    sure = TickField(
        "Take everything back that this file changed", missing="Confirm that everything this file changed is taken back"
    )
