"""How long the record of an episode is kept; the clock starts when it is closed (casework.md 4.5, CW-81)."""

from datetime import date

from teamaround.kit import dates
from teamaround.people.models import Child
from teamaround.reference import periods

MONTHS = 12


def keep_until(child: Child, *, closed_on: date) -> date:
    """The later of so many years after the birth and so many after the closing; an unborn child counts as expected."""
    born = child.born or child.expected
    after_closing = dates.months_after(closed_on, MONTHS * periods.amount("keep_closed_years"))
    return max(dates.birthday(born, periods.amount("keep_born_years")), after_closing)


def keep_refused_until(closed_on: date) -> date:
    """Where consent was refused nothing is held but that it was."""
    return dates.months_after(closed_on, MONTHS * periods.amount("keep_refused_years"))
