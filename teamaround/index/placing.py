"""Where one row of a partner's file belongs: to a record that is known, to a new one, or to a steward's decision.

A number that is known, or everything that counts, must agree before a row is taken for a record without a person
looking (IX-79). Twins share all but the forename, so they never are taken for one another.
"""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.people import families, numbers, records
from teamaround.people.families import Carer
from teamaround.people.models import Address, Child, Identifier, Universal
from teamaround.people.records import NewChild, Service
from teamaround.people.terms import STANDING_ADDRESS, AddressState, IdentifierKind, NameKind, UniversalKind
from teamaround.reference import periods
from teamaround.workforce.models import Agency, Team

from . import registering, searching, told_involvement, worklist
from .feed_columns import SOURCES
from .feed_rows import Row
from .identity import Identity, Name
from .keys import Key, keys_asked
from .matching import is_strong, may_match_automatically
from .searching import Near
from .terms import FeedSource, RowAnswer, WorkKind

#: which universal service a source tells of
SERVICE = {FeedSource.SCHOOL_ROLL: UniversalKind.EDUCATION, FeedSource.GP_LIST: UniversalKind.GP}


@dataclass(frozen=True)
class Origin:
    """Where a row comes from, and what is needed to judge it: read once for a whole file."""

    source: FeedSource
    agency: Agency
    made_on: date
    oldest: int  #: years from which somebody is too old for the index
    review: float  #: probability from which a person looks
    auto: float  #: probability from which nobody need
    teams: dict[str, Team] = field(default_factory=dict)  #: the agency's teams, by their names in small letters

    @property
    def label(self) -> str:
        return f"{self.source}:{self.agency.code}"

    @property
    def number_kind(self) -> IdentifierKind:
        return IdentifierKind(SOURCES[self.source].number_kind)

    @property
    def service(self) -> UniversalKind | None:
        """The universal service that the source tells of, if it tells of one."""
        return SERVICE.get(self.source)

    @property
    def tells_involvement(self) -> bool:
        return SOURCES[self.source].tells == "involvement"


def origin_of(source: str, agency: Agency, *, made_on: date) -> Origin:
    """The origin of rows, with the thresholds in force."""
    return Origin(
        source=FeedSource(source),
        agency=agency,
        made_on=made_on,
        oldest=periods.amount("age_max"),
        review=float(periods.exact("match_review")),
        auto=float(periods.exact("match_auto")),
        teams={team.name.lower(): team for team in agency.teams.all()},
    )


@dataclass(frozen=True)
class Place:
    """Where a row belongs: the answer, the record it is or may be about, and what a steward is asked."""

    answer: RowAnswer
    near: Near | None = None
    kind: WorkKind | None = None

    @property
    def child(self) -> UUID | None:
        return self.near.child if self.near else None


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
    records.check_young_enough(row.born, most=origin.oldest)
    if origin.tells_involvement:
        if origin.agency.sensitive:
            return Place(RowAnswer.SENSITIVE)
        _team(row, origin)
        _contact(row, origin)
    asked = identity_of(row, origin)
    by_number = _by_number(asked, origin)
    if by_number is not None:
        return by_number
    near = searching.near(asked, keys_asked(asked, on=dates.today()))
    strong = [one for one in near if is_strong(one.weight, origin.review)]
    sure = [one for one in strong if may_match_automatically(one.weight, origin.auto)]
    if len(sure) == 1:
        return Place(RowAnswer.MATCHED, sure[0])
    if strong:
        return Place(RowAnswer.QUEUED, strong[0], WorkKind.DUPLICATE)
    return Place(RowAnswer.CREATED)


def _by_number(asked: Identity, origin: Origin) -> Place | None:
    """The record that holds the row's number, now or before it was superseded (IX-7)."""
    if not asked.identifiers:
        return None
    ((kind, value),) = asked.identifiers
    held = searching.near(asked, [Key("id", f"{kind}:{value}")])
    if not held:
        return None
    holders = Identifier.objects.filter(child__in=[one.child for one in held], kind=kind, value=value, active=True)
    active = holders.values_list("child", flat=True).first()
    near = next((one for one in held if one.child == active), held[0])
    if not may_match_automatically(near.weight, origin.auto):
        # The number is that child's, the name or the birthday is not: one of the two was mistyped.
        return Place(RowAnswer.QUEUED, near, WorkKind.CLASH)
    return Place(RowAnswer.MATCHED if active else RowAnswer.SUPERSEDED, near)


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
        services=(_service(row, origin),) if origin.service and row.left_on is None else (),
    )
    child = registering.make(details, _carers(row))
    if origin.tells_involvement:
        _tell_involvement(row, child, origin)
    return child


