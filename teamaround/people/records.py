"""Records of children: make one, correct it: names, birth, home, universal services.

Called by the index only, inside its own actions, so that what finds a child is always fresh.
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import SystemRandom

from teamaround.kit import dates
from teamaround.kit.identifiers import new_index_number
from teamaround.kit.refused import Refused
from teamaround.kit.text import postcode as tidy_postcode
from teamaround.kit.text import tidy
from teamaround.places.models import Authority
from teamaround.workforce.models import Agency

from .models import Address, Child, Name, Universal
from .terms import (
    STANDING_ADDRESS,
    AddressState,
    BornPrecision,
    ChildState,
    NameKind,
    Registered,
    Sex,
    UniversalKind,
)

#: how long before the birth anything about a child can date from (IX-9)
BEFORE_BIRTH = timedelta(weeks=40)
#: a clock may be a little ahead, a record may not (IX-9)
AHEAD = timedelta(days=1)
#: an expected date that has passed stands this long, until the birth is recorded
OVERDUE = timedelta(weeks=4)

_FULL_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}")
_SOMEWHERE = (AddressState.CURRENT, AddressState.LAST_KNOWN)
_random = SystemRandom()


@dataclass(frozen=True, kw_only=True)
class Service:
    """A universal service: registered with an agency, or the statement that there is none or that it is not known."""

    kind: str
    registered: str = Registered.REGISTERED
    agency: Agency | None = None
    from_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class NewChild:
    """All that a record cannot be without (IX-2), and what may be known besides."""

    family: str
    authority: Authority
    source: str
    address: str  #: one of STANDING_ADDRESS; "none" is a statement, never a default
    given: str = ""
    born: date | None = None
    born_precision: str = BornPrecision.DAY
    expected: date | None = None
    sex: str = Sex.UNKNOWN
    lines: str = ""
    postcode: str = ""
    address_from: date | None = None
    identifiers: dict[str, str] = field(default_factory=dict)  #: kind to value
    first_language: str = ""
    other_names: tuple[tuple[str, str, str], ...] = ()  #: kind, given, family
    services: tuple[Service, ...] = ()


# Rules.


def check_new(details: NewChild) -> None:
    """Refuse details that leave out what every record needs, or contradict each other (IX-2, IX-9)."""
    if details.authority is None:
        raise Refused("Say which authority is responsible for the child", field="authority")
    if (details.born is None) == (details.expected is None):
        raise Refused("Enter either the date of birth or, before birth, the expected date", field="born")
    check_name(details.given, details.family, unborn=details.born is None)
    check_sex(details.sex, unborn=details.born is None)
    if details.born_precision not in BornPrecision.values:
        raise Refused("Say whether the day, the month or the year of birth is known", field="born")
    if details.born is not None:
        check_born(details.born)
    if details.expected is not None:
        check_expected(details.expected)
    check_home(details.address, details.lines, details.postcode)
    for _, given, family in details.other_names:
        check_name(given, family)


def check_name(given: str, family: str, *, unborn: bool = False) -> None:
    """Refuse a name without its parts; an unborn child has only the family's."""
    if not tidy(family):
        raise Refused("Enter the last name", field="family")
    if not tidy(given) and not unborn:
        raise Refused("Enter the first name; for a newborn without one, enter Baby", field="given")
    if max(len(given), len(family)) > 100:
        raise Refused("A name can be up to 100 characters long", field="family")


def check_sex(sex: str, *, unborn: bool = False) -> None:
    """Refuse a missing sex: that it is not known or not specified is a statement, not a gap (IX-2)."""
    if sex not in Sex.values:
        raise Refused("Give the sex, or say that it is not known or not specified", field="sex")
    if unborn and sex != Sex.UNKNOWN:
        raise Refused("Before birth the sex is “not known”", field="sex")


def check_born(born: date) -> None:
    """Refuse a birth in the future (IX-9)."""
    if born > dates.today() + AHEAD:
        raise Refused("The date of birth is in the future. Before birth, enter the expected date", field="born")


def check_young_enough(born: date | None, *, most: int) -> None:
    """Refuse somebody too old for this index."""
    if born is not None and dates.age_on(born, dates.today()) >= most:
        raise Refused(f"The index holds nobody aged {most} or over", field="born")


def check_expected(expected: date) -> None:
    """Refuse an expected date that no pregnancy of today can have."""
    today = dates.today()
    if expected > today + BEFORE_BIRTH:
        raise Refused("The expected date is more than 40 weeks away", field="expected")
    if expected < today - OVERDUE:
        raise Refused("The expected date is past. Enter the date of birth", field="expected")


