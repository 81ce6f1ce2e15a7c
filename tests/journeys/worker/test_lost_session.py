"""A session that ends in the middle of typing loses no word, with JavaScript and without."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from tests.casework.world import Family
from tests.signing_in import PASSWORD, code_of, give_app

pytestmark = [
    pytest.mark.journey,
    pytest.mark.enable_socket,
    pytest.mark.django_db(transaction=True, databases=["default", "audit"]),
]

FIRST = "Tobi sleeps badly since the move."
THEN = " He is late three mornings of five, and tired at noon."


@pytest.fixture
def family(reference):
    return Family()


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_no_word_is_lost_when_the_session_ends_while_somebody_types(family, visitor, script):
    episode = family.assessing()
    priya = visitor(family.priya, script=script)
    secret = give_app(family.priya.account)
    address = f"/episodes/{episode.pk}/assessment/write/reason/"
    words = priya.go(address).page.get_by_label("What led to this?")
    words.press_sequentially(FIRST)
    if script:
        words.blur()
        priya.see("Saved at")

    Session.objects.all().delete()
    words.press_sequentially(THEN)
    priya.click("Save and go back").see("You were signed out", "What you typed is kept").has_no_barriers()

    priya.fill("Email address", family.priya.account.email).fill("Password", PASSWORD)
    priya.page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    priya.fill("Code", code_of(secret)).click("Sign in")
    priya.see("We kept what you typed here").has_no_barriers()
    assert priya.page.url.endswith(address)
    expect(priya.page.get_by_label("What led to this?")).to_have_value(FIRST + THEN)
    priya.click("Save and go back").see("Common assessment")
    assert episode.assessments.get().answers.answers["reason"]["why"] == FIRST + THEN


def test_what_is_kept_while_typing_survives_the_end_of_the_session_and_of_the_browser(family, visitor):
    """Nothing is sent at all: the words that were kept while typing are there at the next sign-in."""
    episode = family.assessing()
    address = f"/episodes/{episode.pk}/assessment/write/reason/"
    priya = visitor(family.priya)
    words = priya.go(address).page.get_by_label("What led to this?")
    words.press_sequentially(FIRST)
    Session.objects.all().delete()
    words.press_sequentially(THEN)
    with priya.page.expect_response("**/keep/") as answer:
        words.blur()
    assert answer.value.status == 204
    priya.context.close()

    again = visitor(family.priya).go(address)
    expect(again.page.get_by_label("What led to this?")).to_have_value(FIRST + THEN)
