"""What keeps an episode open, and a child's standing under statute: entered here, read by the guards."""

from datetime import date

from django.db.models import Q, QuerySet

from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.kit import dates
from teamaround.people.models import Child

from .models import Episode, Hold, StatutoryStatus


@action("hold.placed")
def place(episode: Episode, *, kind: str, reason: str, by: Actor) -> Hold:
    """Keep an episode open until this is lifted."""
    return Hold.objects.create(episode=episode, kind=kind, reason=reason, placed_at=dates.now())


@action("hold.lifted")
def lift(hold: Hold, *, by: Actor) -> None:
    """Let go of an episode."""
    Hold.objects.filter(pk=hold.pk, lifted_at=None).update(lifted_at=dates.now())


def standing(episode: Episode) -> list[Hold]:
    """What keeps the episode open now."""
    return list(episode.holds.filter(lifted_at=None).order_by("placed_at"))


@action("status.entered")
def enter_status(
    child: Child, *, status: str, from_on: date, by: Actor, reference: str = "", to_on: date | None = None
) -> StatutoryStatus:
    """Enter a statutory standing by hand."""
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
    status.to_on = on
    status.save()


def statuses(child: Child, *, on: date | None = None) -> QuerySet[StatutoryStatus]:
    """The child's statutory standings in force on a day."""
    day = on or dates.today()
    return StatutoryStatus.objects.filter(
        Q(to_on__isnull=True) | Q(to_on__gte=day), child=child, from_on__lte=day
    )
