from django.db import models
from django.db.models import Q

from teamaround.audit.records import Record
from teamaround.casework.terms import CommentMode, CopyGiven, NeedLevel
from teamaround.forms.models import AnswerSet
from teamaround.people.models import Adult, Child
from teamaround.workforce.models import Practitioner

from .episode import Episode


class Checklist(Record):
    """A pre-assessment checklist: a practitioner's note, seen by its author and line manager only."""

    ABOUT = "child"

    child = models.ForeignKey(Child, models.PROTECT, related_name="checklists")
    author = models.ForeignKey(Practitioner, models.PROTECT, related_name="checklists")
    answers = models.OneToOneField(AnswerSet, models.PROTECT, related_name="checklist")
    started_on = models.DateField()
    finished_on = models.DateField(null=True)
    computed_outcome = models.CharField(max_length=30, blank=True)
    chosen_outcome = models.CharField(max_length=30, blank=True)
    outcome_reason = models.TextField(blank=True)
    #: the answer to the safeguarding interrupt, where P2 was not Yes
    safeguarding_answer = models.CharField(max_length=20, blank=True)
    safeguarding_note = models.TextField(blank=True)
    episode = models.ForeignKey(Episode, models.PROTECT, null=True, related_name="checklists")
    dispose_on = models.DateField(null=True)

    class Privacy:
        P3 = (
            "child author answers started_on finished_on computed_outcome chosen_outcome"
            " safeguarding_answer episode dispose_on"
        )
        P4 = "outcome_reason safeguarding_note"


class Assessment(Record):
    """One version of the common assessment of an episode; a signed version never changes (CW-8)."""

    ABOUT = "episode__child"

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="assessments")
    version = models.PositiveSmallIntegerField()
    answers = models.OneToOneField(AnswerSet, models.PROTECT, related_name="assessment")
    assessor = models.ForeignKey(Practitioner, models.PROTECT, related_name="assessments")
    started_on = models.DateField()
    new_version_reason = models.TextField(blank=True)
    level = models.CharField(max_length=10, choices=NeedLevel, blank=True)
    signed_on = models.DateField(null=True)
    signed_by = models.ForeignKey(Practitioner, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["episode", "version"], name="one_assessment_a_version"),
            models.UniqueConstraint(
                fields=["episode"], condition=Q(signed_on__isnull=True), name="one_assessment_under_way"
            ),
        ]

    class Privacy:
        P3 = "episode version answers assessor started_on level signed_on signed_by"
        P4 = "new_version_reason"


class FamilyCopy(Record):
    """The family's own copy of a signed version: ready from sign-off on, then given in some way (T5)."""

    ABOUT = "assessment__episode__child"

    assessment = models.OneToOneField(Assessment, models.PROTECT, related_name="copy")
    ready_on = models.DateField()
    given_on = models.DateField(null=True)
    how = models.CharField(max_length=10, choices=CopyGiven, blank=True)
    to_whom = models.CharField(max_length=120, blank=True)
    given_by = models.ForeignKey(Practitioner, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(given_on__isnull=True, how="") | (Q(given_on__isnull=False) & ~Q(how="")),
                name="copy_given_when_and_how",
            )
        ]

    class Privacy:
        P3 = "assessment ready_on given_on how given_by"
        P4 = "to_whom"


class Comment(Record):
    """What the child or a parent says, in their way; or why it was not obtained (CW-9)."""

    ABOUT = "episode__child"

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="comments")
    #: the assessment or the review it belongs to: exactly one
    assessment = models.ForeignKey(Assessment, models.PROTECT, null=True, related_name="comments")
    review = models.ForeignKey("casework.Review", models.PROTECT, null=True, related_name="comments")
    who = models.CharField(max_length=6, choices=[("child", "Child"), ("parent", "Parent or carer")])
    adult = models.ForeignKey(Adult, models.PROTECT, null=True, related_name="comments")
    mode = models.CharField(max_length=12, choices=CommentMode)
    text = models.TextField(blank=True)
    reason_not_obtained = models.TextField(blank=True)
    language = models.CharField(max_length=60, blank=True)
    interpreter = models.CharField(max_length=120, blank=True)
    typed_by = models.ForeignKey(Practitioner, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(assessment__isnull=True, review__isnull=False)
                | Q(assessment__isnull=False, review__isnull=True),
                name="comment_on_one_thing",
            ),
            models.CheckConstraint(condition=~Q(text="") | ~Q(reason_not_obtained=""), name="comment_or_reason"),
        ]

    class Privacy:
        P3 = "episode assessment review who adult mode language interpreter typed_by recorded_at"
        P4 = "text reason_not_obtained"
