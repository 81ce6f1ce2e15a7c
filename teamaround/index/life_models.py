"""What is stored of a record's life: staying past 18, the archive and who read it, death, leaving, transfer, purge."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from teamaround.audit.records import Record
from teamaround.people.models import Child
from teamaround.places.models import Authority
from teamaround.workforce.models import Practitioner

from .terms import ArchiveGround, Returns, StayAnswer, StayBasis, TransferState, WhyArchived


class Stay(Record):
    """What a young person answered when asked whether their record stays past 18, and until which day it does."""

    ABOUT = "child"

    child = models.ForeignKey(Child, models.PROTECT, related_name="stays")
    answer = models.CharField(max_length=15, choices=StayAnswer)
    basis = models.CharField(max_length=20, choices=StayBasis, blank=True)
    answered_on = models.DateField()
    until = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(Practitioner, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(answer="yes", withdrawn_on__isnull=True), name="one_consent_to_stay"
            ),
            # IX-60: nobody stays without a basis and a last day.
            models.CheckConstraint(
                condition=~Q(answer="yes") | (~Q(basis="") & Q(until__isnull=False)), name="stays_on_a_basis"
            ),
        ]

    class Privacy:
        P2 = "child answer answered_on until withdrawn_on recorded_by recorded_at"
        P4 = "basis"


class Archiving(Record):
    """That a record is in the archive, since when and why; and, if it came out again, when."""

    ABOUT = "child"

    child = models.ForeignKey(Child, models.PROTECT, related_name="archivings")
    because = models.CharField(max_length=15, choices=WhyArchived)
    archived_on = models.DateField()
    purge_on = models.DateField()
    brought_back_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(brought_back_on__isnull=True), name="in_the_archive_once"
            )
        ]

    class Privacy:
        P1 = "child"
        P2 = "because archived_on purge_on brought_back_on"


class ArchiveRead(Record):
    """Somebody asks to read an archived record, on what ground; after a year a second person agrees (IX-61)."""

    ABOUT = "child"

    child = models.ForeignKey(Child, models.PROTECT, related_name="archive_reads")
    ground = models.CharField(max_length=20, choices=ArchiveGround)
    reason = models.CharField(max_length=240)
    asked_by = models.ForeignKey(Practitioner, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    needs_second = models.BooleanField()
    agreed_by = models.ForeignKey(Practitioner, models.PROTECT, null=True, related_name="+")
    #: nobody may read before this is set
    open_until = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True) | ~Q(agreed_by=F("asked_by")), name="archive_read_by_two"
            ),
            models.CheckConstraint(
                condition=Q(open_until__isnull=True) | Q(needs_second=False) | Q(agreed_by__isnull=False),
                name="archive_opened_by_two",
            ),
        ]

    class Privacy:
        P2 = "child ground reason asked_by asked_at needs_second agreed_by open_until refused_at"


class Death(Record):
    """That a child has died: when, who said so, who recorded it (IX-63)."""

    ABOUT = "child"

    child = models.OneToOneField(Child, models.PROTECT, related_name="death")
    source = models.CharField(max_length=200)
    recorded_by = models.ForeignKey(Practitioner, models.PROTECT, null=True, related_name="+")
    recorded_on = models.DateField()

    class Privacy:
        P1 = "child"
        P2 = "source recorded_by recorded_on"


class Leaving(Record):
    """That a child left the area, and whether they mean to come back (IX-64)."""

    ABOUT = "child"

    child = models.ForeignKey(Child, models.PROTECT, related_name="leavings")
    left_on = models.DateField()
    returns = models.CharField(max_length=10, choices=Returns)
    back_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["child"], condition=Q(back_on__isnull=True), name="left_once_at_a_time")
        ]

    class Privacy:
        P1 = "child"
        P2 = "left_on returns back_on"


class Transfer(Record):
    """One authority asks another to let it be, or to become, the one responsible for a child (IX-65)."""

    ABOUT = "child"

    child = models.ForeignKey(Child, models.PROTECT, related_name="transfers")
    to = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    #: the authority that did not ask
    answers = models.ForeignKey(Authority, models.PROTECT, related_name="transfers_to_answer")
    reason = models.CharField(max_length=240)
    asked_by = models.ForeignKey(Practitioner, models.PROTECT, related_name="+")
    asked_on = models.DateField()
    answer_by = models.DateField()
    state = models.CharField(max_length=10, choices=TransferState, default=TransferState.WAITING)
    answered_by = models.ForeignKey(Practitioner, models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField(null=True)
    answer = models.CharField(max_length=300, blank=True)
    escalated_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["child"], condition=Q(state="waiting"), name="one_waiting_transfer")
        ]

    class Privacy:
        P1 = "child to answers"
        P2 = "reason asked_by asked_on answer_by state answered_by answered_on answer escalated_on"


class LegalHold(Record):
    """A reason in law to keep a record that would otherwise be purged (IX-62)."""

    ABOUT = "child"

    child = models.ForeignKey(Child, models.PROTECT, related_name="legal_holds")
    reason = models.CharField(max_length=240)
    placed_by = models.ForeignKey(Practitioner, models.PROTECT, related_name="+")
    placed_on = models.DateField()
    lifted_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["child"], condition=Q(lifted_on__isnull=True), name="one_legal_hold")
        ]

    class Privacy:
        P2 = "child reason placed_by placed_on lifted_on"


class Purge(Record):
    """A list of records to be purged, proposed by one person and done by another (IX-62)."""

    ABOUT = None
    ABOUT_NOBODY = "the records it names are gone once it is done"

    children = ArrayField(models.UUIDField())
    proposed_by = models.ForeignKey(Practitioner, models.PROTECT, related_name="+")
    proposed_on = models.DateField()
    done_by = models.ForeignKey(Practitioner, models.PROTECT, null=True, related_name="+")
    done_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(done_by__isnull=True) | ~Q(done_by=F("proposed_by")), name="purged_by_two"
            )
        ]

    class Privacy:
        P1 = "children"
        P0 = "proposed_by proposed_on done_by done_on"


class Tombstone(Record):
    """All that is left of a purged record: a keyed digest of its index number, and the day (IX-62)."""

    ABOUT = None
    ABOUT_NOBODY = "nothing in it leads back to anybody"

    purge = models.ForeignKey(Purge, models.PROTECT, related_name="tombstones")
    digest = models.CharField(max_length=64, unique=True)
    purged_on = models.DateField()

    class Privacy:
        P0 = "purge digest purged_on"


class Prompt(Record):
    """A practitioner is asked whether an involvement still stands (IX-35)."""

    ABOUT = "involvement__child"

    involvement = models.ForeignKey("index.Involvement", models.PROTECT, related_name="prompts")
    asked_on = models.DateField()
    answer_by = models.DateField()
    answered_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["involvement", "asked_on"], name="asked_once_a_day"),
        ]

    class Privacy:
        P1 = "involvement"
        P2 = "asked_on answer_by answered_on"
