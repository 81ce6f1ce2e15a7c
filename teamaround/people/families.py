"""Parents, carers, brothers and sisters: who they are to a child, and on what they hold parental responsibility.

Only the index writes here, inside its own actions.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.kit.text import postcode as tidy_postcode
from teamaround.kit.text import tidy

from .models import Adult, Care, Child, Sibling
from .records import check_span
from .terms import Relationship, ResponsibilityBasis

#: who may hold parental responsibility on these grounds; the others are given by a court or an agreement
_OF_THE_MOTHER = {ResponsibilityBasis.MOTHER}
_OF_THE_FATHER = {ResponsibilityBasis.MARRIAGE, ResponsibilityBasis.BIRTH_CERTIFICATE}

#: fathers named on the certificate hold it only since this day
CERTIFICATE_COUNTS_FROM = date(2003, 12, 1)


@dataclass(frozen=True, kw_only=True)
class Carer:
    """An adult of the family as somebody told us of them."""

    given: str
    family: str
    relationship: str
    basis: str = ""  #: on what they hold parental responsibility; empty where they do not, or nobody knows
    has_care: bool = True
    contact_restricted: bool = False
    phone: str = ""
    email: str = ""
    lines: str = ""
    postcode: str = ""
    first_language: str = ""
    interpreter_needed: bool = False
    from_on: date | None = None


def check_carer(child: Child, carer: Carer) -> None:
    """Refuse a carer without a name or relationship, or responsibility on a basis they cannot have."""
    if not tidy(carer.given) or not tidy(carer.family):
        raise Refused("Enter the first and last name of the parent or carer", field="carer_family")
    if carer.relationship not in Relationship.values:
        raise Refused("Say what this person is to the child", field="relationship")
    if carer.basis:
        _check_basis(child, carer)
    check_span(child, carer.from_on)


def _check_basis(child: Child, carer: Carer) -> None:
    if carer.basis not in ResponsibilityBasis.values:
        raise Refused("Say on what this person holds parental responsibility", field="basis")
    if carer.basis in _OF_THE_MOTHER and carer.relationship != Relationship.MOTHER:
        raise Refused("Only the mother holds parental responsibility as the mother", field="basis")
    if carer.basis in _OF_THE_FATHER and carer.relationship != Relationship.FATHER:
        raise Refused("Only the father holds parental responsibility by marriage or birth certificate", field="basis")
    registered_before = child.born is not None and child.born < CERTIFICATE_COUNTS_FROM
    if carer.basis == ResponsibilityBasis.BIRTH_CERTIFICATE and registered_before:
        raise Refused("The birth certificate counts only from 1 December 2003", field="basis")


def add_carer(child: Child, carer: Carer, *, source: str) -> Adult:
    """Say who cares for the child; the same person told again is the same person, with what is newly known."""
    check_carer(child, carer)
    known = _known(child, carer)
    if known is None:
        adult = _meet(carer, source=source)
        adult.save()
        care_for(child, adult, carer, source=source)
        return adult
    _learn(known.adult, carer)
    if carer.basis and not known.has_responsibility:
        known.has_responsibility, known.basis = True, carer.basis
    known.contact_restricted = known.contact_restricted or carer.contact_restricted
    known.save()
    return known.adult


def _known(child: Child, carer: Carer) -> Care | None:
    return (
        child.cares.select_related("adult")
        .filter(
            to_on__isnull=True,
            adult__given__iexact=tidy(carer.given),
            adult__family__iexact=tidy(carer.family),
        )
        .first()
    )


def add_first(child: Child, carers: Iterable[Carer], *, source: str) -> None:
    """Say who cares for a child just recorded, of whom nobody can be known yet."""
    for carer in carers:
        check_carer(child, carer)
        adult = _meet(carer, source=source)
        # In bulk, because by itself the database would be asked whose carer this is, and there is no care yet.
        Adult.objects.bulk_create([adult])
        care_for(child, adult, carer, source=source)


def _meet(carer: Carer, *, source: str) -> Adult:
    return Adult(
        given=tidy(carer.given),
        family=tidy(carer.family),
        phone=tidy(carer.phone),
        email=carer.email.strip(),
        address=tidy(carer.lines),
        postcode=tidy_postcode(carer.postcode),
        first_language=tidy(carer.first_language),
        interpreter_needed=carer.interpreter_needed,
        source=source,
        recorded_at=dates.now(),
    )


def _learn(adult: Adult, carer: Carer) -> None:
    """Fill in what was not known; what stands is not overwritten by a later teller."""
    adult.phone = adult.phone or tidy(carer.phone)
    adult.email = adult.email or carer.email.strip()
    adult.first_language = adult.first_language or tidy(carer.first_language)
    adult.save()


def care_for(child: Child, adult: Adult, carer: Carer, *, source: str) -> Care:
    """Make a known adult a carer of this child too, such as the mother of a second child."""
    check_carer(child, carer)
    return Care.objects.create(
        child=child,
        adult=adult,
        relationship=carer.relationship,
        has_responsibility=bool(carer.basis),
        basis=carer.basis,
        has_care=carer.has_care,
        contact_restricted=carer.contact_restricted,
        from_on=carer.from_on,
        source=source,
        recorded_at=dates.now(),
    )


def correct_carer(care: Care, carer: Carer, *, source: str) -> None:
    """Put right who an adult is and what they are to the child; the adult's own facts change for brothers and
    sisters too."""
    if care.to_on is not None:
        raise Refused("This person is no longer recorded as a carer of the child")
    check_carer(care.child, carer)
    _put(
        care.adult,
        source=source,
        given=tidy(carer.given),
        family=tidy(carer.family),
        phone=tidy(carer.phone),
        email=carer.email.strip(),
        first_language=tidy(carer.first_language),
        interpreter_needed=carer.interpreter_needed,
    )
    _put(
        care,
        source=source,
        relationship=carer.relationship,
        has_responsibility=bool(carer.basis),
        basis=carer.basis,
        has_care=carer.has_care,
        contact_restricted=carer.contact_restricted,
    )


def _put(record: Adult | Care, *, source: str, **values: Any) -> None:
    """Change what differs; what stays as it was keeps its source and date."""
    if all(getattr(record, name) == value for name, value in values.items()):
        return
    for name, value in values.items():
        setattr(record, name, value)
    record.source, record.recorded_at = source, dates.now()
    record.save()


def end_care(care: Care, *, on: date) -> None:
    """Say that an adult no longer cares for the child; parental responsibility is not lost by moving out."""
    check_span(care.child, care.from_on, on)
    if care.has_responsibility:
        changed = Care.objects.filter(pk=care.pk, has_care=True).update(has_care=False)
    else:
        changed = Care.objects.filter(pk=care.pk, to_on__isnull=True).update(to_on=on, has_care=False)
    if not changed:
        raise Refused("This is already recorded")


def link_siblings(one: Child, other: Child, *, source: str) -> Sibling:
    """Say that two children are brothers or sisters; said twice it stands once."""
    if one.pk == other.pk:
        raise Refused("A child is not their own brother or sister")
    lesser, greater = sorted((one, other), key=lambda child: child.pk)
    link, _ = Sibling.objects.get_or_create(
        child=lesser, other=greater, defaults={"source": source, "recorded_at": dates.now()}
    )
    return link


def siblings_of(child: Child) -> list[Child]:
    """The brothers and sisters that are recorded, the eldest first."""
    pairs = Sibling.objects.filter(Q(child=child) | Q(other=child)).values_list("child", "other")
    ids = {pk for pair in pairs for pk in pair} - {child.pk}
    return list(Child.objects.filter(pk__in=ids).order_by("born", "expected"))
