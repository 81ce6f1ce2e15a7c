from django.db import models
from django.db.models import F, Q

from teamaround.audit.records import Record
from teamaround.places.models import Authority
from teamaround.workforce.models import Agency

from .terms import (
    STANDING_ADDRESS,
    AddressState,
    BornPrecision,
    ChildState,
    IdentifierKind,
    NameKind,
    Registered,
    Relationship,
    ResponsibilityBasis,
    Sex,
    UniversalKind,
)


class Sourced(Record):
    """A value with where it came from and when (provenance, domain/index.md 1.2)."""

    source = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True


class Child(Record):
    """A child or young person, born or not yet. Names, addresses and the rest hang on it."""

    ABOUT = ""

    index_number = models.CharField(max_length=12, unique=True)
    sex = models.CharField(max_length=1, choices=Sex)
    born = models.DateField(null=True, blank=True)
    born_precision = models.CharField(max_length=5, choices=BornPrecision, default=BornPrecision.DAY)
    expected = models.DateField(null=True, blank=True)
    died = models.DateField(null=True, blank=True)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="children")
    state = models.CharField(max_length=12, choices=ChildState, default=ChildState.ACTIVE)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged_from")
    first_language = models.CharField(max_length=60, blank=True)
    recorded_at = models.DateTimeField()
    source = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(born__isnull=True, expected__isnull=False) | Q(born__isnull=False, expected__isnull=True),
                name="born_or_expected",
            ),
            # An unborn child's sex is not known (casework.md 2.4).
            models.CheckConstraint(condition=Q(born__isnull=False) | Q(sex="U"), name="unborn_sex_unknown"),
        ]

    class Privacy:
        P0 = "authority"
        P1 = "index_number sex born born_precision expected state merged_into"
        P2 = "died first_language recorded_at source"


class Name(Sourced):
    """One name of a child: current, former, known as."""

    ABOUT = "child"

    child = models.ForeignKey(Child, models.PROTECT, related_name="names")
    kind = models.CharField(max_length=10, choices=NameKind, default=NameKind.CURRENT)
    given = models.CharField(max_length=100, blank=True)
    family = models.CharField(max_length=100)
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["child"], condition=Q(kind="current"), name="one_current_name")]

    class Privacy:
        P1 = "child kind given family from_on to_on"
        P2 = "source recorded_at"


class Address(Sourced):
    """Where a child lives or lived, or the statement that nobody knows."""

    ABOUT = "child"

    child = models.ForeignKey(Child, models.PROTECT, related_name="addresses")
    state = models.CharField(max_length=10, choices=AddressState)
    lines = models.CharField(max_length=240, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(state__in=STANDING_ADDRESS), name="one_standing_address"
            )
        ]

    class Privacy:
        P1 = "child"
        P2 = "state lines postcode from_on to_on source recorded_at"


class Identifier(Sourced):
    """A number that another body gave the child. Former values stay searchable (IX-7)."""

    ABOUT = "child"

    child = models.ForeignKey(Child, models.PROTECT, related_name="identifiers")
    kind = models.CharField(max_length=6, choices=IdentifierKind)
    value = models.CharField(max_length=30)
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["child", "kind"], condition=Q(active=True), name="one_active_identifier"),
            # IX-6: an active value belongs to one record only.
            models.UniqueConstraint(fields=["kind", "value"], condition=Q(active=True), name="identifier_claimed_once"),
        ]

    class Privacy:
        P1 = "child"
        P2 = "kind value active source recorded_at"


class Universal(Sourced):
    """A universal service: the school or nursery, the GP; or the statement of none or not known."""

    ABOUT = "child"

    child = models.ForeignKey(Child, models.PROTECT, related_name="universal_services")
    kind = models.CharField(max_length=10, choices=UniversalKind)
    registered = models.CharField(max_length=10, choices=Registered)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="universal_for")
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(registered="registered", agency__isnull=False)
                | (~Q(registered="registered") & Q(agency__isnull=True)),
                name="registered_somewhere",
            ),
            models.UniqueConstraint(
                fields=["child", "kind"], condition=Q(to_on__isnull=True), name="one_current_universal"
            ),
        ]

    class Privacy:
        P1 = "child"
        P2 = "kind registered agency from_on to_on source recorded_at"


class Adult(Sourced):
    """A parent, carer or other adult of the family."""

    ABOUT = "cares__child"

    given = models.CharField(max_length=100)
    family = models.CharField(max_length=100)
    born = models.DateField(null=True, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    address = models.CharField(max_length=240, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    first_language = models.CharField(max_length=60, blank=True)
    interpreter_needed = models.BooleanField(default=False)

    class Privacy:
        P1 = "given family"
        P2 = "born phone email address postcode first_language interpreter_needed source recorded_at"


class Care(Sourced):
    """What an adult is to a child: relationship, parental responsibility and on what, day-to-day care."""

    ABOUT = "child"

    child = models.ForeignKey(Child, models.PROTECT, related_name="cares")
    adult = models.ForeignKey(Adult, models.PROTECT, related_name="cares")
    relationship = models.CharField(max_length=20, choices=Relationship)
    has_responsibility = models.BooleanField(default=False)
    basis = models.CharField(max_length=20, choices=ResponsibilityBasis, blank=True)
    has_care = models.BooleanField(default=True)
    contact_restricted = models.BooleanField(default=False)
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child", "adult"], condition=Q(to_on__isnull=True), name="one_current_care"
            ),
            models.CheckConstraint(
                condition=Q(has_responsibility=False) | ~Q(basis=""), name="responsibility_on_a_basis"
            ),
        ]

    class Privacy:
        P1 = "child adult relationship has_responsibility"
        P2 = "basis has_care contact_restricted from_on to_on source recorded_at"


class Sibling(Sourced):
    """Two children known to be brothers or sisters, each pair once, the lesser id first."""

    ABOUT = "child"

    child = models.ForeignKey(Child, models.PROTECT, related_name="siblings")
    other = models.ForeignKey(Child, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["child", "other"], name="one_pair"),
            models.CheckConstraint(condition=Q(child__lt=F("other")), name="pair_in_order"),
        ]

    class Privacy:
        P2 = "child other source recorded_at"
