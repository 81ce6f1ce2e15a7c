"""From search to consent on a phone without JavaScript, and from search to an episode by the keyboard alone."""

from datetime import date

import pytest

from .assessing import agree
from .finding import look_for, start_the_episode

pytestmark = [
    pytest.mark.journey,
    pytest.mark.enable_socket,
    pytest.mark.django_db(transaction=True, databases=["default", "audit"]),
]

#: what has the focus: its name as people read it, and whether it can be seen that it has
FOCUS = """() => {
  const one = document.activeElement;
  const label = one.labels?.[0];
  const clear = colour => colour.startsWith("rgba") && colour.endsWith(" 0)");
  const marked = style => style.boxShadow !== "none" || (style.outlineStyle !== "none" && !clear(style.outlineColor))
    || style.backgroundColor === "rgb(255, 221, 0)";
  const shown = [getComputedStyle(one)].concat(label ? [getComputedStyle(label, "::before")] : []);
  return {
    name: (label ?? one).textContent.trim(), seen: shown.some(marked), place: one.tagName + (one.id ? "#" + one.id : "")
  };
}"""


def test_search_to_consent_on_a_phone_without_javascript(story, visitor):
    priya = visitor(story.priya, width=390, script=False)
    priya.go("/").see("No children yet").click("Find a child")
    look_for(priya, given="Tobi", family="Okafor-Lindqvist", born="2019")
    priya.see("1 record found").picture("results-without-script").click("Open this record")
    priya.see("You said that you are starting to work").click("Start an episode")
    start_the_episode(priya, "Often late and very tired since the move")
    agree(priya, date(2026, 3, 30), interpreter="Lena Berg")
    priya.see("Where things stand", "finish the common assessment").picture("child-without-script")


def tab_to(one, name: str):
    """Press Tab until what has this name has the focus; wherever the focus is, it can be seen."""
    for _ in range(60):
        one.page.keyboard.press("Tab")
        focus = one.page.evaluate(FOCUS)
        assert focus["seen"], f"The focus cannot be seen on {focus['place']} of {one.page.url}"
        if focus["name"].startswith(name):
            return one
    raise AssertionError(f"Tab does not lead to {name!r} on {one.page.url}")


def press(one, name: str, key: str = "Enter"):
    """Go to something by Tab and press a key, and wait for the page it leads to."""
    tab_to(one, name)
    with one.page.expect_navigation():
        one.page.keyboard.press(key)
    return one


def type_in(one, name: str, words: str):
    tab_to(one, name).page.keyboard.type(words)


def test_search_to_a_started_episode_by_the_keyboard_alone(story, visitor):
    priya = visitor(story.priya)
    priya.go("/")
    tab_to(priya, "Skip to main content").page.keyboard.press("Enter")
    press(priya, "Find a child").see("Give what you know")
    tab_to(priya, "Skip to main content").page.keyboard.press("Enter")
    type_in(priya, "First name", "Tobi")
    type_in(priya, "Last name", "Okafor-Lindqvist")
    type_in(priya, "Date of birth", "4 9 2019")
    tab_to(priya, "I am starting to work with this child").page.keyboard.press("Space")
    press(priya, "Search").see("1 record found")
    press(priya, "Open this record", "Space").see("You said that you are starting to work")
    press(priya, "Start an episode").see("An episode runs from first concern to closure")
    type_in(priya, "What leads you to think", "Often late and very tired since the move")
    press(priya, "Start the episode", "Space").see("Consent for Tobi Okafor-Lindqvist")
