"""What is recorded of a child, line by line: the value, who told it and when, and what to ask to have it changed."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from teamaround.audit.models import Event
from teamaround.audit.privacy import P1, P2
from teamaround.kit import dates
from teamaround.kit.identifiers import show_nhs_number
from teamaround.workforce.models import Agency

from . import numbers
from .models import Address, Child, Name, Sourced, Universal
from .terms import (
    OFFERED_BY,
    STANDING_ADDRESS,
    AddressState,
    BornPrecision,
    IdentifierKind,
    NameKind,
    Registered,
    Sex,
    UniversalKind,
)

#: who tells, by the first part of a source; a partner's file names its agency by code after a colon
TELLERS = {
    "practitioner": "a practitioner",
    "steward": "a data steward",
    "demonstration": "the demonstration",
    "school-roll": "the school roll",
    "gp-list": "the practice's list",
    "birth-list": "the list of births",
    "social-care": "children's social care",
    "early-help-list": "the early help service",
    "youth-justice": "the youth justice service",
}
#: acts that change plain facts of a record, whose events tell where each comes from since
_CORRECTING = ("child.corrected", "child.born")
_PLAIN = ("born", "expected", "sex", "first_language")

Origin = tuple[str, datetime]


@dataclass(frozen=True)
class Fact:
    """One line. `about` names what it belongs to: name, born, sex, home, a universal service, a number, language."""

    key: str
    value: str
    about: str = ""
    note: str = ""  #: who told it, and when
    origin: Origin | None = None


@dataclass(frozen=True)
class OtherName:
    """A name besides the current one."""

    id: UUID
    name: str
    kind: str
    can_end: bool


def of(child: Child, *, classes: Iterable[str], sector: str) -> list[Fact]:
    """Every line that these field classes and this sector may see; who told it is said to those who may know (IX-8)."""
    allowed = set(classes)
    if P1 not in allowed:
        return []
    names = [Fact("Index number", child.index_number), _name(child)]
    if P2 not in allowed:
        return [*names, *_birth(child, {})]
    plain = _plain(child)
    facts = [
        *names,
        *_other_names(child),
        *_birth(child, plain),
        *_home(child),
        *_universal(child),
        *_identifiers(child, sector),
        Fact("First language", child.first_language, "language", origin=plain["first_language"]),
    ]
    said = sayer(one.origin for one in facts)
    return [replace(one, note=said(one.origin) if one.value else "") for one in facts]


def _name(child: Child) -> Fact:
    current = current_name(child)
    goes_by = _whole(current) if current.given else f"Unborn baby {current.family}"
    return Fact("Name", goes_by, "name", origin=origin_of(current))


def _birth(child: Child, plain: dict[str, Origin]) -> Iterator[Fact]:
    if child.born:
        yield Fact("Date of birth", say_born(child), "born", origin=plain.get("born"))
        yield Fact("Sex", Sex(child.sex).label, "sex", origin=plain.get("sex"))
    else:
        yield Fact("Expected date", dates.say(child.expected), "born", origin=plain.get("expected"))


def say_born(child: Child) -> str:
    """The date of birth, or as much of it as is known."""
    if child.born is None:
        return ""
    if child.born_precision == BornPrecision.YEAR:
        return str(child.born.year)
    return f"{child.born:%B %Y}" if child.born_precision == BornPrecision.MONTH else dates.say(child.born)


def _whole(name: Name) -> str:
    return f"{name.given} {name.family}".strip()


def _other_names(child: Child) -> Iterator[Fact]:
    for one in child.names.exclude(kind=NameKind.CURRENT).order_by("kind", "recorded_at"):
        until = f" (until {dates.say(one.to_on)})" if one.kind == NameKind.KNOWN_AS and one.to_on else ""
        yield Fact(NameKind(one.kind).label, f"{_whole(one)}{until}", "name", origin=origin_of(one))


def _home(child: Child) -> Iterator[Fact]:
    standing = home_of(child)
    if standing is not None:
        where = ", ".join(part for part in (standing.lines, standing.postcode) if part)
        label = AddressState(standing.state).label
        key = label if standing.state == AddressState.LAST_KNOWN else "Address"
        yield Fact(key, where or label, "home", origin=origin_of(standing))


def home_of(child: Child) -> Address | None:
    """What is recorded of where the child lives now."""
    return child.addresses.filter(state__in=STANDING_ADDRESS).first()


def _universal(child: Child) -> Iterator[Fact]:
    current = {one.kind: one for one in child.universal_services.filter(to_on=None).select_related("agency")}
    for kind in UniversalKind:
        one = current.get(kind)
        if one is None:
            yield Fact(kind.label, Registered.UNKNOWN.label, kind.value)
            continue
        said = one.agency.name if one.agency else Registered(one.registered).label
        since = f", since {dates.say(one.from_on)}" if one.agency and one.from_on else ""
        # That nobody knows is nobody's word.
        known = one.registered != Registered.UNKNOWN
        yield Fact(kind.label, f"{said}{since}", kind.value, origin=origin_of(one) if known else None)


def _identifiers(child: Child, sector: str) -> Iterator[Fact]:
    """An NHS number is shown to health only and a pupil number to education only; others may search by one they
    already hold and get no echo of it (IX-8)."""
    held = {one.kind: one for one in child.identifiers.filter(active=True)}
    for kind in IdentifierKind:
        if not numbers.may_read(kind, sector):
            continue
        one = held.get(kind)
        value = show_nhs_number(one.value) if one and kind == IdentifierKind.NHS else one.value if one else ""
        yield Fact(kind.label, value, kind.value, origin=origin_of(one) if one else None)


def other_names(child: Child) -> list[OtherName]:
    """The names besides the current one; those the child is known as now can end."""
    return [
        OtherName(
            one.pk,
            _whole(one),
            NameKind(one.kind).label,
            one.kind == NameKind.KNOWN_AS and one.to_on is None,
        )
        for one in child.names.exclude(kind=NameKind.CURRENT).order_by("kind", "recorded_at")
    ]


def known_as(child: Child, id: UUID) -> Name | None:
    """One of the names the child is known as now."""
    return child.names.filter(pk=id, kind=NameKind.KNOWN_AS, to_on=None).first()


def current_name(child: Child) -> Name:
    """The name as it is written in its parts."""
    return child.names.get(kind=NameKind.CURRENT)


def service_choices(kind: str) -> list[tuple[str, str]]:
    """The schools and nurseries, or the practices, that a child may be registered with, by name."""
    found = Agency.objects.filter(kind__in=OFFERED_BY[UniversalKind(kind)]).order_by("name")
    return [(str(pk), name) for pk, name in found.values_list("pk", "name")]


def service_of(child: Child, kind: str) -> Universal | None:
    """What is recorded of the child's school or GP now."""
    return child.universal_services.filter(kind=kind, to_on=None).first()


