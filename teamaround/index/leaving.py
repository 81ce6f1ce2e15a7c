"""A child dies, or leaves the area and perhaps comes back (IX-63, IX-64)."""

from datetime import date

from teamaround.audit import recording
from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.kit.text import tidy
from teamaround.people.models import Child
from teamaround.people.records import check_span
from teamaround.people.terms import AddressState, ChildState

from . import archive, registering
from .models import Archiving, Death, Leaving
from .terms import Returns

SOURCE = "practitioner"


@action("child.died")
def record_death(child: Child, *, on: date, source: str, by: Actor) -> Death:
    """Record a death, with who told of it. Every task and notice about the child stops in this transaction; the record
    stays a year, then it is archived (IX-63)."""
    if not tidy(source):
        raise Refused("Say who told you of the death, such as the registrar or the hospital", field="source")
    if child.born is None:
        raise Refused("The birth is not recorded yet. Record the birth first", field="on")
    if on < child.born or on > dates.today():
        raise Refused("The date of death must be between the birth and today", field="on")
    live = (ChildState.ACTIVE, ChildState.LEFT_AREA)
    if not Child.objects.filter(pk=child.pk, state__in=live).update(state=ChildState.DECEASED, died=on):
        raise Refused("A death is already recorded, or the record is not live")
    made = Death.objects.create(
        child=child, source=tidy(source), recorded_by_id=by.practitioner, recorded_on=dates.today()
    )
    archive.rest(child, by=by)
    return made


@action("child.death-in-error")
def death_in_error(child: Child, *, by: Actor) -> None:
    """Take back a death that was recorded in error: the child lives, and prompts begin again."""
    if not Child.objects.filter(pk=child.pk, state=ChildState.DECEASED).update(state=ChildState.ACTIVE, died=None):
        raise Refused("No death is recorded, or the record is already in the archive")
    Death.objects.filter(child=child).delete()


@action("child.left-area")
def leave(child: Child, *, on: date, returns: str, by: Actor) -> Leaving:
    """Record that a child left the area. Who means to come back is held for three years; who does not is archived in
    the night to come (IX-64)."""
    if returns not in Returns.values:
        raise Refused("Select whether they mean to come back", field="returns")
    check_span(child, on)
    if not Child.objects.filter(pk=child.pk, state__in=(ChildState.ACTIVE, ChildState.LEFT_AREA)).exists():
        raise Refused("Only a child whose record is live can leave the area")
    Leaving.objects.filter(child=child, back_on=None).update(back_on=on)
    registering.move_house(child, state=AddressState.LEFT, source=SOURCE, from_on=on, by=by)
    recording.tell(returns=str(returns))
    return Leaving.objects.create(child=child, left_on=on, returns=returns)


@action("child.came-back")
def come_back(child: Child, *, lines: str, postcode: str, on: date, by: Actor) -> None:
    """Record that a child is back, under the number they always had, also out of the archive (IX-64)."""
    child.refresh_from_db()
    if Archiving.objects.filter(child=child, brought_back_on=None).exists():
        archive.bring_back(child, by=by)
    elif child.state != ChildState.LEFT_AREA:
        raise Refused("This child has not left the area")
    Leaving.objects.filter(child=child, back_on=None).update(back_on=on)
    child.refresh_from_db()
    registering.move_house(child, lines=lines, postcode=postcode, source=SOURCE, from_on=on, by=by)


def last_left(child: Child) -> Leaving | None:
    """When the child left and has not come back."""
    return Leaving.objects.filter(child=child, back_on=None).first()
