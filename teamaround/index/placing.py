"""Where one row of a partner's file belongs: to a record that is known, to a new one, or to a steward's decision.

A number that is known, or everything that counts, must agree before a row is taken for a record without a person
looking (IX-79). Twins share all but the forename, so they never are taken for one another.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from teamaround.people import families, numbers, records
from teamaround.people.families import Carer
from teamaround.people.models import Address, Child, Identifier
from teamaround.people.records import NewChild, Service
from teamaround.people.terms import STANDING_ADDRESS, AddressState, IdentifierKind, NameKind, UniversalKind
from teamaround.workforce.models import Agency

from . import registering, searching, worklist
from .feed_rows import NUMBERS, Row
from .identity import Identity, Name
from .levels import IDENTIFIERS
from .matching import Weight, is_strong, may_match_automatically
from .models import LoadedRow
from .terms import FeedSource, RowAnswer, WorkKind

#: which universal service a source tells of
SERVICE = {FeedSource.SCHOOL_ROLL: UniversalKind.EDUCATION, FeedSource.GP_LIST: UniversalKind.GP}


@dataclass(frozen=True)
class Origin:
    """Where a row comes from, and what is needed to judge it: read once for a whole file."""

    source: FeedSource
    agency: Agency
    made_on: date
    review: float  #: probability from which a person looks
    auto: float  #: probability from which nobody need

    @property
    def label(self) -> str:
        return f"{self.source}:{self.agency.code}"

    @property
    def number_kind(self) -> IdentifierKind:
        return IdentifierKind(NUMBERS[self.source][1])


@dataclass(frozen=True)
class Place:
    """Where a row belongs, and because of what."""

    answer: RowAnswer
    child: UUID | None = None
    because: tuple[str, ...] = ()
    kind: WorkKind | None = None


def identity_of(row: Row, origin: Origin) -> Identity:
    """What is compared of a row."""
    names = [Name(row.given_names, row.family_name)]
    if row.known_as:
        names.append(Name(row.known_as, row.family_name, NameKind.KNOWN_AS))
    if row.former_family_name:
        names.append(Name(row.given_names, row.former_family_name, NameKind.FORMER))
    number = numbers.parse(origin.number_kind, row.identifier) if row.identifier else ""
    return Identity(
        names=tuple(names),
        born=row.born,
        sex=row.sex,
        postcodes=(row.postcode,) if row.postcode else (),
        identifiers=frozenset({(origin.number_kind.value, number)} if number else ()),
        parents=(row.carer_family_name,) if row.carer_family_name else (),
    )


def place(row: Row, origin: Origin) -> Place:
    """Where a row belongs; it changes nothing. Refused when the row breaks a rule, such as a wrong number (IX-4, 5)."""
    records.check_born(row.born)
    asked = identity_of(row, origin)
    ranked = searching.ranked(asked)
    held = [(child, weight) for child, weight in ranked if _same_number(weight, origin)]
    if held:
        return _by_number(asked, origin, *held[0])
    strong = [(child, weight) for child, weight in ranked if is_strong(weight, origin.review)]
    sure = [child for child, weight in strong if may_match_automatically(weight, origin.auto)]
    if len(sure) == 1:
        return Place(RowAnswer.MATCHED, sure[0], _words(dict(strong)[sure[0]]))
    if strong:
        child, weight = strong[0]
        return Place(RowAnswer.QUEUED, child, _words(weight), WorkKind.DUPLICATE)
    return Place(RowAnswer.CREATED)


def _same_number(weight: Weight, origin: Origin) -> bool:
    return weight.level(IDENTIFIERS[origin.number_kind]) == "same"


def _by_number(asked: Identity, origin: Origin, child: UUID, weight: Weight) -> Place:
    if not may_match_automatically(weight, origin.auto):
        # The number is that child's, the name or the birthday is not: one of the two was mistyped.
        return Place(RowAnswer.QUEUED, child, _words(weight), WorkKind.CLASH)
    ((kind, value),) = asked.identifiers
    active = Identifier.objects.filter(child=child, kind=kind, value=value, active=True).exists()
    return Place(RowAnswer.MATCHED if active else RowAnswer.SUPERSEDED, child, _words(weight))


def _words(weight: Weight) -> tuple[str, ...]:
    return tuple(str(reason) for reason in weight.because)


# What is done. Each is called inside the action of a row or of a steward's decision.


def create(row: Row, origin: Origin) -> Child:
    """Make the record of a child whom nobody here knew."""
    somewhere = bool(row.address)
    others = [(NameKind.KNOWN_AS, row.known_as, row.family_name)] if row.known_as else []
    if row.former_family_name:
        others.append((NameKind.FORMER, row.given_names, row.former_family_name))
    details = NewChild(
        given=row.given_names,
        family=row.family_name,
        born=row.born,
        sex=row.sex,
        authority=origin.agency.authority,
        source=origin.label,
        address=AddressState.CURRENT if somewhere else AddressState.NONE,
        lines=row.address,
        postcode=row.postcode if somewhere else "",
        identifiers={origin.number_kind: row.identifier} if row.identifier else {},
        first_language=row.first_language,
        other_names=tuple(others),
        services=(_service(row, origin),) if row.left_on is None else (),
    )
    return registering.make(details, _carers(row))


def apply(row: Row, child: Child, origin: Origin, *, superseded: bool = False) -> tuple[RowAnswer, str]:
    """Put what a row says to a record that is known: the answer, and a word where something was left as it was."""
    if _is_stale(row, child, origin):
        return RowAnswer.STALE, "The child has since gone to another school or practice"
    news, why = _apply(row, child, origin, superseded=superseded)
    if news:
        registering.refresh(child)
    if superseded:
        return RowAnswer.SUPERSEDED, why or "The number was replaced by another"
    return (RowAnswer.MATCHED if news else RowAnswer.UNCHANGED), why


def _apply(row: Row, child: Child, origin: Origin, *, superseded: bool) -> tuple[bool, str]:
    news = [_tell_service(row, child, origin)]
    if row.identifier and not superseded:
        news.append(_tell_number(row, child, origin))
    news += [_tell_name(child, kind, given, family, origin) for kind, given, family in _names(row)]
    for carer in _carers(row):
        before = child.cares.count()
        families.add_carer(child, carer, source=origin.label)
        news.append(child.cares.count() != before)
    moved, why = _tell_home(row, child, origin)
    return any([*news, moved]), why


def _is_stale(row: Row, child: Child, origin: Origin) -> bool:
    current = child.universal_services.filter(kind=SERVICE[origin.source], to_on__isnull=True).first()
    elsewhere = current is not None and current.agency_id not in (None, origin.agency.pk)
    return elsewhere and current.from_on is not None and current.from_on > row.started_on


def _tell_service(row: Row, child: Child, origin: Origin) -> bool:
    if row.left_on is None:
        return records.set_universal(child, _service(row, origin), source=origin.label)
    kind = SERVICE[origin.source]
    return records.leave_universal(child, kind=kind, agency=origin.agency, on=row.left_on, source=origin.label)


def _service(row: Row, origin: Origin) -> Service:
    return Service(kind=SERVICE[origin.source], agency=origin.agency, from_on=row.started_on)


def _tell_number(row: Row, child: Child, origin: Origin) -> bool:
    number = numbers.parse(origin.number_kind, row.identifier)
    if child.identifiers.filter(kind=origin.number_kind, value=number, active=True).exists():
        return False
    return registering.claim(child, kind=origin.number_kind, value=number, source=origin.label)


def _names(row: Row) -> Iterable[tuple[NameKind, str, str]]:
    # A name that differs from ours is added beside it: who is right is not for a file to say.
    yield NameKind.SPELLING, row.given_names, row.family_name
    if row.known_as:
        yield NameKind.KNOWN_AS, row.known_as, row.family_name
    if row.former_family_name:
        yield NameKind.FORMER, row.given_names, row.former_family_name


def _tell_name(child: Child, kind: NameKind, given: str, family: str, origin: Origin) -> bool:
    return records.add_name(child, kind=kind, given=given, family=family, source=origin.label)


def _carers(row: Row) -> list[Carer]:
    if not (row.carer_given_names and row.carer_family_name and row.carer_relationship):
        return []
    return [
        Carer(
            given=row.carer_given_names,
            family=row.carer_family_name,
            relationship=row.carer_relationship,
            basis=row.carer_responsibility,
            phone=row.carer_phone,
        )
    ]


def _tell_home(row: Row, child: Child, origin: Origin) -> tuple[bool, str]:
    """Move house where this source may say so; whether that is news, and a word where it may not."""
    if not row.address:
        return False, ""
    standing = child.addresses.get(state__in=STANDING_ADDRESS)
    if (standing.lines, standing.postcode) == (row.address, row.postcode):
        return False, ""
    if not _may_say_where(standing, child, origin):
        return False, "The address differs from the one on the record, which was left as it is"
    records.move_house(child, state=AddressState.CURRENT, lines=row.address, postcode=row.postcode, source=origin.label)
    return True, ""


def _may_say_where(standing: Address, child: Child, origin: Origin) -> bool:
    """Whether a file may change the address: nobody knew it, this source said it, or the source that did is the
    child's no longer. A practitioner's word, and another partner's, stand: files would change it to and fro."""
    if standing.state not in (AddressState.CURRENT, AddressState.LAST_KNOWN) or standing.source == origin.label:
        return True
    source, _, code = standing.source.partition(":")
    if source not in FeedSource.values:
        return False
    return not child.universal_services.filter(agency__code=code, to_on__isnull=True).exists()


def queue(row: Row, where: Place, origin: Origin, *, answered: LoadedRow) -> bool:
    """Ask a steward where a row belongs; False when a steward has dismissed the very same question before."""
    if where.kind is None or where.child is None:
        raise TypeError("a row that is queued says beside whom, and why")
    received = {**row.as_received(), "source": origin.source.value, "agency": origin.agency.code}
    child = Child.objects.get(pk=where.child)
    if worklist.was_dismissed(where.kind, child=child, received=received):
        return False
    worklist.put(where.kind, child=child, row=answered, received=received, because=list(where.because))
    return True
