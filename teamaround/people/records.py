"""Records of children: make one, correct it. Called by the index only, so that what finds a child is always fresh."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import SystemRandom
from typing import Any

from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.kit import dates
from teamaround.kit.identifiers import NotValid, new_index_number, parse_nhs_number, parse_upn
from teamaround.kit.refused import Refused
from teamaround.kit.text import postcode as tidy_postcode
from teamaround.kit.text import tidy
from teamaround.places.models import Authority
from teamaround.workforce.models import Agency

from .models import Address, Child, Identifier, Name, Universal
from .terms import STANDING_ADDRESS, AddressState, IdentifierKind, NameKind, Registered, Sex, UniversalKind

PARSERS = {IdentifierKind.NHS: parse_nhs_number, IdentifierKind.UPN: parse_upn}
#: how long before the birth anything about a child can date from (IX-9)
BEFORE_BIRTH = timedelta(weeks=40)


@dataclass(frozen=True, kw_only=True)
class NewChild:
    """All that a record cannot be without (IX-2), and what may be known besides."""

    family: str
    authority: Authority
    source: str
    given: str = ""
    born: date | None = None
    born_precision: str = "day"
    expected: date | None = None
    sex: str = Sex.UNKNOWN
    address: str = AddressState.NONE
    lines: str = ""
    postcode: str = ""
    identifiers: dict[str, str] = field(default_factory=dict)
    first_language: str = ""
    other_names: tuple[tuple[str, str, str], ...] = ()


def check_new(details: NewChild) -> None:
    """Refuse details that leave out what every record needs, or contradict each other (IX-2, 9)."""
    if not tidy(details.family):
        raise Refused("Enter the last name", field="family")
    if details.expected is None and not tidy(details.given):
        raise Refused("Enter the first name", field="given")
    if (details.born is None) == (details.expected is None):
        raise Refused("Enter either the date of birth or, before birth, the expected date", field="born")
    if details.expected is not None and details.sex != Sex.UNKNOWN:
        raise Refused("Before birth the sex is “not known”", field="sex")
    check_date(details.born, what="The date of birth")
    if details.expected and details.expected > dates.today() + BEFORE_BIRTH:
        raise Refused("The expected date is more than 40 weeks away", field="expected")
    if details.address in (AddressState.CURRENT, AddressState.LAST_KNOWN) and not (details.lines or details.postcode):
        raise Refused("Enter the address, or say that none is known", field="lines")


def check_date(day: date | None, *, what: str) -> None:
    """Refuse a date more than a day ahead (IX-9)."""
    if day is not None and day > dates.today() + timedelta(days=1):
        raise Refused(f"{what} is in the future", field="born")


def check_span(child: Child, from_on: date | None, to_on: date | None) -> None:
    """Refuse a span that ends before it starts, or starts more than 40 weeks before birth (IX-9)."""
    if from_on and to_on and to_on < from_on:
        raise Refused("The end is before the start")
    birth = child.born or child.expected
    if from_on and birth and from_on < birth - BEFORE_BIRTH:
        raise Refused("The start is more than 40 weeks before the birth")
    check_date(from_on, what="The start")


@action("child.made")
def create(details: NewChild, *, by: Actor) -> Child:
    """Make a record with a number of its own that says nothing and is never used again (IX-1)."""
    check_new(details)
    origin = {"source": details.source, "recorded_at": dates.now()}
    child = Child.objects.create(
        index_number=new_index_number(SystemRandom()),
        sex=details.sex,
        born=details.born,
        born_precision=details.born_precision,
        expected=details.expected,
        authority=details.authority,
        first_language=details.first_language,
        **origin,
    )
    names = [(NameKind.CURRENT, details.given, details.family), *details.other_names]
    Name.objects.bulk_create(
        [Name(child=child, kind=kind, given=tidy(given), family=tidy(family), **origin) for kind, given, family in names]
    )
    Address.objects.create(
        child=child,
        state=details.address,
        lines=tidy(details.lines),
        postcode=tidy_postcode(details.postcode),
        **origin,
    )
    for kind, value in details.identifiers.items():
        add_identifier(child, kind=kind, value=value, source=details.source, by=by)
    return child


@action("child.renamed")
def rename(child: Child, *, given: str, family: str, source: str, by: Actor, kind: str = NameKind.CURRENT) -> None:
    """Give a new name; the former one stays findable."""
    if not tidy(family):
        raise Refused("Enter the last name", field="family")
    if kind == NameKind.CURRENT:
        for old in child.names.filter(kind=NameKind.CURRENT):
            if (old.given, old.family) == (tidy(given), tidy(family)):
                return
            old.kind, old.to_on = NameKind.FORMER, dates.today()
            old.save()
    Name.objects.create(
        child=child, kind=kind, given=tidy(given), family=tidy(family), source=source, recorded_at=dates.now()
    )


@action("child.moved-house")
def move_house(
    child: Child,
    *,
    source: str,
    by: Actor,
    state: str = AddressState.CURRENT,
    lines: str = "",
    postcode: str = "",
    from_on: date | None = None,
) -> None:
    """Say where the child lives now, or that nobody knows; the former address stays as history."""
    if state not in STANDING_ADDRESS:
        raise Refused("Say where the child lives, or that no address is known")
    check_span(child, from_on, None)
    for old in child.addresses.filter(state__in=STANDING_ADDRESS):
        old.state, old.to_on = AddressState.FORMER, from_on or dates.today()
        old.save()
    Address.objects.create(
        child=child,
        state=state,
        lines=tidy(lines),
        postcode=tidy_postcode(postcode),
        from_on=from_on,
        source=source,
        recorded_at=dates.now(),
    )


@action("child.born")
def born(child: Child, *, on: date, sex: str, by: Actor, given: str = "") -> None:
    """At birth the date of birth takes the place of the expected date, and the sex is asked anew (CW-6)."""
    if child.born is not None:
        raise Refused("The birth is already recorded")
    check_date(on, what="The date of birth")
    child.born, child.expected, child.sex = on, None, sex
    child.save()
    if given:
        rename(child, given=given, family=child.names.get(kind=NameKind.CURRENT).family, source="birth", by=by)


@action("child.identified")
def add_identifier(child: Child, *, kind: str, value: str, source: str, by: Actor) -> Identifier:
    """Add a number from another body; a former value of the same kind stays searchable (IX-4 to 7)."""
    try:
        number = PARSERS[IdentifierKind(kind)](value) if kind in PARSERS else tidy(value)
    except NotValid as wrong:
        raise Refused(str(wrong), field="identifier") from None
    claimed = Identifier.objects.filter(kind=kind, value=number, active=True).exclude(child=child)
    if claimed.exists():
        raise Refused(f"This {IdentifierKind(kind).label} already belongs to another record", field="identifier")
    standing = child.identifiers.filter(kind=kind, active=True).first()
    if standing is not None and standing.value == number:
        return standing
    if standing is not None:
        standing.active = False
        standing.save()
    return Identifier.objects.create(
        child=child, kind=kind, value=number, source=source, recorded_at=dates.now()
    )


@action("child.universal-service-set")
def set_universal(
    child: Child,
    *,
    kind: str,
    source: str,
    by: Actor,
    agency: Agency | None = None,
    registered: str = Registered.REGISTERED,
    from_on: date | None = None,
) -> None:
    """Say which school or GP the child has, or that there is none or it is not known; the former one stays."""
    current = child.universal_services.filter(kind=kind, to_on=None).first()
    if current is not None:
        if current.agency_id == (agency.pk if agency else None) and current.registered == registered:
            return
        current.to_on = from_on or dates.today()
        current.save()
    Universal.objects.create(
        child=child,
        kind=UniversalKind(kind),
        registered=registered,
        agency=agency,
        from_on=from_on,
        source=source,
        recorded_at=dates.now(),
    )


@action("child.corrected")
def correct(child: Child, *, by: Actor, **values: Any) -> None:
    """Correct plain facts of the record: sex, date of birth and its precision, first language."""
    for name, value in values.items():
        if name not in ("sex", "born", "born_precision", "first_language"):
            raise TypeError(f"{name} is not corrected here")
        setattr(child, name, value)
    check_date(child.born, what="The date of birth")
    child.save()
