"""Steps: the team, its meeting, who leads."""

from datetime import date

from .assessing import open_tobi


def call_the_team(priya, day: date):
    open_tobi(priya)
    priya.click("Call a meeting").click("Ask them into the team first")
    priya.has_no_barriers()
    for name in ("Ruth Amis", "Dan Cole"):
        priya.select("Practitioner", name).click("Ask in").see(f"{name} is in the team")
    priya.not_see("Ivy Marsden").picture("team").click("Call a meeting")
    priya.has_no_barriers().date("Which day?", day).fill("What time?", "2pm").fill("Where?", "Harbour Primary School")
    priya.fill("What is it about?", "How the nights and the mornings go\nRoom before the baby comes")
    for box in priya.page.locator("input[name=members]").all():
        box.check(force=True)
    priya.click("Call the meeting").see("First team around the child meeting").has_no_barriers()


def hold_the_meeting(priya, day: date):
    open_tobi(priya)
    priya.click("Open the meeting").click("Record the meeting")
    priya.has_no_barriers().date("When was it held?", day)
    for group in priya.page.locator("input[name^=attendance_][value=present]").all():
        group.check(force=True)
    priya.choose("Dan Cole", "Report sent").choose("How did the child take part?", "Attended and spoke")
    priya.select("Who chaired?", "Priya Deol").select("Who took notes?", "Ruth Amis")
    priya.fill("Decisions", "Ask housing for more room\nBedtime plan with health visitor")
    priya.page.locator("textarea[name=notes]").fill(
        "Dan sent a report: the list for three bedrooms is short this summer\nTobi drew the house he would like"
    )
    priya.click("Save the minutes").see("Ask housing for more room").has_no_barriers()
    priya.click("The minutes are agreed").click("Circulate the minutes").see("The minutes are circulated")
    priya.picture("meeting")


def agree_the_lead(priya):
    open_tobi(priya)
    priya.click("Agree who leads").has_no_barriers()
    priya.fill("What does the family wish?", "Priya, she knows us").select("Whom would the family like?", "Priya Deol")
    priya.page.get_by_text("Look at each person by the criteria", exact=True).click()
    for criterion in ("Has built trust", "Their role fits", "Has the main", "Knows the family", "Has the skill"):
        weigh(priya, criterion, "Ruth Amis", "fully")
    weigh(priya, "Has built trust", "Priya Deol", "mostly")
    priya.choose("Who is proposed to lead?", "Priya Deol")
    priya.fill("Reason, if this is not the first", "The family's wish; Jo agrees although Priya is nearly full")
    priya.click("Show the order").see("The order").has_no_barriers().picture("lead-choice")
    priya.click("Propose").see("is asked whether they will lead")
    priya.go("/").click("Say whether you will be lead professional").see("Will you lead").has_no_barriers()
    priya.click("Yes, I will lead").see("Leads")


def weigh(priya, criterion: str, name: str, answer: str):
    group = priya.page.locator("details fieldset").filter(has_text=criterion)
    group.get_by_label(name).select_option(label=answer)
