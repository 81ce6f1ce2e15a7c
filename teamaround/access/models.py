from django.db import models
from django.db.models import F, Q

from teamaround.audit.records import Record
from teamaround.people.models import Child
from teamaround.workforce.models import Practitioner


class Override(Record):
    """An emergency opening of one record for an hour, read only, reviewed by another person (security D7)."""

    ABOUT = "child"

    child = models.ForeignKey(Child, models.PROTECT, related_name="overrides")
    practitioner = models.ForeignKey(Practitioner, models.PROTECT, related_name="overrides")
    category = models.CharField(max_length=20)
    reason = models.TextField()
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    review_by = models.DateField()
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(Practitioner, models.PROTECT, null=True, related_name="overrides_reviewed")
    finding = models.CharField(
        max_length=15,
        blank=True,
        choices=[("justified", "Justified"), ("not-justified", "Not justified"), ("training", "Needs training")],
    )
    finding_note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("practitioner")),
                name="reviewed_by_another",
            )
        ]

    class Privacy:
        P3 = "child practitioner category opened_at until review_by reviewed_at reviewed_by finding"
        P4 = "reason finding_note"
