"""What holds of every pair of identities, and a slow obvious twin of the levels."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teamaround.index.identity import Identity, Name
from teamaround.index.levels import LEVELS
from teamaround.index.matching import agreement
from tests.index.test_matching import BORN, NHS, child

GIVEN = st.sampled_from(
    ["Katherine", "Katie", "Kate", "K", "Mohammed", "Muhammad Ali", "Mohammed Hassan", "Smith", "Zoë", "Łukasz", ""]
)
FAMILY = st.sampled_from(["Smith", "Smyth", "Smith-Jones", "Khan", "Kowalska", "Kowalski", "O'Neill", "Katherine", ""])
NAMES = st.lists(st.builds(Name, GIVEN, FAMILY, st.sampled_from(["current", "former", "known-as"])), max_size=3)
POSTCODE = st.sampled_from(["NM4 7QT", "NM4 7QR", "NM4 1AA", "NM14 1AA", "EV1 1AA", "NM4"])
IDENTITIES = st.builds(
    Identity,
    names=NAMES.map(tuple),
    born=st.none() | st.dates(date(2014, 12, 1), date(2016, 2, 1)),
    born_precision=st.sampled_from(["day", "day", "month", "year"]),
    sex=st.sampled_from(["F", "M", "U", ""]),
    postcodes=st.lists(POSTCODE, max_size=2).map(tuple),
    former_postcodes=st.lists(POSTCODE, max_size=2).map(tuple),
    identifiers=st.frozensets(st.sampled_from([("nhs", "1"), ("nhs", "2"), ("upn", "1"), ("upn", "2")]), max_size=2),
    parents=st.lists(FAMILY, max_size=2).map(tuple),
)


@given(IDENTITIES, IDENTITIES)
def test_agreement_is_the_same_from_both_sides(one, other):
    there, back = agreement(one, other), agreement(other, one)
    assert there.total == pytest.approx(back.total)
    assert {(r.comparison, r.level) for r in there.because} == {(r.comparison, r.level) for r in back.because}


@given(IDENTITIES, IDENTITIES)
def test_a_weight_is_the_sum_of_its_reasons_and_every_reason_has_words(one, other):
    weight = agreement(one, other)
    assert weight.total == pytest.approx(sum(LEVELS[r.comparison][r.level].weight for r in weight.because))
    assert all(str(reason) and "{" not in str(reason) for reason in weight.because)
    assert 0 <= weight.probability <= 1


MORE = [
    {"born": BORN, "born_precision": "day", "expected": None},
    {"sex": "F"},
    {"postcodes": ("NM4 7QT",)},
    {"identifiers": NHS},
    {"parents": ("Okafor",)},
]


@given(IDENTITIES, IDENTITIES, st.sampled_from(MORE))
def test_a_further_agreeing_field_never_lowers_the_weight(one, other, more):
    without = {name: value for name, value in vars(Identity()).items() if name in more}
    less = agreement(replace(one, **without), replace(other, **without))
    with_it = agreement(replace(one, **more), replace(other, **more))
    assert with_it.total >= less.total - 1e-9
    assert with_it.probability >= less.probability - 1e-9


@given(IDENTITIES)
def test_what_is_stored_comes_back_the_same(identity):
    assert Identity.from_stored(identity.as_stored()) == identity


def slow_level_of_dates(a, b):
    """The same question, answered by making every slip there is and seeing which one leads to the other day."""

    def moved(start, **parts):
        try:
            return start.replace(**parts)
        except ValueError:
            return None

    one_digit = {
        f"{day:02}" for day in range(1, 32) if sum(x != y for x, y in zip(f"{day:02}", f"{a.day:02}", strict=True)) == 1
    } | {f"{a.day:02}"[::-1]}
    slips = {
        "same": {a},
        "turned": {moved(a, day=a.month, month=a.day)},
        "day one off": {a - timedelta(days=1), a + timedelta(days=1)},
        "day misread": {moved(a, day=int(day)) for day in one_digit if int(day)},
        "day differs": {moved(a, day=day) for day in range(1, 32)},
        "month one off": {moved(a, month=month) for month in (a.month - 1, a.month + 1)},
        "month differs": {moved(a, month=month) for month in range(1, 13)},
        "year one off": {moved(a, year=year) for year in (a.year - 1, a.year + 1)},
        "year misread": {moved(a, year=year) for year in (a.year - 10, a.year + 10)},
    }
    return next((level for level, days in slips.items() if b in days), "different")


@given(st.dates(date(2004, 1, 1), date(2026, 1, 1)), st.dates(date(2004, 1, 1), date(2026, 1, 1)))
def test_dates_agree_with_the_slow_twin(a, b):
    assert agreement(child(born=a), child(born=b)).level("date of birth") == slow_level_of_dates(a, b)


@given(
    st.dates(date(2014, 1, 1), date(2016, 1, 1)), st.integers(1, 31), st.integers(1, 12), st.sampled_from([0, 1, 10])
)
def test_near_dates_agree_with_the_slow_twin(a, day, month, years):
    for changes in (
        {"day": day},
        {"month": month},
        {"year": a.year + years},
        {"day": a.month, "month": min(a.day, 12)},
    ):
        try:
            b = a.replace(**changes)
        except ValueError:
            continue
        assert agreement(child(born=a), child(born=b)).level("date of birth") == slow_level_of_dates(a, b)


def in_use_again(word, identity) -> bool:
    """Whether a former surname is one of today's as well, and so counts as that."""
    today = {one.plain for name in identity.names for one in name.families if not one.former}
    return word.former and word.plain in today


def slow_levels_of_surnames(one, other):
    """Every word of one against every word of the other, and the heaviest level any pair reaches."""
    found = set()
    for x, y in product(one.names, other.names):
        for a, b in product(x.families, y.families):
            if in_use_again(a, one) or in_use_again(b, other):
                continue
            level = agreement(child("", a.written), child("", b.written)).level("surname")
            if level == "same" and (a.former or b.former):
                level = "former"
            elif level in {"same", "part"} and (a.is_part or b.is_part):
                level = "part"
            found.add(level)
    return max(found - {""}, key=lambda level: LEVELS["surname"][level].weight, default="")


@given(st.lists(FAMILY, max_size=2), st.lists(FAMILY, max_size=2))
def test_surnames_agree_with_the_slow_twin(ours, theirs):
    kinds = ("current", "former")
    one, other = (
        Identity(names=tuple(Name("", family, kind) for family, kind in zip(side, kinds, strict=False)))
        for side in (ours, theirs)
    )
    assert agreement(one, other).level("surname") == slow_levels_of_surnames(one, other)


def test_a_surname_that_was_taken_up_again_is_no_former_one():
    again = Identity(names=(Name("", "Smith"), Name("", "Smith", "former")))
    assert agreement(again, child("", "Smith-Jones")).level("surname") == "part"
