"""Working days by the calendar of England, with the bank holidays that are loaded."""

from datetime import date

from teamaround.kit import dates

from .models import Holiday


def holidays() -> frozenset[date]:
    """Every bank holiday known."""
    return frozenset(Holiday.objects.values_list("day", flat=True))


def working_days_after(day: date, count: int) -> date:
    """The day so many working days after a day, which itself is day 0."""
    return dates.add_working_days(day, count, holidays())


def working_days_between(first: date, last: date) -> int:
    """How many working days lie after `first` up to and including `last`."""
    off = holidays()
    days = (date.fromordinal(n) for n in range(first.toordinal() + 1, last.toordinal() + 1))
    return sum(dates.is_working_day(day, off) for day in days)
