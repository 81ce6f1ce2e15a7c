from django.contrib.postgres.fields import ArrayField
from django.db import models

from teamaround.audit.records import Record


class Dated(Record):
    """Reference data with validity dates: a change is a new row, so that old records keep their meaning."""

    ABOUT = None
    ABOUT_NOBODY = "reference data"

    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


class Word(Dated):
    """One term of the vocabulary, so that an area can say "Early Help Assessment" for common assessment."""

    key = models.SlugField(max_length=60)
    singular = models.CharField(max_length=80)
    plural = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "valid_from"], name="one_word_a_day")]

    class Privacy:
        P0 = "key singular plural valid_from valid_to"


class Period(Dated):
    """A period or threshold in force: "review_max" is 84 "days"."""

    key = models.SlugField(max_length=60)
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    unit = models.CharField(max_length=20)
    title = models.CharField(max_length=160)
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "valid_from"], name="one_period_a_day")]

    class Privacy:
        P0 = "key amount unit title source valid_from valid_to"


class Holiday(Record):
    """A bank holiday of England."""

    ABOUT = None
    ABOUT_NOBODY = "reference data"

    day = models.DateField(unique=True)
    name = models.CharField(max_length=60)

    class Privacy:
        P0 = "day name"


class Code(Dated):
    """One entry of a code list, such as "WBRI" of "ethnicity"."""

    list = models.SlugField(max_length=60)
    code = models.CharField(max_length=30)
    label = models.CharField(max_length=200)
    position = models.PositiveIntegerField(default=0)
    national = models.CharField(max_length=30, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "code", "valid_from"], name="one_code_a_day")]

    class Privacy:
        P0 = "list code label position national valid_from valid_to"


class Framework(Dated):
    """An outcome framework, such as the 5 by 5 of 2009, whose aims plans name."""

    key = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=160)

    class Privacy:
        P0 = "key title valid_from valid_to"


class Aim(Record):
    """One aim of an outcome framework: "EA2", attend and enjoy school."""

    ABOUT = None
    ABOUT_NOBODY = "reference data"

    framework = models.ForeignKey(Framework, models.PROTECT, related_name="aims")
    code = models.CharField(max_length=10)
    heading = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["framework", "code"], name="one_aim_a_code")]

    class Privacy:
        P0 = "framework code heading title position"


class Role(Record):
    """A role that an area hands out: which functions of the policy table its holders have."""

    ABOUT = None
    ABOUT_NOBODY = "what roles allow is about no child"

    code = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=80)
    description = models.CharField(max_length=300)
    functions = ArrayField(models.CharField(max_length=60), default=list)

    class Privacy:
        P0 = "code title description functions"
