"""Scenario A of the domain page, steps 1 to 5, with its dates, through the browser."""

import re
from datetime import date

import pytest

from teamaround.audit.actor import system
from teamaround.forms import publishing
from teamaround.index import registering
from teamaround.index.models import AssessmentMarker, LeadMarker
from teamaround.people.families import Carer
from teamaround.people.models import Child
from teamaround.people.records import NewChild
from teamaround.sharing import notices
from tests import makers

pytestmark = [
    pytest.mark.journey,
    pytest.mark.enable_socket,
    pytest.mark.django_db(transaction=True, databases=["default", "audit"]),
]


@pytest.fixture
def story(reference, at):
    at(2026, 3, 30)
    publishing.load_shipped(by=makers.TESTER)
    notices.publish(title="How we use your family's information", text="What we hold and why", by=makers.TESTER)
    world = makers.World()
    world.fis = makers.agency("Family Information Service")
    world.police = makers.agency("Northmoor Police")
    world.minds = makers.agency("Northmoor Minds")
    world.worker = makers.practitioner("Ivy Marsden", at=world.minds, job_title="Adult mental health worker")
    world.tobi = registering.register(
        NewChild(
            given="Tobi",
            family="Okafor-Lindqvist",
            born=date(2019, 9, 4),
            sex="M",
            authority=world.authority,
            source="school-roll",
            address="current",
            lines="4 Harbour Street",
            postcode="NM1 1AA",
        ),
        carers=(
            Carer(given="Ama", family="Okafor", relationship="mother", basis="mother", phone="07700 900101"),
            Carer(given="Nils", family="Lindqvist", relationship="stepfather", first_language="Swedish"),
        ),
        by=system("feed"),
    )
    return world


def test_one_familys_story_from_first_concern_to_an_accepted_lead(story, visitor, at):
    priya = visitor(story.priya)
    find_tobi_though_misspelt(priya)
    fill_in_the_checklist(priya)
    start_the_episode(priya)
    a_second_practitioner_is_told_whom_to_contact(visitor(story.ruth))

    at(2026, 4, 1)
    record_consent(priya.be(story.priya), date(2026, 4, 1))
    assert AssessmentMarker.objects.get(child=story.tobi).holder == story.priya

    at(2026, 4, 20)
    write_and_sign(priya.be(story.priya))

    at(2026, 4, 28)
    call_the_team(priya.be(story.priya), date(2026, 5, 6))

    at(2026, 5, 6, 15)
    hold_the_meeting(priya.be(story.priya), date(2026, 5, 6))
    agree_the_lead(priya, story)
    assert LeadMarker.objects.get(child=story.tobi, to_on=None).involvement.practitioner == story.priya
    assert Child.objects.get(pk=story.tobi.pk).episodes.get().state == "planning"


def find_tobi_though_misspelt(priya):
    priya.go("/").see("My children", "No children yet").has_no_barriers().picture("home-empty")
    priya.click("Find a child").has_no_barriers().picture("search")
    priya.fill("First name", "Toby").fill("Last name", "Okafor Lindquist").fill("Date of birth", "9 4 2019")
    priya.choose("Why are you searching?", "I am starting to work with this child")
    priya.click("Search").see("1 record found", "Tobi Okafor-Lindqvist").has_no_barriers().picture("results")
    priya.click("Open this record").see("You said that you are starting to work").has_no_barriers()


def fill_in_the_checklist(priya):
    priya.click("Fill in the checklist").see("Nine short questions").has_no_barriers().click("Begin")
    for question, answer in (
        ("healthy", "Yes"),
        ("safe", "Yes"),
        ("learning", "No"),
        ("positive impact", "Not sure"),
        ("poverty", "No"),
    ):
        priya.choose(question, answer)
    priya.has_no_barriers().picture("checklist")
    priya.page.locator("[name$='can_provide'][value='no']").check(force=True)
    priya.page.locator("[name$='caf_would_help'][value='yes']").check(force=True)
    priya.page.locator("[name$='who_assesses']").first.check(force=True)
    priya.click("Go on").see("A common assessment would help").has_no_barriers().picture("checklist-outcome")
    priya.click("Finish").see("Start an episode")


def start_the_episode(priya):
    priya.has_no_barriers().fill("What leads you to think", "Often late and very tired since the move")
    priya.click("Start the episode").see("Consent for Tobi")


def a_second_practitioner_is_told_whom_to_contact(ruth):
    ruth.go("/find/").fill("First name", "Tobi").fill("Last name", "Okafor-Lindqvist").fill("Date of birth", "2019")
    ruth.choose("Why are you searching?", "I am starting to work with this child")
    ruth.click("Search").click("Open this record").not_see("Often late and very tired")
    ruth.click("Start an episode").fill("What leads you to think", "Sleep")
    ruth.click("Start the episode").see("An episode is already open for this child. Contact Priya Deol")
    assert ruth.status == 409
    ruth.has_no_barriers()


def record_consent(priya, day):
    priya.go("/").see("Tobi Okafor-Lindqvist").click("Tobi Okafor-Lindqvist").click("Ask for consent")
    priya.has_no_barriers().picture("consent")
    priya.choose("Who decides?", "Person with parental responsibility").select("Which parent or carer?", "Ama Okafor")
    for box in priya.page.locator("input[name=informed]").all():
        box.check(force=True)
    priya.choose("How did they agree?", "Explicit, in writing").date("When?", day).fill("Interpreter", "Lena Berg")
    for name in ("Harbour Primary School", "Northmoor 0-19 Health", "Northmoor Homes", "Family Information Service"):
        priya.choose("Which services may it be shared with?", name)
    for name in ("Northmoor Police", "Northmoor Minds"):
        priya.choose("Which services must not see it?", name)
    priya.click("Record the consent").see("Where things stand").has_no_barriers().picture("child-assessing")


