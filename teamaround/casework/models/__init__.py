"""What casework stores, by the part of the work it belongs to."""

from .assessment import Assessment, Checklist, Comment, FamilyCopy
from .episode import Closure, ContactAttempt, Episode, Hold, StatutoryStatus
from .meeting import Invited, Meeting, Minute
from .plan import Need, Outcome, Plan, PlanAction, Review
from .team import Lead, Member

__all__ = [
    "Assessment",
    "Checklist",
    "Closure",
    "Comment",
    "ContactAttempt",
    "Episode",
    "FamilyCopy",
    "Hold",
    "Invited",
    "Lead",
    "Meeting",
    "Member",
    "Minute",
    "Need",
    "Outcome",
    "Plan",
    "PlanAction",
    "Review",
    "StatutoryStatus",
]
