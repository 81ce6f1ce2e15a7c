"""Agencies, teams and practitioners: joining, roles, training, leaving."""

from datetime import date
from typing import Any
from uuid import UUID

from teamaround.accounts import opening
from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.places.models import Authority
from teamaround.reference.models import Role

from .models import Agency, Practitioner, RoleHeld, Team, Training


@action("agency.added")
def add_agency(
    *, name: str, code: str, sector: str, kind: str, authority: Authority, agreement_until: date, by: Actor, **more: Any
) -> Agency:
    """Add an agency under an information sharing agreement that is in date."""
    return Agency.objects.create(
        name=name, code=code, sector=sector, kind=kind, authority=authority, agreement_until=agreement_until, **more
    )


@action("team.added")
def add_team(agency: Agency, *, name: str, by: Actor) -> Team:
    """Add a team to an agency."""
    return Team.objects.create(agency=agency, name=name)


@action("practitioner.joined")
def join(agency: Agency, *, name: str, job_title: str, starts_on: date, by: Actor, **more: Any) -> Practitioner:
    """A practitioner starts in a post; access needs a role, clearance, training and agreed terms as well."""
    return Practitioner.objects.create(agency=agency, name=name, job_title=job_title, starts_on=starts_on, **more)


@action("practitioner.account-given")
def give_account(practitioner: Practitioner, *, account: UUID, by: Actor) -> None:
    """Tie a post to the account its holder signs in with."""
    practitioner.account_id = account
    practitioner.save()


@action("role.given")
def give_role(practitioner: Practitioner, *, role: str, from_on: date, by: Actor) -> RoleHeld:
    """Give a role; nobody raises their own account (IX-13)."""
    if by.practitioner == practitioner.pk:
        raise Refused("You cannot give a role to yourself")
    return RoleHeld.objects.create(
        practitioner=practitioner,
        role=Role.objects.get(code=role),
        from_on=from_on,
        given_by_id=by.practitioner,
    )


@action("training.recorded")
def record_training(
    practitioner: Practitioner, *, module: str, completed_on: date, by: Actor, expires_on: date | None = None
) -> Training:
    """Record that a module of training was completed."""
    return Training.objects.create(
        practitioner=practitioner, module=module, completed_on=completed_on, expires_on=expires_on
    )


@action("practitioner.managed")
def set_manager(practitioner: Practitioner, *, manager: Practitioner, by: Actor) -> None:
    """Say who somebody's line manager is."""
    if manager.pk == practitioner.pk:
        raise Refused("Nobody is their own line manager")
    practitioner.manager = manager
    practitioner.save()


@action("post.ended")
def end_post(practitioner: Practitioner, *, on: date, by: Actor) -> None:
    """A practitioner leaves a post after a day. Whatever they did stays under their name (IX-14)."""
    if practitioner.pk == by.practitioner:
        raise Refused("Your line manager ends your post")
    if on < practitioner.starts_on:
        raise Refused(f"The post began on {dates.say(practitioner.starts_on)}", field="on")
    practitioner.leaves_on = on
    practitioner.save()


def close_accounts_of_leavers(today: date, *, by: Actor) -> int:
    """Close the accounts of those whose post is over; how many. Run twice, it does no more."""
    left = Practitioner.objects.filter(leaves_on__lt=today, account__is_active=True).select_related("account")
    for one in left:
        if one.account is not None:
            opening.close(one.account, by=by)
    return len(left)


@action("trainings.recorded")
def record_all_trainings(
    practitioner: Practitioner, *, modules: tuple[str, ...], completed_on: date, by: Actor
) -> None:
    """Record several modules completed on one day."""
    Training.objects.bulk_create(
        [Training(practitioner=practitioner, module=one, completed_on=completed_on) for one in modules]
    )


@action("agency.managers-settled")
def settle_managers(agency: Agency, *, by: Actor, manager: Practitioner | None = None) -> None:
    """Give everybody of an agency a line manager: the one named, else the first who joined."""
    staff = list(agency.practitioners.order_by("email"))
    head = manager or (staff[0] if staff else None)
    for one in staff:
        if head is not None and one.pk != head.pk and one.manager_id is None:
            one.manager = head
            one.save()
