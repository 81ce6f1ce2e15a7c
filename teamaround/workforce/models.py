from django.conf import settings
from django.db import models
from django.db.models import F, Q

from teamaround.audit.records import Record
from teamaround.places.models import Authority, Locality
from teamaround.reference.models import Role

from .terms import AgencyKind, Module, Sector


class Staff(Record):
    """About those who work with children, not about children."""

    ABOUT = None
    ABOUT_NOBODY = "workforce, not children"

    class Meta:
        abstract = True


class Agency(Staff):
    """A school, practice, service or voluntary body whose practitioners use the system."""

    name = models.CharField(max_length=120)
    code = models.CharField(max_length=20, unique=True)
    sector = models.CharField(max_length=30, choices=Sector)
    kind = models.CharField(max_length=30, choices=AgencyKind)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="agencies")
    locality = models.ForeignKey(Locality, models.PROTECT, null=True, related_name="agencies")
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    sensitive = models.BooleanField(default=False)
    agreement_until = models.DateField()

    class Privacy:
        P0 = "name code sector kind authority locality phone email postcode sensitive agreement_until"


class Team(Staff):
    """A team inside an agency, with a tray of its own."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="teams")
    name = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="one_team_a_name")]

    class Privacy:
        P0 = "agency name"


class Practitioner(Staff):
    """Someone who works with children, in one post at one agency."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="practitioner")
    name = models.CharField(max_length=120)
    job_title = models.CharField(max_length=120)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="practitioners")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="practitioners")
    manager = models.ForeignKey("self", models.PROTECT, null=True, related_name="manages")
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    full_time_equivalent = models.DecimalField(max_digits=3, decimal_places=2, default=1)
    starts_on = models.DateField()
    leaves_on = models.DateField(null=True, blank=True)
    cleared_on = models.DateField(null=True)
    agreed_terms_on = models.DateField(null=True)

    class Privacy:
        P0 = "name job_title agency team manager phone email"
        P2 = "account full_time_equivalent starts_on leaves_on cleared_on agreed_terms_on"


class RoleHeld(Staff):
    """A role that a practitioner holds from a day to a day."""

    practitioner = models.ForeignKey(Practitioner, models.PROTECT, related_name="roles_held")
    role = models.ForeignKey(Role, models.PROTECT, related_name="held")
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey(Practitioner, models.PROTECT, null=True, related_name="roles_given")

    class Meta:
        constraints = [
            # IX-13: nobody raises their own account.
            models.CheckConstraint(
                condition=Q(given_by__isnull=True) | ~Q(given_by=F("practitioner")), name="no_role_to_self"
            )
        ]

    class Privacy:
        P0 = "practitioner role from_on to_on given_by"


class Training(Staff):
    """A module of integrated-working training that a practitioner completed."""

    practitioner = models.ForeignKey(Practitioner, models.PROTECT, related_name="trainings")
    module = models.CharField(max_length=40, choices=Module)
    completed_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True)

    class Privacy:
        P0 = "practitioner module completed_on expires_on"
