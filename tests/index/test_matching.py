"""How two identities compare: each level by example, and what must hold for all."""

from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest

from teamaround.index.identity import Identity, Name, read_postcode
from teamaround.index.levels import HAND_SET, LEVELS
from teamaround.index.matching import agreement, is_strong, may_match_automatically
from teamaround.jobs.demonstration.population import households

BORN = date(2015, 3, 1)


def child(given="Katherine", family="Smith", **more):
    return Identity(names=(Name(given, family), *more.pop("names", ())), **more)


def full(given="Katherine", family="Smith", **more):
    facts = {"born": BORN, "sex": "F", "postcodes": ("NM4 7QT",)} | more
    return child(given, family, **facts)


def said(one, other):
    return [str(reason) for reason in agreement(one, other).because]


# ── Levels, one by one ───────────────────────────────────────────────────────────────────────

FORENAMES = [
    ("Katherine", "katherine", "same"),
    ("Zoë", "Zoe", "same"),
    ("Katie", "Katherine", "short"),
    ("Bob", "Robert", "short"),
    ("Kate", "Katie", "short"),
    ("Mohammed", "Muhammad", "spelling"),
    ("Ayesha", "Aisha", "spelling"),
    ("Kathryn", "Catherine", "spelling"),
    ("Katherine", "Katehrine", "one letter"),
    ("Jakob", "Jacob", "one letter"),
    ("Weronika", "Weronikka", "one letter"),
    ("Rayleigh", "Rayly", "sound"),
    ("Margarethe", "Margalethi", "two letters"),
    ("K", "Katherine", "initial"),
    ("J", "Katherine", "different"),
    ("Kath*", "Katherine", "begins"),
    ("Kat*ne", "Katherine", "begins"),
    ("Kath*", "Karen", "different"),
    ("Marie Louise", "Marie", "same"),
    ("Louise", "Marie Louise", "other name"),
    ("Mohammed Hassan", "Hassan", "same"),
    ("Mohammed", "Muhammad Hassan", "spelling"),
    ("Mohammed Hassan", "Mohammed Ibrahim", "different"),
    ("Katherine", "Oliver", "different"),
    ("", "Oliver", ""),
]


@pytest.mark.parametrize(("asked", "known", "level"), FORENAMES)
def test_forenames_compare(asked, known, level):
    assert agreement(child(asked, "Smith"), child(known, "Smith")).level("forename") == level


SURNAMES = [
    ("Smith", "SMITH", "same"),
    ("O'Neill", "ONeill", "same"),
    ("De Souza", "Desouza", "same"),
    ("Żółkiewski", "Zolkiewski", "same"),
    ("Smith", "Smyth", "spelling"),
    ("Chowdhury", "Chaudhry", "spelling"),
    ("Kowalski", "Kowalska", "spelling"),
    ("Sobczak", "Sobcak", "one letter"),
    ("Bennett", "Benett", "one letter"),
    ("Pettigrew", "Petigroo", "sound"),
    ("Hargreaves", "Hargreldes", "two letters"),
    ("Smith", "Smith-Jones", "part"),
    ("Souza", "De Souza", "part"),
    ("Smi*", "Smithson", "begins"),
    ("S", "Smith", "initial"),
    ("Smith", "Okafor", "different"),
]


@pytest.mark.parametrize(("asked", "known", "level"), SURNAMES)
def test_surnames_compare(asked, known, level):
    assert agreement(child("Ann", asked), child("Ann", known)).level("surname") == level


def test_a_former_surname_agrees_and_is_called_former():
    known = child("Katherine", "Smith", names=(Name("Katherine", "Okafor", "former"),))
    assert said(child("Katherine", "Okafor"), known) == ["same forename", "Okafor is a former surname"]


def test_a_parents_surname_agrees_a_little():
    known = child("Katherine", "Smith", parents=("Okafor",))
    weight = agreement(child("Katherine", "Okafor"), known)
    assert weight.level("surname") == "parent"
    assert weight.total < agreement(child("Katherine", "Smith"), known).total


@pytest.mark.parametrize(
    ("given", "family"), [("Smith", "Katherine"), ("Smyth", "Katie"), ("Smith", ""), ("", "Katherine")]
)
def test_forename_and_surname_may_be_the_other_way_round(given, family):
    weight = agreement(child(given, family), child())
    assert weight.level("order of names") == "turned"
    assert weight.is_fuzzy
    assert agreement(child(given, family), child("Oliver", "Brown")).level("order of names") == ""


