"""The one question to the database: who shares keys, the strongest first."""

from datetime import date

import pytest
from django.db import connection

from teamaround.index import candidates, registering
from teamaround.index.candidates import find_candidates
from teamaround.index.identity import Identity, Name
from teamaround.index.keys import Key, keys_asked
from teamaround.people.records import NewChild
from teamaround.people.terms import AddressState
from tests import makers

pytestmark = pytest.mark.django_db

BORN = date(2015, 3, 11)


def known(given, family, born=BORN):
    details = NewChild(
        given=given,
        family=family,
        born=born,
        sex="F",
        authority=makers.authority(),
        source="test",
        address=AddressState.CURRENT,
        lines="1 Harbour Street",
        postcode="NM1 1AA",
    )
    return registering.register(details, by=makers.TESTER).pk


def found(*keys, most=candidates.MOST):
    with connection.cursor() as cursor:
        return find_candidates(cursor, keys, most=most)


def asked(given, family, born=BORN):
    return keys_asked(Identity(names=(Name(given, family),), born=born), on=date(2026, 11, 24))


def test_the_children_who_share_most_come_first(reference):
    cousin, katherine = known("Katya", "Brown"), known("Katherine", "Smith")
    known("Oliver", "Tomkins", date(2012, 8, 9))
    assert [child for child, _ in found(*asked("Katherine", "Smith"))] == [katherine, cousin]


def test_what_is_compared_comes_with_the_child(reference):
    known("Katherine", "Smith")
    [(_, identity)] = found(*asked("Kate", "Smyth"))
    assert identity.names[0] == Name("Katherine", "Smith")
    assert (identity.born, identity.sex, identity.postcodes) == (BORN, "F", ("NM1 1AA",))


def test_no_more_are_scored_than_a_searcher_could_mean(reference):
    known("Katherine", "Smith"), known("Kate", "Smith")
    assert len(found(*asked("Katherine", "Smith"), most=1)) == 1


def test_a_key_that_too_many_share_is_not_followed_to_the_end(reference, monkeypatch):
    known("Katherine", "Smith"), known("Karen", "Smith"), known("Kay", "Smith")
    monkeypatch.setattr(candidates, "MOST_BEHIND_A_KEY", 2)
    assert len(found(Key("di", "20150311k"))) == 2


def test_nothing_asked_finds_nobody_and_asks_nothing(reference, django_assert_num_queries):
    known("Katherine", "Smith")
    with django_assert_num_queries(0):
        assert found() == []
    assert found(Key("id", "nhs:9990000018")) == []
