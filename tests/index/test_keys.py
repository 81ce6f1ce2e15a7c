"""Keys: whatever is wrong in a search, something is shared; and what is shared is not shared by too many."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from teamaround.index.identity import Identity, Name
from teamaround.index.keys import STRENGTH, Key, _left_out, keys_asked, keys_for
from teamaround.index.variants import sound

TODAY = date(2026, 11, 24)
BORN = date(2015, 3, 11)

KATHERINE = Identity(
    names=(Name("Katherine Anne", "Smith-Okafor"), Name("Katherine", "Brown", "former"), Name("Kitty", "", "known-as")),
    born=BORN,
    sex="F",
    postcodes=("NM4 7QT",),
    former_postcodes=("EV2 1AA",),
    identifiers=frozenset({("nhs", "9990000018"), ("upn", "B801200005001")}),
    parents=("Adeyemi",),
)


def asked(given="", family="", born=None, precision="day", postcode="", **more):
    return Identity(
        names=(Name(given, family),),
        born=born,
        born_precision=precision,
        postcodes=(postcode,) if postcode else (),
        **more,
    )


def shares(query, child=KATHERINE):
    return bool(keys_for(child) & set(keys_asked(query, on=TODAY)))


YEAR = date(2015, 1, 1)

FOUND = {
    "exact": asked("Katherine", "Smith-Okafor", BORN),
    "names alone": asked("Katherine", "Okafor"),
    "one typing error, names alone": asked("Kahterine", "Smith-Okafor"),
    "a wrong first letter, names alone": asked("Oatherine", "Smith"),
    "two typing errors": asked("Kathreine", "Smtih", BORN),
    "typing error and year": asked("Katherine", "Okahfor", YEAR, "year"),
    "sounds alike": asked("Catherin", "Smyth", YEAR, "year"),
    "nickname": asked("Kate", "Smith", YEAR, "year"),
    "known as": asked("Kitty", "Okafor", YEAR, "year"),
    "short for the same": asked("Cathy", "Smith", YEAR, "year"),
    "second forename": asked("Anne", "Smith", YEAR, "year"),
    "names swapped": asked("Smith", "Katherine", YEAR, "year"),
    "names swapped and misheard": asked("Smyth", "Kathryn", BORN),
    "surname in the wrong box": asked("Okafor", "", BORN),
    "initial": asked("K", "Smith", YEAR, "year"),
    "initial and postcode": asked("K", "Smith", postcode="NM4 7QT"),
    "initial alone with surname": asked("K", "Smith"),
    "cut short": asked("Kat*", "Smith", YEAR, "year"),
    "surname cut short": asked("Katherine", "Smi*", YEAR, "year"),
    "part of the surname": asked("Katherine", "Okafor", YEAR, "year"),
    "former surname": asked("Katherine", "Brown", YEAR, "year"),
    "surname of a parent": asked("Zzz", "Adeyemi", BORN),
    "unknown surname": asked("Katherine", "Quist", BORN),
    "day and month swapped": asked("Katherine", "Smith", date(2015, 11, 3)),
    "day and month swapped, one name": asked("", "Smith", date(2015, 11, 3)),
    "day one off, one name": asked("Katherine", "", date(2015, 3, 12)),
    "month one off, one name": asked("Katherine", "", date(2015, 4, 11)),
    "year one off, one name": asked("Katherine", "", date(2016, 3, 11)),
    "year ten off": asked("Katherine", "Smith", date(2005, 3, 11)),
    "digits of the day swapped": asked("Katherine", "", date(2015, 3, 11)),
    "another day altogether": asked("Katherine", "Smith", date(2015, 8, 29)),
    "year alone, one off": asked("Katherine", "Smith", date(2014, 1, 1), "year"),
    "month and year": asked("Katherine", "Smith", date(2015, 3, 1), "month"),
    "postcode and wrong names": asked("Kerry", "Jones", postcode="NM4 7QT"),
    "earlier postcode": asked("Katherine", "", postcode="EV2 1AA"),
    "district and one name": asked("", "Smith", postcode="NM4"),
    "district and a misheard name": asked("Xx", "Smyth", postcode="NM4"),
    "another district": asked("Katherine", "Smith", postcode="NM9"),
    "NHS number": Identity(identifiers=frozenset({("nhs", "9990000018")})),
    "pupil number": Identity(identifiers=frozenset({("upn", "B801200005001")})),
}


@pytest.mark.parametrize("query", FOUND.values(), ids=FOUND)
def test_ix_28_a_mistake_does_not_hide_the_child(query):
    assert shares(query)


@pytest.mark.parametrize(
    "query",
    [
        asked("William", "Tomkins", date(2012, 8, 9), postcode="NM9 1AA"),
        asked("William", "Tomkins", BORN),
        asked("William", "Tomkins"),
        Identity(identifiers=frozenset({("upn", "9990000018")})),
        Identity(),
    ],
)
def test_a_stranger_shares_no_key(query):
    assert not shares(query)


def test_ix_29_a_field_left_out_of_the_identity_is_in_no_key():
    hidden = Identity(names=KATHERINE.names, born=BORN)
    assert not any(key.kind in {"pc", "os", "id"} for key in keys_for(hidden))
    assert not shares(asked("Kerry", "Jones", postcode="NM4 7QT"), hidden)
    assert not shares(asked("Katherine", "", postcode="NM4"), hidden)


def test_an_unborn_child_is_found_by_the_expected_date():
    baby = Identity(names=(Name("Baby", "Smith"),), expected=date(2026, 12, 24), postcodes=("NM4 7QT",))
    assert shares(asked("", "Smith", date(2026, 12, 24)), baby)
    assert shares(asked("Baby", "Smith"), baby)


def test_a_year_as_precision_is_never_taken_for_the_first_of_january():
    known = Identity(names=(Name("Katherine", "Smith"),), born=YEAR, born_precision="year")
    assert not any(key.kind in {"ds", "di"} for key in keys_for(known))
    assert shares(asked("Katherine", "Smith", BORN), known)


def test_keys_fit_their_table_and_are_few():
    for keys in (keys_for(KATHERINE), keys_asked(FOUND["exact"], on=TODAY)):
        assert all(len(kind) <= 4 and 0 < len(value) <= 60 and kind in STRENGTH for kind, value in keys)
    plain_child = Identity(names=(Name("Sam", "Lee"),), born=BORN, postcodes=("NM4 7QT",))
    assert len(keys_for(plain_child)) < 30
    assert len(keys_asked(FOUND["exact"], on=TODAY)) == len(set(keys_asked(FOUND["exact"], on=TODAY)))


def test_every_identifier_is_a_key_of_its_own_kind():
    assert Key("id", "nhs:9990000018") in keys_for(KATHERINE)


# ── For all ──────────────────────────────────────────────────────────────────────────────────

HEARD = st.text("abdfghjklmnprstAS", min_size=2, max_size=6)


@given(HEARD, HEARD)
def test_two_sounds_that_differ_by_one_slip_share_a_form(one, other):
    """The slow twin measures the distance."""
    if OSA.distance(one, other) <= 1:
        assert _left_out(one) & _left_out(other)


@given(HEARD, st.integers(0, 5), st.sampled_from("bdfgkt"), st.sampled_from(["put", "drop", "swap", "change"]))
def test_one_slip_always_leaves_a_form_in_common(heard, place, letter, slip):
    place %= len(heard)
    slipped = {
        "put": heard[:place] + letter + heard[place:],
        "drop": heard[:place] + heard[place + 1 :],
        "swap": heard[:place] + heard[place : place + 2][::-1] + heard[place + 2 :],
        "change": heard[:place] + letter + heard[place + 1 :],
    }[slip]
    assume(len(slipped) > 1)
    assert _left_out(heard) & _left_out(slipped)


FAMILIES = ["Pettigrew", "Hargreaves", "Bennett", "Chowdhury", "Kowalski", "Adeyemi", "Robinson", "Lewandowski"]


@given(
    st.sampled_from(FAMILIES),
    st.integers(0, 20),
    st.sampled_from("aeioubdkmnrst"),
    st.sampled_from(["put", "drop", "swap", "change"]),
)
def test_ix_28_one_typing_error_in_the_surname_never_hides_a_child_known_by_name_and_year(family, place, letter, slip):
    place %= len(family)
    wrong = {
        "put": family[:place] + letter + family[place:],
        "drop": family[:place] + family[place + 1 :],
        "swap": family[:place] + family[place : place + 2][::-1] + family[place + 2 :],
        "change": family[:place] + letter + family[place + 1 :],
    }[slip]
    known = Identity(names=(Name("Katherine", family),), born=BORN, postcodes=("NM4 7QT",))
    assert shares(asked("Katherine", wrong, BORN), known)
    assert shares(asked("Katherine", wrong, postcode="NM4"), known)
    # One slip of the pen is mostly one slip of the sound; where it is more, a date or a place is needed beside it.
    if OSA.distance(sound(wrong.lower()), sound(family.lower())) <= 1:
        assert shares(asked("Katherine", wrong, YEAR, "year"), known)
        assert shares(asked("Katherine", wrong), known)
