"""The pages on which the details of a child are put right, a birth is recorded, and parents and carers change."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from teamaround.index import involvement, registering
from teamaround.index.models import WorkItem
from teamaround.kit import dates
from teamaround.people.families import Carer
from teamaround.people.models import Care
from tests import makers
from tests.index import children
from tests.signing_in import sign_in
from tests.web.sending import send, text

pytestmark = [pytest.mark.django_db]

TODAY = dates.today()
MOTHER = Carer(given="Ama", family="Okafor", relationship="mother", basis="mother", phone="07700 900101")


@pytest.fixture
def child(priya):
    """A child Priya works with."""
    return with_priya(priya, children.register(carers=(MOTHER,), source="school-roll:NOBODY"))


def with_priya(priya, child):
    involvement.record(child, practitioner=priya, role="SENCO", from_on=TODAY, by=makers.actor(priya))
    return child


def at(name, child, *more):
    return reverse(name, args=[child.pk, *more])


def changed(client, child, page, *more, **typed):
    """Send a page that leads back to the child's page; what that says then."""
    answer = send(client, at(page, child, *more), **typed)
    assert (answer.status_code, answer.headers.get("Location")) == (302, at("child", child)), text(answer)
    child.refresh_from_db()
    return text(client.get(at("child", child)))


def refused(client, child, page, *more, **typed):
    answer = send(client, at(page, child, *more), **typed)
    assert answer.status_code in (409, 422)
    return text(answer)


PAGES = ["name", "born", "sex", "home", "language"]


@pytest.mark.parametrize("name", PAGES)
def test_whoever_works_with_a_child_is_led_to_each_page(client, child, name):
    address = at(f"change_{name}", child)
    assert address in text(client.get(at("child", child)))
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("name", [f"change_{one}" for one in PAGES] + ["add_name", "add_carer", "record_birth"])
def test_whoever_does_not_work_with_a_child_finds_no_page(world, child, name):
    assert sign_in(Client(), world.dan).get(at(name, child)).status_code == 404


def test_a_detail_says_who_told_it_and_when(client, priya):
    child = children.register(source=f"school-roll:{priya.agency.code}")
    with_priya(priya, child)
    page = text(client.get(at("child", child)))
    assert f"From the school roll of {priya.agency.name}, {dates.say(TODAY)}" in page
    page = changed(client, child, "change_sex", sex="X")
    assert "From a practitioner" in page


def test_a_changed_name_stays_as_a_former_name(client, child):
    page = changed(
        client, child, "change_name", given="Katherine", family="Berg", why="changed", from_on=date(2026, 1, 5)
    )
    assert "Katherine Berg" in page and "Former name" in page and "Katherine Smith" in page


def test_a_name_written_wrongly_stays_as_a_spelling(client, child):
    assert "Other spelling" in changed(client, child, "change_name", given="Catherine", family="Smith", why="slip")


def test_a_new_name_needs_a_last_name(client, child):
    assert "Enter the last name" in refused(client, child, "change_name", given="Kate", family="", why="slip")


def test_a_name_cannot_change_long_before_the_birth(client, child):
    typed = {"given": "Kate", "family": "Berg", "why": "changed", "from_on": date(2001, 1, 5)}
    assert "before the birth" in refused(client, child, "change_name", **typed)


def test_a_name_the_child_is_known_as_is_added_and_ends(client, child):
    assert "Kitty Smith" in changed(client, child, "add_name", kind="known-as", given="Kitty", family="Smith")
    kitty = child.names.get(kind="known-as")
    address = at("end_name", child, kitty.pk)
    assert address in text(client.get(at("change_name", child)))
    page = changed(client, child, "end_name", kitty.pk, to_on=date(2026, 1, 5))
    assert "Kitty Smith (until 5 January 2026)" in page
    assert client.get(address).status_code == 404


