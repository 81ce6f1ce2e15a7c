"""Steps: finding a child, making a record, the checklist, starting an episode."""

from datetime import date

from playwright.sync_api import expect


def find_tobi_though_misspelt(priya):
    priya.go("/").see("My children", "No children yet").has_no_barriers().picture("home-empty")
    priya.click("Find a child").has_no_barriers().picture("search", also=390)
    priya.fill("First name", "Toby").fill("Last name", "Okafor Lindquist").fill("Date of birth", "9 4 2019")
    priya.choose("Why are you searching?", "I am starting to work with this child")
    priya.click("Search").see("1 record found", "Tobi Okafor-Lindqvist").has_no_barriers().picture(
        "results", readme=True
    )
    priya.click("Open this record").see("You said that you are starting to work").has_no_barriers()


def record_the_unborn_sister(priya):
    """Nobody has her yet; the search shows her brother, who is not the one."""
    look_for(priya, given="", family="Okafor-Lindqvist", born="", postcode="NM1 1AA")
    priya.click("Make a new record").has_no_barriers().choose("Is the child born?", "Not yet")
    priya.date("Expected date of birth", date(2026, 8, 12)).fill("Last name", "Okafor")
    priya.choose("Where does the child live?", "At this address").fill("Address without postcode", "4 Harbour Street")
    priya.fill("Postcode", "NM1 1AA")
    carer = priya.page.locator("fieldset").filter(has_text="A parent or carer").last
    carer.get_by_label("First name").fill("Ama")
    carer.get_by_label("Last name").fill("Okafor")
    priya.select("What they are to the child", "Mother").select("Parental responsibility", "Mother")
    priya.click("Make the record").see("Unborn", "12 August 2026")


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


def start_the_episode(priya, reason):
    priya.has_no_barriers().fill("What leads you to think", reason)
    priya.click("Start the episode").see("Consent for")


def look_for(one, **asked):
    """A search, with the reason that one starts to work with the child."""
    labels = {"given": "First name", "family": "Last name", "born": "Date of birth", "postcode": "Postcode"}
    one.go("/find/")
    for name, value in asked.items():
        one.fill(labels[name], value)
    one.choose("Why are you searching?", "I am starting to work with this child").click("Search")


def a_second_practitioner_is_told_whom_to_contact(ruth):
    """And what the second one typed stays on the page."""
    look_for(ruth, given="Tobi", family="Okafor-Lindqvist", born="2019")
    ruth.click("Open this record").not_see("Often late and very tired")
    ruth.click("Start an episode").fill("What leads you to think", "Sleep, since the baby group in March")
    ruth.click("Start the episode").see("An episode is already open for this child. Contact Priya Deol")
    assert ruth.status == 409
    typed = ruth.page.get_by_label("What leads you to think")
    expect(typed).to_have_value("Sleep, since the baby group in March")
    ruth.has_no_barriers().picture("second-episode")
