"""What forms begin with, so that nobody retypes what a record knows; read under the real forms."""

from datetime import date

import pytest

from teamaround.casework import facts
from teamaround.forms.answering import missing, prefilled
from teamaround.forms.definitions import shipped
from teamaround.forms.terms import KNOWN
from teamaround.people.models import Address
from teamaround.people.terms import AddressState
from tests import makers

pytestmark = pytest.mark.django_db
CAF = shipped("common-assessment-2009")


def begun(child):
    return prefilled(CAF, facts.of(child, None))


def test_every_fact_is_one_that_forms_can_point_to(world):
    child = makers.child()
    makers.parent(child)
    assert set(facts.of(child, world.priya)) <= KNOWN


def test_a_form_begins_with_the_childs_name_birth_and_address():
    child = makers.child()
    assert {"given_names", "family_name", "sex", "date_of_birth", "address", "postcode"} <= set(begun(child)["child"])


def test_an_unborn_child_goes_by_the_mothers_name():
    child = makers.child(given="", expected=date(2027, 2, 1))
    makers.parent(child, "Ama", "Okafor", relationship="mother")
    assert begun(child)["child"]["given_names"] == "Unborn baby of Ama Okafor"


def test_the_statement_that_nobody_knows_an_address_stands_for_the_address():
    child = makers.child()
    makers.change(Address.objects.get(child=child), state=AddressState.NONE, lines="", postcode="")
    answers = begun(child)
    assert answers["child"]["no_address"] == "No known address"
    sentences = [one.sentence for one in missing(CAF, answers, "finalise")]
    assert not [one for one in sentences if "address" in one or "postcode" in one]


def test_parents_begin_as_rows():
    child = makers.child()
    makers.parent(child, "Ama", "Okafor", relationship="mother")
    (row,) = begun(child)["parents"]["people"]
    assert (row["name"], row["relationship"], row["parental_responsibility"]) == ("Ama Okafor", "mother", "yes")


def restricted(child):
    adult = makers.parent(child, "Nils", "Lindqvist", relationship="stepfather", contact_restricted=True)
    return makers.change(adult, phone="07700 900102")


def test_a_parent_whose_contact_is_restricted_is_named_and_never_pre_filled_with_a_number():
    child = makers.child()
    restricted(child)
    (row,) = begun(child)["parents"]["people"]
    assert row["name"] == "Nils Lindqvist"
    assert not row.get("phone")


@pytest.mark.parametrize("typed", ["07700 900102", "07700-900 102", "+44 7700 900102", "Ring 07700900102 after six"])
def test_a_number_of_restricted_contact_is_not_printed_however_it_was_typed(typed):
    child = makers.child()
    restricted(child)
    printed = facts.leave_out(typed, facts.not_to_print(child))
    assert "(number not printed)" in printed
    assert "900" not in printed


def test_other_numbers_are_printed():
    child = makers.child()
    restricted(child)
    assert facts.leave_out("07700 900103", facts.not_to_print(child)) == "07700 900103"
