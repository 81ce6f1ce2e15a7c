"""What is asked to have the details of a child put right: one small form for each thing."""

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError

from teamaround.casework.terms import EnteredStatus
from teamaround.kit import dates
from teamaround.kit.govuk.fields import (
    NO,
    YES,
    ChoiceField,
    DateField,
    EmailField,
    LongTextField,
    PhoneField,
    SelectField,
    TextField,
    YesNoField,
)
from teamaround.kit.govuk.forms import Form
from teamaround.people.families import Carer
from teamaround.people.terms import (
    AddressState,
    BornPrecision,
    NameKind,
    Registered,
    Relationship,
    ResponsibilityBasis,
    Sex,
)

CHANGED, SLIP = "changed", "slip"
MOVED, MISTAKE, LAST_KNOWN = "moved", "mistake", "last-known"


class NameForm(Form):
    """A new name, or the same one written rightly."""

    given = TextField("First name", required=False, mark_optional=False, max_length=100, spellcheck=False)
    family = TextField("Last name", missing="Enter the last name", max_length=100, spellcheck=False)
    why = ChoiceField(
        "Why does it change?",
        [(CHANGED, "The child has a new name"), (SLIP, "It was written down wrongly")],
        hints={
            CHANGED: "The old name stays on the record as a former name",
            SLIP: "The wrong spelling stays, so that the child is still found by it",
        },
        missing="Select why the name changes",
        reveals={CHANGED: "from_on"},
    )
    from_on = DateField("Since when?", missing="Enter the date of the new name", latest=dates.today)

    def change(self) -> dict[str, Any]:
        """The new name, and as what the old one is kept."""
        given = self.cleaned_data
        kept = NameKind.FORMER if given["why"] == CHANGED else NameKind.SPELLING
        return {"given": given["given"], "family": given["family"], "on": given["from_on"], "keep_as": kept}


class OtherNameForm(Form):
    """A name besides the current one."""

    kind = ChoiceField(
        "What kind of name is it?",
        [
            (NameKind.KNOWN_AS.value, "A name the child is known as"),
            (NameKind.FORMER.value, "A former name"),
            (NameKind.SPELLING.value, "Another spelling of the name"),
        ],
        missing="Select what kind of name it is",
    )
    given = TextField("First name", missing="Enter the first name", max_length=100, spellcheck=False)
    family = TextField("Last name", missing="Enter the last name", max_length=100, spellcheck=False)


class EndNameForm(Form):
    """The end of a name the child was known as."""

    to_on = DateField("Until when was it used?", missing="Enter the date the name was last used", latest=dates.today)


class BornForm(Form):
    """The date of birth, or as much of it as is known."""

    #: in which field an answer stands
    WHERE: ClassVar = {"day": "born", "month": "month", "year": "year"}

    precision = ChoiceField(
        "How much of the date of birth is known?",
        [
            (BornPrecision.DAY.value, "The exact date"),
            (BornPrecision.MONTH.value, "The month and the year"),
            (BornPrecision.YEAR.value, "Only the year"),
        ],
        missing="Select how much of the date of birth is known",
        reveals=WHERE,
    )
    born = DateField("Date of birth", missing="Enter the date of birth")
    month = TextField("Month and year", width=10, hint="For example, 9 2019", missing="Enter the month and year")
    year = TextField("Year", width=4, inputmode="numeric", hint="For example, 2019", missing="Enter the year")

    def clean_month(self) -> date:
        """The first day of the month that was typed."""
        return _first_day("1", *self.cleaned_data["month"].replace("/", " ").split(), like="9 2019")

    def clean_year(self) -> date:
        """The first day of the year that was typed."""
        return _first_day("1", "1", self.cleaned_data["year"].strip(), like="2019")

    def own_names(self) -> dict[str, str]:
        """What the rules call a field, and what it is called here under the answer given."""
        return {"born": self.WHERE[self.cleaned_data["precision"]]}

    def change(self) -> dict[str, Any]:
        """The day that is recorded, and how much of it counts."""
        given = self.cleaned_data
        return {"born": given[self.WHERE[given["precision"]]], "born_precision": given["precision"]}

    @classmethod
    def filled(cls, born: date, precision: str) -> dict[str, Any]:
        """The form's answers as they are recorded now."""
        said = {"day": born, "month": f"{born.month} {born.year}", "year": str(born.year)}
        return {"precision": precision, cls.WHERE[precision]: said[precision]}


