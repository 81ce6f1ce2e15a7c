"""Every answer carries the security headers, whatever it is an answer to (domain/security.md D13)."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from tests.signing_in import PASSWORD, account_of, sign_in

pytestmark = pytest.mark.django_db

ALWAYS = {
    "Content-Security-Policy": r"default-src 'none'",
    "X-Content-Type-Options": r"^nosniff$",
    # not no-referrer: with that, browsers hide a form's origin from ourselves too, and no form could be trusted
    "Referrer-Policy": r"^same-origin$",
    "Cross-Origin-Opener-Policy": r"^same-origin$",
    "Cross-Origin-Resource-Policy": r"^same-origin$",
    "Permissions-Policy": r"camera=\(\).*geolocation=\(\)",
    "X-Frame-Options": r"^DENY$",
}


def answers(client, world):
    """What is asked, and the answer."""
    signed_in = sign_in(client.__class__(), world.priya)
    yield "a page", signed_in.get(reverse("home"))
    yield "a redirect", client.get(reverse("home"))
    yield "sign-in", client.get(reverse("account_login"))
    yield "not there", client.get("/nothing/of/the/kind/")
    yield "not trusted", signed_in.post(reverse("home"))
    yield "wrong method", signed_in.put(reverse("home"))
    yield "health", client.get(reverse("live"))
    yield "kept", client.post(reverse("keep"))
    yield "bad host", client.get("/", headers={"host": "elsewhere.example.org"})
    style_sheet = client.get("/static/govuk/teamaround.css")
    yield "style sheet", style_sheet
    style_sheet.close()


def test_every_answer_carries_them(client, world):
    for what, answer in answers(client, world):
        for name, pattern in ALWAYS.items():
            assert re.search(pattern, answer.headers.get(name, "")), f"{name} of {what} ({answer.status_code})"


def test_no_page_is_stored_anywhere_and_style_sheets_may_be(client, world):
    for what, answer in answers(client, world):
        stored = "no-store" not in answer.headers.get("Cache-Control", "")
        assert stored is (what == "style sheet"), what


def test_the_policy_allows_nothing_that_is_unsafe(client):
    policy = client.get(reverse("account_login")).headers["Content-Security-Policy"]
    directives = dict(one.strip().split(" ", 1) for one in policy.split(";") if one.strip())
    assert "unsafe" not in policy and "*" not in policy and "nonce" not in policy
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == directives["style-src"] == directives["form-action"] == "'self'"
    assert directives["img-src"] == directives["font-src"] == directives["connect-src"] == "'self'"
    assert directives["frame-ancestors"] == directives["base-uri"] == "'none'"
    assert not re.search(r"https?:", policy)


def test_no_page_brings_a_script_or_a_style_of_its_own(client, world):
    signed_in = sign_in(client.__class__(), world.priya)
    for name in ("account_login", "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "home"):
        page = (
            signed_in.get(reverse(name), follow=True).content.decode()
            + client.get(reverse("account_login")).content.decode()
        )
        for attributes, body in re.findall(r"<script\b([^>]*)>(.*?)</script>", page, re.DOTALL):
            assert "src=" in attributes or "application/json" in attributes, body
        assert not re.search(r"<style\b|\sstyle=|\son\w+=\"|javascript:|src=\"data:", page), name


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(client, world):
    account = account_of(world.priya)
    client.post(reverse("account_login"), {"login": account.email, "password": PASSWORD})
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        cookie = client.cookies[name]
        assert cookie["httponly"] and cookie["samesite"] == "Lax", name
