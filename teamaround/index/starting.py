"""Starting to work with a child by one's own word: with a reason, and to be followed up in 5 working days (IX-17)."""

from datetime import timedelta

from teamaround.audit import recording
from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.people.models import Child
from teamaround.reference import calendar, periods
from teamaround.tasks import notices, trays
from teamaround.workforce.models import Practitioner

from . import queries
from .models import Start
from .terms import StartOutcome


@action("start.declared")
def declare(child: Child, *, by: Actor) -> Start:
    """Declare that I start to work with a child that my search showed, for the reason the search was made for."""
    waiting = Start.objects.filter(child=child, practitioner=by.practitioner, outcome=StartOutcome.WAITING).first()
    if waiting is not None and waiting.follow_up_by >= dates.today():
        return waiting
    if waiting is not None:
        raise Refused("You said before that you start to work with this child. Say first what came of it")
    practitioner = Practitioner.objects.get(pk=by.practitioner)
    search = queries.searched_lately(practitioner, child)
    if search is None:
        raise Refused("Search for the child first, and say why")
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


def alert_unrecorded(*, by: Actor) -> int:
    """Tell the manager of everybody who declared a start a day ago and recorded nothing (IX-18); how many."""
    since = dates.now() - timedelta(hours=periods.amount("start_alert_hours"))
    late = Start.objects.filter(outcome=StartOutcome.WAITING, declared_at__lte=since).select_related(
        "practitioner__manager", "child"
    )
    told = 0
    for start in late:
        manager = start.practitioner.manager
        if manager is not None:
            notices.tell(practitioner=manager, kind="start-unrecorded", link="/my-team/", by=by)
            told += 1
    return told


def waiting_of(child: Child, practitioner: object) -> Start | None:
    """The practitioner's declared start that still waits for its follow-up."""
    return Start.objects.filter(child=child, practitioner=practitioner, outcome=StartOutcome.WAITING).first()
