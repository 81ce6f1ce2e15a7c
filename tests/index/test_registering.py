"""What is written is found at once, and a number belongs to one record: IX-6, 7, 31 and 32."""

from datetime import date, timedelta
from threading import Thread

import pytest
from django.db import connections

from teamaround.audit.models import Event, Kind
from teamaround.index import registering, searching, worklist
from teamaround.index.models import Compared, SearchKey, Start, WorkItem
from teamaround.index.terms import WorkKind
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.people.families import Carer
from teamaround.people.models import Child, Identifier
from teamaround.people.terms import ChildState
from tests import makers
from tests.index import children

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

BY = {"source": "test", "by": makers.TESTER}
MOTHER = Carer(given="Ama", family="Okafor", relationship="mother", basis="mother")


@pytest.fixture
def priya():
    return makers.practitioner("Priya Deol", modules=())


# What is written is found.


def test_a_child_is_found_by_a_new_name_and_by_the_old_one(priya):
    child = children.register()
    registering.rename(child, given="Katherine", family="Brzezinska", **BY)
    for family in ("Brzezinska", "Smith"):
        assert children.finds(priya, given="Katherine", family=family, born="4 9 2019") == [child.pk]


def test_a_child_is_found_at_the_new_address_and_at_the_old_one(priya):
    child = children.register()
    registering.move_house(child, lines="2 Mill Lane", postcode="NM7 2BB", **BY)
    for postcode in ("NM7 2BB", "NM1 1AA"):
        assert child.pk in children.finds(priya, given="Katherine", family="Smith", postcode=postcode)


def test_a_child_is_found_by_a_corrected_birthday(priya):
    child = children.register()
    registering.correct(child, born=date(2012, 2, 1), by=makers.TESTER)
    assert children.finds(priya, given="Katherine", family="Smith", born="1 2 2012") == [child.pk]


def test_a_baby_is_found_under_the_name_given_at_birth(priya):
    with dates.given(date(2026, 11, 24)):
        child = children.register(given="", family="Okafor", born=None, expected=date(2026, 11, 20), sex="U")
        registering.born(child, on=date(2026, 11, 22), sex="F", given="Amara", by=makers.TESTER)
        assert children.finds(priya, given="Amara", family="Okafor", born="22/11/2026") == [child.pk]


def test_a_child_is_found_by_the_index_number(priya):
    child = children.register()
    assert children.finds(priya, identifier=child.index_number.lower()) == [child.pk]


def test_what_is_compared_is_the_same_whether_made_new_or_made_again():
    carer = Carer(given="Ama", family="Okafor", relationship="mother", basis="mother")
    child = children.register(
        given=" Katherine  Ann ",
        identifiers={"nhs": "999 000 0018", "upn": "b801200005001"},
        other_names=(("former", "Katherine", "Jones"),),
        carers=(carer,),
        postcode="nm11aa",
    )
    made = Compared.objects.get(child=child).identity, set(SearchKey.objects.values_list("kind", "value"))
    Compared.objects.all().delete()
    SearchKey.objects.all().delete()
    registering.refresh(Child.objects.get(pk=child.pk))
    again = Compared.objects.get(child=child).identity, set(SearchKey.objects.values_list("kind", "value"))
    assert made == again


def test_keys_that_lead_to_the_child_no_longer_are_gone():
    child = children.register()
    registering.correct(child, born=date(2012, 2, 1), by=makers.TESTER)
    assert not SearchKey.objects.filter(child=child, value__contains="20190904").exists()


def test_ix_31_a_record_merged_away_is_not_found(priya):
    child, other = children.register(), children.register(given="Other", family="Person")
    child.state, child.merged_into = ChildState.MERGED, other
    makers.keep(child)
    registering.refresh(child)
    assert children.finds(priya) == []


# Numbers.


def test_ix_6_a_second_claim_opens_an_item_and_changes_nothing():
    holder = children.register(identifiers={"nhs": "9990000018"})
    other = children.register(given="Ruby", identifiers={"nhs": "9990000026"})
    assert not registering.add_identifier(other, kind="nhs", value="9990000018", **BY)
    assert dict(Identifier.objects.filter(active=True).values_list("child", "value")) == {
        holder.pk: "9990000018",
        other.pk: "9990000026",
    }
    item = WorkItem.objects.get()
    assert (item.kind, item.child, item.other) == (WorkKind.CLASH, other, holder)


def test_ix_6_a_new_record_that_claims_a_held_number_is_made_without_it():
    children.register(identifiers={"nhs": "9990000018"})
    other = children.register(given="Ruby", identifiers={"nhs": "9990000018"})
    assert not other.identifiers.exists() and worklist.waiting().get().child == other


def test_ix_6_the_same_claim_made_twice_is_asked_once():
    children.register(identifiers={"nhs": "9990000018"})
    other = children.register(given="Ruby")
    for _ in range(2):
        registering.add_identifier(other, kind="nhs", value="9990000018", **BY)
    assert worklist.waiting().count() == 1