def _first_day(*parts: str, like: str) -> date:
    try:
        day, month, year = map(int, parts)
        if year < 1900:
            raise ValueError("a year has four digits")
        return date(year, month, day)
    except ValueError:
        raise ValidationError(f"Enter it like {like}") from None


class ExpectedForm(Form):
    """When a child not born yet is expected."""

    expected = DateField("Expected date of birth", missing="Enter the expected date of birth")

    def change(self) -> dict[str, Any]:
        """The day that is recorded."""
        return dict(self.cleaned_data)


class SexForm(Form):
    """The sex, or that it is not known or not specified."""

    sex = ChoiceField("Sex", Sex.choices, missing="Select the sex, or that it is not known")


class LanguageForm(Form):
    """The first language of the child."""

    first_language = TextField(
        "First language",
        required=False,
        mark_optional=False,
        width=20,
        max_length=60,
        hint="Leave it empty if not known",
    )


class HomeForm(Form):
    """Where the child lives now, that the address was wrong, or that nobody knows."""

    what = ChoiceField(
        "What do you want to record?",
        [
            (MOVED, "The child lives at another address"),
            (MISTAKE, "The address has a mistake in it"),
            (LAST_KNOWN, "The child has left, and this is the last address known"),
            (AddressState.NONE.value, "The child has no known address"),
            (AddressState.LEFT.value, "The child has left the area"),
        ],
        missing="Select what you want to record",
        hints={
            MOVED: "The address recorded now is kept as a former one",
            MISTAKE: "The address recorded now is put right, and not kept",
        },
        reveals={
            MOVED: ["lines", "postcode", "from_on"],
            MISTAKE: ["right_lines", "right_postcode"],
            LAST_KNOWN: ["last_lines", "last_postcode"],
            AddressState.LEFT.value: "left_on",
        },
    )
    lines = LongTextField("New address without postcode", rows=2, missing="Enter the address")
    postcode = TextField("Postcode of the new address", width=10, missing="Enter the postcode")
    from_on = DateField("When did the child move in?", required=False, latest=dates.today)
    right_lines = LongTextField("Right address without postcode", rows=2, missing="Enter the address")
    right_postcode = TextField("Right postcode", width=10, missing="Enter the postcode")
    last_lines = LongTextField("Last known address without postcode", rows=2, missing="Enter the address")
    last_postcode = TextField("Postcode of the last known address", width=10, required=False)
    left_on = DateField("When did the child leave?", required=False, latest=dates.today)

    #: what the rules call a field, and what it is called here under each answer
    NAMES: ClassVar = {
        MOVED: {"lines": "lines", "postcode": "postcode", "from_on": "from_on"},
        MISTAKE: {"lines": "right_lines", "postcode": "right_postcode"},
        LAST_KNOWN: {"lines": "last_lines", "postcode": "last_postcode"},
        AddressState.LEFT.value: {"from_on": "left_on"},
    }

    def __init__(self, *args: Any, known: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not known:
            self.fields["what"].choices = [one for one in self.fields["what"].choices if one[0] != MISTAKE]

    def own_names(self) -> dict[str, str]:
        """What the rules call a field, and what it is called here under the answer given."""
        return {**self.NAMES.get(self.cleaned_data["what"], {}), "home": "what"}

    def is_mistake(self) -> bool:
        """Whether only the writing of the address is put right."""
        return self.cleaned_data["what"] == MISTAKE

    def home(self) -> dict[str, Any]:
        """What is said of where the child lives, by the names of the rules."""
        what = self.cleaned_data["what"]
        return {name: self.cleaned_data[own] for name, own in self.NAMES.get(what, {}).items()}

    def state(self) -> str:
        """As what the address stands."""
        what = self.cleaned_data["what"]
        return {MOVED: AddressState.CURRENT, LAST_KNOWN: AddressState.LAST_KNOWN}.get(what, what)


class ServiceForm(Form):
    """The school or practice, or that there is none or that it is not known."""

    registered = ChoiceField(
        "Is the child registered?",
        [
            (Registered.REGISTERED.value, "Yes"),
            (Registered.NONE.value, "No, nowhere"),
            (Registered.UNKNOWN.value, "Not known"),
        ],
        missing="Select whether the child is registered",
        reveals={Registered.REGISTERED.value: ["agency", "from_on"]},
    )
    agency = SelectField("Where?", [], missing="Select where the child is registered")
    from_on = DateField("Since when?", required=False, latest=dates.today)

    def __init__(self, *args: Any, agencies: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = agencies

    @staticmethod
    def filled(current: Any) -> dict[str, Any]:
        """The form's answers as they are recorded now."""
        if current is None:
            return {}
        return {"registered": current.registered, "agency": current.agency_id, "from_on": current.from_on}


class NumberForm(Form):
    """A number that another body gave the child."""

    identifier = TextField("Number", missing="Enter the number", width=20, autocomplete="off", spellcheck=False)


class BirthForm(Form):
    """A birth."""

    born = DateField("When was the child born?", missing="Enter the date of birth", latest=dates.today)
    sex = ChoiceField("Sex", Sex.choices, missing="Select the sex, or that it is not known")
    given = TextField(
        "First name",
        required=False,
        hint="Without one the record says “Baby” until it is known",
        max_length=100,
        spellcheck=False,
    )

    def birth(self) -> dict[str, Any]:
        """The birth as the rules know it."""
        given = self.cleaned_data
        return {"on": given["born"], "sex": given["sex"], "given": given["given"]}


class CarerForm(Form):
    """A parent or carer, what they are to the child, and on what they hold parental responsibility."""

    carer_given = TextField("First name", missing="Enter the first name", max_length=100, spellcheck=False)
    carer_family = TextField("Last name", missing="Enter the last name", max_length=100, spellcheck=False)
    relationship = SelectField(
        "What they are to the child", Relationship.choices, missing="Select what they are to the child"
    )
    basis = SelectField(
        "Parental responsibility",
        ResponsibilityBasis.choices,
        required=False,
        mark_optional=False,
        empty="They do not hold it, or it is not known",
        hint="On what they hold it, if they do",
    )
    has_care = YesNoField(
        "Do they care for the child from day to day?", missing="Select whether they care for the child"
    )
    contact_restricted = YesNoField(
        "Is their contact with the child restricted?",
        hint="For example by a court order",
        missing="Select whether their contact is restricted",
    )
    phone = PhoneField(required=False, autocomplete="off", max_length=30)
    email = EmailField(required=False, autocomplete="off")
    first_language = TextField("First language", required=False, width=20, max_length=60)
    interpreter_needed = YesNoField("Do they need an interpreter?", missing="Select whether they need an interpreter")

    def carer(self) -> Carer:
        """The adult as the rules know them."""
        given = dict(self.cleaned_data)
        answers = {name: given.pop(name) == YES for name in ("has_care", "contact_restricted", "interpreter_needed")}
        return Carer(given=given.pop("carer_given"), family=given.pop("carer_family"), **given, **answers)

    @staticmethod
    def filled(care: Any) -> dict[str, Any]:
        """The form's answers as they are recorded now."""
        adult = care.adult
        answers = {
            "has_care": care.has_care,
            "contact_restricted": care.contact_restricted,
            "interpreter_needed": adult.interpreter_needed,
        }
        return {
            "carer_given": adult.given,
            "carer_family": adult.family,
            "relationship": care.relationship,
            "basis": care.basis,
            "phone": adult.phone,
            "email": adult.email,
            "first_language": adult.first_language,
            **{name: YES if answer else NO for name, answer in answers.items()},
        }


class EndCareForm(Form):
    """The end of somebody's care for a child."""

    to_on = DateField("When did it end?", missing="Enter the date it ended", latest=dates.today)


class StatusForm(Form):
    """A standing under statute."""

    status = ChoiceField("Which status?", EnteredStatus.choices, missing="Select the status")
    from_on = DateField("Since when?", missing="Enter the date it began", latest=dates.today)
    to_on = DateField("Until when, if it has ended?", required=False)
    reference = TextField(
        "Reference of social care's case",
        required=False,
        width=20,
        max_length=60,
        hint="Needed when social care has accepted to lead",
    )


class EndStatusForm(Form):
    """The end of a standing under statute."""

    to_on = DateField("When did it end?", missing="Enter the date it ended", latest=dates.today)
