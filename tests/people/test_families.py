"""Parents, carers, brothers and sisters, and on what somebody holds parental responsibility."""

from datetime import date

import pytest

from teamaround.index import registering
from teamaround.kit.refused import Refused
from teamaround.people import families
from teamaround.people.families import Carer
from teamaround.people.models import Adult, Sibling
from teamaround.people.terms import Relationship, ResponsibilityBasis
from tests import makers
from tests.index import children

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

MOTHER = Carer(given="Ama", family="Okafor", relationship="mother", basis="mother", phone="01632 960001")


def test_a_mother_holds_responsibility_as_the_mother():
    child = children.register(carers=(MOTHER,))
    care = child.cares.get()
    assert care.has_responsibility and care.basis == ResponsibilityBasis.MOTHER and care.has_care


@pytest.mark.parametrize(
    ("relationship", "basis", "says"),
    [
        ("grandparent", "mother", "Only the mother"),
        ("stepfather", "birth-certificate", "Only the father"),
        ("mother", "marriage", "Only the father"),
        ("father", "by-feeling", "on what"),
        ("neighbour", "", "what this person is"),
    ],
)
def test_responsibility_stands_on_a_ground_that_the_relationship_can_have(relationship, basis, says):
    child = children.register()
    with pytest.raises(Refused, match=says):
        registering.add_carer(
            child,
            Carer(given="A", family="B", relationship=relationship, basis=basis),
            source="test",
            by=makers.TESTER,
        )
    assert not child.cares.exists()


@pytest.mark.parametrize("basis", ["agreement", "court-order", "special-guardian", "adoption"])
def test_a_court_or_an_agreement_can_give_it_to_anybody(basis):
    child = children.register()
    registering.add_carer(
        child, Carer(given="A", family="B", relationship="grandparent", basis=basis), source="test", by=makers.TESTER
    )
    assert child.cares.get().has_responsibility


def test_somebody_without_a_ground_cares_and_holds_no_responsibility():
    child = children.register()
    registering.add_carer(
        child, Carer(given="A", family="B", relationship="stepfather"), source="test", by=makers.TESTER
    )
    care = child.cares.get()
    assert care.has_care and not care.has_responsibility


def test_the_same_carer_told_twice_is_one_person_and_learns_what_was_missing():
    child = children.register(carers=(Carer(given="Ama", family="Okafor", relationship="mother"),))
    registering.add_carer(child, MOTHER, source="test", by=makers.TESTER)
    adult = Adult.objects.get()
    assert adult.phone == "01632 960001" and child.cares.get().has_responsibility


def test_what_is_known_of_a_carer_is_not_overwritten_by_a_later_teller():
    child = children.register(carers=(MOTHER,))
    registering.add_carer(
        child,
        Carer(given="ama", family="OKAFOR", relationship="mother", phone="01632 960999"),
        source="test",
        by=makers.TESTER,
    )
    assert Adult.objects.get().phone == "01632 960001"


def test_one_mother_of_two_children_is_one_person():
    child, sister = children.register(carers=(MOTHER,)), children.register(given="Ruby")
    mother = child.cares.get().adult
    registering.share_carer(sister, mother, MOTHER, source="test", by=makers.TESTER)
    assert Adult.objects.count() == 1 and sister.cares.get().adult == mother


def test_who_moves_out_keeps_parental_responsibility():
    child = children.register(carers=(MOTHER,))
    care = child.cares.get()
    registering.end_care(care, on=date(2026, 1, 1), by=makers.TESTER)
    care.refresh_from_db()
    assert care.has_responsibility and not care.has_care and care.to_on is None
    with pytest.raises(Refused, match="already recorded"):
        registering.end_care(care, on=date(2026, 1, 1), by=makers.TESTER)


def test_brothers_and_sisters_are_linked_once_whichever_is_named_first():
    one, other = children.register(), children.register(given="Ruby", born=date(2016, 5, 5))
    registering.link_siblings(one, other, source="test", by=makers.TESTER)
    registering.link_siblings(other, one, source="test", by=makers.TESTER)
    assert Sibling.objects.count() == 1
    assert families.siblings_of(one) == [other] and families.siblings_of(other) == [one]


def test_nobody_is_their_own_sister():
    child = children.register()
    with pytest.raises(Refused, match="own brother or sister"):
        registering.link_siblings(child, child, source="test", by=makers.TESTER)


def test_a_birth_certificate_counts_only_since_december_2003():
    child = children.register()
    child.born = date(2003, 11, 30)
    father = Carer(given="A", family="B", relationship=Relationship.FATHER, basis="birth-certificate")
    with pytest.raises(Refused, match="1 December 2003"):
        families.check_carer(child, father)


def corrected(**more):
    return Carer(**{"given": "Ama", "family": "Okafor", "relationship": "mother", **more})


def test_what_is_wrong_about_a_carer_is_put_right():
    child = children.register(carers=(MOTHER,))
    care = child.cares.get()
    told = corrected(family="Okafor-Berg", contact_restricted=True, has_care=False, phone="01632 960002")
    registering.correct_carer(care, told, source="new", by=makers.TESTER)
    care = child.cares.select_related("adult").get()
    assert (care.has_responsibility, care.basis, care.has_care, care.contact_restricted) == (False, "", False, True)
    assert (care.adult.family, care.adult.phone, care.source) == ("Okafor-Berg", "01632 960002", "new")


def test_what_of_a_carer_stays_as_it_was_keeps_its_source():
    child = children.register(carers=(MOTHER,))
    care = child.cares.get()
    told = corrected(basis="mother", phone="01632 960001", has_care=False)
    registering.correct_carer(care, told, source="new", by=makers.TESTER)
    care = child.cares.select_related("adult").get()
    assert (care.source, care.adult.source) == ("new", "test")


def test_somebody_who_is_no_carer_any_more_is_not_corrected():
    child = children.register(carers=(corrected(),))
    care = child.cares.get()
    registering.end_care(care, on=date(2026, 1, 5), by=makers.TESTER)
    care.refresh_from_db()
    with pytest.raises(Refused, match="no longer"):
        registering.correct_carer(care, corrected(), source="new", by=makers.TESTER)
