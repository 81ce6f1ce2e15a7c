"""Who works with a child: recorded, ended, or taken back as an error; never a word of why (IX-33, 34)."""

from datetime import date

from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.people.models import Child
from teamaround.people.records import check_span
from teamaround.workforce.models import Practitioner

from . import starting
from .models import Involvement
from .terms import INVOLVEMENT_MOVES, InvolvementState


@action("involvement.recorded")
def record(
    child: Child,
    *,
    practitioner: Practitioner,
    role: str,
    from_on: date,
    by: Actor,
    source: str = "practitioner",
    phone: str = "",
    email: str = "",
) -> Involvement:
    """Record that a practitioner works with a child; it needs one contact that works and a start (IX-33)."""
    if not role.strip():
        raise Refused("Enter the role", field="role")
    check_span(child, from_on, None)
    phone = phone or practitioner.phone or practitioner.agency.phone
    email = email or practitioner.email or practitioner.agency.email
    if not phone and not email:
        raise Refused("Enter a telephone number or an e-mail address that works", field="phone")
    if current(child, practitioner) is not None:
        raise Refused("It is already recorded that you work with this child")
    made = Involvement.objects.create(
        child=child,
        agency=practitioner.agency,
        team=practitioner.team,
        practitioner=practitioner,
        role=role,
        phone=phone,
        email=email,
        from_on=from_on,
        source=source,
        recorded_at=dates.now(),
    )
    starting.involved(child, practitioner=practitioner, by=by)
    return made


@action("involvement.ensured")
def ensure(
    child: Child, *, practitioner: Practitioner, role: str, by: Actor, source: str = "practitioner"
) -> Involvement:
    """The practitioner's current involvement, recorded from today where there is none."""
    there = current(child, practitioner)
    if there is not None:
        return there
    return record(child, practitioner=practitioner, role=role, from_on=dates.today(), source=source, by=by)


@action("involvement.ended")
def end(involvement: Involvement, *, on: date, by: Actor) -> None:
    """End an involvement on a day; it stays visible as past for a while (IX-34)."""
    if on < involvement.from_on:
        raise Refused(f"The end is before the start, {dates.say(involvement.from_on)}")
    if involvement.lead_markers.filter(to_on=None).exists():
        raise Refused("This practitioner leads for the child. Agree who leads from now on first")
    _move(involvement, InvolvementState.ENDED, to_on=on)


@action("involvement.ended-with-source")
def end_all_from(source: str, child: Child, *, on: date, by: Actor) -> int:
    """End the involvements with a child that one source opened, because it has come to its end; how many there were."""
    return Involvement.objects.filter(child=child, source=source, state=InvolvementState.CURRENT).update(
        state=InvolvementState.ENDED, to_on=on
    )


@action("involvement.in-error")
def record_in_error(involvement: Involvement, *, by: Actor) -> None:
    """Take back an involvement that never was; it is hidden, and its record stays."""
    _move(involvement, InvolvementState.IN_ERROR, to_on=involvement.to_on or dates.today())


def _move(involvement: Involvement, to: str, **more: object) -> None:
    allowed_from = [state for state, moves in INVOLVEMENT_MOVES.items() if to in moves]
    if not Involvement.objects.filter(pk=involvement.pk, state__in=allowed_from).update(state=to, **more):
        raise Refused("This involvement has already ended")


def current(child: Child, practitioner: Practitioner) -> Involvement | None:
    """The practitioner's current involvement with the child."""
    return Involvement.objects.filter(child=child, practitioner=practitioner, state=InvolvementState.CURRENT).first()
