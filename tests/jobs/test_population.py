"""Invented families: always the same for a seed, nobody real, and as mixed as a town."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from teamaround.jobs.demonstration import places
from teamaround.jobs.demonstration.population import NORTHMOOR, Region, School, children, every_postcode, households
from teamaround.kit.identifiers import is_test_number, is_test_upn, parse_nhs_number, parse_upn

TODAY = date(2026, 11, 24)
REGION = Region(
    districts=NORTHMOOR.districts,
    weights=NORTHMOOR.weights,
    schools=(School("little", 0, 4, 10), School("far", 9, 4, 10), School("high", 5, 11, 18)),
    doctors=(("harbour", 1), ("hills", 8)),
)


@pytest.fixture(scope="module")
def families():
    return list(households(1500, seed=7, today=TODAY, region=REGION))


@pytest.fixture(scope="module")
def everyone(families):
    return [child for household in families for child in household.children]


def test_a_seed_always_makes_the_same_people(everyone):
    assert list(children(1500, seed=7, today=TODAY, region=REGION)) == everyone
    assert list(children(50, seed=8, today=TODAY, region=REGION)) != everyone[:50]


def test_there_are_as_many_children_as_asked_and_each_has_its_number(everyone):
    assert [child.number for child in everyone] == list(range(1500))


def test_every_number_is_valid_given_once_and_nobodys(everyone):
    nhs = [child.nhs_number for child in everyone if child.nhs_number]
    upns = [child.upn for child in everyone if child.upn]
    assert all(is_test_number(parse_nhs_number(number)) for number in nhs)
    assert all(is_test_upn(parse_upn(number)) for number in upns)
    assert len(nhs) == len(set(nhs)) > 1300 and len(upns) == len(set(upns)) > 900


def test_telephone_numbers_are_those_kept_for_drama(families):
    phones = {adult.phone for household in families for adult in household.adults}
    assert all(phone.startswith(("07700 900", "01632 960")) for phone in phones)


def test_everyone_is_born_or_expected_and_under_age(everyone):
    oldest = TODAY - timedelta(days=18 * 366)
    for child in everyone:
        assert (child.born is None) != (child.expected is None)
        assert child.expected is None or child.expected > TODAY
        assert child.born is None or oldest < child.born <= TODAY


def test_twins_share_birthday_home_and_surname_but_no_forename(families):
    pairs = 0
    for household in families:
        twins = [child for child in household.children if child.is_twin and child.born]
        pairs += len(twins) // 2
        assert len({child.given for child in twins}) == len(twins)
        assert len({child.home for child in twins}) <= 1
    assert pairs > 5


def test_brothers_and_sisters_are_born_a_while_apart(families):
    for household in families:
        births = sorted({child.born or child.expected for child in household.children})
        assert all(later - earlier > timedelta(days=300) for earlier, later in pairwise(births))


def test_everyone_lives_in_the_region_and_addresses_follow_one_another(everyone):
    known = set(every_postcode(REGION))
    for child in everyone:
        assert {home.postcode for home in child.homes} <= known
        assert child.home.to_on is None
        assert all(earlier.to_on == later.from_on for later, earlier in pairwise(child.homes))
    assert sum(len(child.homes) > 1 for child in everyone) > 150


def test_the_postcodes_are_those_of_the_demonstration():
    assert set(every_postcode(NORTHMOOR)) <= {row["postcode"] for row in places.table()}


def test_school_and_doctor_are_near_and_fit_the_age(everyone):
    by_age = {(TODAY - child.born).days // 365: child.school for child in everyone if child.born}
    assert by_age[2] == "" and by_age[15] == "high"
    assert {child.school for child in everyone} == {"", "little", "far", "high"}
    assert {child.doctor for child in everyone if child.home.district == 1} <= {"harbour", ""}


def test_every_household_has_an_adult_and_somebody_responsible_nearly_always(families):
    assert all(household.adults for household in families)
    responsible = sum(any(adult.basis for adult in household.adults) for household in families)
    assert responsible / len(families) > 0.9


def test_names_are_of_many_cultures_some_former_some_short(everyone):
    assert len({child.family for child in everyone}) > 400
    assert len({child.language for child in everyone}) > 8
    assert sum(bool(child.former_family) for child in everyone) > 30
    assert sum(bool(child.known_as) for child in everyone) > 30
    assert any(child.family.endswith("ska") for child in everyone)
    assert any("-" in child.family for child in everyone)
