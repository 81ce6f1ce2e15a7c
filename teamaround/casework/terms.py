"""The words of casework: states of an episode and its moves, reasons, roles (casework.md 3-5)."""

from django.db.models import TextChoices


class EpisodeState(TextChoices):
    INITIATED = "initiated", "Started: consent to be asked"
    ASSESSING = "assessing", "Assessing"
    ASSESSED = "assessed", "Assessed: response to be decided"
    PLANNING = "planning", "Planning"
    DELIVERING = "delivering", "Delivering the plan"
    REVIEWING = "reviewing", "In review"
    CLOSED = "closed", "Closed"


#: the states in which an episode counts as open; a child has at most one episode in any of these
OPEN = (
    EpisodeState.INITIATED,
    EpisodeState.ASSESSING,
    EpisodeState.ASSESSED,
    EpisodeState.PLANNING,
    EpisodeState.DELIVERING,
    EpisodeState.REVIEWING,
)

#: the source of an involvement that an episode opened, and that ends with it
INVOLVED_BY = "episode"

#: every transition of casework.md 4.3 that exists here: number -> (from, to)
TRANSITIONS = {
    "T1": ((), EpisodeState.INITIATED),
    "T2": ((EpisodeState.INITIATED,), EpisodeState.ASSESSING),
    "T3": ((EpisodeState.INITIATED,), EpisodeState.CLOSED),
    "T5": ((EpisodeState.ASSESSING,), EpisodeState.ASSESSED),
    "T6": ((EpisodeState.ASSESSED,), EpisodeState.ASSESSING),
    "T7": ((EpisodeState.ASSESSED,), EpisodeState.PLANNING),
    "T8": ((EpisodeState.ASSESSED,), EpisodeState.DELIVERING),
    "T9": ((EpisodeState.PLANNING,), EpisodeState.DELIVERING),
    "T10": ((EpisodeState.DELIVERING,), EpisodeState.REVIEWING),
    "T11": ((EpisodeState.REVIEWING,), EpisodeState.DELIVERING),
    "T12": ((EpisodeState.REVIEWING, EpisodeState.DELIVERING), EpisodeState.CLOSED),
    "T12b": (
        (EpisodeState.ASSESSING, EpisodeState.ASSESSED, EpisodeState.PLANNING),
        EpisodeState.CLOSED,
    ),
}


class ClosureReason(TextChoices):
    NEEDS_MET = "needs-met", "Needs met: universal services suffice"
    SINGLE_AGENCY = "single-agency", "One agency goes on alone"
    STEP_UP = "step-up", "Social care has decided to lead"
    DISENGAGED = "disengaged", "Family could not be reached"
    FAMILY_ENDED = "consent-withdrawn", "Family asked to end"
    MOVED_AWAY = "moved-away", "Moved away"
    AGED_OUT = "aged-out", "Reached the age limit"
    DIED = "died", "Child has died"
    CONSENT_REFUSED = "consent-refused", "Consent was refused"
    OTHER = "other", "Another reason"


#: reasons a closure needs a line manager's countersignature for (T12, CW-18)
COUNTERSIGNED = (ClosureReason.DISENGAGED, ClosureReason.OTHER)


class HandOverReason(TextChoices):
    """Why somebody else coordinates from now on (casework.md 5.4)."""

    LEFT_POST = "left-post", "Leaving this post"
    LEAVE = "leave", "Away for some time"
    NEEDS_CHANGED = "needs-changed", "The needs have changed: another service fits better"
    TRANSITION = "transition", "The child moves on, for example to another school"
    FAMILY_WISH = "family-wish", "The family wishes it"
    WORKLOAD = "workload", "Too much work to do it well"


class EnteredStatus(TextChoices):
    """Statutory standings that rules read (casework.md 5.3), entered by hand or linked."""

    SOCIAL_CARE_LEADS = "social-care-leads", "Social care has accepted to lead"
    CHILD_PROTECTION = "child-protection", "Child protection plan"
    LOOKED_AFTER = "looked-after", "Looked after"
    IN_NEED = "in-need", "Child in need"
    IN_NEED_ASSESSMENT = "in-need-assessment", "Child in need, being assessed"


class HoldKind(TextChoices):
    SPENDING = "spending", "Money is committed and not yet settled"
    HANDOVER = "handover", "A handover is not yet accepted"
    SAFEGUARDING = "safeguarding", "A safeguarding task is not finished"


class CommentMode(TextChoices):
    OWN_WORDS = "own-words", "In their own words"
    DRAWING = "drawing", "A drawing, described"
    INTERPRETER = "interpreter", "Through an interpreter"
    OBSERVED = "observed", "Observed (under four)"
    DECLINED = "declined", "Did not wish to say"
    NOT_OBTAINED = "not-obtained", "Not obtained"


