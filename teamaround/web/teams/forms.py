"""What is asked to build the team, hold its meetings and agree who leads."""

import re
from datetime import datetime, time
from typing import Any

from django.core.exceptions import ValidationError

from teamaround.casework.lead_choice import CRITERIA, LEVELS
from teamaround.casework.lead_gates import JUDGED
from teamaround.casework.terms import Attendance, HandOverReason, MeetingKind, Participation, Reply
from teamaround.kit import dates
from teamaround.kit.govuk.fields import (
    YES,
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

Choices = list[tuple[str, str]]

#: the answer that takes a deputy away
NOBODY = "nobody"

CLOCK = re.compile(r"^\s*(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?\s*$", re.IGNORECASE)


def time_of_day(text: str) -> time:
    """A time as people write it.

    >>> time_of_day("14:30"), time_of_day("2.30pm"), time_of_day("9 am")
    (datetime.time(14, 30), datetime.time(14, 30), datetime.time(9, 0))
    """
    found = CLOCK.match(text)
    hour = int(found[1]) if found else 99
    if found and found[3] and 1 <= hour <= 12:
        hour = hour % 12 + (12 if found[3].lower() == "pm" else 0)
    minute = int(found[2] or 0) if found else 0
    if hour > 23 or minute > 59:
        raise ValidationError("Enter the time like 14:30 or 2:30pm")
    return time(hour, minute)


class JoinForm(Form):
    """Ask a practitioner into the team; only services the family agreed to are offered."""

    practitioner = SelectField("Practitioner", [], missing="Select a practitioner")
    contribution = TextField("What will they bring?", required=False, hint="For example: speech and language advice")

    def __init__(self, *args: Any, practitioners: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["practitioner"].choices = [("", "Choose one"), *practitioners]


class ConveneForm(Form):
    """Call a meeting."""

    kind = ChoiceField("What kind of meeting?", MeetingKind.choices, missing="Select the kind of meeting")
    on = DateField("Which day?", missing="Enter the day of the meeting")
    at = TextField("What time?", width=10, missing="Enter the time", hint="For example 14:30")
    place = TextField("Where?", missing="Enter where it is, or that it is by telephone or video")
    online = TextField(
        "How can somebody join from elsewhere?", required=False, hint="A link, or a telephone number to ring"
    )
    agenda = LongTextField(
        "What is it about?",
        required=False,
        rows=4,
        hint="One point a line. The child and the family get this as well: plain words",
    )
    members = ManyField("Who is invited?", [], missing="Select who is invited")

    def __init__(self, *args: Any, members: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].choices = members

    def clean_at(self) -> time:
        return time_of_day(self.cleaned_data["at"])

    def planned_at(self) -> datetime:
        """The day and time together, in London's time."""
        given = self.cleaned_data
        return datetime.combine(given["on"], given["at"], tzinfo=dates.LONDON)


class ReplyForm(Form):
    """Answer an invitation."""

    reply = ChoiceField(
        "Will you come?",
        [(one.value, one.label) for one in Reply if one != Reply.NONE],
        missing="Select whether you will come",
        reveals={Reply.REPORT: "report"},
    )
    report = LongTextField(
        "Your report", required=False, hint="What you have done, what you have seen, what you suggest"
    )

    def __init__(self, *args: Any, speaks_for: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if speaks_for:
            self.fields["reply"].label = f"Will {speaks_for} come?"
            self.fields["reply"].choices = [
                (Reply.COMING.value, "Yes"),
                (Reply.CANNOT.value, "No"),
                (Reply.REPORT.value, "No, but this is what they want to say"),
            ]
            self.fields["report"].label = "In their words"
            self.fields["report"].help_text = ""


class MinutesForm(Form):
    """Record what happened at a meeting."""

    held_on = DateField("When was it held?", missing="Enter when it was held", latest=dates.today)
    chair = SelectField("Who chaired?", [], missing="Select who chaired")
    note_taker = SelectField("Who took notes?", [], missing="Select who took notes")
    participation = ChoiceField(
        "How did the child take part?", Participation.choices, missing="Select how the child took part"
    )
    supporters = TextField(
        "Who came to support the family?", required=False, hint="Names, and what they are: a friend, a grandparent"
    )
    advocate = TextField("Who came as the child's advocate?", required=False)
    interpreter = TextField("Who interpreted?", required=False)
    consent_reminder_given = TickField("Everybody was reminded what the family agreed to share", required=False)
    notes = LongTextField("Notes", rows=6, required=False, hint="One point a line")
    decisions = LongTextField("Decisions", rows=4, required=False, hint="One decision a line")
    dissent = LongTextField("Views that differed", rows=3, required=False, hint="Who saw it differently, and how")
    next_on = DateField("When is the next meeting?", required=False)
    next_note_taker = SelectField("Who takes notes next time?", [], required=False, empty="Not agreed yet")

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["next_note_taker"].choices = people
        for name in ("chair", "note_taker"):
            self.fields[name].choices = [("", "Choose one"), *people]
        for key, name in people:
            self.fields[f"attendance_{key}"] = ChoiceField(
                name, Attendance.choices, inline=True, missing=f"Select whether {name} was there"
            )
        self.people = people

    def attendance_fields(self) -> list[Any]:
        """The bound fields of the attendance list."""
        return [self[f"attendance_{key}"] for key, _ in self.people]

    def attendance(self) -> dict[str, str]:
        """Member id to attendance."""
        return {key: self.cleaned_data[f"attendance_{key}"] for key, _ in self.people}

    def beside(self) -> dict[str, str]:
        """Who came without being a member of the team."""
        return {name: self.cleaned_data[name] for name in ("supporters", "advocate", "interpreter")}

    def points(self) -> list[tuple[str, str]]:
        """The minutes as (kind, text), one a line."""
        kinds = (("note", "notes"), ("decision", "decisions"), ("dissent", "dissent"))
        return [
            (kind, line.strip())
            for kind, name in kinds
            for line in self.cleaned_data[name].splitlines()
            if line.strip()
        ]


class CancelForm(Form):
    """Call a meeting off."""

    because = TextField("Why is it called off?", missing="Enter why it is called off")


#: what each person is looked at by; the family's wish has a question of its own
WEIGHED = [one for one in CRITERIA if one.key != "wish"]


class ProposeForm(Form):
    """Propose who leads: each candidate is looked at by the criteria, the family's wish comes first."""

    candidate = ChoiceField("Who is proposed to lead?", [], missing="Select who is proposed")
    family_wish = LongTextField(
        "What does the family wish?", rows=2, missing="Enter what the family wishes, or that they have no wish"
    )
    family_wish_member = SelectField("Whom would the family like?", [], required=False, empty="Nobody in particular")
    reason = LongTextField(
        "Reason, if this is not the first in the ranking or not the family's wish", rows=3, required=False
    )
    dissent = LongTextField("Does anybody disagree?", rows=2, required=False)
    veto = ManyField("Whom do the child or family not want?", [], required=False)
    conflict = ManyField("Who is held back by an allegation or a conflict of interest?", [], required=False)
    cover = ManyField("For whom does nobody cover outside school terms?", [], required=False)
    supported_by = SelectField(
        "If the young person or a family member leads: which practitioner supports them?",
        [],
        required=False,
        empty="Not needed",
    )
    manager_agrees = YesNoField("Has their manager agreed?", required=False)

    def __init__(self, *args: Any, members: Choices, practitioners: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["candidate"].choices = members
        self.fields["family_wish_member"].choices = [("", "Nobody in particular"), *members]
        self.fields["supported_by"].choices = [("", "Not needed"), *practitioners]
        self.members = members
        for gate in JUDGED:
            self.fields[gate].choices = members
        for key, name in members:
            for criterion in WEIGHED:
                # The page asks about everybody in one group under the criterion's words, which say what is meant;
                # what they are and where they work stands often enough elsewhere on it.
                self.fields[f"{criterion.key}_{key}"] = SelectField(
                    name.partition(",")[0],
                    [(str(level), word) for level, word in enumerate(LEVELS)],
                    required=False,
                    mark_optional=False,
                    empty="not asked",
                )

    def answer_rows(self) -> list[tuple[str, list[Any]]]:
        """For each criterion its words and the bound field of every candidate."""
        return [(criterion.words, [self[f"{criterion.key}_{key}"] for key, _ in self.members]) for criterion in WEIGHED]

    def judged(self) -> dict[str, list[str]]:
        """Member id to what the team says holds them back."""
        return {
            key: held for key, _ in self.members if (held := [one for one in JUDGED if key in self.cleaned_data[one]])
        }

    def proposal(self) -> dict[str, Any]:
        """What is proposed, members by their ids."""
        names = ("candidate", "family_wish", "family_wish_member", "reason", "dissent", "supported_by")
        given = {name: self.cleaned_data[name] for name in names}
        return given | {"manager_agrees": self.cleaned_data["manager_agrees"] == YES}

    def answers(self) -> dict[str, dict[str, int]]:
        """Member id to criterion to an answer from 0 to 3; what was not asked is left out."""
        given = self.cleaned_data
        return {
            key: {one.key: int(answer) for one in WEIGHED if (answer := given[f"{one.key}_{key}"]) != ""}
            for key, _ in self.members
        }


class DeclineForm(Form):
    """Say no to leading."""

    because = LongTextField("Why can you not lead?", rows=3, missing="Enter why you cannot lead")


class HandOverForm(Form):
    """Hand the coordination over."""

    to = SelectField(
        "Who coordinates from now on?",
        [],
        missing="Select who coordinates from now on",
        hint="Only practitioners of services that may be told are listed. Speak with them first",
    )
    reason = ChoiceField("Why?", HandOverReason.choices, missing="Select why you hand over")

    def __init__(self, *args: Any, practitioners: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = practitioners


class DeputyForm(Form):
    """Who stands in for the lead professional."""

    deputy = ChoiceField("Who is the deputy?", [], missing="Select who is the deputy, or nobody")

    def __init__(self, *args: Any, members: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deputy"].choices = [*members, (NOBODY, "Nobody")]
