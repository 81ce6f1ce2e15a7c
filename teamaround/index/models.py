from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from teamaround.audit.records import Record, Working
from teamaround.people.models import Child
from teamaround.workforce.models import Agency, Practitioner, Team

from .life_models import (
    ArchiveRead,
    Archiving,
    Death,
    Leaving,
    LegalHold,
    Prompt,
    Purge,
    Stay,
    Tombstone,
    Transfer,
)
from .terms import (
    Decision,
    ErrandKind,
    ErrandState,
    FeedSource,
    InvolvementState,
    LoadState,
    Reason,
    RowAnswer,
    StartOutcome,
    WorkKind,
)

__all__ = [
    "ArchiveRead",
    "Archiving",
    "Death",
    "Leaving",
    "LegalHold",
    "Prompt",
    "Purge",
    "Stay",
    "Tombstone",
    "Transfer",
]


class SearchKey(Working):
    """One way to find a child: derived from the record, made anew whenever it changes (index/keys.py)."""

    id = models.BigAutoField(primary_key=True)
    child = models.ForeignKey(Child, models.CASCADE, related_name="search_keys")
    kind = models.CharField(max_length=4)
    value = models.CharField(max_length=60)

    class Meta:
        indexes = [models.Index(fields=["kind", "value"], include=["child"], name="search_key")]


class Compared(Working):
    """What the scorer reads of a child, in one row: names, dates, postcodes, identifiers (a derived copy)."""

    id = models.BigAutoField(primary_key=True)
    child = models.OneToOneField(Child, models.CASCADE, related_name="compared")
    identity = models.JSONField()


class Search(Working):
    """A search that was made, so that its results can be shown again; its event is in the audit."""

    practitioner = models.ForeignKey(Practitioner, models.CASCADE, related_name="searches")
    criteria = models.JSONField()
    reason = models.CharField(max_length=15, choices=Reason)
    reason_text = models.CharField(max_length=300, blank=True)
    found = ArrayField(models.UUIDField(), default=list)
    #: strong hits were too many to show
    too_many = models.BooleanField(default=False)
    none_of_these = models.BooleanField(default=False)
    #: the practitioner who asked for it, where it was made for somebody else (IX-19)
    on_behalf_of = models.UUIDField(null=True)
    made_at = models.DateTimeField()


class Involvement(Record):
    """That an agency is working with a child: who, since when, how to reach them. No content."""

    ABOUT = "child"

    child = models.ForeignKey(Child, models.PROTECT, related_name="involvements")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="involvements")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="involvements")
    practitioner = models.ForeignKey(Practitioner, models.PROTECT, null=True, related_name="involvements")
    role = models.CharField(max_length=120)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    state = models.CharField(max_length=10, choices=InvolvementState, default=InvolvementState.CURRENT)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(practitioner__isnull=False) | Q(team__isnull=False), name="involved_somebody"
            ),
            models.CheckConstraint(condition=~Q(phone="", email=""), name="involved_reachable"),
            models.CheckConstraint(
                condition=Q(state="current", to_on__isnull=True) | ~Q(state="current"),
                name="current_has_no_end",
            ),
            models.UniqueConstraint(
                fields=["child", "practitioner"],
                condition=Q(state="current", practitioner__isnull=False),
                name="involved_once",
            ),
        ]

    class Privacy:
        P1 = "child agency"
        P2 = "team practitioner role phone email state from_on to_on source recorded_at"


class LeadMarker(Record):
    """That somebody leads for a child, from a day; a mark on an involvement (IX-37, IX-38)."""

    ABOUT = "child"

    child = models.ForeignKey(Child, models.PROTECT, related_name="lead_markers")
    involvement = models.ForeignKey(Involvement, models.PROTECT, null=True, related_name="lead_markers")
    #: a parent, carer or young person may lead; then a practitioner supports them (casework.md 5.2)
    family_member_leads = models.BooleanField(default=False)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["child"], condition=Q(to_on__isnull=True), name="one_current_lead_marker")
        ]

    class Privacy:
        P1 = "child"
        P2 = "involvement family_member_leads from_on to_on"


class AssessmentMarker(Record):
    """That a common assessment exists, since when and who can speak to it; never a word of it (IX-39)."""

    ABOUT = "child"

    child = models.ForeignKey(Child, models.PROTECT, related_name="assessment_markers")
    episode = models.UUIDField(unique=True)
    holder = models.ForeignKey(Practitioner, models.PROTECT, related_name="assessments_held")
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    retracted = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(to_on__isnull=True), name="one_open_assessment_marker"
            )
        ]

    class Privacy:
        P1 = "child"
        P2 = "episode holder from_on to_on retracted"