class CopyGiven(TextChoices):
    """How a family got its copy of the assessment."""

    HANDED = "handed", "Handed over"
    POSTED = "posted", "Sent by post"
    EMAILED = "emailed", "Sent by secure e-mail"
    READ = "read", "Read out together"
    DECLINED = "declined", "They did not want one"


class MemberKind(TextChoices):
    CHILD = "child", "The child or young person"
    FAMILY = "family", "Parent, carer or family"
    PRACTITIONER = "practitioner", "Practitioner"


class MeetingKind(TextChoices):
    FIRST = "first", "First team around the child meeting"
    TEAM = "team", "Team around the child meeting"
    REVIEW = "review", "Review meeting"
    PROFESSIONALS = "professionals", "Meeting of professionals"
    EXTRAORDINARY = "extraordinary", "Extra meeting"


class Reply(TextChoices):
    NONE = "none", "No reply yet"
    COMING = "coming", "Coming"
    CANNOT = "cannot", "Cannot come"
    REPORT = "report", "Will send a report"


class Attendance(TextChoices):
    PRESENT = "present", "Present"
    APOLOGIES = "apologies", "Apologies"
    REPORT = "report", "Report sent"
    ABSENT = "absent", "No reply"


class MinutesState(TextChoices):
    DRAFT = "draft", "Draft"
    AGREED = "agreed", "Agreed"
    CIRCULATED = "circulated", "Circulated"


MINUTES_MOVES = {
    MinutesState.DRAFT: {MinutesState.AGREED},
    MinutesState.AGREED: {MinutesState.CIRCULATED},
    MinutesState.CIRCULATED: set(),
}


class Participation(TextChoices):
    """How the child took part in a meeting: the national codes."""

    PN0 = "PN0", "Under four"
    PN1 = "PN1", "Attended and spoke"
    PN2 = "PN2", "Attended, an advocate spoke"
    PN3 = "PN3", "Attended, gave views without words"
    PN4 = "PN4", "Attended, did not give views"
    PN5 = "PN5", "Did not attend, briefed somebody to speak"
    PN6 = "PN6", "Did not attend, sent views"
    PN7 = "PN7", "Did not attend or give views"


class LeadState(TextChoices):
    PROPOSED = "proposed", "Proposed"
    ACTIVE = "active", "Lead professional"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"
    ENDED = "ended", "Ended"


LEAD_MOVES = {
    LeadState.PROPOSED: {LeadState.ACTIVE, LeadState.DECLINED, LeadState.WITHDRAWN},
    LeadState.ACTIVE: {LeadState.ENDED},
    LeadState.DECLINED: set(),
    LeadState.WITHDRAWN: set(),
    LeadState.ENDED: set(),
}


class PlanState(TextChoices):
    DRAFT = "draft", "Draft"
    AGREED = "agreed", "Agreed"
    REPLACED = "replaced", "Replaced by a later version"


PLAN_MOVES = {
    PlanState.DRAFT: {PlanState.AGREED},
    PlanState.AGREED: {PlanState.REPLACED},
    PlanState.REPLACED: set(),
}


class ActionState(TextChoices):
    NOT_STARTED = "not-started", "Not started"
    IN_PROGRESS = "in-progress", "In progress"
    DONE = "done", "Done"
    PARTLY = "partly", "Partly done"
    NOT_ACHIEVED = "not-achieved", "Not achieved"
    NOT_NEEDED = "not-needed", "No longer needed"


ACTION_MOVES = {
    ActionState.NOT_STARTED: set(ActionState) - {ActionState.NOT_STARTED},
    ActionState.IN_PROGRESS: set(ActionState) - {ActionState.IN_PROGRESS},
    ActionState.PARTLY: set(ActionState) - {ActionState.PARTLY, ActionState.NOT_STARTED},
    ActionState.DONE: {ActionState.IN_PROGRESS},
    ActionState.NOT_ACHIEVED: {ActionState.IN_PROGRESS},
    ActionState.NOT_NEEDED: {ActionState.IN_PROGRESS},
}

FINISHED = (ActionState.DONE, ActionState.PARTLY, ActionState.NOT_ACHIEVED, ActionState.NOT_NEEDED)


class Priority(TextChoices):
    """What comes first where not everything can be done at once."""

    FIRST = "first", "Do first"
    SOON = "soon", "Do soon"
    LATER = "later", "Can wait"


class Acceptance(TextChoices):
    """CW-56: until its owner accepts, an action is not agreed."""

    WAITING = "waiting", "Not agreed yet"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"


class ReviewOutcome(TextChoices):
    CONTINUE = "continue", "Go on with the plan"
    AMEND_PLAN = "amend-plan", "Change the plan"
    CHANGE_LEAD = "change-lead", "Change the lead professional"
    REASSESS = "reassess", "Assess again"
    CLOSE = "close", "Close the episode"


class NeedLevel(TextChoices):
    NONE = "none", "No additional needs"
    ADDITIONAL = "additional", "Additional needs"
    COMPLEX = "complex", "Complex needs"
    RISK = "risk", "Risk of harm"
