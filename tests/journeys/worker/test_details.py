"""The details of a child, put right on a wide screen and on a phone."""

from datetime import date

import pytest

from teamaround.casework import holds
from teamaround.index import involvement, registering
from teamaround.kit import dates
from teamaround.people.families import Carer
from tests import makers
from tests.casework.world import Family
from tests.index import children

pytestmark = [
    pytest.mark.journey,
    pytest.mark.enable_socket,
    pytest.mark.django_db(transaction=True, databases=["default", "audit"]),
]

CARERS = (
    Carer(given="Ama", family="Okafor", relationship="mother", basis="mother", phone="07700 900101"),
    Carer(given="Nils", family="Lindqvist", relationship="stepfather", contact_restricted=True),
)


@pytest.fixture
def family(reference, at):
    at(2026, 3, 30)
    return Family()


@pytest.fixture
def elsa(family):
    """A child Priya works with."""
    source = f"school-roll:{family.school.code}"
    child = children.register(
        "Elsa", "Okafor", date(2019, 9, 4), carers=CARERS, source=source, other_names=(("known-as", "Elli", "Okafor"),)
    )
    by = family.by(family.priya)
    involvement.record(child, practitioner=family.priya, role="SENCO", from_on=dates.today(), by=by)
    registering.set_universal(
        child, kind="education", agency=family.school, from_on=date(2024, 9, 2), source=source, by=makers.TESTER
    )
    registering.add_identifier(child, kind="upn", value="B801200005001", source=source, by=makers.TESTER)
    return child


@pytest.mark.parametrize("width", [1280, 390])
def test_each_thing_about_a_child_has_a_small_page(family, elsa, visitor, width):
    priya = visitor(family.priya, width=width)
    page = f"/children/{elsa.pk}/"
    priya.go(page).see("From the school roll of Harbour Primary School").has_no_barriers().picture("details")
    for name in ("name", "born", "sex", "address", "language", "services/education", "numbers/upn"):
        priya.go(f"{page}details/{name}/").see("Save").has_no_barriers().picture(f"details-{name.replace('/', '-')}")

    priya.go(f"{page}details/address/").choose("What do you want to record?", "The address has a mistake")
    priya.fill("Right postcode", "NM1").click("Save").see("Enter a full postcode").has_no_barriers()
    priya.picture("details-address-refused")
    priya.fill("Right postcode", "NM1 1AB").click("Save").see("The details are changed", "NM1 1AB")

    priya.click("Change what is recorded of Ama Okafor").see("From the school roll").has_no_barriers()
    priya.picture("details-carer").go(page).click("No longer cares for the child: Nils Lindqvist")
    priya.see("will no longer be shown").has_no_barriers().picture("details-care-ends")
    priya.date("When did it end?", date(2026, 3, 29)).click("Record it").not_see("Nils Lindqvist")
    priya.click("Add a parent or carer").has_no_barriers().picture("details-add-carer")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_birth_and_a_status_are_recorded_where_the_child_s_page_leads(family, visitor, width):
    unborn = children.register("", "Berg", None, expected=date(2026, 3, 27), sex="U", source="practitioner")
    episode = family.started(child=unborn)
    priya = visitor(family.priya, width=width)
    priya.go(f"/children/{unborn.pk}/").click("Record the birth").has_no_barriers().picture("birth")
    priya.date("When was the child born?", date(2026, 3, 28)).choose("Sex", "Female").fill("First name", "Ida")
    priya.click("Record the birth").see("The birth is recorded", "Ida Berg")

    holds.enter_status(unborn, status="in-need", from_on=date(2026, 3, 29), by=family.by(family.priya))
    priya.go(f"/children/{unborn.pk}/").click("Enter or end a statutory status")
    priya.choose("Which status?", "Social care has accepted to lead").date("Since when?", date(2026, 3, 30))
    priya.click("Enter it").see("Enter the reference").has_no_barriers()
    priya.fill("Reference of social care", "SC-204").click("Enter it").see("The status is entered")
    priya.has_no_barriers().picture("statuses").click("End it for Child in need").has_no_barriers().picture(
        "status-ends"
    )
    priya.go(f"/episodes/{episode.pk}/close/").see("If social care takes over").picture("close")
