from django.db import models
from django.db.models import Q

from teamaround.audit.records import Record
from teamaround.casework.terms import OPEN, ClosureReason, EnteredStatus, EpisodeState, HoldKind, NeedLevel
from teamaround.people.models import Child
from teamaround.places.models import Authority
from teamaround.sharing.models import Consent
from teamaround.workforce.models import Agency, Practitioner


class Episode(Record):
    """One journey of a child through the process, from first concern to closure."""

    ABOUT = "child"

    child = models.ForeignKey(Child, models.PROTECT, related_name="episodes")
    state = models.CharField(max_length=12, choices=EpisodeState, default=EpisodeState.INITIATED)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="episodes")
    #: who started it, and who is responsible for it now; the lead professional is another role
    initiator = models.ForeignKey(Practitioner, models.PROTECT, related_name="episodes_started")
    coordinator = models.ForeignKey(Practitioner, models.PROTECT, related_name="episodes_coordinated")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="episodes")
    reason = models.TextField()
    over_age_reason = models.TextField(blank=True)
    #: the search that was made before it was started (CW-1)
    search = models.UUIDField()
    started_on = models.DateField()
    assessment_due_on = models.DateField(null=True)
    next_review_on = models.DateField(null=True)
    single_agency = models.BooleanField(default=False)
    store_consent = models.ForeignKey(Consent, models.PROTECT, null=True, related_name="stores")
    share_consent = models.ForeignKey(Consent, models.PROTECT, null=True, related_name="shares")
    family_told_of_index = models.BooleanField(default=False)
    closed_on = models.DateField(null=True)
    #: the day its record may be disposed of: the clock starts when it is closed (CW-81)
    keep_until = models.DateField(null=True)
    closure_reason = models.CharField(max_length=20, choices=ClosureReason, blank=True)
    previous = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")

    class Meta:
        constraints = [
            # CW-2: never two open episodes for one child, whoever races.
            models.UniqueConstraint(fields=["child"], condition=Q(state__in=OPEN), name="one_open_episode"),
            models.CheckConstraint(
                condition=Q(state="closed", closed_on__isnull=False) & ~Q(closure_reason="")
                | ~Q(state="closed") & Q(closed_on__isnull=True, closure_reason=""),
                name="closed_when_and_why",
            ),
        ]

    class Privacy:
        P1 = "child"
        P2 = "state authority initiator coordinator agency started_on closed_on"
        P3 = (
            "search assessment_due_on next_review_on single_agency store_consent share_consent"
            " family_told_of_index keep_until closure_reason previous"
        )
        P4 = "reason over_age_reason"


class Closure(Record):
    """How an episode ended: what changed, what was not met, what the family thinks, who goes on."""

    ABOUT = "episode__child"

    episode = models.OneToOneField(Episode, models.PROTECT, related_name="closure")
    reason = models.CharField(max_length=20, choices=ClosureReason)
    summary = models.TextField(blank=True)
    level_at_start = models.CharField(max_length=10, choices=NeedLevel, blank=True)
    level_at_end = models.CharField(max_length=10, choices=NeedLevel, blank=True)
    unmet_needs = models.TextField(blank=True)
    goes_on = models.TextField(blank=True)
    #: whom the family can turn to from now on, by name, with how to reach them
    named_contact = models.CharField(max_length=200, blank=True)
    #: when to come back and to whom, as agreed with the family
    reopen_advice = models.TextField(blank=True)
    #: who was told that it ends, beside the family and the team
    informed = models.TextField(blank=True)
    #: the lead professional of the end; that they agree, or why they have not said so
    lead = models.ForeignKey("casework.Lead", models.PROTECT, null=True, related_name="+")
    lead_agrees = models.BooleanField(default=False)
    lead_silent_because = models.CharField(max_length=300, blank=True)
    child_view = models.TextField(blank=True)
    parent_view = models.TextField(blank=True)
    family_told_on = models.DateField(null=True)
    safeguarding_considered = models.TextField(blank=True)
    closed_by = models.ForeignKey(Practitioner, models.PROTECT, related_name="+")
    countersigned_by = models.ForeignKey(Practitioner, models.PROTECT, null=True, related_name="+")
    #: why the line manager did not countersign; the episode goes on until it is closed anew
    declined_because = models.TextField(blank=True)

    class Privacy:
        P3 = "episode reason level_at_start level_at_end lead lead_agrees family_told_on closed_by countersigned_by"
        P4 = (
            "declined_because summary unmet_needs goes_on named_contact reopen_advice informed lead_silent_because"
            " child_view parent_view safeguarding_considered"
        )


class ContactAttempt(Record):
    """One try to reach a family that does not answer (CW-18)."""

    ABOUT = "episode__child"

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="contact_attempts")
    on = models.DateField()
    method = models.CharField(
        max_length=10,
        choices=[("phone", "Phone"), ("letter", "Letter"), ("visit", "Visit"), ("email", "E-mail"), ("text", "Text")],
    )
    note = models.TextField(blank=True)
    made_by = models.ForeignKey(Practitioner, models.PROTECT, related_name="+")

    class Privacy:
        P3 = "episode on method made_by"
        P4 = "note"


class Hold(Record):
    """What keeps an episode open: written downward by panels and statutory work, read by the guards."""

    ABOUT = "episode__child"

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="holds")
    kind = models.CharField(max_length=12, choices=HoldKind)
    reason = models.CharField(max_length=200)
    placed_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    class Privacy:
        P3 = "episode kind reason placed_at lifted_at"


class StatutoryStatus(Record):
    """A standing under statute from a day to a day, entered by hand or linked from social care's system."""

    ABOUT = "child"

    child = models.ForeignKey(Child, models.PROTECT, related_name="statutory_statuses")
    status = models.CharField(max_length=20, choices=EnteredStatus)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    reference = models.CharField(max_length=60, blank=True)
    entered_by = models.ForeignKey(Practitioner, models.PROTECT, null=True, related_name="+")

    class Privacy:
        P4 = "child status from_on to_on reference entered_by"
