from django.db import models

from teamaround.audit.records import Record


class Place(Record):
    """A named piece of country with a code."""

    ABOUT = None
    ABOUT_NOBODY = "geography"

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=80)

    class Meta:
        abstract = True


class Authority(Place):
    """A children's services authority, such as Northmoor."""

    class Privacy:
        P0 = "code name"


class Area(Place):
    """A constituency area of an authority."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="areas")

    class Privacy:
        P0 = "code name authority"


class Locality(Place):
    """A locality: the patch that teams, centres and reports work by."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="localities")

    class Privacy:
        P0 = "code name area"


class Ward(Place):
    """An electoral ward inside a locality."""

    locality = models.ForeignKey(Locality, models.PROTECT, related_name="wards")

    class Privacy:
        P0 = "code name locality"


class Postcode(Record):
    """Which ward a postcode lies in, from a day to a day."""

    ABOUT = None
    ABOUT_NOBODY = "geography"

    postcode = models.CharField(max_length=8, db_index=True)
    ward = models.ForeignKey(Ward, models.PROTECT, related_name="postcodes")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["postcode", "valid_from"], name="one_ward_a_day")]

    class Privacy:
        P0 = "postcode ward valid_from valid_to"
