from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from teamaround.audit.records import Record
from teamaround.people.models import Adult, Child
from teamaround.workforce.models import Agency, Practitioner

from .terms import Capacity, ConsentForm, ConsentKind, ConsentState, GrantLevel


class PrivacyNotice(Record):
    """One version of what families are told about their information."""

    ABOUT = None
    ABOUT_NOBODY = "a published text"

    version = models.PositiveIntegerField(unique=True)
    title = models.CharField(max_length=160)
    text = models.TextField()
    published_on = models.DateField()

    class Privacy:
        P0 = "version title text published_on"


class Consent(Record):
    """What a child or parent agreed to or refused: what, with whom, until when, and how they were asked.

    Agreement to hold (STORE) and to share (SHARE) are two records, so that either can be given without the other.
    """

    ABOUT = "child"

    child = models.ForeignKey(Child, models.PROTECT, related_name="consents")
    kind = models.CharField(max_length=6, choices=ConsentKind)
    state = models.CharField(max_length=12, choices=ConsentState)
    form = models.CharField(max_length=8, choices=ConsentForm, blank=True)
    capacity = models.CharField(max_length=16, choices=Capacity)
    given_by = models.ForeignKey(Adult, models.PROTECT, null=True, related_name="consents")
    #: the six answers of a competence record, with note, where a child decides alone (casework.md 6.2)
    competence = models.JSONField(null=True)
    given_on = models.DateField()
    place = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=60, blank=True)
    interpreter = models.CharField(max_length=120, blank=True)
    witness = models.CharField(max_length=120, blank=True)
    #: which points of the informed checklist were explained: codes of terms.INFORMED
    informed = ArrayField(models.CharField(max_length=30), default=list)
    notice = models.ForeignKey(PrivacyNotice, models.PROTECT, null=True)
    sections_left_out = ArrayField(models.CharField(max_length=60), default=list)
    reason = models.TextField(blank=True)
    expires_on = models.DateField(null=True)
    taken_by = models.ForeignKey(Practitioner, models.PROTECT, related_name="consents_taken")
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_reason = models.TextField(blank=True)
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, related_name="superseded_by")
    excluded_others = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(capacity__in=["parent"]) | Q(given_by__isnull=False), name="parent_is_named"
            ),
            models.CheckConstraint(
                condition=~Q(state="given") | (Q(expires_on__isnull=False) & ~Q(form="")),
                name="given_how_and_until",
            ),
        ]

    class Privacy:
        P3 = (
            "child kind state form capacity given_by competence given_on place language interpreter witness"
            " informed notice sections_left_out expires_on taken_by recorded_at ended_at supersedes"
        )
        P4 = "reason ended_reason excluded_others"


class Recipient(Record):
    """An agency that a consent names: one it may be shared with, or one that is left out."""

    ABOUT = "consent__child"

    consent = models.ForeignKey(Consent, models.PROTECT, related_name="recipients")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="named_in_consents")
    allowed = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consent", "agency"], name="agency_named_once")]

    class Privacy:
        P3 = "consent agency allowed"


class Grant(Record):
    """Access to one episode for one practitioner, on a ground; it lives only while its ground lives."""

    ABOUT = "child"

    child = models.ForeignKey(Child, models.PROTECT, related_name="grants")
    #: the episode it opens; kept as an id because episodes lie on a floor above
    episode = models.UUIDField(db_index=True)
    practitioner = models.ForeignKey(Practitioner, models.PROTECT, related_name="grants")
    level = models.CharField(max_length=10, choices=GrantLevel)
    sections = ArrayField(models.CharField(max_length=60), default=list)
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="grants")
    granted_by = models.ForeignKey(Practitioner, models.PROTECT, related_name="grants_given")
    granted_at = models.DateTimeField()
    expires_on = models.DateField()
    ended_at = models.DateTimeField(null=True)
    ended_reason = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "practitioner"], condition=Q(ended_at__isnull=True), name="one_live_grant"
            )
        ]

    class Privacy:
        P3 = "child episode practitioner level sections consent granted_by granted_at expires_on ended_at ended_reason"