def check_home(state: str, lines: str, postcode: str) -> None:
    """Refuse an address that says nothing, and a statement that none is known beside one (IX-2)."""
    if state not in STANDING_ADDRESS:
        raise Refused("Enter the address, or say that none is known", field="home")
    if state in _SOMEWHERE and not tidy(lines):
        raise Refused("Enter the address, or say that none is known", field="lines")
    if state not in _SOMEWHERE and (tidy(lines) or tidy(postcode)):
        raise Refused("Enter an address, or say that none is known, not both", field="home")
    if tidy(postcode) and not _FULL_POSTCODE.fullmatch(tidy_postcode(postcode)):
        raise Refused("Enter a full postcode, like NM1 4QT", field="postcode")
    if len(lines) > 240:
        raise Refused("An address can be up to 240 characters long", field="lines")


def check_span(child: Child, from_on: date | None, to_on: date | None = None) -> None:
    """Refuse a span that ends before it starts, lies in the future, or before the pregnancy (IX-9)."""
    latest = dates.today() + AHEAD
    birth = child.born or child.expected
    for day, name in ((from_on, "from_on"), (to_on, "to_on")):
        if day is not None and day > latest:
            raise Refused(f"{dates.say(day)} is in the future", field=name)
        if day is not None and birth is not None and day < birth - BEFORE_BIRTH:
            raise Refused(f"{dates.say(day)} is more than 40 weeks before the birth", field=name)
    if from_on is not None and to_on is not None and to_on < from_on:
        raise Refused(f"The end, {dates.say(to_on)}, is before the start, {dates.say(from_on)}", field="to_on")


# What is done.


def create(details: NewChild) -> Child:
    """Make a record with a number of its own that says nothing and is never used again (IX-1, IX-2)."""
    check_new(details)
    origin = {"source": details.source, "recorded_at": dates.now()}
    child = Child.objects.create(
        index_number=new_index_number(_random),
        sex=details.sex,
        born=details.born,
        born_precision=details.born_precision,
        expected=details.expected,
        authority=details.authority,
        first_language=tidy(details.first_language),
        **origin,
    )
    names = [(NameKind.CURRENT, details.given, details.family), *details.other_names]
    Name.objects.bulk_create(
        [Name(child=child, kind=kind, given=tidy(first), family=tidy(last), **origin) for kind, first, last in names]
    )
    Address.objects.create(
        child=child,
        state=details.address,
        lines=tidy(details.lines),
        postcode=tidy_postcode(details.postcode),
        from_on=details.address_from,
        **origin,
    )
    stated = {service.kind: service for service in details.services}
    for service in stated.values():
        _check_service(child, service)
    unknown = [Service(kind=kind, registered=Registered.UNKNOWN) for kind in UniversalKind if kind not in stated]
    Universal.objects.bulk_create(
        [_universal(child, one, source=details.source) for one in (*stated.values(), *unknown)]
    )
    return child


def rename(child: Child, *, given: str, family: str, on: date, source: str, keep_as: str = NameKind.FORMER) -> None:
    """Give a new name; the one before stays findable as a former name, or as a spelling where it was a slip."""
    check_name(given, family, unborn=child.born is None)
    check_span(child, on)
    current = child.names.get(kind=NameKind.CURRENT)
    if (current.given, current.family) == (tidy(given), tidy(family)):
        return
    current.kind, current.to_on = keep_as, on
    current.save()
    Name.objects.create(
        child=child,
        kind=NameKind.CURRENT,
        given=tidy(given),
        family=tidy(family),
        from_on=on,
        source=source,
        recorded_at=dates.now(),
    )


def add_name(child: Child, *, kind: str, given: str, family: str, source: str) -> bool:
    """Add a former name, a known-as name or another spelling, once; whether that is news."""
    check_name(given, family)
    if kind not in set(NameKind.values) - {NameKind.CURRENT}:
        raise Refused("Say whether it is a former name, one the child is known as, or another spelling")
    if child.names.filter(given=tidy(given), family=tidy(family)).exists():
        return False
    Name.objects.create(
        child=child, kind=kind, given=tidy(given), family=tidy(family), source=source, recorded_at=dates.now()
    )
    return True


def end_name(name: Name, *, on: date) -> None:
    """Say that a child no longer goes by a name; the child is still found under it."""
    if name.kind != NameKind.KNOWN_AS or name.to_on is not None:
        raise Refused("Only a name that the child is known as now can end")
    check_span(name.child, name.from_on, on)
    name.to_on = on
    name.save()


