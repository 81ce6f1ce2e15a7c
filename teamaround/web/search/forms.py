from typing import Any

from teamaround.index.asking import Asked
from teamaround.index.terms import EXPLAINED, Reason
from teamaround.kit.govuk.fields import ChoiceField, DateField, LongTextField, SelectField, TextField
from teamaround.kit.govuk.forms import Form
from teamaround.people.families import Carer
from teamaround.people.records import NewChild
from teamaround.people.terms import Relationship, ResponsibilityBasis, Sex


class SearchForm(Form):
    """What is known of the child; little is enough, spelling need not be right."""

    given = TextField("First name", required=False, mark_optional=False, autocomplete="off", spellcheck=False)
    family = TextField("Last name", required=False, mark_optional=False, autocomplete="off", spellcheck=False)
    born = TextField(
        "Date of birth, or the year",
        required=False,
        mark_optional=False,
        width=20,
        hint="For example 4 9 2019, 09/2019 or 2019",
        autocomplete="off",
    )
    sex = SelectField(
        "Sex",
        [(one.value, one.label) for one in (Sex.FEMALE, Sex.MALE)],
        required=False,
        mark_optional=False,
        empty="Not known",
    )
    postcode = TextField(
        "Postcode, or its first part",
        required=False,
        mark_optional=False,
        width=10,
        hint="For example NM1 1AA or NM1",
        autocomplete="off",
    )
    identifier = TextField(
        "NHS number or pupil number",
        required=False,
        mark_optional=False,
        width=20,
        hint="If you hold one it is enough by itself",
        autocomplete="off",
    )
    reason = ChoiceField(
        "Why are you searching?",
        Reason.choices,
        hint="The reason is kept with the search, and the family can ask to see it.",
        missing="Select why you are searching",
        reveals={one.value: "reason_text" for one in EXPLAINED},
    )
    reason_text = TextField(
        "Say why", missing="Say why you are searching", hint="Not a word about the case", max_length=300
    )

    def asked(self) -> Asked:
        """What was typed about the child."""
        return Asked(**{one: self.cleaned_data[one] for one in Asked.__dataclass_fields__})

    def why(self) -> dict[str, str]:
        """The reason for the search."""
        return {"reason": self.cleaned_data["reason"], "reason_text": self.cleaned_data["reason_text"]}


class CarerFields(Form):
    """One parent or carer of a new record."""

    carer_given = TextField("First name", required=False)
    carer_family = TextField("Last name", required=False)
    relationship = SelectField("What they are to the child", Relationship.choices, required=False)
    basis = SelectField(
        "Parental responsibility",
        ResponsibilityBasis.choices,
        required=False,
        empty="They do not hold it, or it is not known",
        hint="On what they hold it, if they do",
    )
    carer_phone = TextField("Telephone number", required=False, width=20, max_length=30)

    def clean(self) -> dict[str, Any]:
        """What is said of a carer is not dropped because the name is missing."""
        given = super().clean()
        named = given.get("carer_given") or given.get("carer_family")
        if not named and any(given.get(one) for one in ("relationship", "basis", "carer_phone")):
            self.add_error("carer_given", "Enter the first and last name of the parent or carer")
        return given


class RegisterForm(CarerFields):
    """A child of whom no record was found, born or not yet."""

    born_or_expected = ChoiceField(
        "Is the child born?",
        [("born", "Yes"), ("expected", "Not yet")],
        missing="Select whether the child is born",
        reveals={"born": ["given", "born", "sex"], "expected": ["expected"]},
    )
    given = TextField("First name", missing="Enter the first name")
    born = DateField("Date of birth", missing="Enter the date of birth")
    sex = ChoiceField("Sex", Sex.choices, missing="Select the sex, or that it is not known")
    expected = DateField("Expected date of birth", missing="Enter the expected date of birth")
    family = TextField("Last name", missing="Enter the last name", hint="For an unborn baby, the mother's last name")
    home = ChoiceField(
        "Where does the child live?",
        [("current", "At this address"), ("none", "No known address")],
        missing="Select where the child lives",
        reveals={"current": ["lines", "postcode"]},
    )
    lines = LongTextField("Address without postcode", rows=2, missing="Enter the address")
    postcode = TextField("Postcode", width=10, missing="Enter the postcode")

    order = [
        "born_or_expected",
        "given",
        "family",
        "born",
        "sex",
        "expected",
        "home",
        "lines",
        "postcode",
        "carer_given",
        "carer_family",
        "relationship",
        "basis",
        "carer_phone",
    ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields(self.order)

    def details(self, maker: object) -> NewChild:
        """The new record, in the authority of whoever makes it."""
        given = self.cleaned_data
        born = given["born_or_expected"] == "born"
        return NewChild(
            given=given["given"],
            family=given["family"],
            born=given["born"] if born else None,
            expected=None if born else given["expected"],
            sex=given["sex"] if born else Sex.UNKNOWN,
            authority=maker.agency.authority,
            source="practitioner",
            address=given["home"],
            lines=given["lines"],
            postcode=given["postcode"],
        )

    def carers(self) -> tuple[Carer, ...]:
        """The parent or carer, if one was named."""
        given = self.cleaned_data
        if not given["carer_given"] and not given["carer_family"]:
            return ()
        return (
            Carer(
                given=given["carer_given"],
                family=given["carer_family"],
                relationship=given["relationship"] or Relationship.OTHER,
                basis=given["basis"],
                phone=given["carer_phone"],
            ),
        )
