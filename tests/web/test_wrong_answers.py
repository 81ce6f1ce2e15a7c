"""What somebody answers by mistake gets a clear reason, and what they typed stays."""

import pytest

from teamaround.casework import checklists
from tests import makers
from tests.casework.world import Family
from tests.signing_in import sign_in
from tests.web.sending import send, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(reference):
    return Family()


@pytest.fixture
def priya(client, family):
    return sign_in(client, family.priya)


def test_a_carer_without_a_name_is_asked_for_and_what_was_said_of_them_stays(priya, family):
    address = f"/find/{family.searched(family.priya).pk}/new-record/"
    answer = send(
        priya,
        address,
        born_or_expected="born",
        given="Zora",
        family="Quill",
        born="2018-04-03",
        sex="F",
        home="none",
        carer_phone="01632 960111",
    )
    assert answer.status_code == 422
    assert "Enter the first and last name of the parent or carer" in text(answer)
    assert "01632 960111" in text(answer)


def test_consent_with_a_place_too_long_is_told_at_its_box(priya, family):
    address = f"/episodes/{family.started().pk}/consent/"
    answer = send(priya, address, place="x" * 20_000, excluded_others="y" * 301)
    assert answer.status_code == 422
    assert "Your answer must be 120 characters or fewer" in text(answer)
    assert "Anybody else who must not see it must be 300 characters or fewer" in text(answer)


def test_a_checklist_without_an_answer_on_safety_is_not_said_to_have_one(priya, family):
    makers.shipped_forms()
    begun = checklists.start(family.tobi, by=family.by(family.priya))
    page = text(priya.get(f"/checklists/{begun.pk}/outcome/"))
    assert "You did not answer that the child appears to be safe from harm" in page
    assert "You answered that" not in page


def test_the_moment_words_were_kept_is_written_as_every_other_moment(priya, family):
    address = f"/episodes/{family.started().pk}/consent/"
    send(priya, address, place="At school")
    page = text(priya.get(address))
    assert "We kept what you typed here" in page and "m.." not in page and "a.m." not in page