def number_of(child: Child, kind: str) -> str:
    """The child's number of a kind; the caller has made sure that it may be seen (IX-8)."""
    return child.identifiers.filter(kind=kind, active=True).values_list("value", flat=True).first() or ""


# Who told it.


def origin_of(record: Sourced) -> Origin:
    """Who told a value, and when."""
    return record.source, record.recorded_at


def _plain(child: Child) -> dict[str, Origin]:
    """Where each plain fact of the record comes from: its latest correction, or the making of the record."""
    origins = dict.fromkeys(_PLAIN, (child.source, child.recorded_at))
    for event in Event.objects.filter(about__contains=[child.pk], action__in=_CORRECTING).order_by("at"):
        told = "practitioner" if event.practitioner else event.job
        for change in event.changes:
            if change["record"] == Child._meta.label:
                origins |= {name: (told, event.at) for name in change["fields"] if name in _PLAIN}
    return origins


def sayer(origins: Iterable[Origin | None]) -> Callable[[Origin | None], str]:
    """What says where a value comes from; the agencies that told are asked for once."""
    codes = {one[0].partition(":")[2] for one in origins if one} - {""}
    names = dict(Agency.objects.filter(code__in=codes).values_list("code", "name")) if codes else {}

    def say(origin: Origin | None) -> str:
        if origin is None:
            return ""
        teller, _, code = origin[0].partition(":")
        who = TELLERS.get(teller, "another system")
        whose = f" of {names[code]}" if code in names else ""
        return f"From {who}{whose}, {dates.say(origin[1].astimezone(dates.LONDON).date())}"

    return say
