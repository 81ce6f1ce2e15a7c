"""Signing in with a real browser: password and code, a passkey, and the way back in with a recovery code."""

import pytest

from tests import makers
from tests.signing_in import PASSWORD, account_of, code_of

pytestmark = [
    pytest.mark.journey,
    pytest.mark.enable_socket,
    pytest.mark.django_db(transaction=True, databases=["default", "audit"]),
]

WIDTHS = pytest.mark.parametrize("width", [1280, 390])


@pytest.fixture
def priya(reference):
    world = makers.World()
    account_of(world.priya)
    return world.priya


def enter_password(one, priya):
    one.go("/sign-in/").has_no_barriers()
    one.fill("Email address", priya.account.email).fill("Password", PASSWORD)
    one.page.locator("main").get_by_role("button", name="Sign in", exact=True).click()


def key_to_type(one) -> str:
    return one.page.locator("main strong.ta-code").inner_text().replace(" ", "")


def give_authenticator(one) -> None:
    """Plug a security key that knows its owner into the browser."""
    devtools = one.context.new_cdp_session(one.page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@WIDTHS
def test_somebody_new_sets_up_an_app_and_then_signs_in_with_its_code(priya, visitor, width):
    one = visitor(width=width)
    enter_password(one, priya)
    one.see("How you sign in", "Before you can see any record").has_no_barriers().picture("sign-in-set-up")
    one.go("/").see("Before you can see any record")
    one.click("Set up an app").see("Enter the code that the app shows").has_no_barriers().picture("sign-in-app")
    secret = key_to_type(one)
    one.fill("Code from the app", "000000").click("Set up the app")
    one.has_no_barriers().see("Incorrect code")
    one.fill("Code from the app", code_of(key_to_type(one))).click("Set up the app")
    one.see("Your recovery codes", "They are not shown again").has_no_barriers()
    recovery = one.page.locator("main strong.ta-code").first.inner_text()
    one.click("I have kept them").see("Priya Deol")

    again = visitor(width=width)
    enter_password(again, priya)
    again.see("Your second step").has_no_barriers().picture("sign-in-code")
    again.fill("Code", code_of(secret, steps=1)).click("Sign in")
    again.see("Priya Deol")
    again.page.get_by_role("button", name="Sign out").click()
    again.see("You are signed out")

    enter_password(again, priya)
    again.fill("Code", recovery).click("Sign in")
    again.see("Priya Deol")


def test_a_passkey_is_added_and_then_enough_to_sign_in_with(priya, visitor):
    one = visitor()
    give_authenticator(one)
    enter_password(one, priya)
    one.click("Add a passkey").see("This passkey is enough to sign in with").has_no_barriers()
    one.picture("sign-in-passkey")
    one.fill("Name of this passkey", "Work laptop")
    one.page.locator("#passkey_add").click()
    one.see("Your recovery codes")
    one.go("/account/passkeys/").see("Work laptop").has_no_barriers()
    one.page.get_by_role("button", name="Sign out").click()
    one.see("You are signed out")
    one.go("/sign-in/").click("Sign in with a passkey")
    one.see("Priya Deol")


def test_the_way_in_works_without_javascript(priya, visitor):
    one = visitor(script=False)
    one.go("/sign-in/")
    assert one.page.locator("#passkey_login").is_hidden()
    enter_password(one, priya)
    one.click("Set up an app").fill("Code from the app", code_of(key_to_type(one))).click("Set up the app")
    one.see("Your recovery codes").click("I have kept them").see("Priya Deol")


@WIDTHS
def test_every_page_of_the_account_has_no_barriers(priya, visitor, width):
    one = visitor(priya, width=width)
    for address in (
        "/account/",
        "/account/app/",
        "/account/passkeys/",
        "/account/passkeys/add/",
        "/account/password/",
        "/account/sessions/",
        "/sign-out/",
    ):
        one.go(address).has_no_barriers()
    one.go("/account/sessions/").picture("account-sessions")
    away = visitor(width=width)
    for address in ("/sign-in/no-account/", "/sign-in/closed/", "/password/forgotten/", "/password/forgotten/sent/"):
        away.go(address).has_no_barriers()
    away.go("/sign-in/").picture("sign-in")


@WIDTHS
@pytest.mark.urls("tests.web.test_demonstration")
def test_a_visitor_of_the_demonstration_is_somebody_with_one_click(priya, visitor, settings, width):
    settings.DEMONSTRATION = True
    one = visitor(width=width)
    one.go("/sign-in/").click("Choose somebody of the demonstration to be")
    one.see("Who do you want to be?", "SENCO, Harbour Primary School").has_no_barriers().picture("demonstration")
    one.click("Be Priya Deol").see("Priya Deol", "Demonstration:")
