"""The periods and thresholds in force: data, with a source each, read by rules and shown on a page."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from teamaround.kit import dates

from .models import Period

#: from when shipped reference data counts
SHIPPED_FROM = date(2000, 1, 1)


class NotInForce(Exception):
    """No amount of this name is in force; load the reference data (python -m teamaround load_reference)."""


def amount(key: str, *, on: date | None = None) -> int:
    """How many: `amount("review_max_days")` is 84 unless the area has changed it."""
    return int(exact(key, on=on))


def amounts(*keys: str) -> tuple[int, ...]:
    """Several at once, in this order, with one question."""
    today = dates.today()
    rows = Period.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today), key__in=keys, valid_from__lte=today)
    found = dict(rows.order_by("valid_from").values_list("key", "amount"))
    if missing := [key for key in keys if key not in found]:
        raise NotInForce(missing[0])
    return tuple(int(found[key]) for key in keys)


@dataclass(frozen=True)
class InForce:
    """A period or threshold as a page shows it: how much, on whose word, since when."""

    title: str
    amount: str
    unit: str
    source: str
    since: date | None  #: nothing for what the product ships


def in_force(*, on: date | None = None) -> list[InForce]:
    """Every period and threshold in force on a day, by its title: of each the latest to begin."""
    day = on or dates.today()
    rows = Period.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)
    latest = {one.key: one for one in rows.order_by("valid_from")}
    return [
        InForce(one.title, f"{one.amount.normalize():f}", _said(one), one.source, _since(one.valid_from))
        for one in sorted(latest.values(), key=lambda one: one.title)
    ]


def _said(one: Period) -> str:
    """The unit as it is said of this amount: 1 year, 6 years."""
    return one.unit.removesuffix("s") if one.amount == 1 else one.unit


def _since(day: date) -> date | None:
    return None if day == SHIPPED_FROM else day


def exact(key: str, *, on: date | None = None) -> Decimal:
    """The amount with its decimals, as in force on a day."""
    day = on or dates.today()
    found = (
        Period.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), key=key, valid_from__lte=day)
        .order_by("-valid_from")
        .values_list("amount", flat=True)
        .first()
    )
    if found is None:
        raise NotInForce(key)
    return found
