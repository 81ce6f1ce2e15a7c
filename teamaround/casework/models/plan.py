from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from teamaround.audit.records import Record
from teamaround.casework.terms import (
    Acceptance,
    ActionState,
    ClosureReason,
    NeedLevel,
    PlanState,
    Priority,
    ReviewOutcome,
)
from teamaround.workforce.models import Practitioner

from .episode import Episode
from .meeting import Meeting
from .team import Member


class Plan(Record):
    """One version of the delivery plan: needs, outcomes, actions; an agreed version is replaced, never edited away."""

    ABOUT = "episode__child"

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="plans")
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=PlanState, default=PlanState.DRAFT)
    written_on = models.DateField()
    author = models.ForeignKey(Practitioner, models.PROTECT, related_name="+")
    agreed_on = models.DateField(null=True)
    #: the meeting at which it was agreed: who was there, who sent apologies or a report
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="plans")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["episode", "version"], name="one_plan_a_version"),
            models.UniqueConstraint(fields=["episode"], condition=Q(state="agreed"), name="one_agreed_plan"),
        ]

    class Privacy:
        P3 = "episode version state written_on author agreed_on meeting"


class Need(Record):
    """A need the plan answers, tied to an element of the assessment by the key of its section, such as "housing"."""

    ABOUT = "plan__episode__child"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="needs")
    element = models.CharField(max_length=60, blank=True)
    text = models.TextField()
    position = models.PositiveSmallIntegerField(default=0)

    class Privacy:
        P3 = "plan element position"
        P4 = "text"


class Outcome(Record):
    """What will be different for the child, how anyone will know, and which aims it serves."""

    ABOUT = "need__plan__episode__child"

    need = models.ForeignKey(Need, models.PROTECT, related_name="outcomes")
    text = models.TextField()
    measure = models.TextField(blank=True)
    aims = ArrayField(models.UUIDField(), default=list)
    #: where things stand from 0 to 10 when agreed and now
    score_at_start = models.PositiveSmallIntegerField(null=True)
    score_now = models.PositiveSmallIntegerField(null=True)

    class Privacy:
        P3 = "need aims score_at_start score_now"
        P4 = "text measure"


class PlanAction(Record):
    """Who does what by when. Exactly one accountable owner, who has to accept (CW-56)."""

    ABOUT = "outcome__need__plan__episode__child"

    outcome = models.ForeignKey(Outcome, models.PROTECT, related_name="actions")
    text = models.TextField()
    owner = models.ForeignKey(Member, models.PROTECT, related_name="actions")
    by_when = models.DateField()
    priority = models.CharField(max_length=6, choices=Priority, blank=True)
    #: what it takes: money, a room, somebody's time
    resources = models.TextField(blank=True)
    acceptance = models.CharField(max_length=10, choices=Acceptance, default=Acceptance.WAITING)
    declined_because = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=ActionState, default=ActionState.NOT_STARTED)
    progress = models.TextField(blank=True)
    #: what shows that it is done
    evidence = models.TextField(blank=True)
    finished_on = models.DateField(null=True)
    #: the same action in the version of the plan before
    carried_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="carried_to")

    class Privacy:
        P3 = "outcome owner by_when priority acceptance state finished_on carried_from"
        P4 = "text resources declined_because progress evidence"


class Review(Record):
    """A review of the plan: exactly one of the next date or a closure (CW-12)."""

    ABOUT = "episode__child"

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="reviews")
    kind = models.CharField(
        max_length=14,
        choices=[("team", "Team around the child"), ("single-agency", "One agency"), ("extraordinary", "Extra review")],
    )
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="reviews")
    opened_on = models.DateField()
    held_on = models.DateField(null=True)
    notes = models.TextField(blank=True)
    new_needs = models.TextField(blank=True)
    next_steps = models.TextField(blank=True)
    level_now = models.CharField(max_length=10, choices=NeedLevel, blank=True)
    consent_rechecked = models.BooleanField(default=False)
    lead_confirmed = models.BooleanField(default=False)
    outcome = models.CharField(max_length=12, choices=ReviewOutcome, blank=True)
    next_review_on = models.DateField(null=True)
    closure_reason = models.CharField(max_length=20, choices=ClosureReason, blank=True)
    #: why a review was held after its day, where it was
    late_reason = models.CharField(max_length=200, blank=True)
    reviewed_by = models.ForeignKey(Practitioner, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(held_on__isnull=True)
                | Q(next_review_on__isnull=False, closure_reason="")
                | (Q(next_review_on__isnull=True) & ~Q(closure_reason="")),
                name="next_date_or_closure",
            ),
            models.UniqueConstraint(fields=["episode"], condition=Q(held_on__isnull=True), name="one_open_review"),
        ]

    class Privacy:
        P3 = (
            "episode kind meeting opened_on held_on level_now consent_rechecked lead_confirmed outcome"
            " next_review_on closure_reason late_reason reviewed_by"
        )
        P4 = "notes new_needs next_steps"
