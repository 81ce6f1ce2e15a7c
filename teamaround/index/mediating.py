"""Mediated access: one practitioner searches on behalf of another, and both stand in the record of it (IX-19)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from teamaround.accounts import opening
from teamaround.audit import recording
from teamaround.audit.actor import Actor
from teamaround.audit.models import Event, Kind
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.people.models import Child
from teamaround.workforce import practitioners
from teamaround.workforce.models import Practitioner

from . import queries, searching
from .asking import Asked
from .models import Search
from .terms import Reason

#: what whoever is searched for must be allowed to do themselves
SEARCH = "index.search"
#: how much of what was done in their name somebody is shown
SHOWN = 100


def check_active(requester: Practitioner | None, *, by: Actor) -> Practitioner:
    """Refuse unless the other is somebody else who could search themselves today: mediation widens nobody's access."""
    if requester is None:
        raise Refused("No practitioner has this e-mail address. Check it with them", field="requester")
    if requester.pk == by.practitioner:
        raise Refused("You can search for yourself without this", field="requester")
    account = requester.account
    if account is None or not account.is_active or opening.is_dormant(account):
        raise Refused("They have no account in use, so nobody can search on their behalf", field="requester")
    if practitioners.problems(requester) or SEARCH not in practitioners.functions(requester):
        raise Refused("They may not search the index today, so nobody can on their behalf", field="requester")
    return requester


def find(asked: Asked, *, requester: str, reason: str, by: Actor, reason_text: str = "") -> Search:
    """Search on behalf of somebody else, whose e-mail address it is; the record of the search names both."""
    other = check_active(practitioner_at(requester), by=by)
    made = searching.find(asked, reason=reason, reason_text=reason_text, by=replace(by, on_behalf_of=other.pk))
    Search.objects.filter(pk=made.pk).update(on_behalf_of=other.pk)
    made.on_behalf_of = other.pk
    return made


def practitioner_at(email: str) -> Practitioner | None:
    """The practitioner with this e-mail address, of the post or of the account."""
    typed = email.strip().lower()
    found = Practitioner.objects.select_related("account", "agency")
    return (
        found.filter(account__email=typed).first() or found.filter(email__iexact=typed, account__isnull=False).first()
    )


def live(practitioner: UUID | None) -> QuerySet[Search]:
    """The searches somebody made on behalf of others in the last minutes."""
    return Search.objects.filter(
        practitioner=practitioner,
        on_behalf_of__isnull=False,
        made_at__gte=dates.now() - queries.SEARCH_COUNTS_FOR,
    )


def found_for_others(practitioner: UUID | None) -> set[UUID]:
    """The children that such searches showed."""
    return {child for children in live(practitioner).values_list("found", flat=True) for child in children}


def look(child: Child, *, by: Actor, classes: Iterable[str]) -> str:
    """Record that the record is looked at on behalf of somebody, before it is shown; who that is. Refused when they may
    not look any more."""
    search = live(by.practitioner).filter(found__contains=[child.pk]).order_by("-made_at").first()
    other = (
        None if search is None else Practitioner.objects.select_related("account", "agency").get(pk=search.on_behalf_of)
    )
    requester = check_active(other, by=by)
    recording.disclose(
        "child.see-for-other",
        by=replace(by, on_behalf_of=requester.pk),
        about=[child.pk],
        record=child._meta.label,
        record_id=child.pk,
        reason=search.reason if search else "",
        classes=list(classes),
    )
    return f"{requester.name}, {requester.agency.name}"


@dataclass(frozen=True)
class InMyName:
    """One thing somebody did on behalf of whoever looks."""

    at: datetime
    who: str
    what: str
    reason: str


def in_name_of(practitioner: UUID | None) -> list[InMyName]:
    """What others searched and looked at on somebody's behalf, the latest first; without whose record it was."""
    kinds = (Kind.SEARCH, Kind.DISCLOSURE)
    events = list(Event.objects.filter(on_behalf_of=practitioner, kind__in=kinds).order_by("-at")[:SHOWN])
    found = Practitioner.objects.filter(pk__in={one.practitioner for one in events}).select_related("agency")
    names = {one.pk: f"{one.name}, {one.agency.name}" for one in found}
    reasons = dict(Reason.choices)
    return [
        InMyName(
            one.at,
            names.get(one.practitioner, ""),
            f"Searched: {one.facts.get('count', 0)} found" if one.kind == Kind.SEARCH else "Looked at a record",
            reasons.get(one.facts.get("reason", ""), ""),
        )
        for one in events
    ]
