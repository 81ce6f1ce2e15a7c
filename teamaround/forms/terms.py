"""The words a form definition is written in: kinds of question, when an answer is needed, who writes it."""

from enum import StrEnum


class Type(StrEnum):
    """What kind of answer a question takes."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    YES_NO = "yes_no"
    YES_NO_NOT_SURE = "yes_no_not_sure"
    ONE_OF = "one_of"
    MANY_OF = "many_of"
    DATE = "date"
    NUMBER = "number"
    POSTCODE = "postcode"
    PHONE = "phone"
    EMAIL = "email"
    REPEAT = "repeat"
    PEOPLE = "people"
    #: words to read, with nothing to answer
    NOTICE = "notice"


#: questions whose answer is a row of smaller questions, as often as needed
TABLES = (Type.REPEAT, Type.PEOPLE)

#: questions whose answers come from a code list
CODED = (Type.ONE_OF, Type.MANY_OF)


class Needed(StrEnum):
    """When an answer must be there."""

    NEVER = "never"
    FINALISE = "finalise"
    ALWAYS = "always"


class Stage(StrEnum):
    """What is about to happen to the answers."""

    SAVE = "save"
    FINALISE = "finalise"


#: what each stage insists on
INSISTS = {Stage.SAVE: (Needed.ALWAYS,), Stage.FINALISE: (Needed.ALWAYS, Needed.FINALISE)}


class Writer(StrEnum):
    """Whose words an answer is; what the system writes is shown and never asked."""

    PRACTITIONER = "practitioner"
    CONTRIBUTOR = "contributor"
    CHILD = "child"
    PARENT = "parent"
    SYSTEM = "system"


class Rule(StrEnum):
    """What a form may ask of several questions together."""

    AT_LEAST_ONE = "at_least_one"
    EXACTLY_ONE = "exactly_one"


YES, NO, NOT_SURE = "yes", "no", "not_sure"

#: the answers that need no code list, with the words people read
PLAIN_CHOICES = {
    Type.YES_NO: {YES: "Yes", NO: "No"},
    Type.YES_NO_NOT_SURE: {YES: "Yes", NO: "No", NOT_SURE: "Not sure"},
}

#: what the records know already; a question that points here is shown filled in, to confirm and not to retype
KNOWN = frozenset(
    {
        "child.given_names",
        "child.family_name",
        "child.also_known_as",
        "child.sex",
        "child.date_of_birth",
        "child.expected_date",
        "child.address",
        "child.postcode",
        "child.no_address",
        "child.phone",
        "child.email",
        "child.index_number",
        "child.nhs_number",
        "child.upn",
        "child.ethnicity",
        "child.first_language",
        "child.school",
        "child.gp",
        "child.parents",
        "worker.name",
        "worker.role",
        "worker.agency",
        "worker.address",
        "worker.phone",
        "worker.email",
        "assessment.level",
        "comment.child.mode",
        "comment.child.words",
        "comment.child.typed_by",
        "comment.child.reason_not_obtained",
        "comment.parent.mode",
        "comment.parent.words",
        "comment.parent.typed_by",
        "comment.parent.reason_not_obtained",
        "episode.lead_name",
        "episode.lead_contact",
        "episode.level_at_closure",
        "episode.consent",
        "form.started_on",
        "form.completed_on",
        "form.assessment_version",
        "form.reference",
        "form.definition",
        "form.search_made",
    }
)