def test_another_name_has_a_kind(client, child):
    assert "Select what kind" in refused(client, child, "add_name", given="Kitty", family="Smith")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"precision": "day", "born": date(2018, 5, 6)}, "born 6 May 2018"),
        ({"precision": "month", "month": "5 2018"}, "born May 2018"),
        ({"precision": "year", "year": "2018"}, "born 2018"),
    ],
)
def test_of_the_date_of_birth_as_much_is_shown_as_is_known(client, child, typed, said):
    assert said in changed(client, child, "change_born", **typed)
    assert client.get(at("change_born", child)).status_code == 200


def test_a_year_of_birth_too_long_ago_is_refused_where_it_was_typed(client, child):
    page = refused(client, child, "change_born", precision="year", year="1990")
    assert "The index holds nobody aged" in page and 'href="#id_year"' in page


def test_a_month_that_cannot_be_read_is_refused(client, child):
    assert "Enter it like 9 2019" in refused(client, child, "change_born", precision="month", month="May 18")


def test_an_expected_date_changes_before_the_birth(client, priya):
    unborn = expected(priya)
    day = TODAY + timedelta(days=30)
    assert dates.say(day) in changed(client, unborn, "change_born", expected=day)
    assert "40 weeks" in refused(client, unborn, "change_born", expected=TODAY + timedelta(days=400))


def test_the_sex_of_an_unborn_child_is_not_asked(client, priya):
    page = client.get(at("change_sex", expected(priya)))
    assert page.status_code == 409 and "when the birth is recorded" in text(page)


def test_the_sex_must_be_said(client, child):
    assert "Select the sex" in refused(client, child, "change_sex")


def test_the_first_language_is_added(client, child):
    assert "Twi" in changed(client, child, "change_language", first_language="Twi")


def test_a_language_is_no_place_for_notes(client, child):
    assert "60 characters" in refused(client, child, "change_language", first_language="x" * 61)


def test_moving_house_keeps_the_former_address(client, child):
    typed = {"what": "moved", "lines": "2 Mill Lane", "postcode": "NM2 2BB", "from_on": date(2026, 1, 5)}
    assert "2 Mill Lane, NM2 2BB" in changed(client, child, "change_home", **typed)
    assert child.addresses.get(state="former").lines == "1 Harbour Street"


def test_a_mistake_in_the_address_leaves_none(client, child):
    typed = {"what": "mistake", "right_lines": "11 Harbour Street", "right_postcode": "NM1 1AA"}
    assert "11 Harbour Street, NM1 1AA" in changed(client, child, "change_home", **typed)
    assert child.addresses.count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"what": "none"}, "No known address"),
        ({"what": "left"}, "Has left the area"),
        ({"what": "last-known", "last_lines": "1 Harbour Street", "last_postcode": "NM1 1AA"}, "Last known address"),
    ],
)
def test_ix_2_that_no_address_is_known_is_a_statement(client, child, typed, said):
    assert said in changed(client, child, "change_home", **typed)


def test_a_postcode_that_is_none_is_refused_where_it_was_typed(client, child):
    typed = {"what": "mistake", "right_lines": "11 Harbour Street", "right_postcode": "NM1"}
    page = refused(client, child, "change_home", **typed)
    assert "Enter a full postcode" in page and 'href="#id_right_postcode"' in page and "11 Harbour Street" in page


def test_a_school_is_named_or_stated_to_be_none(client, child, world):
    typed = {"registered": "registered", "agency": str(world.school.pk), "from_on": date(2026, 1, 5)}
    page = changed(client, child, "change_service", "education", **typed)
    assert f"{world.school.name}, since 5 January 2026" in page
    assert "Not registered anywhere" in changed(client, child, "change_service", "education", registered="none")


def test_a_school_must_be_chosen(client, child):
    page = refused(client, child, "change_service", "education", registered="registered", agency="")
    assert "Select where" in page