class Start(Record):
    """A practitioner's word that they start to work with a child; to be followed up in 5 working days (IX-17)."""

    ABOUT = "child"

    child = models.ForeignKey(Child, models.PROTECT, related_name="starts")
    practitioner = models.ForeignKey(Practitioner, models.PROTECT, related_name="starts")
    agency = models.ForeignKey(Agency, models.PROTECT)
    reason = models.CharField(max_length=15, choices=Reason)
    reason_text = models.CharField(max_length=300, blank=True)
    declared_at = models.DateTimeField()
    follow_up_by = models.DateField()
    outcome = models.CharField(max_length=10, choices=StartOutcome, default=StartOutcome.WAITING)
    followed_up_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child", "practitioner"], condition=Q(outcome="waiting"), name="one_waiting_start"
            )
        ]

    class Privacy:
        P1 = "child"
        P2 = "practitioner agency reason reason_text declared_at follow_up_by outcome followed_up_at"


class Feed(Record):
    """A partner's regular file: which source, whose, and where its sequence stands."""

    ABOUT = None
    ABOUT_NOBODY = "an arrangement with a partner"

    source = models.CharField(max_length=15, choices=FeedSource)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="feeds")
    last_sequence = models.PositiveIntegerField(default=0)
    live = models.BooleanField(default=False)
    paused_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "agency"], name="one_feed_a_source")]

    class Privacy:
        P0 = "source agency last_sequence live paused_because"


class Load(Record):
    """One file of a feed that was read, dry or for good, with its acknowledgement."""

    ABOUT = None
    ABOUT_NOBODY = "its rows are about children, and say so"

    feed = models.ForeignKey(Feed, models.PROTECT, related_name="loads")
    sequence = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    dry = models.BooleanField()
    state = models.CharField(max_length=10, choices=LoadState)
    answer = models.CharField(max_length=300, blank=True)
    rows = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    #: rows with a number of the child that can be right (IX-75)
    identified = models.PositiveIntegerField(default=0)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["feed", "sequence"],
                condition=Q(dry=False, state__in=["full", "partial", "none"]),
                name="one_load_a_sequence",
            )
        ]

    class Privacy:
        P0 = "feed sequence digest dry state answer rows rejected identified loaded_at"


class LoadedRow(Record):
    """The answer that one row of a file got."""

    ABOUT = "child"

    load = models.ForeignKey(Load, models.PROTECT, related_name="answers")
    number = models.PositiveIntegerField()
    answer = models.CharField(max_length=10, choices=RowAnswer)
    column = models.CharField(max_length=40, blank=True)
    why = models.CharField(max_length=300, blank=True)
    identified = models.BooleanField(default=False)
    child = models.ForeignKey(Child, models.PROTECT, null=True, related_name="loaded_rows")

    class Privacy:
        P1 = "load number answer column why identified child"


class Kept(Working):
    """What a row of a file changed, as it was before, so that the whole file can be taken back; kept for some days."""

    id = models.BigAutoField(primary_key=True)
    load = models.ForeignKey(Load, models.CASCADE, related_name="kept")
    child = models.ForeignKey(Child, models.CASCADE, related_name="kept")
    changes = models.JSONField()


class Errand(Working):
    """Something the job worker is asked to do with a partner's file."""

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="errands")
    kind = models.CharField(max_length=10, choices=ErrandKind)
    state = models.CharField(max_length=10, choices=ErrandState, default=ErrandState.WAITING)
    #: what came of it, or the load that is to be taken back
    load = models.ForeignKey(Load, models.CASCADE, null=True, related_name="errands")
    digest = models.CharField(max_length=64, blank=True)
    #: what the file is called in the drop folder, where it came from there
    name = models.CharField(max_length=200, blank=True)
    asked_by = models.ForeignKey(Practitioner, models.CASCADE, null=True, related_name="errands")
    asked_at = models.DateTimeField()
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    tries = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField()
    answer = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "not_before"], name="errand_due")]


class Sent(Working):
    """The file of an errand as it was sent, apart, so that who looks how far it is need not carry it."""

    errand = models.OneToOneField(Errand, models.CASCADE, related_name="sent")
    data = models.BinaryField()


class WorkItem(Record):
    """Something a data steward must decide."""

    ABOUT = "child"

    kind = models.CharField(max_length=20, choices=WorkKind)
    child = models.ForeignKey(Child, models.PROTECT, related_name="work_items")
    other = models.ForeignKey(Child, models.PROTECT, null=True, related_name="+")
    #: what was received and could not be placed: kept until somebody has decided
    received = models.JSONField(default=dict)
    #: of what was received, so that a question once answered is known again
    digest = models.CharField(max_length=64)
    because = models.JSONField(default=list)
    opened_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Practitioner, models.PROTECT, null=True, related_name="decisions")
    decision = models.CharField(max_length=60, choices=Decision, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "child", "digest"],
                condition=Q(decided_at__isnull=True),
                name="asked_once",
            )
        ]

    class Privacy:
        P1 = "kind child other"
        P2 = "received digest because opened_at decided_at decided_by decision"
