from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Kind(models.TextChoices):
    CHANGE = "change", "Change"
    DISCLOSURE = "disclosure", "Disclosure"
    SEARCH = "search", "Search"
    REFUSAL = "refusal", "Refused"
    SIGN_IN = "sign-in", "Sign-in"


class Event(models.Model):
    """What somebody did or saw: ids and names of fields, never the data. Insert only, held by a trigger.

    There are no foreign keys on purpose: the record of what happened never stands in the way of
    the life of what it happened to, and outlives it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    at = models.DateTimeField(db_index=True)
    kind = models.CharField(max_length=12, choices=Kind)
    action = models.CharField(max_length=60)
    part_of = models.UUIDField(null=True)
    account = models.UUIDField(null=True)
    practitioner = models.UUIDField(null=True, db_index=True)
    agency = models.UUIDField(null=True)
    on_behalf_of = models.UUIDField(null=True)
    job = models.CharField(max_length=60, blank=True)
    request = models.UUIDField()
    about = ArrayField(models.UUIDField(), default=list)
    record = models.CharField(max_length=60, blank=True)
    record_id = models.UUIDField(null=True)
    changes = models.JSONField(default=list)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [
            GinIndex(fields=["about"], name="event_about"),
            models.Index(fields=["record_id"], name="event_record"),
        ]
