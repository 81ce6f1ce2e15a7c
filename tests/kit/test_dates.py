"""The one clock and the arithmetic of days at the places where calendars break (security 2.4 R6)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from teamaround.kit import dates


def at(*moment) -> datetime:
    return datetime(*moment, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (at(2026, 3, 29, 0, 59), date(2026, 3, 29)),
        (at(2026, 6, 30, 22, 59), date(2026, 6, 30)),
        (at(2026, 6, 30, 23, 0), date(2026, 7, 1)),
        (at(2026, 10, 25, 23, 59), date(2026, 10, 25)),
        (at(2026, 12, 31, 23, 59), date(2026, 12, 31)),
        (at(2028, 2, 28, 23, 59), date(2028, 2, 28)),
    ],
)
def test_the_day_is_londons_in_summer_too(moment, day):
    with dates.given(moment):
        assert dates.today() == day
        assert dates.now() == moment and dates.now().utcoffset() == timedelta(0)


def test_a_day_without_a_time_means_nine_in_london_whatever_the_season():
    for day, hour in ((date(2026, 3, 28), 9), (date(2026, 3, 29), 8), (date(2026, 10, 25), 9)):
        with dates.given(day):
            assert (dates.today(), dates.now().hour) == (day, hour)


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (at(2026, 7, 1, 20, 38), "9:38pm"),
        (at(2026, 12, 1, 0, 5), "12:05am"),
        (at(2026, 12, 1, 12), "12:00pm"),
        (None, ""),
    ],
)
def test_a_time_of_day_is_said_in_one_way_everywhere(moment, said):
    assert dates.say_time(moment) == said


def test_both_of_the_hours_that_autumn_repeats_are_told_apart_in_utc():
    first, second = at(2026, 10, 25, 0, 30), at(2026, 10, 25, 1, 30)
    assert dates.say_moment(first) == dates.say_moment(second) == "25 October 2026 at 1:30am"
    assert second - first == timedelta(hours=1)


@pytest.mark.parametrize(
    ("born", "day", "years"),
    [
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
        (date(2025, 12, 31), date(2026, 1, 1), 0),
        (date(2026, 1, 1), date(2026, 1, 1), 0),
    ],
)
def test_ages_are_counted_by_days_of_the_calendar(born, day, years):
    assert dates.age_on(born, day) == years


def test_somebody_born_on_a_leap_day_has_the_birthday_in_every_year():
    leap = date(2008, 2, 29)
    assert [dates.birthday(leap, years) for years in (17, 18, 20)] == [
        date(2025, 3, 1),
        date(2026, 3, 1),
        date(2028, 2, 29),
    ]
    assert all(dates.age_on(leap, dates.birthday(leap, years)) == years for years in range(26))


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
    ],
)
def test_months_end_where_a_shorter_month_ends(day, months, then):
    assert dates.months_after(day, months) == then


def test_working_days_step_over_weekends_holidays_and_the_end_of_the_year():
    christmas = {date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)}
    assert dates.add_working_days(date(2026, 12, 24), 1, christmas) == date(2026, 12, 29)
    assert dates.add_working_days(date(2026, 12, 24), 5, christmas) == date(2027, 1, 5)
    assert dates.add_working_days(date(2026, 12, 24), 0, christmas) == date(2026, 12, 24)
