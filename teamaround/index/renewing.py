"""An involvement lapses unless it is affirmed, and is never left behind by somebody who has gone (IX-35, IX-36)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from teamaround.audit import recording
from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.people.terms import AT_REST
from teamaround.reference import calendar, periods
from teamaround.tasks import trays
from teamaround.tasks.models import Task
from teamaround.workforce.models import Practitioner

from . import involvement as involvements
from .models import Involvement, LeadMarker, Prompt
from .terms import InvolvementState

CONFIRM, PLACE = "confirm-involvement", "place-involvements"


# Asking whether it still stands.


def ask_due(today: date, *, by: Actor) -> int:
    """Ask every practitioner whose involvement began or was last affirmed or asked about half a year ago; how many."""
    before = dates.months_after(today, -periods.amount("involvement_confirm_months"))
    found = (
        _current()
        .filter(from_on__lte=before, practitioner__isnull=False)
        .exclude(pk__in=Prompt.objects.filter(Q(asked_on__gt=before) | Q(answered_on__gt=before)).values("involvement"))
        .exclude(pk__in=left_behind(today).values("pk"))
    )
    due = list(found.select_related("practitioner", "child"))
    for one in due:
        _ask(one, today, by=by)
    return len(due)


@action("involvement.asked-about")
def _ask(one: Involvement, today: date, *, by: Actor) -> None:
    answer_by = today + timedelta(days=periods.amount("involvement_answer_days"))
    Prompt.objects.create(involvement=one, asked_on=today, answer_by=answer_by)
    trays.put(
        kind=CONFIRM,
        subject=one.pk,
        link=f"/children/involvements/{one.pk}/confirm/",
        due_on=answer_by,
        child=one.child,
        practitioner=one.practitioner,
        by=by,
    )


@action("involvement.affirmed")
def affirm(one: Involvement, *, by: Actor) -> None:
    """Say that I still work with the child; it counts from today."""
    if one.practitioner_id != by.practitioner or one.state != InvolvementState.CURRENT:
        raise Refused("Only whoever is recorded as working with the child can say that they still do")
    today = dates.today()
    if not Prompt.objects.filter(involvement=one, answered_on=None).update(answered_on=today):
        Prompt.objects.update_or_create(
            involvement=one, asked_on=today, defaults={"answer_by": today, "answered_on": today}
        )
    trays.finish(subject=one.pk, kind=CONFIRM, by=by)


@action("involvement.not-affirmed")
def no_longer(one: Involvement, *, on: date, by: Actor) -> None:
    """Say that I no longer work with the child, and since when."""
    involvements.end(one, on=on, by=by)
    Prompt.objects.filter(involvement=one, answered_on=None).update(answered_on=dates.today())
    trays.finish(subject=one.pk, kind=CONFIRM, by=by)


def _current() -> QuerySet[Involvement]:
    return Involvement.objects.filter(state=InvolvementState.CURRENT).exclude(child__state__in=AT_REST)


# What somebody leaves behind.


def left_behind(today: date) -> QuerySet[Involvement]:
    """The open involvements of those whose post has ended or whose account is closed."""
    gone = Q(practitioner__leaves_on__lt=today) | Q(practitioner__account__is_active=False)
    return Involvement.objects.filter(gone, state=InvolvementState.CURRENT)


def place_due(today: date, *, by: Actor) -> int:
    """Ask the line manager to pass on or end what somebody has left behind; what nobody has placed in time, or nobody
    could, ends by itself (IX-36). How many ended."""
    by_practitioner = defaultdict(list)
    for one in left_behind(today).select_related("practitioner__manager", "child"):
        by_practitioner[one.practitioner].append(one)
    ended = 0
    for who, found in by_practitioner.items():
        if _can_wait(who, today, by=by):
            continue
        for one in found:
            _end_left_behind(one, today, by=by)
        trays.finish(subject=who.pk, kind=PLACE, by=by)
        ended += len(found)
    return ended


def _can_wait(who: Practitioner, today: date, *, by: Actor) -> bool:
    """Whether a manager is asked and still has time."""
    manager = who.manager
    if manager is None or (manager.leaves_on is not None and manager.leaves_on < today):
        return False
    asked = Task.objects.filter(subject=who.pk, kind=PLACE, practitioner=manager).order_by("-set_on").first()
    if asked is None:
        due = calendar.working_days_after(today, periods.amount("involvement_place_wd"))
        trays.put(kind=PLACE, subject=who.pk, link="/my-team/", due_on=due, practitioner=manager, by=by)
        return True
    return asked.due_on >= today


@action("involvement.left-behind-ended")
def _end_left_behind(one: Involvement, on: date, *, by: Actor) -> None:
    LeadMarker.objects.filter(involvement=one, to_on=None).update(to_on=on)
    involvements.end(one, on=max(on, one.from_on), by=by)


@action("involvement.passed-on")
def pass_on(one: Involvement, *, to: Practitioner | None, by: Actor) -> None:
    """Give an involvement to a colleague, who works with the child from today under the same role."""
    if to is None or to.agency_id != one.agency_id or (to.leaves_on and to.leaves_on < dates.today()):
        raise Refused("Select a colleague of the same agency", field="to")
    before = one.practitioner_id
    if involvements.current(one.child, to) is None:
        involvements.record(one.child, practitioner=to, role=one.role, from_on=dates.today(), source=one.source, by=by)
    _end_left_behind(one, dates.today(), by=by)
    _finish_when_placed(before, by=by)
    recording.tell(to=str(to.pk))


@action("involvement.not-passed-on")
def end_left_behind(one: Involvement, *, by: Actor) -> None:
    """Say that nobody of the agency goes on working with the child."""
    before = one.practitioner_id
    _end_left_behind(one, dates.today(), by=by)
    _finish_when_placed(before, by=by)


def _finish_when_placed(practitioner: UUID | None, *, by: Actor) -> None:
    if (
        practitioner
        and not Involvement.objects.filter(practitioner=practitioner, state=InvolvementState.CURRENT).exists()
    ):
        trays.finish(subject=practitioner, kind=PLACE, by=by)


@dataclass(frozen=True)
class LeftBehind:
    """An open involvement of somebody who has gone, as their manager sees it."""

    id: UUID
    who: str
    child: UUID
    role: str
    name: str = ""


def to_place(manager: UUID | None) -> list[LeftBehind]:
    """What those whom a manager managed have left behind."""
    found = left_behind(dates.today()).filter(practitioner__manager=manager).select_related("practitioner")
    return [
        LeftBehind(one.pk, one.practitioner.name, one.child_id, one.role) for one in found.order_by("from_on", "pk")
    ]


def colleagues(one: Involvement) -> list[tuple[str, str]]:
    """To whom an involvement can be passed: whoever works at the agency today."""
    staff = Practitioner.objects.filter(agency=one.agency).exclude(pk=one.practitioner_id)
    here = staff.filter(Q(leaves_on__isnull=True) | Q(leaves_on__gte=dates.today())).order_by("name")
    return [(str(who.pk), f"{who.name}, {who.job_title}") for who in here]


def colleague(one: Involvement, id: str) -> Practitioner | None:
    """A colleague by id."""
    return Practitioner.objects.filter(pk=id, agency=one.agency).first() if id else None
