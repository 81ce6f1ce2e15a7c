"""What is asked to start an episode and to record consent or refusal."""

from typing import Any

from teamaround.casework.checklist_outcome import SAFEGUARDING_WORDS, WORDS, Outcome
from teamaround.casework.terms import COUNTERSIGNED, ClosureReason, CommentMode, CopyGiven, NeedLevel
from teamaround.kit import dates
from teamaround.kit.govuk.fields import (
    ChoiceField,
    DateField,
    LongTextField,
    ManyField,
    SelectField,
    TextField,
    TickField,
    YesNoField,
)
from teamaround.kit.govuk.forms import Form
from teamaround.sharing.terms import COMPETENCE, INFORMED, Capacity, ConsentForm

Choices = list[tuple[str, str]]


class StartForm(Form):
    """Why an episode is started; nothing else is held before the family has agreed (CW-3)."""

    reason = LongTextField(
        "What leads you to think an assessment would help?",
        hint="In a few sentences: what you and the family have seen. Nothing else is written before the family agrees.",
        missing="Enter what leads you to think an assessment would help",
        most=2000,
    )
    over_age_reason = TextField(
        "Reason for starting after the 18th birthday", required=False, hint="Only for a young person over 18"
    )


class RecordConsentForm(Form):
    """Consent to hold the assessment, and with whom it may be shared; on one page, each by itself."""

    capacity = ChoiceField("Who decides?", [], missing="Select who decides")
    given_by = SelectField("Which parent or carer?", [], required=False, hint="When a parent decides")
    competence = ManyField(
        "What shows that the child can decide this?",
        list(COMPETENCE.items()),
        required=False,
        hint="Needed when a child under 12 decides alone. Tick each that is true.",
    )
    competence_note = TextField("Note on how you know", required=False)
    informed = ManyField(
        "What has been explained?",
        list(INFORMED.items()),
        missing="Tick what has been explained",
        hint="All of it must be, in words they understand",
    )
    form = ChoiceField("How did they agree?", ConsentForm.choices, missing="Select how they agreed")
    given_on = DateField("When?", missing="Enter the date they agreed", latest=dates.today)
    place = TextField("Where?", required=False, max_length=120)
    language = TextField("In which language?", required=False, width=20, max_length=60)
    interpreter = TextField(
        "Interpreter", required=False, hint="Name of the interpreter, if there was one", max_length=120
    )
    witness = TextField("Witness", required=False, hint="For spoken agreement", max_length=120)
    recipients = ManyField(
        "Which services may it be shared with?",
        [],
        required=False,
        hint="They may agree to hold the assessment and share it with nobody",
    )
    excluded = ManyField(
        "Which services must not see it?", [], required=False, hint="These are left out everywhere, whoever asks"
    )
    excluded_others = TextField("Anybody else who must not see it", required=False, max_length=300)

    def __init__(self, *args: Any, adults: Choices, agencies: Choices, capacities: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["capacity"].choices = capacities
        self.fields["given_by"].choices = [("", "Choose one"), *adults]
        self.fields["recipients"].choices = agencies
        self.fields["excluded"].choices = agencies

    def consent(self) -> dict[str, Any]:
        """The answers as the chapter takes them; people and agencies are still ids."""
        given = dict(self.cleaned_data)
        shown, note = given.pop("competence"), given.pop("competence_note")
        given["competence"] = {"shown": shown, "note": note} if shown or note else None
        return given


class RefusalForm(Form):
    """A refusal: as short as a yes. Other help goes on."""

    capacity = ChoiceField("Who decided?", [], missing="Select who decided")
    given_by = SelectField("Which parent or carer?", [], required=False)
    reason = LongTextField(
        "What did they say?",
        rows=3,
        missing="Enter what they said, in their words",
        hint="In their words. It is the only thing that is kept.",
    )
    safe = YesNoField(
        "Is there any sign that the child is at risk of harm?",
        missing="Select whether there is a sign of harm",
        inline=True,
        hint="Saying no to an assessment is not a sign of harm by itself",
    )

    def __init__(self, *args: Any, adults: Choices, capacities: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["capacity"].choices = capacities
        self.fields["given_by"].choices = [("", "Choose one"), *adults]


class OutcomeForm(Form):
    """What the practitioner decides after a checklist; safety comes first."""

    safeguarding = ChoiceField(
        "The child may not be safe. What have you done?",
        [(one.value, words) for one, words in SAFEGUARDING_WORDS.items()],
        missing="Say first what you have done about the child's safety",
        hint="Nothing is referred for you. If a child is in danger now, act now.",
    )
    safeguarding_note = TextField(
        "Reference, advice or reason", missing="Enter the reference, the advice or the reason"
    )
    outcome = ChoiceField(
        "What do you decide?", [(one.value, words) for one, words in WORDS.items()], missing="Select what you decide"
    )
    reason = LongTextField(
        "Why?", rows=3, required=False, hint="Needed when you decide otherwise than the answers point"
    )

    def __init__(self, *args: Any, computed: str, safeguarding: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not safeguarding:
            del self.fields["safeguarding"], self.fields["safeguarding_note"]
        self.initial.setdefault("outcome", computed)

    def leads_to_assessment(self) -> bool:
        """Whether the decision is to do an assessment."""
        return self.cleaned_data["outcome"] == Outcome.ASSESSMENT_RECOMMENDED


def capacities(age: int | None) -> Choices:
    """Who may decide, the likeliest first, by the child's age (casework.md 6.2)."""
    young = [(Capacity.YOUNG_PERSON.value, Capacity.YOUNG_PERSON.label)]
    child = [(Capacity.COMPETENT_CHILD.value, Capacity.COMPETENT_CHILD.label)]
    parent = [(one.value, one.label) for one in (Capacity.PARENT, Capacity.AUTHORITY)]
    if age is None:
        return parent
    return young + parent if age >= 16 else parent + child


class CommentForm(Form):
    """What the child or a parent says, in their own way; or why they have not."""

    mode = ChoiceField("How did they say it?", CommentMode.choices, missing="Select how they said it")
    own = LongTextField("Their words", required=False, mark_optional=False, hint="As they said it")
    interpreter = TextField("Interpreter, if there was one", required=False, mark_optional=False, max_length=120)
    why = LongTextField("If they said nothing: why?", rows=3, required=False, mark_optional=False)
    language = TextField("Language", required=False, width=20, max_length=60)
    adult = SelectField("Who says it?", [], required=False, mark_optional=False, empty="More than one of them")

    def __init__(self, *args: Any, adults: Choices, **kwargs: Any) -> None:
        """With no `adults` it is the child who speaks."""
        super().__init__(*args, **kwargs)
        self.fields["adult"].choices = adults
        if not adults:
            del self.fields["adult"]
        else:
            self.order_fields(["adult"])

    def comment(self) -> dict[str, str]:
        """The answers as the chapter takes them."""
        given = self.cleaned_data
        return {
            "mode": given["mode"],
            "text": given["own"],
            "reason_not_obtained": given["why"],
            "interpreter": given["interpreter"],
            "language": given["language"],
        }


class SignForm(Form):
    """Sign the assessment off."""

    level = ChoiceField("Level of need", NeedLevel.choices, missing="Select the level of need")
    true_account = TickField(
        "The child and family have seen this, and where views differ both are written down",
        missing="Confirm that the family has seen the assessment",
    )


class CopyForm(Form):
    """How the family got its copy of the assessment."""

    how = ChoiceField(
        "How did the family get its copy?", CopyGiven.choices, missing="Select how the family got its copy"
    )
    to_whom = TextField("Who got it?", required=False)
    given_on = DateField("When?", missing="Enter the date they got it", latest=dates.today)


class ResponseForm(Form):
    """What follows from the assessment."""

    response = ChoiceField(
        "What does the child need now?",
        [("team", "Several services together: a team around the child"), ("single", "My own service alone")],
        missing="Select what the child needs now",
    )


class NewVersionForm(Form):
    """Open a signed assessment again."""

    reason = LongTextField("Why is a new version needed?", rows=3, missing="Enter why a new version is needed")


class CloseForm(Form):
    """How the episode ends. What the reason makes impossible to ask stays empty: the chapter says what is missing."""

    reason = ChoiceField(
        "Why does it end?",
        [(one.value, one.label) for one in ClosureReason if one != ClosureReason.CONSENT_REFUSED],
        missing="Select why the episode ends",
        hint=f"{' and '.join(one.label for one in COUNTERSIGNED)}: your manager countersigns",
        hints={ClosureReason.STEP_UP.value: "First enter the statutory status that social care has accepted to lead"},
    )
    summary = LongTextField("What has changed for the child?", missing="Enter what has changed for the child")
    level_at_end = ChoiceField("Level of need now", NeedLevel.choices, required=False, mark_optional=False)
    unmet_needs = LongTextField("What could not be met?", rows=3, required=False)
    goes_on = LongTextField("Which services go on helping?", rows=3, required=False)
    named_contact = TextField(
        "Whom can the family turn to from now on?", required=False, hint="A name, and how to reach them"
    )
    reopen_advice = LongTextField(
        "When should they come back, and to whom?", rows=2, required=False, hint="As agreed with the family"
    )
    child_view = LongTextField("What does the child say?", rows=3, required=False, mark_optional=False)
    parent_view = LongTextField("What do the parents or carers say?", rows=3, required=False, mark_optional=False)
    safeguarding_considered = LongTextField(
        "How did you make sure the child is safe?", rows=3, required=False, mark_optional=False
    )
    family_told_on = DateField("When was the family told?", required=False, mark_optional=False, latest=dates.today)
    informed = LongTextField(
        "Who else has been told?", rows=2, required=False, hint="Everybody in the team is told when it is closed"
    )
    lead_agrees = TickField("", required=False)
    lead_silent_because = TextField("If they have not said so: why?", required=False, mark_optional=False)

    def __init__(self, *args: Any, lead: str, **kwargs: Any) -> None:
        """`lead` is who leads, by name, where that is not whoever closes: they sign the closing off."""
        super().__init__(*args, **kwargs)
        ask_lead(self, lead)

    def closure(self) -> dict[str, Any]:
        """The closure record without its reason."""
        return {name: value for name, value in self.cleaned_data.items() if name != "reason"}


def ask_lead(form: Form, lead: str) -> None:
    """Ask for the sign-off of whoever leads, by name; with nobody to ask, do not."""
    if lead:
        form.fields["lead_agrees"].label = f"{lead}, who leads, agrees that the episode ends"
    else:
        del form.fields["lead_agrees"], form.fields["lead_silent_because"]


class NotCountersignedForm(Form):
    """Why a manager does not countersign a closure."""

    because = LongTextField(
        "Why do you not agree?", rows=3, missing="Enter why you do not agree", hint="The coordinator reads it"
    )


class ContactForm(Form):
    """One try to reach the family."""

    on = DateField("When?", missing="Enter when you tried", latest=dates.today)
    method = ChoiceField(
        "How?",
        [("phone", "Phone"), ("letter", "Letter"), ("visit", "Visit"), ("email", "E-mail"), ("text", "Text")],
        inline=True,
        missing="Select how you tried",
    )
    note = LongTextField("What happened?", rows=2, required=False)
