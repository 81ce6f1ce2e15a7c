"""Steps: consent, the common assessment, its sign-off."""

from datetime import date


def agree(priya, day: date, *, interpreter: str = ""):
    """Ama agrees to hold and to share, and leaves the police and adult mental health out; at the consent page."""
    priya.choose("Who decides?", "Person with parental responsibility").select("Which parent or carer?", "Ama Okafor")
    for box in priya.page.locator("input[name=informed]").all():
        box.check(force=True)
    priya.choose("How did they agree?", "Explicit, in writing").date("When?", day).fill("Interpreter", interpreter)
    for name in ("Harbour Primary School", "Northmoor 0-19 Health", "Northmoor Homes", "Family Information Service"):
        priya.choose("Which services may it be shared with?", name)
    for name in ("Northmoor Police", "Northmoor Minds"):
        priya.choose("Which services must not see it?", name)
    priya.has_no_barriers().picture("consent", readme=True)
    priya.click("Record the consent").see("Where things stand")


def open_tobi(one):
    one.go("/").click("Tobi Okafor-Lindqvist")


def write_and_sign(priya):
    open_tobi(priya)
    priya.click("Go on with the assessment").has_no_barriers()
    priya.picture("assessment", readme=True)
    write_sections(priya)
    priya.click("What the child says").choose("How did they say it?", "A drawing, described")
    priya.fill("Their words", "Everybody in one house, and a bed for the baby").has_no_barriers().click("Save")
    priya.click("What parents or carers say").choose("How did they say it?", "In their own words")
    priya.fill("Their words", "The nights are the worst. We want to manage and we cannot in two rooms.").click("Save")
    priya.click("Sign off").has_no_barriers()
    priya.choose("Level of need", "Additional needs").tick("The child and family have seen this").click("Sign off")
    priya.see("What does the child need now?").has_no_barriers()
    priya.choose("What does the child need now?", "Several services together").click("Go on")


#: what is written into each section, box by box
WRITTEN = {
    "assessment": ["The family moved twice in a year. Tobi sleeps badly and is often late."],
    "participation": [
        "Loves building and numbers; has a close friend",
        "Late three mornings of five this term, by the register",
        "I like maths. I do not like coming in when all have started.",
        "He is keen on school once he is there.",
    ],
    "warmth_stability": [
        "Ama sings to him at night; he settles when she stays",
        "Nights are broken; nobody has slept well since January",
        "I wake up when the lift goes.",
        "We take turns, and still we are all tired.",
    ],
    "housing": [
        "Nils has steady work nearby",
        "Two rooms for three people, a baby expected in August",
        "I want a bed that is not the sofa.",
        "We have been on the list since the move.",
    ],
    "conclusions": [
        "A strong family that asks for help early",
        "Too little room, and a tired child",
        "Sleep first, then mornings; a larger flat before the baby comes",
    ],
    "goals": ["Tobi sleeps through four nights of seven", "On time four mornings of five by the summer"],
    "solutions": ["Housing, health visiting and school work together"],
}


def write_sections(priya):
    """Fill in whatever sign-off asks for, section by section, as the page lists it."""
    base = priya.page.url.rstrip("/")
    for section, words in WRITTEN.items():
        priya.go(f"{base}/write/{section}/")
        for number, box in enumerate(priya.page.locator("main textarea:visible").all()):
            box.fill(words[number % len(words)])
        if section == "housing":
            priya.has_no_barriers().picture("assessment-section")
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
