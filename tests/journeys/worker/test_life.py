"""What becomes of a record, on a wide screen and on a phone."""

from datetime import date, timedelta

import pytest

from teamaround.index import archive, involvement, transferring
from teamaround.index.models import Archiving
from teamaround.kit import dates
from tests import makers
from tests.index import children
from tests.signing_in import account_of

pytestmark = [
    pytest.mark.journey,
    pytest.mark.enable_socket,
    pytest.mark.django_db(transaction=True, databases=["default", "audit"]),
]


@pytest.fixture
def world(reference, at):
    at(2026, 3, 30)
    return makers.World()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_record_ends_in_many_ways_and_each_has_a_small_page(world, visitor, width):
    steward = makers.practitioner("Nadia Farrow", at=world.school, roles=("steward",))
    child = children.register("Elsa", "Okafor", date(2008, 6, 4))
    involvement.record(child, practitioner=world.priya, role="SENCO", from_on=dates.today(), by=makers.TESTER)
    page = f"/children/{child.pk}/"
    priya = visitor(world.priya, width=width).go(page).click("Whether the record stays after 18")
    priya.choose("What did they answer?", "Yes, they want").choose("Why can their record stay?", "They leave care")
    priya.fill("Until which age?", "21").date("When did they answer?", date(2026, 3, 29)).has_no_barriers()
    priya.picture("life-stay").click("Record their answer").see("Their answer is recorded")
    priya.click("The child has left the area").has_no_barriers().picture("life-left")
    priya.go(page).click("The child has died").has_no_barriers().picture("life-death")
    priya.click("Record the death").see("Enter who told you").has_no_barriers()

    nadia = visitor(steward, width=width).go(f"{page}life/").has_no_barriers().picture("life")
    makers.authority("EMR", "Eastmoor")
    nadia.click("Another authority should be responsible").select("Which authority", "Eastmoor")
    nadia.fill("Why?", "The family moved").has_no_barriers().picture("life-transfer").click("Ask the other authority")
    nadia.see("The other authority is asked", child.index_number).has_no_barriers().picture("life-transfers")

    archived = children.register("Kofi", "Mensah", date(2007, 6, 4))
    archive.archive(archived, because="age", by=makers.TESTER)
    makers.change(Archiving.objects.get(), purge_on=dates.today())
    nadia.go("/stewardship/archive/").fill("Index number", archived.index_number)
    nadia.choose("On what ground", "Order of a court").fill("Say which", "Order 12 of the court").has_no_barriers()
    nadia.picture("life-archive").click("Ask to read it").see("Kofi Mensah").has_no_barriers().picture("life-archived")
    nadia.go("/stewardship/archive/").see("Open until").has_no_barriers().picture("life-archive-asked")
    nadia.go("/stewardship/purges/").has_no_barriers().picture("life-purges").click("Propose to purge these")
    owen = visitor(makers.practitioner("Owen Hartley", roles=("privacy-officer",)), width=width)
    owen.go("/stewardship/purges/").click("Look at the list and purge it").has_no_barriers().picture("life-purge")
    owen.click("Purge 1 record").see("Certificates").has_no_barriers().picture("life-certificate")


def test_the_other_authority_answers_on_a_phone(world, visitor):
    east = makers.authority("EMR", "Eastmoor")
    ed = makers.practitioner("Ed East", at=makers.agency(authority=east), roles=("steward",))
    nadia = makers.practitioner("Nadia Farrow", at=world.school, roles=("steward",))
    child = children.register("Elsa", "Okafor", dates.today() - timedelta(days=2000))
    asked = transferring.ask(child, to=east, reason="The family moved", by=makers.actor(nadia))
    there = visitor(ed, width=390).go(f"/transfers/{asked.pk}/").has_no_barriers().picture("life-answer")
    there.choose("Do you agree?", "Yes").click("Send the answer").see("Your answer is recorded", "Accepted")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_practitioner_searches_for_another_and_a_manager_looks_after_what_is_left_behind(world, visitor, width):
    child = children.register("Elsa", "Okafor", date(2015, 6, 4))
    account_of(world.ruth)
    dan = (
        visitor(world.dan, width=width)
        .go("/find/")
        .click("Search for somebody else")
        .fill("Their e-mail address at work", world.ruth.email)
    )
    dan.fill("First name", "Elsa").fill("Last name", "Okafor").fill("Date of birth", "4 6 2015")
    dan.choose("Why do they need it?", "To contact another practitioner").has_no_barriers().picture("mediated-search")
    dan.click("Search").has_no_barriers().picture("mediated-results").click("See who works with this child")
    dan.see("You see this for Ruth Amis").has_no_barriers().picture("mediated-child")
    visitor(world.ruth, width=width).go("/my-activity/").see("Dan Cole").has_no_barriers().picture("mediated-activity")

    gone = makers.practitioner("Lee Gone", at=world.school, manager=world.jo)
    for who in (gone, world.priya):
        works = involvement.record(child, practitioner=who, role="Mentor", from_on=dates.today(), by=makers.TESTER)
    makers.change(gone, leaves_on=dates.today() - timedelta(days=1))
    jo = visitor(world.jo, width=width).go("/my-team/").see("Left behind").has_no_barriers().picture("left-behind")
    jo.click("Lee Gone, Mentor").choose("What happens with it?", "A colleague").select("Which colleague?", "Jo Prior")
    jo.has_no_barriers().picture("left-behind-placed").click("Record it").see("It is recorded what happens")
    jo.click("Is leaving").has_no_barriers().picture("leaves").go("/stewardship/periods/").has_no_barriers()
    jo.picture("periods")
    priya = visitor(world.priya, width=width).go(f"/children/involvements/{works.pk}/confirm/").has_no_barriers()
    priya.picture("confirm").choose("Do you still work", "Yes").click("Send my answer").see("Thank you")
