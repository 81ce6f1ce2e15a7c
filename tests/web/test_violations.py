"""What browsers report of broken policy is noted in words of our own, so many lines an hour, and never as it came."""

import json
import logging

import pytest
from django.urls import reverse

from teamaround.web import violations

pytestmark = pytest.mark.django_db

PAGE = "http://localhost/children/7d8c1d0e-51a9-4a8e-8a0a-0f8f6f1f2a11/?name=Tobi"


@pytest.fixture(autouse=True)
def _nothing_told_yet():
    violations._told.clear()


@pytest.fixture
def lines(caplog):
    caplog.set_level(logging.WARNING, logger=violations.__name__)
    return lambda: [one.getMessage() for one in caplog.records if one.name == violations.__name__]


def report(client, body=None, **more):
    found = {"document-uri": PAGE, "effective-directive": "script-src-elem", "blocked-uri": "inline", **more}
    sent = json.dumps({"csp-report": found}) if body is None else body
    return client.post(reverse("policy_report"), sent, content_type="application/csp-report")


def test_the_policy_names_the_address_to_report_to(client):
    policy = client.get(reverse("account_login")).headers["Content-Security-Policy"]
    assert f"report-uri {reverse('policy_report')}" in policy


def test_a_report_says_what_was_kept_from_running_and_on_which_kind_of_page(client, lines):
    assert report(client).status_code == 204
    (line,) = lines()
    assert "script-src-elem on the page child, from inline" in line


def test_nothing_of_an_address_reaches_the_log(client, lines):
    report(client, **{"blocked-uri": "https://elsewhere.example.org/?name=Tobi", "script-sample": "Tobi"})
    (line,) = lines()
    assert "elsewhere" in line
    assert not any(word in line for word in ("Tobi", "7d8c1d0e", "example.org"))


def test_the_same_is_told_once_an_hour_and_fifty_lines_at_most(client, lines):
    for _ in range(3):
        report(client)
    assert len(lines()) == 1
    for directive in violations.DIRECTIVES:
        for page in ("/", "/tasks/", "/search/", "/sign-in/", "/account/"):
            report(client, **{"effective-directive": directive, "document-uri": f"http://localhost{page}"})
    assert len(lines()) == violations.LINES_AN_HOUR


@pytest.mark.parametrize(
    "body",
    ["", "not json", "[]", '{"csp-report": 1}', '{"csp-report": {}}', "[" * 4000, "x" * 9000, "\xff\x00"],
    ids=["nothing", "no json", "a list", "a number", "empty", "deep", "long", "no text"],
)
def test_nonsense_is_taken_and_forgotten(client, lines, body):
    assert report(client, body).status_code == 204
    assert lines() == []


def test_a_directive_that_is_none_is_not_written_down(client, lines):
    report(client, **{"effective-directive": "evil\nline"})
    assert lines() == []


def test_nobody_reads_there(client):
    assert client.get(reverse("policy_report")).status_code == 405