def write_and_sign(priya):
    priya.go("/").click("Tobi Okafor-Lindqvist").click("Go on with the assessment").has_no_barriers()
    priya.picture("assessment")
    write_sections(priya)
    priya.click("What the child says").choose("How did they say it?", "A drawing, described")
    priya.fill("Their words", "Everybody in one house, and a bed for the baby").has_no_barriers().click("Save")
    priya.click("What parents or carers say").choose("How did they say it?", "In their own words")
    priya.fill("Their words", "The nights are the worst. We want to manage and we cannot in two rooms.").click("Save")
    priya.click("Sign off").has_no_barriers()
    priya.choose("Level of need", "Additional needs").tick("The child and family have seen this").click("Sign off")
    priya.see("What does the child need now?").has_no_barriers()
    priya.choose("What does the child need now?", "Several services together").click("Go on")


def write_sections(priya):
    """Fill in whatever sign-off asks for, section by section, as the page lists it."""
    base = priya.page.url.rstrip("/")
    for section, words in (
        ("assessment", "The family moved twice in a year; Tobi sleeps badly and is often late."),
        ("participation", "Late three mornings of five this term (register)."),
        ("warmth_stability", "Ama sings to him at night; he settles when she stays."),
        ("housing", "Two rooms for four people, a baby expected in August."),
        ("conclusions", "Strong family, too little room, tired child."),
        ("goals", "Tobi sleeps through four nights of seven."),
        ("solutions", "Housing, health visiting and school work together."),
    ):
        priya.go(f"{base}/write/{section}/")
        for box in priya.page.locator("main textarea:visible").all():
            box.fill(words)
        priya.click("Save and go back")
    for section, name, value in (
        ("identity", "ethnicity", "NOBT"),
        ("access", "disability", "no"),
        ("access", "interpreter_required", "no"),
        ("consent", "revisited", "yes"),
    ):
        priya.go(f"{base}/write/{section}/")
        answer(priya.page, name, value)
        priya.click("Save and go back")
    priya.go(f"{base}/write/child/")
    priya.page.locator("main [name=phone]").fill("01632 960123")
    priya.click("Save and go back").has_no_barriers()


def answer(page, name, value):
    """Pick an answer by its code, whichever way the question is asked."""
    radio = page.locator(f"main input[name={name}][value={value}]")
    if radio.count():
        radio.check(force=True)
    else:
        page.locator(f"main select[name={name}]").select_option(value)


def call_the_team(priya, day):
    priya.go("/").click("Tobi Okafor-Lindqvist").click("Call a meeting").click("Ask them into the team first")
    priya.has_no_barriers()
    for name in ("Ruth Amis", "Dan Cole"):
        priya.select("Practitioner", name).click("Ask in").see(f"{name} is in the team")
    priya.not_see("Ivy Marsden").picture("team").click("Call a meeting")
    priya.has_no_barriers().date("Which day?", day).fill("What time?", "2pm").fill("Where?", "Harbour Primary School")
    for box in priya.page.locator("input[name=members]").all():
        box.check(force=True)
    priya.click("Call the meeting").see("First team around the child meeting").has_no_barriers()


def hold_the_meeting(priya, day):
    priya.go("/").click("Tobi Okafor-Lindqvist").click("Open the meeting").click("Record the meeting")
    priya.has_no_barriers().date("When was it held?", day)
    for group in priya.page.locator("input[name^=attendance_][value=present]").all():
        group.check(force=True)
    priya.choose("Dan Cole", "Report sent").choose("How did the child take part?", "Attended and spoke")
    priya.select("Who chaired?", "Priya Deol").select("Who took notes?", "Ruth Amis")
    priya.fill("Decisions", "Ask housing for more room\nBedtime plan with health visitor")
    priya.page.locator("textarea[name=notes]").fill("Dan sent a report")
    priya.click("Save the minutes").see("Ask housing for more room").has_no_barriers().picture("meeting")
    priya.click("The minutes are agreed").click("Circulate the minutes").see("The minutes are circulated")


def agree_the_lead(priya, story):
    priya.go("/").click("Tobi Okafor-Lindqvist").click("Agree who leads").has_no_barriers()
    priya.fill("What does the family wish?", "Priya, she knows us").select("Whom would the family like?", "Priya Deol")
    priya.page.get_by_text("Look at each person by the criteria", exact=True).click()
    for words in ("has built trust", "role fits", "has the main", "knows the family", "has the skill"):
        priya.page.get_by_label(re.compile(f"Ruth Amis.*{words}")).first.select_option("3")
    priya.page.get_by_label(re.compile("Priya Deol.*has built trust")).first.select_option("2")
    priya.choose("Who is proposed to lead?", "Priya Deol")
    priya.fill("Reason, if this is not the first", "The family's wish; Jo agrees although Priya is nearly full")
    priya.click("Propose").see("is asked whether they will lead")
    priya.go("/").click("Say whether you will be lead professional").see("Will you lead").has_no_barriers()
    priya.click("Yes, I will lead").see("Leads")
