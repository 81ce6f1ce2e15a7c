from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from teamaround.audit.records import Record
from teamaround.casework.terms import LeadState, MemberKind
from teamaround.people.models import Adult
from teamaround.workforce.models import Practitioner

from .episode import Episode


class Member(Record):
    """One member of the team around the child; the child and the parents are members like any other."""

    ABOUT = "episode__child"

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="members")
    kind = models.CharField(max_length=12, choices=MemberKind)
    practitioner = models.ForeignKey(Practitioner, models.PROTECT, null=True, related_name="memberships")
    adult = models.ForeignKey(Adult, models.PROTECT, null=True, related_name="memberships")
    contribution = models.CharField(max_length=200, blank=True)
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="child", practitioner__isnull=True, adult__isnull=True)
                | Q(kind="family", practitioner__isnull=True, adult__isnull=False)
                | Q(kind="practitioner", practitioner__isnull=False, adult__isnull=True),
                name="member_is_one_person",
            ),
            models.UniqueConstraint(
                fields=["episode"], condition=Q(left_on__isnull=True, kind="child"), name="child_once_in_team"
            ),
            models.UniqueConstraint(
                fields=["episode", "practitioner"],
                condition=Q(left_on__isnull=True, practitioner__isnull=False),
                name="practitioner_once_in_team",
            ),
            models.UniqueConstraint(
                fields=["episode", "adult"],
                condition=Q(left_on__isnull=True, adult__isnull=False),
                name="adult_once_in_team",
            ),
        ]

    class Privacy:
        P3 = "episode kind practitioner adult contribution joined_on left_on"


class Lead(Record):
    """A proposal that a member leads, and what became of it; while active, the lead professional.

    `during` is the span of leading, open at the end while it lasts; two spans of one episode never
    overlap, held by the database (CW-46). `supported_by` is the practitioner beside a family member
    or the young person who leads (casework.md 5.2).
    """

    ABOUT = "episode__child"

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="leads")
    member = models.ForeignKey(Member, models.PROTECT, related_name="leads")
    supported_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="supports")
    deputy = models.ForeignKey(Member, models.PROTECT, null=True, related_name="deputises")
    state = models.CharField(max_length=10, choices=LeadState, default=LeadState.PROPOSED)
    #: how the members ranked when this was proposed: [{member, score, reasons}]
    ranking = models.JSONField(default=list)
    family_wish = models.TextField(blank=True)
    family_wish_member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)
    dissent = models.TextField(blank=True)
    manager_agrees = models.ForeignKey(Practitioner, models.PROTECT, null=True, related_name="+")
    proposed_by = models.ForeignKey(Practitioner, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    declined_because = models.TextField(blank=True)
    during = DateTimeRangeField(null=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_lead_at_a_time",
                expressions=[(F("episode"), RangeOperators.EQUAL), (F("during"), RangeOperators.OVERLAPS)],
                condition=Q(during__isnull=False),
            ),
            models.UniqueConstraint(fields=["episode"], condition=Q(state="active"), name="one_active_lead"),
            models.UniqueConstraint(fields=["episode"], condition=Q(state="proposed"), name="one_proposal_at_a_time"),
            models.CheckConstraint(
                condition=~Q(state__in=["active", "ended"]) | Q(during__isnull=False), name="leads_during"
            ),
        ]

    class Privacy:
        P3 = (
            "episode member supported_by deputy state ranking family_wish_member manager_agrees"
            " proposed_by proposed_at answered_at during"
        )
        P4 = "family_wish reason dissent declined_because"
