"""The periods and thresholds in force: data, with a source each, read by rules and shown on a page."""

from datetime import date
from decimal import Decimal

from django.db.models import Q

from teamaround.kit import dates

from .models import Period


class NotInForce(Exception):
    """No amount of this name is in force; load the reference data (python -m teamaround load_reference)."""


def amount(key: str, *, on: date | None = None) -> int:
    """How many: `amount("review_max_days")` is 84 unless the area has changed it."""
    return int(exact(key, on=on))


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
