"""The words of the child index: reasons for a look, kinds of involvement, answers to a fed row."""

from django.db.models import TextChoices


class Reason(TextChoices):
    """Why somebody searches or opens a record (domain/index.md 3.1)."""

    STARTING = "starting", "I am starting to work with this child"
    ASSESSMENT = "assessment", "Common assessment"
    PROTECTION = "protection", "Child protection enquiry"
    CONTACT = "contact", "To contact another practitioner"
    ARRIVAL = "arrival", "New arrival or transfer"
    MISSING = "missing", "Missing from education or health"
    UNACCOMPANIED = "unaccompanied", "Unaccompanied child in hospital or custody"
    QUALITY = "quality", "Data quality"
    OTHER = "other", "Another reason"


#: reasons that must be explained in words
EXPLAINED = {Reason.OTHER}


class InvolvementState(TextChoices):
    CURRENT = "current", "Current"
    ENDED = "ended", "Ended"
    IN_ERROR = "in-error", "Recorded in error"


INVOLVEMENT_MOVES = {
    InvolvementState.CURRENT: {InvolvementState.ENDED, InvolvementState.IN_ERROR},
    InvolvementState.ENDED: {InvolvementState.IN_ERROR},
    InvolvementState.IN_ERROR: set(),
}


class StartOutcome(TextChoices):
    WAITING = "waiting", "To be followed up"
    INVOLVED = "involved", "Involvement recorded"
    NO_ACTION = "no-action", "No further action"


class FeedSource(TextChoices):
    SCHOOL_ROLL = "school-roll", "School roll"
    GP_LIST = "gp-list", "GP list"
    BIRTH_LIST = "birth-list", "Birth list"
    SOCIAL_CARE = "social-care", "Social care list"
    EARLY_HELP = "early-help-list", "Early help list"
    YOUTH_JUSTICE = "youth-justice", "Youth justice list"


class LoadState(TextChoices):
    """The acknowledgement of a fed file (IX-71)."""

    DRY_RUN = "dry-run", "Dry run"
    LOADING = "loading", "Being loaded"
    FULL = "full", "Loaded in full"
    PARTIAL = "partial", "Loaded in part"
    NONE = "none", "Nothing loaded"
    CORRUPT = "corrupt", "Could not be read"
    REFUSED = "refused", "Refused: out of sequence"
    VERSION = "version", "Refused: version of the format not known"
    UNDOING = "undoing", "Being taken back"
    UNDONE = "undone", "Taken back"


#: states of a file that was taken in and stands
TAKEN = (LoadState.FULL, LoadState.PARTIAL, LoadState.NONE)


class RowAnswer(TextChoices):
    """The answer code of a fed row (IX-71)."""

    MATCHED = "matched", "Matched a record"
    SUPERSEDED = "superseded", "Matched by a number that is no longer in use"
    CREATED = "created", "No match: a record was made"
    UNCHANGED = "unchanged", "Already known"
    QUEUED = "queued", "Waits for a steward"
    FORMAT = "format", "Wrong format"
    STALE = "stale", "Older than what is known"
    SENSITIVE = "sensitive", "Refused: a sensitive service names no children"
    FAILED = "failed", "Could not be loaded"


#: answers that count towards pausing a source
REJECTED = (RowAnswer.FORMAT, RowAnswer.FAILED)


class ErrandKind(TextChoices):
    """What the job worker is asked to do with a partner's file."""

    TRY = "try", "Dry run"
    LOAD = "load", "Load"
    TAKE_BACK = "take-back", "Take back"


class ErrandState(TextChoices):
    WAITING = "waiting", "Waits for its turn"
    DOING = "doing", "Under way"
    AGAIN = "again", "Service down: queued, and will be tried again"
    DONE = "done", "Done"
    STOPPED = "stopped", "Not done"


class WorkKind(TextChoices):
    DUPLICATE = "duplicate", "Possible duplicate"
    CLASH = "identifier-clash", "Identifier claimed twice"
    MISSING = "missing", "Missing from source"
    TAKEN_BACK = "taken-back", "Changed since a file was taken back"


class Decision(TextChoices):
    """What a steward decided, or what time settled."""

    SAME = "same", "The same child"
    DIFFERENT = "different", "Another child"
    LEFT = "left", "Has left"
    DISMISSED = "dismissed", "Nothing to do"
    SEEN_AGAIN = "seen-again", "Seen in a later file"
