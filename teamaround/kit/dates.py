"""The one clock, and the arithmetic of days. UTC is kept, Europe/London is shown."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

_given: ContextVar[datetime | None] = ContextVar("given moment", default=None)


def now() -> datetime:
    """The moment it is, in UTC. Nothing else in the product reads a clock."""
    return _given.get() or datetime.now(UTC)


def today() -> date:
    """The day it is in London."""
    return now().astimezone(LONDON).date()


@contextmanager
def given(moment: datetime | date) -> Iterator[None]:
    """Let it be this moment for whatever runs inside; a bare date means nine in the morning."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(9), tzinfo=LONDON)
    token = _given.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _given.reset(token)


def is_working_day(day: date, holidays: Collection[date]) -> bool:
    """Monday to Friday and not a bank holiday."""
    return day.weekday() < 5 and day not in holidays


def add_working_days(day: date, count: int, holidays: Collection[date]) -> date:
    """The day `count` working days after `day`, which itself is day 0 (casework.md 8.2).

    >>> add_working_days(date(2026, 4, 20), 15, {date(2026, 5, 4)})
    datetime.date(2026, 5, 12)
    """
    while count > 0:
        day += timedelta(days=1)
        if is_working_day(day, holidays):
            count -= 1
    return day


def age_on(born: date, day: date) -> int:
    """Whole years lived on a day; someone born on 29 February has the birthday on 1 March in other years.

    >>> age_on(date(2019, 9, 4), date(2026, 3, 30))
    6
    """
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def birthday(born: date, years: int) -> date:
    """The day someone reaches an age in whole years."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def months_after(day: date, months: int) -> date:
    """The same day so many months later; where that month is shorter, its last day.

    >>> months_after(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))


def say(day: date | None) -> str:
    """A day as it is written on a page: 3 May 2026."""
    return "" if day is None else f"{day.day} {day:%B %Y}"


def say_moment(moment: datetime | None) -> str:
    """A moment as it is written on a page, in London's time: 3 May 2026 at 2:05pm."""
    return "" if moment is None else f"{say(moment.astimezone(LONDON).date())} at {say_time(moment)}"


def say_time(moment: datetime | None) -> str:
    """The time of day as it is written on a page, in London's time.

    >>> say_time(datetime(2026, 5, 3, 20, 38, tzinfo=UTC))
    '9:38pm'
    """
    if moment is None:
        return ""
    local = moment.astimezone(LONDON)
    return f"{local.hour % 12 or 12}:{local.minute:02d}{'am' if local.hour < 12 else 'pm'}"