DATES = [
    (date(2015, 3, 1), "same", "same date of birth"),
    (date(2015, 1, 3), "turned", "day and month of birth swapped"),
    (date(2015, 2, 28), "day one off", "day of birth one off"),
    (date(2015, 3, 2), "day one off", "day of birth one off"),
    (date(2015, 3, 11), "day misread", "one digit of the day of birth differs"),
    (date(2015, 3, 10), "day misread", "one digit of the day of birth differs"),
    (date(2015, 3, 25), "day differs", "same month and year of birth, another day"),
    (date(2015, 4, 1), "month one off", "month of birth one off"),
    (date(2015, 9, 1), "month differs", "same day and year of birth, another month"),
    (date(2016, 3, 1), "year one off", "year of birth one off"),
    (date(2005, 3, 1), "year misread", "year of birth ten off"),
    (date(2012, 3, 1), "different", "different date of birth"),
    (date(2013, 7, 21), "different", "different date of birth"),
]


@pytest.mark.parametrize(("asked", "level", "words"), DATES)
def test_dates_of_birth_compare(asked, level, words):
    weight = agreement(full(born=asked), full())
    assert weight.level("date of birth") == level
    assert words in [str(reason) for reason in weight.because]


@pytest.mark.parametrize(
    ("asked", "precision", "level"),
    [
        (date(2015, 1, 1), "year", "same year"),
        (date(2016, 1, 1), "year", "near year"),
        (date(2018, 1, 1), "year", "different"),
        (date(2015, 3, 1), "month", "same month"),
        (date(2015, 4, 1), "month", "different"),
    ],
)
def test_part_of_a_date_compares_with_that_part(asked, precision, level):
    query = child(born=asked, born_precision=precision)
    assert agreement(query, full(born=date(2015, 3, 27))).level("date of birth") == level


def test_an_unborn_child_is_met_near_the_expected_date():
    unborn = child("Baby", expected=date(2026, 12, 24))
    assert agreement(child(born=date(2026, 12, 10)), unborn).level("date of birth") == "expected"
    assert agreement(child(born=date(2024, 12, 10)), unborn).level("date of birth") == "different"


POSTCODES = [
    ("nm47qt", "same"),
    ("NM4 7QR", "one letter"),
    ("NM4 7AB", "same sector"),
    ("NM4 2AB", "same district"),
    ("NM14 7QT", "same area"),
    ("EV4 7QT", "elsewhere"),
    ("NM4", "part"),
    ("NM4 7", "part"),
    ("NM4 8", "same area"),
    ("NM1", "same area"),
    ("NM9 9ZZ", "former"),
    ("NM9", "former part"),
    ("somewhere", ""),
]


@pytest.mark.parametrize(("asked", "level"), POSTCODES)
def test_postcodes_compare(asked, level):
    known = child(postcodes=("NM4 7QT",), former_postcodes=("NM9 9ZZ",))
    assert agreement(child(postcodes=(asked,)), known).level("postcode") == level


def test_the_beginning_of_a_postcode_can_be_read():
    assert [str(read_postcode(text)) for text in ("ev1a1bb", " nm4  7qt ", "NM4 7", "NM14", "12345", "")] == [
        "EV1A 1BB",
        "NM4 7QT",
        "NM4 7",
        "NM14",
        "None",
        "None",
    ]


def test_a_sex_that_is_not_known_says_nothing():
    for unknown in ("U", "X", ""):
        assert agreement(child(sex="F"), child(sex=unknown)).level("sex") == ""
    assert agreement(child(sex="F"), child(sex="M")).level("sex") == "different"


def test_ix_7_a_superseded_number_still_finds_the_child():
    known = child(identifiers=frozenset({("nhs", "9990000018"), ("nhs", "9990000026")}))
    for number, level in (("9990000018", "same"), ("9990000026", "same"), ("9990000034", "different")):
        asked = Identity(identifiers=frozenset({("nhs", number)}))
        assert agreement(asked, known).level("NHS number") == level


def test_every_reason_says_itself_without_repeating_a_number():
    asked = full("Katie", "Smyth", identifiers=frozenset({("nhs", "9990000018")}), born=date(2015, 1, 3))
    assert said(asked, full(identifiers=frozenset({("nhs", "9990000018")}))) == [
        "Katie is short for Katherine",
        "Smyth is another spelling of Smith",
        "day and month of birth swapped",
        "same sex",
        "same postcode",
        "same NHS number",
    ]


def test_levels_agree_or_differ_as_their_weights_say():
    for comparison, levels in LEVELS.items():
        for name, level in levels.items():
            if comparison == "order of names" or (comparison, name) == ("other forenames", "missing"):
                continue
            assert (level.weight > 0) == level.agrees or (comparison, name) == ("date of birth", "near year")


# ── Weights ──────────────────────────────────────────────────────────────────────────────────


def test_nothing_compared_weighs_nothing():
    weight = agreement(Identity(), full())
    assert weight.total == 0 and weight.because == () and not is_strong(weight)


def test_the_whole_identity_is_strong_and_a_stranger_is_not():
    assert is_strong(agreement(full(), full()))
    assert not is_strong(agreement(full("Oliver", "Brown", sex="M", born=date(2012, 8, 9)), full()))