def test_ix_6_the_database_lets_nobody_hold_a_number_twice():
    children.register(identifiers={"nhs": "9990000018"})
    other = children.register(given="Ruby")
    with pytest.raises(Exception, match="identifier_claimed_once"):
        makers.keep(Identifier(child=other, kind="nhs", value="9990000018", source="test", recorded_at=dates.now()))


def test_ix_7_a_superseded_number_finds_the_current_record(priya):
    child = children.register(identifiers={"nhs": "9990000018"})
    registering.add_identifier(child, kind="nhs", value="9990000026", **BY)
    assert child.identifiers.get(active=True).value == "9990000026"
    for number in ("9990000018", "9990000026"):
        assert children.finds(priya, identifier=number) == [child.pk]


def test_ix_7_a_number_that_comes_back_is_active_again():
    child = children.register(identifiers={"nhs": "9990000018"})
    for number in ("9990000026", "9990000018"):
        registering.add_identifier(child, kind="nhs", value=number, **BY)
    assert child.identifiers.get(active=True).value == "9990000018"
    assert child.identifiers.count() == 2


# Who may make a record, and when.


def register(by, search):
    return registering.register(children.details(given="New"), search=search, by=makers.actor(by))


def test_ix_32_without_a_search_nobody_makes_a_record(priya):
    with pytest.raises(Refused, match="Search for the child first"):
        register(priya, None)


def test_ix_32_somebody_else_s_search_does_not_count(priya):
    search = children.search(makers.practitioner(modules=()), given="New", family="Smith")
    search.none_of_these = True
    with pytest.raises(Refused, match="Search for the child first"):
        register(priya, search)


def test_ix_32_the_results_must_be_looked_at(priya):
    with pytest.raises(Refused, match="none of them is the child"):
        register(priya, children.search(priya, given="New", family="Smith"))
    assert not Child.objects.exists()


def test_ix_32_after_too_many_hits_the_search_is_refined_first(priya):
    for day in range(1, 13):
        children.register(given="Ali", family="Khan", born=date(2015, 5, day), sex="M")
    search = children.search(priya, given="Ali", family="Khan")
    with pytest.raises(Refused, match="Refine"):
        searching.none_of_these(search, by=makers.actor(priya))
    search.none_of_these = True
    with pytest.raises(Refused, match="Refine"):
        register(priya, search)


def test_ix_17_who_makes_a_record_starts_to_work_with_the_child(priya):
    search = children.search(priya, given="New", family="Smith")
    searching.none_of_these(search, by=makers.actor(priya))
    search.refresh_from_db()
    child = register(priya, search)
    assert Start.objects.get().child == child
    search.refresh_from_db()
    assert search.found == [child.pk]


def test_registering_is_one_act_with_one_event_about_the_child():
    child = children.register(identifiers={"nhs": "9990000018"})
    event = Event.objects.get(kind=Kind.CHANGE, action="child.registered")
    assert event.about == [child.pk]
    assert not Event.objects.filter(part_of=event.pk).exists()


def test_registering_one_child_asks_the_database_little(django_assert_max_num_queries):
    carer = Carer(given="Ama", family="Okafor", relationship="mother", basis="mother")
    details = children.details(identifiers={"nhs": "9990000018"})
    with django_assert_max_num_queries(22):
        registering.register(details, carers=(carer,), by=makers.TESTER)


def test_somebody_of_twenty_five_is_too_old_for_the_index():
    with pytest.raises(Refused, match="aged 25 or over"):
        children.register(born=dates.today() - timedelta(days=366 * 26))


@pytest.mark.django_db(transaction=True)
def test_two_who_change_one_record_at_once_are_both_found_again():
    child = children.register()

    def add_number():
        registering.add_identifier(child, kind="nhs", value="9990000018", **BY)
        connections.close_all()

    def add_name():
        registering.add_name(child, kind="known-as", given="Zebedee", family="Smith", **BY)
        connections.close_all()

    threads = [Thread(target=one) for one in (add_number, add_name)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    identity = Compared.objects.get(child=child).identity
    assert ["nhs", "9990000018"] in identity["identifiers"]
    assert ["Zebedee", "Smith", "known-as"] in identity["names"]


def test_brothers_and_sisters_are_found_by_a_corrected_name_of_their_mother():
    child, brother = children.register(carers=(MOTHER,)), children.register(given="Ned", born=date(2016, 1, 2))
    care = child.cares.get()
    registering.share_carer(brother, care.adult, MOTHER, **BY)
    registering.correct_carer(care, Carer(given="Ama", family="Berg", relationship="mother", basis="mother"), **BY)
    for one in (child, brother):
        assert Compared.objects.get(child=one).identity["parents"] == ["Berg"]


def test_ix_8_a_practitioner_adds_only_a_number_that_their_sector_may_read(priya):
    child = children.register()
    with pytest.raises(Refused, match="Only the services"):
        registering.add_identifier(child, kind="nhs", value="9990000018", source="test", by=makers.actor(priya))
    assert registering.add_identifier(child, kind="upn", value="B801200005001", source="test", by=makers.actor(priya))
