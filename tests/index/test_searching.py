"""Rules of the search: IX-16, 23 to 28, 32, and that little and misspelt is enough."""

from datetime import date

import pytest

from teamaround.audit import recording
from teamaround.audit.models import Event, Kind
from teamaround.index import registering, searching
from teamaround.index.asking import Asked
from teamaround.index.models import Search
from teamaround.kit.refused import Refused
from teamaround.people.records import NewChild
from teamaround.people.terms import AddressState
from tests import makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def many(reference, monkeypatch):
    """An index of so many children that a name alone proves little."""
    monkeypatch.setattr(searching, "FEWEST", 1_000_000)


def known(given, family, born, postcode="NM1 1AA", sex="F", **more):
    return registering.register(
        NewChild(
            given=given,
            family=family,
            born=born,
            sex=sex,
            authority=makers.authority(),
            source="test",
            address=AddressState.CURRENT,
            lines="1 Harbour Street",
            postcode=postcode,
            **more,
        ),
        by=makers.TESTER,
    )


def ask(who, **asked):
    return searching.find(Asked(**asked), reason="starting", by=makers.actor(who))


@pytest.mark.parametrize(
    "asked",
    [
        {"given": "Katie", "family": "Smyth", "born": "4 9 2019"},
        {"given": "Katherine", "family": "Smith", "born": "9/4/2019"},
        {"given": "Smith", "family": "Katherine", "born": "4 9 2019"},
        {"given": "Katherine", "family": "Smith", "born": "2020", "postcode": "NM1"},
        {"given": "Kathrine", "family": "Smith", "postcode": "NM1 1AA"},
    ],
    ids=["nickname and sound", "day and month swapped", "names swapped", "year off by one", "typing error"],
)
def test_ix_28_a_child_is_found_though_misspelt_and_the_hit_says_why(world, asked):
    child = known("Katherine", "Smith", date(2019, 9, 4))
    search = ask(world.priya, **asked)
    assert child.pk in search.found
    hit = searching.hits(search)[0]
    assert hit.fuzzy and hit.reasons


@pytest.mark.parametrize("asked", [{}, {"family": "Smith"}, {"born": "4 9 2019"}, {"postcode": "NM1"}])
def test_ix_23_too_little_is_refused_before_any_data_is_touched(world, asked, django_assert_num_queries):
    actor = makers.actor(world.priya)
    with django_assert_num_queries(0), pytest.raises(Refused, match="little more"):
        searching.find(Asked(**asked), reason="starting", by=actor)


def test_ix_24_a_star_needs_three_letters_and_stands_once(world):
    for name in ("Sm*", "S*ith", "Smi*t*"):
        with pytest.raises(Refused, match="star"):
            ask(world.priya, given="Kate", family=name)


def test_ix_25_more_than_ten_strong_hits_show_nobody(world):
    for day in range(1, 13):
        known("Ali", "Khan", date(2015, 5, day), sex="M")
    search = ask(world.priya, given="Ali", family="Khan")
    assert search.too_many and search.found == [] and searching.hits(search) == []


def test_ix_26_what_was_asked_and_found_is_recorded_with_the_reason(world):
    child = known("Katherine", "Smith", date(2019, 9, 4))
    ask(world.priya, given="Katherine", family="Smith", born="4 9 2019")
    event = Event.objects.get(kind=Kind.SEARCH)
    assert event.about == [child.pk] and event.facts["reason"] == "starting"
    assert event.facts["results"] == [str(child.pk)] and event.facts["query"]["family"] == "Smith"


def test_ix_26_without_its_record_a_search_gives_no_answer(world, monkeypatch):
    def fail(*args, **kwargs):
        raise OSError("the audit cannot be written")

    monkeypatch.setattr(recording, "disclose", fail)
    with pytest.raises(OSError):
        ask(world.priya, given="Katherine", family="Smith")
    assert not Search.objects.exists()


def test_ix_27_a_search_that_finds_nobody_is_recorded_too(world):
    ask(world.priya, given="Nobody", family="Anywhere", born="2015")
    assert Event.objects.get(kind=Kind.SEARCH).facts["count"] == 0


def test_ix_16_a_search_needs_a_reason_from_the_list(world):
    with pytest.raises(Refused, match="why"):
        searching.find(Asked(given="Ali", family="Khan"), reason="curious", by=makers.actor(world.priya))
    with pytest.raises(Refused, match="Say why"):
        searching.find(Asked(given="Ali", family="Khan"), reason="other", by=makers.actor(world.priya))


def test_ix_32_a_record_is_made_only_after_a_search_that_found_none_of_these(world):
    search = ask(world.priya, given="New", family="Child", born="2021")
    details = NewChild(
        given="New",
        family="Child",
        born=date(2021, 1, 1),
        sex="F",
        authority=world.authority,
        address=AddressState.NONE,
        source="test",
    )
    actor = makers.actor(world.priya)
    with pytest.raises(Refused, match="results first"):
        registering.register(details, search=search, by=actor)
    searching.none_of_these(search, by=actor)
    search.refresh_from_db()
    child = registering.register(details, search=search, by=actor)
    search.refresh_from_db()
    assert search.found == [child.pk]


def test_ix_7_a_superseded_number_still_finds_the_child(world):
    child = known("Katherine", "Smith", date(2019, 9, 4), identifiers={"nhs": "9990000018"})
    registering.add_identifier(child, kind="nhs", value="9990000026", source="test", by=makers.TESTER)
    assert ask(world.priya, identifier="999 000 0018").found == [child.pk]


@pytest.mark.parametrize(
    "asked",
    [
        {"given": "Aleksandru", "family": "Radu"},
        {"given": "Alexandru", "family": "Raddu"},
        {"given": "Raddu", "family": "Alexandru"},
        {"family": "Radu", "born": "2017"},
        {"family": "Radu", "born": "2018"},
        {"given": "Alexandru", "born": "3 2017"},
    ],
    ids=["spelling", "one letter", "swapped and misspelt", "surname and year", "year off by one", "forename and month"],
)
def test_a_misspelt_name_alone_finds_the_child_among_very_many(world, many, asked):
    alexandru = known("Alexandru", "Radu", date(2017, 3, 14), sex="M")
    known("Oliver", "Blenover", date(2017, 3, 14), sex="M")
    assert ask(world.priya, **asked).found == [alexandru.pk]


def test_where_somebody_is_probable_nobody_else_is_shown(world, many):
    alexandru = known("Alexandru", "Radu", date(2017, 3, 14), sex="M")
    known("Alexandra", "Rado", date(2012, 8, 1), sex="F")
    assert ask(world.priya, given="Alexandru", family="Radu", born="14 3 2017").found == [alexandru.pk]


def test_ix_25_more_than_ten_who_nearly_fit_are_refined_too(world, many):
    for number in range(11):
        known("Alexandru", "Radu", date(2008 + number, 3, 14), sex="M", postcode=f"NM{number + 1} 1AA")
    search = ask(world.priya, given="Aleksandru", family="Raddu")
    assert search.too_many and search.found == []
