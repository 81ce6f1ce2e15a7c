"""What is asked about working with a child."""

from teamaround.kit import dates
from teamaround.kit.govuk.fields import ChoiceField, DateField, EmailField, PhoneField, TextField
from teamaround.kit.govuk.forms import Form


class InvolvementForm(Form):
    """That I work with a child, and how to reach me."""

    role = TextField("Your role with the child", missing="Enter your role", max_length=120)
    from_on = DateField("Since when?", missing="Enter since when", latest=dates.today)
    phone = PhoneField(required=False, max_length=30)
    email = EmailField(required=False)


class EndForm(Form):
    """The end of an involvement."""

    what = ChoiceField(
        "What happened?",
        [("ended", "We no longer work with the child"), ("error", "It was recorded by mistake")],
        missing="Select what happened",
        reveals={"ended": "on"},
    )
    on = DateField("When did it end?", missing="Enter when it ended", latest=dates.today)


class ConfirmForm(Form):
    """Whether an involvement still stands."""

    still = ChoiceField(
        "Do you still work with this child?",
        [("yes", "Yes"), ("no", "No, not any more")],
        missing="Select whether you still work with this child",
        reveals={"no": "on"},
    )
    on = DateField("When did it end?", missing="Enter when it ended", latest=dates.today)


class FollowUpForm(Form):
    """What came of a declared start."""

    outcome = ChoiceField(
        "What came of it?",
        [("involved", "I work with the child: record my involvement"), ("none", "No further action")],
        missing="Select what came of it",
    )
