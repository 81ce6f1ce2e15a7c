from django.db import models
from django.db.models import Q

from teamaround.audit.records import Record
from teamaround.people.models import Child
from teamaround.workforce.models import Practitioner, Team


class Task(Record):
    """Somebody must do something by a day, about a record. Overdue is a matter of the calendar, never a lock."""

    ABOUT = "child"

    child = models.ForeignKey(Child, models.PROTECT, null=True, related_name="tasks")
    kind = models.SlugField(max_length=40)
    #: what it is about: the path of the page where it is done, such as "/episodes/<id>/consent/"
    link = models.CharField(max_length=200)
    #: the record it hangs on, so that finishing or closing that record can find it
    subject = models.UUIDField(db_index=True)
    practitioner = models.ForeignKey(Practitioner, models.PROTECT, null=True, related_name="tasks")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="tasks")
    set_on = models.DateField()
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    late_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(practitioner__isnull=False) | Q(team__isnull=False), name="task_has_an_owner"
            ),
            models.UniqueConstraint(
                fields=["subject", "kind", "practitioner"],
                condition=Q(done_at__isnull=True, dropped_at__isnull=True, practitioner__isnull=False),
                name="one_task_of_a_kind",
            ),
        ]
        indexes = [models.Index(fields=["practitioner", "due_on"], name="task_tray")]

    class Privacy:
        P1 = "child"
        P3 = "kind link subject practitioner team set_on due_on done_at dropped_at late_reason"


class Notice(Record):
    """Something a practitioner should know: a kind and a link, with no words of the case."""

    ABOUT = "child"

    child = models.ForeignKey(Child, models.PROTECT, null=True, related_name="notices")
    practitioner = models.ForeignKey(Practitioner, models.PROTECT, related_name="notices")
    kind = models.SlugField(max_length=40)
    link = models.CharField(max_length=200, blank=True)
    told_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Privacy:
        P1 = "child"
        P3 = "practitioner kind link told_at read_at"
