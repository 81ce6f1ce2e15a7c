"""The words of sharing: kinds, forms and states of consent, and who may give it (casework.md 6)."""

from django.db.models import TextChoices


class ConsentKind(TextChoices):
    STORE = "store", "To hold the assessment"
    SHARE = "share", "To share with named services"


class ConsentForm(TextChoices):
    WRITTEN = "written", "Explicit, in writing"
    SPOKEN = "spoken", "Explicit, spoken"


class ConsentState(TextChoices):
    GIVEN = "given", "Given"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"
    SUPERSEDED = "superseded", "Replaced by a later consent"
    INVALIDATED = "invalidated", "Recorded in error"


#: the moves a consent may make; none leads back
CONSENT_MOVES = {
    ConsentState.GIVEN: {ConsentState.WITHDRAWN, ConsentState.SUPERSEDED, ConsentState.INVALIDATED},
    ConsentState.REFUSED: {ConsentState.SUPERSEDED, ConsentState.INVALIDATED},
    ConsentState.WITHDRAWN: {ConsentState.INVALIDATED},
    ConsentState.SUPERSEDED: {ConsentState.INVALIDATED},
    ConsentState.INVALIDATED: set(),
}


class Capacity(TextChoices):
    YOUNG_PERSON = "young-person", "Young person of 16 or over"
    COMPETENT_CHILD = "competent-child", "Child judged able to decide this"
    PARENT = "parent", "Person with parental responsibility"
    AUTHORITY = "authority", "Authority with parental responsibility by order"


class GrantLevel(TextChoices):
    READ = "read", "Read"
    CONTRIBUTE = "contribute", "Read and do own actions"
    WRITE = "write", "Write"


#: what somebody who is asked must have been told, each by itself (casework.md 6.3)
INFORMED = {
    "why": "Why the information is wanted",
    "what": "What will be held and shared",
    "who": "Who will see it",
    "consequences": "What happens if they say yes, and if they say no",
    "right-to-refuse": "That they may refuse, and may change their mind later",
    "no-bar": "That saying no does not stop other help",
    "notice": "They were given the privacy notice",
}

#: the questions of a competence record (casework.md 6.2)
COMPETENCE = {
    "understands-question": "Understands what is being asked",
    "understands-effects": "Understands what may be shared, why, and what follows from sharing or not",
    "considers-alternatives": "Has thought about other ways",
    "weighs-up": "Can weigh one thing against another",
    "own-view": "Has a clear view of their own",
    "consistent": "Says the same when asked again",
}
