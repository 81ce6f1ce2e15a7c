"""Steps: the plan, its actions, the reviews, the print."""

from dataclasses import dataclass
from datetime import date

from .assessing import open_tobi


@dataclass(frozen=True)
class Part:
    """One need of the plan with what will be different, the aim it serves, and who does what by when."""

    need: str
    outcome: str
    aim: str
    owner: str
    action: str
    by_when: date


PLAN = (
    Part(
        "To come to school rested and on time",
        "Tobi is on time four mornings of five",
        "Attend and enjoy school",
        "Priya Deol",
        "Meet Tobi at the gate at twenty to nine",
        date(2026, 6, 12),
    ),
    Part(
        "Room for everybody",
        "The family lives in a flat with three bedrooms",
        "Live in decent homes",
        "Dan Cole",
        "Put the family before the lettings panel",
        date(2026, 5, 29),
    ),
    Part(
        "Sleep",
        "Tobi sleeps through four nights of seven",
        "Physically healthy",
        "Ama Okafor",
        "Lights out at half past seven, with a story",
        date(2026, 6, 12),
    ),
    Part(
        "Help with the nights",
        "Ama and Nils know what helps",
        "Physically healthy",
        "Ruth Amis",
        "Visit for the bedtime plan on two evenings",
        date(2026, 6, 5),
    ),
)


def write_the_plan(priya):
    open_tobi(priya)
    priya.click("Write the plan").see("What is needed?").has_no_barriers()
    for number, part in enumerate(PLAN):
        if number:
            priya.click("Add a need")
        write_part(priya, part, look=number == 0)
    priya.see("Being written: version 1").has_no_barriers().picture("plan-draft")
    priya.click("The team and the family agree this plan").see("The plan is agreed", "Not agreed")


def write_part(priya, part: Part, *, look: bool):
    for label, words in (("What is needed?", part.need), ("What will be different", part.outcome)):
        priya.fill(label, words)
        if label.startswith("What will"):
            priya.fill("How will we know?", "By what the school and Ama write down").tick(part.aim)
        if look:
            priya.has_no_barriers()
        priya.click("Add the")
    priya.fill("What will be done?", part.action).select("Who does it?", part.owner).date("By when?", part.by_when)
    if look:
        priya.has_no_barriers()
    priya.click("Add the action").see(part.action)


def accept(one, action: str, question: str, answer: str):
    """One's own action, or for somebody of the family who said yes; at the plan."""
    one.click(action).see(question).choose(question, answer).click("Save")


def owners_accept(priya, ruth, dan):
    for one, action in ((ruth, PLAN[3].action), (dan, PLAN[1].action)):
        one.go("/").see("You are asked to take on an action").has_no_barriers()
        one.click("Accept or decline your action").see(action).has_no_barriers()
        one.choose("Will you do this?", "Yes, I will do it").click("Save").see(action)
    open_tobi(priya)
    priya.click("Open the plan")
    accept(priya, PLAN[0].action, "Will you do this?", "Yes, I will do it")
    accept(priya, PLAN[2].action, "Will Ama Okafor do this?", "Yes")
    priya.not_see("Not agreed").has_no_barriers().picture("plan", readme=True)


def begin(priya, day: date):
    open_tobi(priya)
    priya.click("Begin").has_no_barriers().date("When is the first review?", day)
    priya.tick("have agreed this plan").click("Begin").see("Help has begun", "the review is due 17 June 2026")


def report(one, action: str, state: str, words: str):
    """How somebody's own action goes; at the plan."""
    one.click(action).choose("How is it going?", state).fill("What has been done?", words).click("Save").see(words)


def review(priya, day: date, *, next_on: date | None, look: bool = False):
    """A review that goes on, or with no next date ends the episode because the needs are met."""
    open_tobi(priya)
    priya.click("Open a review").click("Open the review").see("Review")
    priya.date("When was the review held?", day).fill("What has changed since last time?", "On time most mornings")
    priya.choose("Level of need now", "Additional needs" if next_on else "No additional needs")
    priya.tick("We asked again whether the family still agrees").choose("Does the lead professional stay?", "Yes")
    priya.fill("What does the child say?", "I like the gate").fill("What do the parents or carers say?", "Calmer")
    if look:
        priya.has_no_barriers().picture("review")
    if next_on:
        priya.choose("What follows?", "Go on with the plan").date("When is the next review?", next_on)
    else:
        priya.choose("What follows?", "Close the episode").select("Why does the episode end?", "Needs met")
        priya.fill("What has changed for the child over the whole time?", "Tobi sleeps, has room, and is on time")
        priya.fill("Which services go on helping?", "School and the health visitor")
        priya.fill("How did you make sure the child is safe?", "Asked Tobi alone, and school and Ruth agree")
    priya.click("Record the review").see("The review is recorded")


def print_it(priya):
    open_tobi(priya)
    priya.click("Print").see("Assessment and plan: Tobi Okafor-Lindqvist", "Printed by Priya Deol")
    priya.has_no_barriers().picture("print")