def move_house(
    child: Child, *, state: str, source: str, lines: str = "", postcode: str = "", from_on: date | None = None
) -> None:
    """Say where the child lives now, or that nobody knows; the former address stays as history."""
    check_home(state, lines, postcode)
    check_span(child, from_on)
    standing = child.addresses.get(state__in=STANDING_ADDRESS)
    if (standing.state, standing.lines, standing.postcode) == (state, tidy(lines), tidy_postcode(postcode)):
        return
    standing.state, standing.to_on = AddressState.FORMER, from_on or dates.today()
    standing.save()
    Address.objects.create(
        child=child,
        state=state,
        lines=tidy(lines),
        postcode=tidy_postcode(postcode),
        from_on=from_on,
        source=source,
        recorded_at=dates.now(),
    )
    left, back = (ChildState.ACTIVE, ChildState.LEFT_AREA), (ChildState.LEFT_AREA, ChildState.ACTIVE)
    before, after = left if state == AddressState.LEFT else back
    if child.state == before:
        child.state = after
        child.save()


def correct_address(child: Child, *, lines: str, postcode: str, source: str) -> None:
    """Mend an address that was written down wrongly; nobody ever lived at the wrong one, so it is not kept."""
    standing = child.addresses.get(state__in=STANDING_ADDRESS)
    if standing.state not in _SOMEWHERE:
        raise Refused("No address is recorded. Say where the child lives instead", field="what")
    check_home(standing.state, lines, postcode)
    if (standing.lines, standing.postcode) == (tidy(lines), tidy_postcode(postcode)):
        return
    standing.lines, standing.postcode = tidy(lines), tidy_postcode(postcode)
    standing.source, standing.recorded_at = source, dates.now()
    standing.save()


def be_born(child: Child, *, on: date, sex: str, source: str, given: str = "") -> None:
    """At birth the date of birth takes the place of the expected date, and the sex is asked anew (CW-6)."""
    check_born(on)
    check_sex(sex)
    if not Child.objects.filter(pk=child.pk, born__isnull=True).update(born=on, expected=None, sex=sex):
        raise Refused("The birth is already recorded")
    child.refresh_from_db()
    family = child.names.get(kind=NameKind.CURRENT).family
    rename(child, given=given or "Baby", family=family, on=on, source=source, keep_as=NameKind.SPELLING)


def correct(
    child: Child,
    *,
    born: date | None = None,
    born_precision: str = BornPrecision.DAY,
    expected: date | None = None,
    sex: str | None = None,
    first_language: str | None = None,
) -> None:
    """Correct plain facts of the record."""
    if born is not None:
        if child.born is None:
            raise Refused("The child is not born yet. Record the birth first", field="born")
        if born_precision not in BornPrecision.values:
            raise Refused("Say whether the day, the month or the year of birth is known", field="born")
        check_born(born)
        child.born, child.born_precision = born, born_precision
    if expected is not None:
        if child.born is not None:
            raise Refused("The birth is already recorded", field="expected")
        check_expected(expected)
        child.expected = expected
    if sex is not None:
        check_sex(sex, unborn=child.born is None)
        child.sex = sex
    if first_language is not None:
        child.first_language = tidy(first_language)
    child.save()


def set_universal(child: Child, service: Service, *, source: str) -> bool:
    """Say which school or GP the child has, or that there is none or it is not known; whether that is news."""
    current = child.universal_services.filter(kind=service.kind, to_on__isnull=True).first()
    return change_universal(child, current, service, source=source)


def change_universal(child: Child, current: Universal | None, service: Service, *, source: str) -> bool:
    """Put a service in the place of the current one, which the caller has read; whether that is news."""
    _check_service(child, service)
    agency = service.agency.pk if service.agency else None
    if current is not None and (current.registered, current.agency_id) == (service.registered, agency):
        if service.from_on in (None, current.from_on):
            return False
        current.from_on = service.from_on
        current.save()
        return True
    if current is not None:
        current.to_on = max(filter(None, (service.from_on or dates.today(), current.from_on)))
        current.save()
    _universal(child, service, source=source).save()
    return True


def leave_universal(child: Child, *, kind: str, agency: Agency, on: date, source: str) -> bool:
    """Say that the child left a school or practice; where the child goes now is not known. Whether that is news."""
    current = child.universal_services.filter(kind=kind, agency=agency, to_on__isnull=True).first()
    if current is None:
        return False
    check_span(child, current.from_on, on)
    current.to_on = on
    current.save()
    _universal(child, Service(kind=kind, registered=Registered.UNKNOWN, from_on=on), source=source).save()
    return True


def _check_service(child: Child, service: Service) -> None:
    if service.kind not in UniversalKind.values or service.registered not in Registered.values:
        raise Refused("Say which universal service, and whether the child is registered")
    if (service.registered == Registered.REGISTERED) == (service.agency is None):
        raise Refused("Name the school or practice where the child is registered, and none otherwise", field="agency")
    check_span(child, service.from_on)


def _universal(child: Child, service: Service, *, source: str) -> Universal:
    return Universal(
        child=child,
        kind=service.kind,
        registered=service.registered,
        agency=service.agency,
        from_on=service.from_on,
        source=source,
        recorded_at=dates.now(),
    )
