"""What of a record is shown, and to whom: IX-8."""

from datetime import date

import pytest

from teamaround.audit.privacy import P0, P1, P2
from teamaround.index import registering
from teamaround.index.terms import FeedSource
from teamaround.kit import dates
from teamaround.people import details, queries
from tests import makers
from tests.index import children

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

INDEX = (P0, P1, P2)


@pytest.fixture
def child():
    return children.register(identifiers={"nhs": "9990000018", "upn": "B801200005001"})


def said(child, *, classes=INDEX, sector):
    return str(queries.card(child, classes=classes, sector=sector).rows)


@pytest.mark.parametrize(
    ("sector", "nhs", "upn"),
    [("health", True, False), ("education", False, True), ("social-care", False, False), ("", False, False)],
)
def test_ix_8_a_number_is_shown_only_where_it_was_given(child, sector, nhs, upn):
    rows = said(child, sector=sector)
    assert ("999 000 0018" in rows) is nhs
    assert ("B801200005001" in rows) is upn


def test_ix_8_who_may_see_identity_only_sees_neither_number_nor_address_nor_carers(child):
    makers.parent(child)
    card = queries.card(child, classes=(P0, P1), sector="health")
    assert "999" not in str(card.rows) and "Harbour" not in str(card.rows)
    assert card.carers == []


def test_a_card_states_what_is_not_known(child):
    rows = said(child, sector="health")
    assert "Not known" in rows


def test_an_unborn_child_goes_by_the_family_s_name():
    with dates.given(date(2026, 11, 24)):
        unborn = children.register(given="", family="Okafor", born=None, expected=date(2027, 1, 1), sex="U")
        assert queries.name_of(unborn) == "Unborn baby Okafor"
        assert "expected 1 January 2027" in queries.card(unborn, classes=INDEX, sector="health").facts


def test_a_detail_says_whose_file_told_it_and_when(child):
    school = makers.agency("Harbour Primary School")
    source = f"school-roll:{school.code}"
    with dates.given(date(2026, 3, 30)):
        registering.move_house(child, lines="2 Mill Lane", postcode="NM2 2BB", source=source, by=makers.TESTER)
    told = {one.key: one.note for one in queries.card(child, classes=INDEX, sector="").rows}
    assert told["Address"] == "From the school roll of Harbour Primary School, 30 March 2026"
    assert told["Index number"] == told["GP practice"] == ""


def test_a_corrected_fact_says_who_corrected_it_and_the_others_keep_their_source(child):
    priya = makers.practitioner("Priya Deol")
    with dates.given(date(2026, 3, 30)):
        registering.correct(child, sex="X", by=makers.actor(priya))
    told = {one.key: one.note for one in queries.card(child, classes=INDEX, sector="").rows}
    assert told["Sex"] == "From a practitioner, 30 March 2026"
    assert told["Date of birth"].startswith("From another system")


def test_who_may_see_identity_only_is_not_told_where_it_comes_from(child):
    assert not any(one.note for one in queries.card(child, classes=(P0, P1), sector="health").rows)


def test_every_feed_has_words_for_where_a_value_comes_from():
    assert set(FeedSource.values) <= set(details.TELLERS)
