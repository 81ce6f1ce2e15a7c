from django.db import models

from teamaround.audit.records import Record
from teamaround.casework.terms import Attendance, MeetingKind, MinutesState, Participation, Reply
from teamaround.workforce.models import Practitioner

from .episode import Episode
from .team import Member


class Meeting(Record):
    """A meeting of the team around the child, from invitation to circulated minutes."""

    ABOUT = "episode__child"

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=14, choices=MeetingKind)
    planned_at = models.DateTimeField()
    place = models.CharField(max_length=160)
    #: how to join from elsewhere: a link, or a number to ring
    online = models.CharField(max_length=300, blank=True)
    agenda = models.TextField(blank=True)
    convened_by = models.ForeignKey(Practitioner, models.PROTECT, related_name="+")
    held_on = models.DateField(null=True)
    cancelled_because = models.CharField(max_length=300, blank=True)
    chair = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    note_taker = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    #: who came beside the members: for the family, for the child, between languages
    supporters = models.CharField(max_length=300, blank=True)
    advocate = models.CharField(max_length=120, blank=True)
    interpreter = models.CharField(max_length=120, blank=True)
    participation = models.CharField(max_length=3, choices=Participation, blank=True)
    consent_reminder_given = models.BooleanField(default=False)
    minutes_state = models.CharField(max_length=10, choices=MinutesState, default=MinutesState.DRAFT)
    minutes_agreed_at = models.DateTimeField(null=True)
    circulated_at = models.DateTimeField(null=True)
    next_on = models.DateField(null=True)
    next_note_taker = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    class Privacy:
        P3 = (
            "episode kind planned_at place convened_by held_on chair note_taker participation"
            " consent_reminder_given minutes_state minutes_agreed_at circulated_at next_on next_note_taker"
        )
        P4 = "online agenda supporters advocate interpreter cancelled_because"


class Invited(Record):
    """A member invited to a meeting: the reply, the attendance, a report if sent, the minutes if received."""

    ABOUT = "meeting__episode__child"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="invited")
    member = models.ForeignKey(Member, models.PROTECT, related_name="invitations")
    reply = models.CharField(max_length=8, choices=Reply, default=Reply.NONE)
    attendance = models.CharField(max_length=10, choices=Attendance, blank=True)
    report = models.TextField(blank=True)
    minutes_sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="invited_once")]

    class Privacy:
        P3 = "meeting member reply attendance minutes_sent_at"
        P4 = "report"


class Minute(Record):
    """One point of the minutes: a note, a decision, or a view that differed."""

    ABOUT = "meeting__episode__child"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="minutes")
    kind = models.CharField(
        max_length=10, choices=[("note", "Note"), ("decision", "Decision"), ("dissent", "A different view")]
    )
    text = models.TextField()
    position = models.PositiveSmallIntegerField()

    class Privacy:
        P3 = "meeting kind position"
        P4 = "text"