def test_names_alone_are_strong_only_when_they_are_the_very_names():
    """So that hundreds of namesakes make the answer 'refine' (IX-25), while a near miss stays a suggestion."""
    assert is_strong(agreement(child(), full()))
    assert not is_strong(agreement(child("Kate", "Smyth"), full()))


def test_the_fewer_the_children_the_surer_the_hit():
    asked, known = child("Kate", "Smith", born=date(2015, 1, 1), born_precision="year"), full()
    sure = [agreement(asked, known, HAND_SET.among(count)).probability for count in (300, 3_000, 1_000_000)]
    assert sure == sorted(sure, reverse=True)


def test_ix_28_a_fuzzy_hit_is_labelled():
    assert not agreement(child(), full()).is_fuzzy
    assert agreement(child("Kate"), full()).is_fuzzy


# ── Automatic matches ────────────────────────────────────────────────────────────────────────

NHS = frozenset({("nhs", "9990000018")})
OTHER_NHS = frozenset({("nhs", "9990000026")})


def test_ix_79_name_and_birthday_alone_never_match_automatically():
    assert not may_match_automatically(agreement(full(postcodes=()), full()))
    assert not may_match_automatically(agreement(full(postcodes=("NM9 1AA",)), full()))


def test_ix_79_a_third_field_lets_a_row_match():
    assert may_match_automatically(agreement(full(), full()))
    assert may_match_automatically(agreement(full(), full(postcodes=("NM9 1AA",), former_postcodes=("NM4 7QT",))))
    moved = full(postcodes=("EV9 1AA",), identifiers=NHS)
    assert may_match_automatically(agreement(moved, full(identifiers=NHS)))


def test_an_identifier_on_somebody_elses_name_or_birthday_does_not_match_automatically():
    assert not may_match_automatically(agreement(full("Oliver", identifiers=NHS), full(identifiers=NHS)))
    late = full(born=date(2012, 8, 9), identifiers=NHS)
    assert not may_match_automatically(agreement(late, full(identifiers=NHS)))
    assert not may_match_automatically(agreement(full(identifiers=OTHER_NHS), full(identifiers=NHS)))


TWINS = [
    ("Aisha", "Aishah"),
    ("Zara", "Zahra"),
    ("Jake", "Jade"),
    ("Hassan", "Hussain"),
    ("Mohammed Hassan", "Mohammed Hussain"),
    ("Mohammed Hassan", "Mohammed"),
    ("Muhammad", "Mohammed Hussain"),
    ("Lily Mae", "Lily Rose"),
    ("Ella", "Ellie"),
    ("Mia", "Maria"),
    ("Charlie", "Lottie"),
    ("Daniel", "Danielle"),
    ("Anna", "Hannah"),
    ("Kian", "Ryan"),
    ("Jan", "Jana"),
    ("Gurdeep", "Gurdip"),
    ("Amelia", "Emily"),
    ("J", "Jake"),
    ("Baby", "Jake"),
]


@pytest.mark.parametrize(("one", "other"), TWINS)
@pytest.mark.parametrize("numbers", [(NHS, OTHER_NHS), (NHS, frozenset()), (frozenset(), frozenset())])
@pytest.mark.parametrize("sex", ["F", "U"])
def test_ix_79_twins_are_never_merged(one, other, numbers, sex):
    ours, theirs = numbers
    family = {"born": BORN, "sex": sex, "postcodes": ("NM4 7QT",), "parents": ("Smith", "Okafor")}
    first = child(one, "Smith", identifiers=ours, **family)
    second = child(other, "Smith", identifiers=theirs, **family)
    assert not may_match_automatically(agreement(first, second))
    assert not may_match_automatically(agreement(second, first))


def test_ix_79_no_two_children_of_a_family_are_ever_merged():
    """Invented families, with and without the numbers that would tell their children apart."""
    pairs = 0
    for household in households(4_000, seed=3, today=date(2026, 11, 24)):
        known = [
            Identity(
                names=(Name(one.given, one.family),),
                born=one.born,
                sex=one.sex,
                postcodes=(one.home.postcode,),
                former_postcodes=tuple(home.postcode for home in one.homes[1:]),
                parents=tuple(adult.family for adult in household.adults),
            )
            for one in household.children
            if one.born
        ]
        for first, second in combinations(known, 2):
            pairs += 1
            unsaid = replace(first, sex="", names=(Name(first.names[0].given.split()[0], first.names[0].family),))
            assert not may_match_automatically(agreement(first, second))
            assert not may_match_automatically(agreement(unsaid, second))
    assert pairs > 1_000


def test_ix_79_a_twin_with_quite_another_name_is_not_even_probable():
    weight = agreement(full("Sophie"), full("Oliver"))
    assert weight.probability <= 0.5 and not is_strong(weight)
