"""Starting to work with a child by one's own word: with a reason, and to be followed up in 5 working days (IX-17)."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef

from teamaround.audit import recording
from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.people.models import Child
from teamaround.reference import calendar, periods
from teamaround.tasks import notices, trays
from teamaround.tasks.models import Task
from teamaround.workforce.models import Practitioner

from . import queries
from .models import Search, Start
from .terms import StartOutcome


@action("start.declared")
def declare(child: Child, *, search: Search, by: Actor) -> Start:
    """Declare that I start to work with a child that my search showed, for the reason the search was made for."""
    waiting = waiting_of(child, by.practitioner)
    if waiting is not None and waiting.follow_up_by >= dates.today():
        return waiting
    if waiting is not None:
        raise Refused("You said before that you start to work with this child. Say first what came of it")
    check_shown(child, search, by=by)
    practitioner = Practitioner.objects.get(pk=by.practitioner)
    start = Start.objects.create(
        child=child,
        practitioner=practitioner,
        agency_id=practitioner.agency_id,
        reason=search.reason,
        reason_text=search.reason_text,
        declared_at=dates.now(),
        follow_up_by=calendar.working_days_after(dates.today(), periods.amount("start_follow_up_wd")),
    )
    trays.put(
        kind="follow-up-start",
        subject=start.pk,
        link=f"/children/starts/{start.pk}/",
        due_on=start.follow_up_by,
        child=child,
        practitioner=practitioner,
        by=by,
    )
    recording.tell(reason=str(search.reason))
    return start


def check_shown(child: Child, search: Search | None, *, by: Actor) -> None:
    """Refuse to open what the actor's own search did not show (IX-16)."""
    if search is None or search.practitioner_id != by.practitioner:
        raise Refused("Search for the child first, and say why")
    if not Search.objects.filter(pk=search.pk, found__contains=[child.pk]).exists():
        raise Refused("Your search did not show this child. Search again")


def open_found(child: Child, *, by: Actor) -> Start | None:
    """Open a record that my search just showed: nothing is declared where my agency works with the child (IX-17 a),
    else that I start to (IX-17 b)."""
    if queries.is_known_to(child, by.agency):
        return None
    search = queries.searched_lately(by.practitioner, child)
    if search is None:
        raise Refused("Search for the child first, and say why")
    return declare(child, search=search, by=by)


@action("start.followed-up")
def no_further_action(start: Start, *, by: Actor) -> None:
    """Say that nothing came of it; the record is closed to me again."""
    _close(start, StartOutcome.NO_ACTION, by=by)


@action("start.involved")
def involved(child: Child, *, practitioner: Practitioner, by: Actor) -> None:
    """An involvement was recorded: that answers the practitioner's declared start, if there is one."""
    for start in Start.objects.filter(child=child, practitioner=practitioner, outcome=StartOutcome.WAITING):
        _close(start, StartOutcome.INVOLVED, by=by)


def _close(start: Start, outcome: str, *, by: Actor) -> None:
    if not Start.objects.filter(pk=start.pk, outcome=StartOutcome.WAITING).update(
        outcome=outcome, followed_up_at=dates.now()
    ):
        raise Refused("This was already followed up")
    trays.finish(subject=start.pk, by=by)


@action("starts.alerted")
def alert_unrecorded(*, by: Actor) -> int:
    """Set each manager a task, once, for a start declared a day ago with nothing recorded (IX-18); how many."""
    since = dates.now() - timedelta(hours=periods.amount("start_alert_hours"))
    alerted = Task.objects.filter(kind="check-start", subject=OuterRef("pk"))
    late = Start.objects.filter(
        ~Exists(alerted),
        outcome=StartOutcome.WAITING,
        declared_at__lte=since,
        practitioner__manager__isnull=False,
    ).select_related("practitioner__manager", "child")
    for start in late:
        _ask_about(start, start.practitioner.manager, by=by)
    return len(late)


def _ask_about(start: Start, manager: Practitioner | None, *, by: Actor) -> None:
    if manager is None:
        return
    link = "/my-team/"
    trays.put(
        kind="check-start",
        subject=start.pk,
        link=link,
        due_on=start.follow_up_by,
        child=start.child,
        practitioner=manager,
        by=by,
    )
    notices.tell(practitioner=manager, kind="start-unrecorded", link=link, child=start.child, by=by)


def waiting_of(child: Child, practitioner: UUID | None) -> Start | None:
    """The practitioner's declared start that still waits for its follow-up."""
    return Start.objects.filter(child=child, practitioner=practitioner, outcome=StartOutcome.WAITING).first()