def test_whoever_closes_the_record_to_themselves_is_told(client, world, priya):
    child = children.register()
    registering.set_universal(child, kind="education", agency=world.school, source="test", by=makers.TESTER)
    answer = send(client, at("change_service", child, "education"), registered="none")
    assert answer.headers["Location"] == reverse("home")
    assert "closed to you now" in text(client.get(reverse("home")))


def test_ix_8_a_number_is_added_only_by_the_sector_it_is_for(client, child):
    assert "B801200005001" in changed(client, child, "change_number", "upn", identifier="B801200005001")
    assert client.get(at("change_number", child, "nhs")).status_code == 404
    assert client.get(at("change_number", child, "shoe-size")).status_code == 404


def test_ix_5_a_number_that_does_not_check_is_refused(client, child):
    page = refused(client, child, "change_number", "upn", identifier="A801200005001")
    assert 'href="#id_identifier"' in page


def test_ix_6_a_number_that_another_record_holds_changes_nothing_and_a_steward_is_asked(client, child):
    children.register(given="Ned", born=date(2016, 1, 2), identifiers={"upn": "B801200005001"})
    page = changed(client, child, "change_number", "upn", identifier="B801200005001")
    assert "A data steward is asked" in page and "The details are changed" not in page
    assert not child.identifiers.exists() and WorkItem.objects.filter(child=child).count() == 1


def expected(priya):
    unborn = children.register(given="", family="Okafor", born=None, expected=TODAY, sex="U")
    return with_priya(priya, unborn)


def test_cw_6_a_birth_is_recorded_from_the_child_s_page(client, priya):
    unborn = expected(priya)
    assert at("record_birth", unborn) in text(client.get(at("child", unborn)))
    page = changed(client, unborn, "record_birth", born=TODAY, sex="F", given="Elsa")
    assert "Elsa Okafor" in page and at("record_birth", unborn) not in page
    assert client.get(at("record_birth", unborn)).headers["Location"] == at("change_born", unborn)


def test_cw_6_at_birth_the_sex_must_be_said(client, priya):
    assert "Select the sex" in refused(client, expected(priya), "record_birth", born=TODAY)


def test_a_carer_is_added(client, child):
    page = changed(client, child, "add_carer", **carer(carer_given="Nils", relationship="stepfather"))
    assert "Nils Lindqvist" in page and "Contact restricted" in page


def test_responsibility_on_a_ground_they_cannot_have_is_refused(client, child):
    typed = carer(relationship="stepfather", basis="mother")
    assert "Only the mother" in refused(client, child, "add_carer", **typed)


def test_what_is_recorded_of_a_carer_is_put_right(client, child):
    care = child.cares.get()
    page = changed(client, child, "change_carer", care.pk, **carer(carer_given="Amma", relationship="mother"))
    assert "Amma Lindqvist" in page and "No parental responsibility recorded" in page
    assert "Enter the first name" in refused(client, child, "change_carer", care.pk, **carer(carer_given=""))


def test_care_that_ended_leaves_parental_responsibility(client, child):
    care = child.cares.get()
    page = changed(client, child, "end_care", care.pk, to_on=date(2026, 1, 5))
    assert "Ama Okafor" in page and "Does not care for" in page
    assert "already recorded" in refused(client, child, "end_care", care.pk, to_on=date(2026, 1, 5))


def test_somebody_else_s_carer_is_not_reached_through_a_child(client, child):
    other = children.register(given="Ned", born=date(2016, 1, 2), carers=(MOTHER,))
    theirs = Care.objects.get(child=other)
    for name in ("change_carer", "end_care"):
        assert client.get(at(name, child, theirs.pk)).status_code == 404


def carer(**more):
    usual = {"carer_given": "Nils", "carer_family": "Lindqvist", "relationship": "father", "basis": ""}
    return {**usual, "has_care": "yes", "contact_restricted": "yes", "interpreter_needed": "no", **more}
