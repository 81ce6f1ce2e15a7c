"""What is asked about the life of a record."""

from typing import Any

from teamaround.index.terms import ArchiveGround, Returns, StayAnswer, StayBasis
from teamaround.kit import dates
from teamaround.kit.govuk.fields import ChoiceField, DateField, LongTextField, NumberField, SelectField, TextField
from teamaround.kit.govuk.forms import Form


class DeathForm(Form):
    """That a child has died."""

    on = DateField("When did the child die?", missing="Enter the date the child died", latest=dates.today)
    source = TextField(
        "Who told you?",
        missing="Enter who told you of the death",
        hint="Such as the registrar, the hospital or the coroner",
    )


class SureForm(Form):
    """Nothing to enter: the button is the answer."""


class LeavingForm(Form):
    """That a child left the area."""

    on = DateField("When did the child leave?", missing="Enter the date the child left", latest=dates.today)
    returns = ChoiceField(
        "Do they mean to come back?",
        Returns.choices,
        missing="Select whether they mean to come back",
        hints={
            "yes": "The record is held for three years",
            "no": "The record goes to the archive tonight",
            "unknown": "The record is held for three years",
        },
    )


class ReturnForm(Form):
    """That a child is back."""

    on = DateField("Since when are they back?", missing="Enter the date they came back", latest=dates.today)
    lines = LongTextField("Address without postcode", rows=2, missing="Enter the address")
    postcode = TextField("Postcode", width=10, required=False)


class StayForm(Form):
    """What a young person answered when asked whether their record stays."""

    answer = ChoiceField(
        "What did they answer?",
        StayAnswer.choices,
        missing="Select what they answered",
        reveals={"yes": ["basis", "until_age"]},
    )
    basis = ChoiceField("Why can their record stay?", StayBasis.choices, missing="Select why their record can stay")
    until_age = NumberField("Until which age?", width=3, hint="From 19 to 25", missing="Enter an age from 19 to 25")
    on = DateField("When did they answer?", missing="Enter the date they answered", latest=dates.today)

    def answered(self) -> dict[str, Any]:
        """The answer as it is recorded."""
        given = dict(self.cleaned_data)
        given["until_age"] = int(given["until_age"] or 0)
        return given


class AskTransferForm(Form):
    """A request for responsibility."""

    to = SelectField(
        "Which authority would be responsible?", [], empty="Choose an authority", missing="Select the authority"
    )
    reason = TextField(
        "Why?", missing="Enter why", hint="Such as: the family moved on 3 May. Not a word about the case"
    )

    def __init__(self, *args: Any, authorities: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = authorities


class AnswerTransferForm(Form):
    """Yes or no to a request for responsibility."""

    answer = ChoiceField(
        "Do you agree?",
        [("accept", "Yes, responsibility changes now"), ("refuse", "No")],
        missing="Select whether you agree",
        reveals={"refuse": "because"},
    )
    because = TextField("Why not?", missing="Enter why not")


class ArchiveForm(Form):
    """Asking for an archived record."""

    number = TextField(
        "Index number, NHS number or pupil number",
        width=20,
        autocomplete="off",
        missing="Enter a number",
        hint="The archive is not searched by name",
    )
    ground = ChoiceField(
        "On what ground must you read it?", ArchiveGround.choices, missing="Select on what ground you must read it"
    )
    reason = TextField("Say which enquiry, review or order it is", missing="Enter which enquiry, review or order it is")


class AgreeForm(Form):
    """Yes or no to somebody else's reading."""

    answer = ChoiceField(
        "Do you agree?",
        [("agree", "Yes, they may read it for an hour"), ("refuse", "No")],
        missing="Select whether you agree",
    )


class HoldForm(Form):
    """A reason in law to keep a record."""

    reason = TextField(
        "Which law or proceeding needs this record?", missing="Enter which law or proceeding needs this record"
    )
