"""Every change to who a child is goes through here, so that what finds the child is fresh in the same transaction."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.kit.refused import Refused
from teamaround.people import families, records
from teamaround.people.models import Adult, Child, Sibling
from teamaround.people.records import NewChild
from teamaround.people.terms import STANDING_ADDRESS, ChildState, NameKind

from .identity import Identity, Name
from .keys import keys_for
from .models import Compared, Search, SearchKey


@dataclass(frozen=True, kw_only=True)
class NewCarer:
    """A parent or carer to be recorded with a new child."""

    given: str
    family: str
    relationship: str
    basis: str = ""
    phone: str = ""


@action("child.registered")
def register(
    details: NewChild, *, by: Actor, search: Search | None = None, carers: tuple[NewCarer, ...] = ()
) -> Child:
    """Make a record. A practitioner may only after a search that found none of these (IX-32); a feed has its own matching."""
    if by.practitioner is not None:
        if search is None or search.practitioner_id != by.practitioner:
            raise Refused("Search for the child first")
        if search.too_many or not search.none_of_these:
            raise Refused("Look at the results first, and say that none of them is the child")
    child = records.create(details, by=by)
    for one in carers:
        families.add_carer(child, **vars(one), source=details.source, by=by)
    if search is not None:
        Search.objects.filter(pk=search.pk).update(found=[*search.found, child.pk])
    refresh(child)
    return child


@action("child.details-changed")
def rename(child: Child, *, given: str, family: str, source: str, by: Actor, kind: str = NameKind.CURRENT) -> None:
    """Give a new name; the child is found under old and new."""
    records.rename(child, given=given, family=family, kind=kind, source=source, by=by)
    refresh(child)


@action("child.home-changed")
def move_house(child: Child, *, source: str, by: Actor, **where: Any) -> None:
    """Say where the child lives now."""
    records.move_house(child, source=source, by=by, **where)
    refresh(child)


@action("child.birth-recorded")
def born(child: Child, *, on: date, sex: str, by: Actor, given: str = "") -> None:
    """Record the birth of a child who was expected (CW-6)."""
    records.born(child, on=on, sex=sex, given=given, by=by)
    refresh(child)


@action("child.facts-corrected")
def correct(child: Child, *, by: Actor, **values: Any) -> None:
    """Correct sex, date of birth or first language."""
    records.correct(child, by=by, **values)
    refresh(child)


@action("child.number-added")
def add_identifier(child: Child, *, kind: str, value: str, source: str, by: Actor) -> None:
    """Add an NHS, pupil or case number."""
    records.add_identifier(child, kind=kind, value=value, source=source, by=by)
    refresh(child)


@action("child.universal-changed")
def set_universal(child: Child, *, kind: str, source: str, by: Actor, **more: Any) -> None:
    """Say which school or GP the child has, or that there is none or it is not known."""
    records.set_universal(child, kind=kind, source=source, by=by, **more)


@action("child.carer-added")
def add_carer(child: Child, *, source: str, by: Actor, **carer: Any) -> Adult:
    """Add a parent or carer."""
    adult = families.add_carer(child, source=source, by=by, **carer)
    refresh(child)
    return adult


@action("child.carer-shared")
def share_carer(child: Child, adult: Adult, *, source: str, by: Actor, **care: Any) -> None:
    """Say what an adult already known, such as a brother's mother, is to this child."""
    families.care_for(child, adult, source=source, by=by, **care)
    refresh(child)


@action("child.siblings-linked")
def link_siblings(one: Child, other: Child, *, source: str, by: Actor) -> None:
    """Say that two children are brothers or sisters."""
    families.link_siblings(one, other, source=source, by=by)


def siblings_of(child: Child) -> list[Child]:
    """The child's known brothers and sisters."""
    pairs = Sibling.objects.filter(child=child).values_list("other", flat=True)
    back = Sibling.objects.filter(other=child).values_list("child", flat=True)
    return list(Child.objects.filter(pk__in=[*pairs, *back]))


def identity_of(child: Child) -> Identity:
    """What is compared of a child."""
    names = sorted(child.names.all(), key=lambda one: one.kind != NameKind.CURRENT)
    addresses = [one for one in child.addresses.all() if one.postcode]
    return Identity(
        names=tuple(Name(one.given, one.family, one.kind) for one in names),
        born=child.born,
        born_precision=child.born_precision,
        expected=child.expected,
        sex=child.sex,
        postcodes=tuple(one.postcode for one in addresses if one.state in STANDING_ADDRESS),
        former_postcodes=tuple(one.postcode for one in addresses if one.state not in STANDING_ADDRESS),
        identifiers=frozenset(
            [("index", child.index_number), *((one.kind, one.value) for one in child.identifiers.all())]
        ),
        parents=tuple(one.adult.family for one in child.cares.select_related("adult") if one.to_on is None),
    )


def refresh(child: Child) -> None:
    """Make what finds the child anew; a child who is merged away is not found (IX-31)."""
    SearchKey.objects.filter(child=child).delete()
    if child.state == ChildState.MERGED:
        Compared.objects.filter(child=child).delete()
        return
    identity = identity_of(child)
    Compared.objects.update_or_create(child=child, defaults={"identity": identity.as_stored()})
    SearchKey.objects.bulk_create(
        [SearchKey(child=child, kind=kind, value=value) for kind, value in keys_for(identity)]
    )
