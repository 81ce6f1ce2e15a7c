"""What keeps an episode open, and a child's standing under statute: entered here, read by the guards."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.people.models import Child

from . import moves
from .models import Episode, Hold, StatutoryStatus
from .terms import EnteredStatus, HoldKind


@action("hold.placed")
def place(episode: Episode, *, kind: str, reason: str, by: Actor) -> Hold:
    """Keep an episode open until this is lifted."""
    if not moves.is_open(episode):
        raise Refused("The episode is closed")
    if kind not in set(HoldKind) or not reason.strip():
        raise Refused("Say what keeps the episode open", field="reason")
    return Hold.objects.create(episode=episode, kind=kind, reason=reason, placed_at=dates.now())


@action("hold.lifted")
def lift(hold: Hold, *, by: Actor) -> None:
    """Let go of an episode."""
    if not Hold.objects.filter(pk=hold.pk, lifted_at=None).update(lifted_at=dates.now()):
        raise Refused("This is settled already")
    hold.refresh_from_db()


def standing(episode: Episode) -> list[Hold]:
    """What keeps the episode open now."""
    return list(episode.holds.filter(lifted_at=None).order_by("placed_at"))


@action("status.entered")
def enter_status(
    child: Child, *, status: str, from_on: date, by: Actor, reference: str = "", to_on: date | None = None
) -> StatutoryStatus:
    """Enter a statutory standing by hand; it changes no episode by itself (CW-16)."""
    if status not in set(EnteredStatus):
        raise Refused("Select the status", field="status")
    if status == EnteredStatus.SOCIAL_CARE_LEADS and not reference.strip():
        raise Refused("Enter the reference of social care's case", field="reference")
    _check_span(from_on, to_on)
    same = StatutoryStatus.objects.filter(Q(to_on__isnull=True) | Q(to_on__gte=from_on), child=child, status=status)
    if same.filter(from_on__lte=to_on or date.max).exists():
        raise Refused("This status is entered already", field="status")
    return StatutoryStatus.objects.create(
        child=child,
        status=status,
        from_on=from_on,
        to_on=to_on,
        reference=reference,
        entered_by_id=by.practitioner,
    )


@action("status.ended")
def end_status(status: StatutoryStatus, *, on: date, by: Actor) -> None:
    """End a statutory standing on a day."""
    if status.to_on is not None and status.to_on < dates.today():
        raise Refused(f"This status ended on {dates.say(status.to_on)}")
    _check_span(status.from_on, on)
    status.to_on = on
    status.save()


def _check_span(from_on: date, to_on: date | None) -> None:
    if from_on > dates.today():
        raise Refused("The status cannot begin in the future", field="from_on")
    if to_on is not None and to_on < from_on:
        raise Refused(f"The end is before the start, {dates.say(from_on)}", field="to_on")


def history(child: Child) -> list[StatutoryStatus]:
    """Every statutory standing ever entered for the child, the latest first."""
    return list(StatutoryStatus.objects.filter(child=child).select_related("entered_by").order_by("-from_on", "status"))


def entered(child: Child, id: UUID) -> StatutoryStatus | None:
    """One of the child's statutory standings; None for another child's."""
    return StatutoryStatus.objects.filter(child=child, pk=id).first()


def statuses(child: Child, *, on: date | None = None) -> QuerySet[StatutoryStatus]:
    """The child's statutory standings in force on a day."""
    day = on or dates.today()
    return StatutoryStatus.objects.filter(Q(to_on__isnull=True) | Q(to_on__gte=day), child=child, from_on__lte=day)
