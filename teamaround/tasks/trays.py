"""Who must do what by when. A task says what kind of thing and where to do it; the record it hangs on says the rest."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.people.models import Child
from teamaround.workforce.models import Practitioner, Team

from .models import Task
from .resting import is_quiet
from .terms import ABOUT_OUR_WORK


@action("task.put")
def put(
    *,
    kind: str,
    subject: UUID,
    link: str,
    due_on: date,
    by: Actor,
    child: Child | None = None,
    practitioner: Practitioner | None = None,
    team: Team | None = None,
) -> Task | None:
    """Set a task; where the same one is still open its day is moved, and nothing is set twice. None is set about a
    child who has died or whose record is archived (IX-63)."""
    if practitioner is None and team is None:
        raise TypeError("a task needs a practitioner or a team")
    if is_quiet(child, kind):
        return None
    same = waiting().filter(kind=kind, subject=subject, practitioner=practitioner, team=team).first()
    if same is not None:
        same.due_on = due_on
        same.save()
        return same
    return Task.objects.create(
        kind=kind,
        subject=subject,
        link=link,
        due_on=due_on,
        child=child,
        practitioner=practitioner,
        team=team,
        set_on=dates.today(),
    )


@action("task.finished")
def finish(*, subject: UUID, by: Actor, kind: str | None = None) -> int:
    """Mark the open tasks on a record as done, all or of one kind; how many there were."""
    tasks = waiting().filter(subject=subject)
    if kind is not None:
        tasks = tasks.filter(kind=kind)
    return tasks.update(done_at=dates.now())


@action("task.done")
def do(task: Task, *, by: Actor, late_reason: str = "") -> None:
    """Tick off one task."""
    if not waiting().filter(pk=task.pk).update(done_at=dates.now(), late_reason=late_reason):
        raise Refused("This task is already done")


@action("tasks.dropped")
def drop_all(*subjects: UUID, by: Actor) -> int:
    """Drop the open tasks on records that have come to their end; how many there were."""
    return waiting().filter(subject__in=subjects).update(dropped_at=dates.now())


@action("tasks.dropped-about")
def drop_about(child: Child, *, by: Actor) -> int:
    """Drop every open task about a child; how many there were."""
    return waiting().filter(child=child).exclude(kind__in=ABOUT_OUR_WORK).update(dropped_at=dates.now())


@action("tasks.passed-on")
def pass_on(*, subject: UUID, to: Practitioner, by: Actor, of: Practitioner | None = None) -> int:
    """Move the open tasks on a record, all or those of one practitioner, to another."""
    moved = 0
    found = waiting().filter(subject=subject).exclude(practitioner=to)
    for task in found.filter(practitioner=of) if of else found:
        same = waiting().filter(subject=subject, kind=task.kind, practitioner=to)
        if same.exists():
            task.dropped_at = dates.now()
        else:
            task.practitioner = to
        task.save()
        moved += 1
    return moved


def waiting() -> QuerySet[Task]:
    """Every task that is neither done nor dropped."""
    return Task.objects.filter(done_at__isnull=True, dropped_at__isnull=True)
