from django.db import models
from django.db.models import Q

from teamaround.audit.records import Record
from teamaround.people.models import Child


class PublishedForm(Record):
    """One published version of a form; never changed, pinned by the answers given under it."""

    ABOUT = None
    ABOUT_NOBODY = "a form has no answers in it"

    key = models.SlugField(max_length=60)
    version = models.CharField(max_length=20)
    title = models.CharField(max_length=160)
    definition = models.JSONField()
    checksum = models.CharField(max_length=64)
    effective_from = models.DateField()
    retired_on = models.DateField(null=True)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="one_form_a_version")]

    class Privacy:
        P0 = "key version title definition checksum effective_from retired_on published_at"


class AnswerSet(Record):
    """The answers given on one form about one child, pinned to the version they were given under."""

    ABOUT = "child"

    child = models.ForeignKey(Child, models.PROTECT, related_name="answer_sets")
    form = models.ForeignKey(PublishedForm, models.PROTECT, related_name="answer_sets")
    #: {section key: {field key: answer}}
    answers = models.JSONField(default=dict)
    #: {section key: version}, raised by one at each save, so that two writers notice each other
    section_versions = models.JSONField(default=dict)
    frozen_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    started_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(frozen_at__isnull=True) | ~Q(digest=""), name="frozen_with_digest")
        ]

    class Privacy:
        P3 = "child form section_versions frozen_at digest started_at"
        P4 = "answers"
