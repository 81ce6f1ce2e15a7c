"""What is asked to write the delivery plan, report on it and review it."""

from typing import Any
from uuid import UUID

from teamaround.casework.plan_views import ActionView, NeedView, OutcomeView, PlanView
from teamaround.casework.terms import ActionState, ClosureReason, CommentMode, NeedLevel, Priority, ReviewOutcome
from teamaround.kit import dates
from teamaround.kit.govuk.fields import (
    ChoiceField,
    DateField,
    GroupedMany,
    LongTextField,
    NumberField,
    SelectField,
    TextField,
    TickField,
    YesNoField,
)
from teamaround.kit.govuk.forms import Form
from teamaround.web.episodes.forms import ask_lead

Choices = list[tuple[str, str]]


#: what a review that closes asks of the closure record
CLOSURE = (
    "summary",
    "unmet_needs",
    "goes_on",
    "named_contact",
    "reopen_advice",
    "safeguarding_considered",
    "informed",
    "lead_agrees",
    "lead_silent_because",
)


class NeedForm(Form):
    """A need that the plan answers."""

    text = LongTextField("What is needed?", rows=3, missing="Enter what is needed")
    element = SelectField("Which part of the assessment shows it?", [], required=False, empty="None in particular")

    def __init__(self, *args: Any, elements: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["element"].choices = [("", "None in particular"), *elements]


class OutcomeForm(Form):
    """What will be different, how anyone will know, and which aims it serves."""

    text = LongTextField("What will be different for the child?", rows=3, missing="Enter what will be different")
    measure = LongTextField("How will we know?", rows=2, missing="Enter how you will know")
    aims = GroupedMany("Which aims does it serve?", {}, required=False)
    score_at_start = NumberField(
        "Where are things now, from 0 to 10?",
        required=False,
        min_value=0,
        max_value=10,
        hint="0 is as bad as it could be, 10 is as good as it could be",
    )

    def __init__(self, *args: Any, aims: dict[str, Choices], asks_start: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["aims"].choices = list(aims.items())
        if not asks_start:
            del self.fields["score_at_start"]


class ActionForm(Form):
    """Who does what by when."""

    text = LongTextField(
        "What will be done?",
        rows=2,
        missing="Enter what will be done",
        hint="A verb and a thing: Phone the nursery about a place",
    )
    owner = SelectField("Who does it?", [], missing="Select who does it", hint="Family members can own actions too")
    by_when = DateField("By when?", missing="Enter by when")
    priority = SelectField("How urgent is it?", Priority.choices, required=False, empty="Not said")
    resources = LongTextField(
        "What does it take?", rows=2, required=False, hint="For example money, a room, somebody's time, a form"
    )

    def __init__(self, *args: Any, owners: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", "Choose one"), *owners]


class AnswerActionForm(Form):
    """Accept an action or say why not; or say what somebody of the family answers."""

    answer = ChoiceField(
        "Will you do this?",
        [("accept", "Yes, I will do it"), ("decline", "No")],
        missing="Select whether it will be done",
        reveals={"decline": "because"},
    )
    because = LongTextField("Why not, and what would work?", rows=3, missing="Enter why not")

    def __init__(self, *args: Any, speaks_for: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if speaks_for:
            self.fields["answer"].label = f"Will {speaks_for} do this?"
            self.fields["answer"].choices = [("accept", "Yes"), ("decline", "No")]


class ProgressForm(Form):
    """How an action is going."""

    state = ChoiceField("How is it going?", ActionState.choices, missing="Select how it is going")
    progress = LongTextField("What has been done?", rows=4, required=False)
    evidence = LongTextField(
        "If it is done: what shows it?", rows=2, required=False, hint="What somebody saw, heard, counted or received"
    )


class AgreeForm(Form):
    """At which meeting a plan is agreed: who was there is taken from its record, not typed again."""

    meeting = SelectField("Where was it agreed?", [], required=False, mark_optional=False, empty="Not at a meeting")

    def __init__(self, *args: Any, meetings: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].choices = [("", "Not at a meeting"), *meetings]
        if meetings:
            self.initial.setdefault("meeting", meetings[0][0])


class DeliverForm(Form):
    """Agree the plan and begin."""

    next_review_on = DateField("When is the first review?", missing="Enter the date of the first review")
    agreed = TickField(
        "The child, the family and the team have agreed this plan", missing="Confirm that the plan is agreed"
    )


class OpenReviewForm(Form):
    """What kind of review is opened."""

    kind = ChoiceField("What kind of review is it?", [], missing="Select what kind of review it is")

    def __init__(self, *args: Any, kinds: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds


def _how(who: str) -> SelectField:
    return SelectField(f"How did {who} say it?", CommentMode.choices, required=False, mark_optional=False)


def _why() -> TextField:
    return TextField("If not known, or not said: why?", required=False, mark_optional=False)


def _interpreter() -> TextField:
    return TextField("Interpreter, if there was one", required=False, mark_optional=False)


def _language() -> TextField:
    return TextField("Language, if not English", required=False, mark_optional=False, width=20)


class ReviewForm(Form):
    """A review: how each action goes, where each outcome stands, and exactly one of the next date or the end."""

    held_on = DateField("When was the review held?", missing="Enter the date the review was held", latest=dates.today)
    late_reason = TextField("If it was late: why?", required=False)
    notes = LongTextField("What has changed since last time?", missing="Enter what has changed")
    new_needs = LongTextField("New needs", rows=3, required=False)
    level_now = ChoiceField("Level of need now", NeedLevel.choices, missing="Select the level of need now")
    consent_rechecked = TickField(
        "We asked again whether the family still agrees to the sharing",
        missing="Confirm that you asked about consent again",
    )
    lead_confirmed = YesNoField("Does the lead professional stay?", missing="Select whether the lead stays")
    child_mode = _how("the child")
    child_comment = LongTextField("What does the child say?", rows=3, required=False, mark_optional=False)
    child_interpreter = _interpreter()
    child_language = _language()
    child_reason = _why()
    parent_adult = SelectField(
        "Who speaks for the parents or carers?", [], required=False, mark_optional=False, empty="More than one of them"
    )
    parent_mode = _how("they")
    parent_comment = LongTextField("What do the parents or carers say?", rows=3, required=False, mark_optional=False)
    parent_interpreter = _interpreter()
    parent_language = _language()
    parent_reason = _why()
    next_steps = LongTextField("What happens next?", rows=3, required=False, hint="The next steps, and who takes them")
    outcome = ChoiceField(
        "What follows?",
        ReviewOutcome.choices,
        missing="Select what follows",
        reveals={ReviewOutcome.CLOSE: ["closure_reason", *CLOSURE]},
    )
    next_review_on = DateField(
        "When is the next review?", required=False, mark_optional=False, hint="Leave empty when the episode closes"
    )
    closure_reason = SelectField(
        "Why does the episode end?",
        [(one.value, one.label) for one in ClosureReason if one != ClosureReason.CONSENT_REFUSED],
        missing="Select why the episode ends",
    )
    summary = LongTextField(
        "What has changed for the child over the whole time?", rows=3, missing="Enter what has changed"
    )
    unmet_needs = LongTextField("What could not be met?", rows=2, required=False)
    goes_on = LongTextField("Which services go on helping?", rows=2, required=False)
    named_contact = TextField(
        "Whom can the family turn to from now on?", required=False, hint="A name, and how to reach them"
    )
    reopen_advice = LongTextField("When should they come back, and to whom?", rows=2, required=False)
    safeguarding_considered = LongTextField(
        "How did you make sure the child is safe?", rows=2, required=False, mark_optional=False
    )
    informed = LongTextField(
        "Who else has been told?", rows=2, required=False, hint="Everybody in the team is told when it is closed"
    )
    lead_agrees = TickField("", required=False)
    lead_silent_because = TextField("If they have not said so: why?", required=False, mark_optional=False)

    def __init__(self, *args: Any, plan: PlanView | None, adults: Choices, lead: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        ask_lead(self, lead)
        asked = ["closure_reason", *(one for one in CLOSURE if one in self.fields)]
        self.fields["outcome"].reveals = {ReviewOutcome.CLOSE: asked}
        self.fields["parent_adult"].choices = adults
        for outcome in self._outcomes():
            self.fields[f"score_{outcome.id}"] = NumberField(
                "Where do things stand now, from 0 to 10?",
                required=False,
                min_value=0,
                max_value=10,
                hint=outcome.travelled,
            )
        for one in plan.actions if plan else []:
            self.fields[f"state_{one.id}"] = SelectField(
                "How is it going?", one.next_states, required=False, mark_optional=False, initial=one.state
            )
            self.fields[f"progress_{one.id}"] = TextField(
                "What has been done?", required=False, mark_optional=False, initial=one.progress
            )

    def _outcomes(self) -> list[OutcomeView]:
        return [one for need in self.plan.needs for one in need.outcomes] if self.plan else []

    def plan_rows(self) -> list[tuple[NeedView, list[tuple[OutcomeView, Any, list[tuple[ActionView, Any, Any]]]]]]:
        """The plan with the bound fields of its outcomes and actions."""
        return [
            (
                need,
                [
                    (
                        outcome,
                        self[f"score_{outcome.id}"],
                        [(one, self[f"state_{one.id}"], self[f"progress_{one.id}"]) for one in outcome.actions],
                    )
                    for outcome in need.outcomes
                ],
            )
            for need in (self.plan.needs if self.plan else [])
        ]

    def _progress(self) -> dict[UUID, tuple[str, str]]:
        """The actions of which something new is said."""
        said = {}
        for one in self.plan.actions if self.plan else []:
            state, progress = self.cleaned_data[f"state_{one.id}"], self.cleaned_data[f"progress_{one.id}"]
            if state and (state, progress) != (one.state, one.progress):
                said[one.id] = (state, progress)
        return said

    def _scores(self) -> dict[UUID, int]:
        said = {one.id: self.cleaned_data[f"score_{one.id}"] for one in self._outcomes()}
        return {id: score for id, score in said.items() if score is not None}

    def _says(self, who: str) -> tuple[str, ...]:
        """What somebody says, in the order of reviews.Says; the adult is added by the page."""
        return tuple(
            self.cleaned_data[f"{who}_{one}"] for one in ("comment", "reason", "mode", "interpreter", "language")
        )

    def review(self) -> dict[str, Any]:
        """The answers as the chapter takes them."""
        given = self.cleaned_data
        names = [
            "held_on",
            "late_reason",
            "notes",
            "new_needs",
            "next_steps",
            "level_now",
            "consent_rechecked",
            "outcome",
            "next_review_on",
            "closure_reason",
        ]
        return {
            **{name: given[name] for name in names},
            "lead_confirmed": given["lead_confirmed"] == "yes",
            "child_says": self._says("child"),
            "parent_says": self._says("parent"),
            "closure": {name: given[name] for name in CLOSURE if name in given},
            "progress": self._progress(),
            "scores": self._scores(),
        }
