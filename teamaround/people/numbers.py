"""The numbers that other bodies give a child: NHS number, unique pupil number, local case number."""

from django.conf import settings
from django.db import IntegrityError, transaction

from teamaround.kit import dates, identifiers
from teamaround.kit.refused import Refused
from teamaround.kit.text import tidy

from .models import Child, Identifier
from .terms import READ_BY_SECTOR, IdentifierKind


def parse(kind: str, value: str) -> str:
    """The one stored form of a number; Refused when it is not such a number, or has no business here (IX-4, IX-5)."""
    try:
        number = _PARSERS[IdentifierKind(kind)](value)
    except identifiers.NotValid as wrong:
        raise Refused(wrong.reason, field="identifier") from None
    invented = kind in _INVENTED and _INVENTED[IdentifierKind(kind)](number)
    if invented and settings.MODE == "production":
        raise Refused("This number is kept for demonstrations and belongs to nobody", field="identifier")
    if not invented and kind in _INVENTED and settings.DEMONSTRATION:
        raise Refused(
            "A demonstration takes invented numbers only: NHS numbers from 999, pupil numbers of area 997 or 998",
            field="identifier",
        )
    return number


def may_read(kind: str, sector: str) -> bool:
    """Whether a sector may see such a number of a child (IX-8).

    >>> may_read("nhs", "health"), may_read("nhs", "education"), may_read("case", "education")
    (True, False, True)
    """
    return READ_BY_SECTOR.get(IdentifierKind(kind), sector) == sector


def _case_number(value: str) -> str:
    number = tidy(value).upper()
    if not 1 <= len(number) <= 30:
        raise identifiers.NotValid("A local case number has 1 to 30 characters")
    return number


_PARSERS = {
    IdentifierKind.NHS: identifiers.parse_nhs_number,
    IdentifierKind.UPN: identifiers.parse_upn,
    IdentifierKind.CASE: _case_number,
}
_INVENTED = {IdentifierKind.NHS: identifiers.is_test_number, IdentifierKind.UPN: identifiers.is_test_upn}


def claim(child: Child, *, kind: str, value: str, source: str) -> Child | None:
    """Give the child a number; or, where another child holds it, that child, and nothing is changed (IX-6).

    A number that takes the place of another leaves the old one searchable (IX-7).
    """
    number = parse(kind, value)
    holder = _holders({kind: number}).get(kind)
    if holder is not None:
        return None if holder.pk == child.pk else holder
    own = list(child.identifiers.filter(kind=kind))
    try:
        with transaction.atomic():
            for former in own:
                if former.active:
                    former.active = False
                    former.save()
            again = next((one for one in own if one.value == number), None) or _new(child, kind, number, source)
            again.active = True
            again.save()
    except IntegrityError:
        # Another record claimed the number in the same instant.
        return _holders({kind: number})[kind]
    return None


def claim_first(child: Child, claimed: dict[str, str], *, source: str) -> dict[str, Child]:
    """Give a child just recorded the first numbers; those that others hold stay theirs, and are told by kind (IX-6)."""
    parsed = {kind: parse(kind, value) for kind, value in claimed.items()}
    if not parsed:
        return {}
    held = _holders(parsed)
    try:
        with transaction.atomic():
            Identifier.objects.bulk_create(
                [_new(child, kind, number, source) for kind, number in parsed.items() if kind not in held]
            )
    except IntegrityError:
        # Another record claimed one in the same instant: find out which.
        each = {kind: claim(child, kind=kind, value=value, source=source) for kind, value in parsed.items()}
        return {kind: holder for kind, holder in each.items() if holder is not None}
    return held


def _new(child: Child, kind: str, number: str, source: str) -> Identifier:
    return Identifier(child=child, kind=kind, value=number, source=source, recorded_at=dates.now())


def _holders(parsed: dict[str, str]) -> dict[str, Child]:
    active = Identifier.objects.select_related("child").filter(active=True)
    found = (active.filter(kind=kind, value=number).first() for kind, number in parsed.items())
    return {one.kind: one.child for one in found if one is not None}
