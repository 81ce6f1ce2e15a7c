"""Questions about children and families, answered as pages need them, masked by what the asker may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from teamaround.audit.privacy import P2
from teamaround.kit import dates

from . import details
from .details import Fact
from .models import Adult, Care, Child, Name
from .terms import NameKind, Relationship, ResponsibilityBasis, Sex


@dataclass(frozen=True)
class Carer:
    """A parent or carer as a page shows them."""

    id: UUID
    name: str
    relationship: str
    has_responsibility: bool
    phone: str
    interpreter: bool
    first_language: str
    kind: str = ""
    care: UUID | None = None  #: what they are to this child, as recorded
    basis: str = ""  #: on what they hold parental responsibility
    has_care: bool = True
    contact_restricted: bool = False
    note: str = ""  #: who told it, and when


@dataclass(frozen=True)
class Card:
    """Who a child is, on one card."""

    id: UUID
    name: str
    first: str
    facts: str
    age: int | None
    rows: list[Fact]
    carers: list[Carer]


def name_of(child: Child) -> str:
    """The name a child goes by; before birth, whose baby it is."""
    return names_of([child.pk])[child.pk]


def names_of(children: Iterable[UUID]) -> dict[UUID, str]:
    """The names of several children with one question each for names and for the unborn."""
    ids = list(children)
    found = Name.objects.filter(child__in=ids, kind=NameKind.CURRENT)
    return {one.child_id: f"{one.given} {one.family}" if one.given else f"Unborn baby {one.family}" for one in found}


def age_of(child: Child, *, on: date | None = None) -> int | None:
    """Whole years; None before birth."""
    return dates.age_on(child.born, on or dates.today()) if child.born else None


def say_age(child: Child) -> str:
    """How old, in words: "6 years", "5 months", "expected 12 August 2026"."""
    if child.born is None:
        return f"expected {dates.say(child.expected)}"
    years = age_of(child) or 0
    if years >= 2:
        return f"{years} years"
    today = dates.today()
    months = (today.year - child.born.year) * 12 + today.month - child.born.month - (today.day < child.born.day)
    return f"{months} {'month' if months == 1 else 'months'}"


def card(child: Child, *, classes: Iterable[str], sector: str) -> Card:
    """The child's card with what these field classes and this sector allow."""
    allowed = set(classes)
    name = name_of(child)
    facts = [say_age(child)]
    if child.born:
        facts.append(f"born {details.say_born(child)}")
    facts.append(Sex(child.sex).label.lower() if child.sex in ("F", "M") else f"sex {Sex(child.sex).label.lower()}")
    rows = details.of(child, classes=allowed, sector=sector)
    carers = carers_of(child) if P2 in allowed else []
    return Card(child.pk, name, name.split()[0], " · ".join(facts), age_of(child), rows, carers)


def carers_of(child: Child) -> list[Carer]:
    """The parents and carers of today, those with responsibility first."""
    cares = list(Care.objects.filter(child=child, to_on=None).select_related("adult"))
    said = details.sayer(details.origin_of(one) for one in cares)
    return [
        Carer(
            one.adult_id,
            f"{one.adult.given} {one.adult.family}",
            Relationship(one.relationship).label,
            one.has_responsibility,
            one.adult.phone,
            one.adult.interpreter_needed,
            one.adult.first_language,
            one.relationship,
            one.pk,
            ResponsibilityBasis(one.basis).label if one.basis else "",
            one.has_care,
            one.contact_restricted,
            said(details.origin_of(one)),
        )
        for one in sorted(cares, key=lambda care: (not care.has_responsibility, care.relationship, care.adult.given))
    ]


def carer_of(child: Child, care: UUID) -> Carer | None:
    """One of the parents and carers of today, as a page shows them."""
    return next((one for one in carers_of(child) if one.care == care), None)


def care_of(child: Child, id: UUID) -> Care | None:
    """What one of the parents or carers of today is to the child; None for another child's."""
    return Care.objects.filter(child=child, pk=id, to_on=None).select_related("adult", "child").first()


def adult_choices(child: Child) -> list[tuple[str, str]]:
    """The parents and carers to choose from, with what they are and whether they hold responsibility."""
    return [
        (
            str(one.id),
            f"{one.name}, {one.relationship.lower()}"
            + ("" if one.has_responsibility else " (no parental responsibility recorded)"),
        )
        for one in carers_of(child)
    ]


def adult(child: Child, id: str | UUID | None) -> Adult | None:
    """One of the child's parents or carers by id; None for nobody or for somebody else's."""
    return Adult.objects.filter(pk=id, cares__child=child, cares__to_on=None).first() if id else None


def count_children() -> int:
    """How many children are recorded."""
    return Child.objects.count()


def who_may_decide(child: Child) -> list[Adult]:
    """The adults who hold parental responsibility and care for the child."""
    cares = Care.objects.filter(child=child, to_on=None, has_responsibility=True, has_care=True)
    return [one.adult for one in cares.select_related("adult").order_by("relationship")]


def recorded_by(source: str) -> dict[str, Child]:
    """The children first recorded by a teller's own numbers, such as `source:17`, by those numbers."""
    found = Child.objects.filter(source__startswith=f"{source}:")
    return {one.source.partition(":")[2]: one for one in found}
