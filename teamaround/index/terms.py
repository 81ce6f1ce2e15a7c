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


class WhyArchived(TextChoices):
    """Why a record is in the archive."""

    AGE = "age", "Reached the age at which a record ends"
    STAY_ENDED = "stay-ended", "Consent to stay ended"
    DIED = "died", "Has died"
    LEFT = "left", "Left the area"


class StayAnswer(TextChoices):
    """What a young person said when asked whether their record stays past 18 (IX-59, IX-60)."""

    YES = "yes", "Yes, they want their record to stay"
    NO = "no", "No, they do not want it to stay"
    NOT_ENTITLED = "not-entitled", "They are not one of those whose record can stay"


class StayBasis(TextChoices):
    """Whose record may stay past 18 at all (IX-60)."""

    CARE_LEAVER = "care-leaver", "They leave care"
    LEARNING_DISABILITY = "learning-disability", "They have a learning disability"


class Returns(TextChoices):
    """Whether a child who leaves the area means to come back (IX-64)."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNKNOWN = "unknown", "Not known"


class TransferState(TextChoices):
    WAITING = "waiting", "Waits for an answer"
    ACCEPTED = "accepted", "Accepted"
    REFUSED = "refused", "Refused"


TRANSFER_MOVES = {
    TransferState.WAITING: {TransferState.ACCEPTED, TransferState.REFUSED},
    TransferState.ACCEPTED: set(),
    TransferState.REFUSED: set(),
}


class ArchiveGround(TextChoices):
    """Why an archived record may be read (IX-61)."""

    PROTECTION = "s47", "Child protection enquiry (section 47)"
    PRACTICE_REVIEW = "practice-review", "Child safeguarding practice review"
    CHILD_DEATH = "child-death", "Child death review"
    COURT = "court", "Order of a court"
    ACCESS = "subject-access", "The person asks for their own record"


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