def apply(row: Row, near: Near, origin: Origin, *, superseded: bool = False) -> tuple[RowAnswer, str]:
    """Put what a row says to a record that is known: the answer, and a word where something was left as it was.

    Most rows of most files change nothing, so what is compared anyway is not read again.
    """
    # Held until the row is done, so that what is compared is made of all that is written.
    child = Child.objects.select_for_update().get(pk=near.child)
    if origin.service is not None:
        service = child.universal_services.filter(kind=origin.service, to_on__isnull=True).first()
        if _is_stale(row, service, origin):
            return RowAnswer.STALE, "The child has since gone to another school or practice"
        served = _tell_service(row, child, service, origin)
    else:
        served = origin.tells_involvement and _tell_involvement(row, child, origin)
    born = _tell_birth(row, child, origin)
    numbered = bool(row.identifier) and not superseded and _tell_number(row, child, near.known, origin)
    named = [_tell_name(child, near.known, name, origin) for name in identity_of(row, origin).names]
    cared = [_tell_carer(child, carer, origin) for carer in _carers(row)]
    moved, why = _tell_home(row, child, origin)
    if born or moved or any(named + cared):
        registering.refresh(child)
    elif numbered:
        registering.refresh_numbers(child)
    if superseded:
        return RowAnswer.SUPERSEDED, why or "The number was replaced by another"
    news = served or born or numbered or moved or any(named + cared)
    return (RowAnswer.MATCHED if news else RowAnswer.UNCHANGED), why


def _is_stale(row: Row, service: Universal | None, origin: Origin) -> bool:
    if service is None or service.from_on is None or service.agency_id in (None, origin.agency.pk):
        return False
    return row.started_on is not None and service.from_on > row.started_on


def _tell_service(row: Row, child: Child, service: Universal | None, origin: Origin) -> bool:
    there = service if service is not None and service.agency_id == origin.agency.pk else None
    if row.left_on is not None:
        return there is not None and records.leave_universal(
            child, kind=SERVICE[origin.source], agency=origin.agency, on=row.left_on, source=origin.label
        )
    if there is not None and there.from_on == row.started_on:
        return False
    return records.change_universal(child, service, _service(row, origin), source=origin.label)


def _service(row: Row, origin: Origin) -> Service:
    return Service(kind=SERVICE[origin.source], agency=origin.agency, from_on=row.started_on)


def _tell_involvement(row: Row, child: Child, origin: Origin) -> bool:
    team = _team(row, origin)
    phone, email = _contact(row, origin)
    role = told_involvement.ROLES[origin.source]
    if row.status:
        role = f"{role}: {told_involvement.STATUSES[row.status]}"
    return told_involvement.tell(
        child,
        team=team,
        role=role,
        from_on=row.started_on or origin.made_on,
        to_on=row.left_on,
        phone=phone,
        email=email,
        source=origin.label,
    )


def _team(row: Row, origin: Origin) -> Team:
    team = origin.teams.get(row.team.lower())
    if team is None:
        raise Refused("team is not the name of a team that your agency has here", field="team")
    return team


def _contact(row: Row, origin: Origin) -> tuple[str, str]:
    """How the team is reached: as the row says, else as the agency is (IX-33)."""
    phone, email = row.phone or origin.agency.phone, origin.agency.email
    if not phone and not email:
        raise Refused("phone is missing, and your agency has neither number nor address here", field="phone")
    return phone, email


def _tell_birth(row: Row, child: Child, origin: Origin) -> bool:
    """Let a child be born whom we expected, once a number or a steward has said that it is this one."""
    if child.born is not None:
        return False
    records.be_born(child, on=row.born, sex=row.sex, given=row.given_names, source=origin.label)
    return True


def _tell_number(row: Row, child: Child, known: Identity, origin: Origin) -> bool:
    number = numbers.parse(origin.number_kind, row.identifier)
    if (origin.number_kind.value, number) in known.identifiers:
        return False
    return registering.claim(child, kind=origin.number_kind, value=number, source=origin.label)


def _tell_name(child: Child, known: Identity, name: Name, origin: Origin) -> bool:
    """Add a name that differs from ours beside it: who is right is not for a file to say."""
    if any((one.given, one.family) == (name.given, name.family) for one in known.names):
        return False
    kind = NameKind.SPELLING if name.kind == NameKind.CURRENT else name.kind
    return records.add_name(child, kind=kind, given=name.given, family=name.family, source=origin.label)


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


def _tell_carer(child: Child, carer: Carer, origin: Origin) -> bool:
    for care in child.cares.filter(to_on__isnull=True).select_related("adult"):
        same = (care.adult.given, care.adult.family) == (carer.given, carer.family)
        told = bool(care.has_responsibility or not carer.basis) and bool(care.adult.phone or not carer.phone)
        if same and told:
            return False
    families.add_carer(child, carer, source=origin.label)
    return True


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


def queue(row: Row, near: Near, kind: WorkKind, origin: Origin) -> bool:
    """Ask a steward where a row belongs; False when a steward has dismissed the very same question before."""
    received = {**row.as_received(), "source": origin.source.value, "agency": origin.agency.code}
    child = Child.objects.get(pk=near.child)
    if worklist.was_dismissed(kind, child=child, received=received):
        return False
    worklist.put(kind, child=child, received=received, because=[str(reason) for reason in near.weight.because])
    return True
