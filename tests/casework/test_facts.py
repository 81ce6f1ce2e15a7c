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
