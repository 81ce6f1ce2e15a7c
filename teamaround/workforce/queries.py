"""Questions about the workforce."""

from dataclasses import dataclass
from uuid import UUID

from .models import Agency, Practitioner


def agency_count() -> int:
    """How many agencies there are."""
    return Agency.objects.count()


@dataclass(frozen=True)
class Worker:
    """A practitioner as a page shows them."""

    id: UUID
    account: UUID | None
    name: str
    job_title: str
    agency: str
    roles: tuple[str, ...]


def workers_named(names: list[str]) -> list[Worker]:
    """The practitioners of these names, in this order."""
    found = Practitioner.objects.filter(name__in=names).select_related("agency").prefetch_related("roles_held__role")
    by_name = {one.name: one for one in found}
    return [
        Worker(
            one.pk,
            one.account_id,
            one.name,
            one.job_title,
            one.agency.name,
            tuple(held.role.title for held in one.roles_held.all()),
        )
        for name in names
        if (one := by_name.get(name))
    ]


def find(name: str) -> Practitioner:
    """The practitioner of a name, for the demonstration's own use."""
    return Practitioner.objects.select_related("agency").get(name=name)


def agency_choices(authority: UUID) -> list[tuple[str, str]]:
    """The agencies of an authority to choose from, by name."""
    found = Agency.objects.filter(authority=authority).order_by("name")
    return [(str(pk), name) for pk, name in found.values_list("pk", "name")]


def agency(id: str) -> Agency | None:
    """The agency with this id; None for nothing."""
    return Agency.objects.filter(pk=id).first() if id else None


def agencies_of_ids(ids: list[str]) -> list[Agency]:
    """The agencies with these ids."""
    return list(Agency.objects.filter(pk__in=ids).order_by("name"))


def agencies_by_code() -> dict[str, Agency]:
    """Every agency by its code."""
    return {one.code: one for one in Agency.objects.select_related("authority").order_by("code")}


def staff_of(agency: Agency) -> list[Practitioner]:
    """Who works at an agency, in the order of their addresses, each with the account they sign in with."""
    found = Practitioner.objects.filter(agency=agency, leaves_on=None)
    return list(found.select_related("agency", "account", "manager__account").order_by("email"))
