"""The look in a real browser: no barrier that axe can find, nothing the security policy refuses, no word lost."""

import os
import shutil
from datetime import date
from mimetypes import guess_type
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect, sync_playwright

from teamaround.kit.govuk import fields, vendoring
from teamaround.kit.govuk.forms import Form
from tests.kit.markup import rendered
from tests.kit.test_layout import shell

pytestmark = pytest.mark.journey

HOST = "https://teamaround.test"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
AXE = (vendoring.JOURNEYS / "axe.min.js").read_text()
WIDTHS = [1280, 390]


@pytest.fixture(scope="module")
def browser():
    named = os.environ.get("TEAMAROUND_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=named, args=["--no-sandbox"])


class Site:
    """Pages made from templates and the static files, with the product's policy and no server."""

    def __init__(self, browser, width=1280, script=True):
        self.pages, self.kept, self.complaints, self.answer = {}, [], [], 204
        context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
        self.page = context.new_page()
        self.page.set_default_timeout(10000)
        self.page.route("**/*", self.serve)
        self.page.on("console", lambda said: said.type in ("error", "warning") and self.complaints.append(said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def serve(self, route):
        path = urlsplit(route.request.url).path
        if path == "/keep/":
            self.kept.append((parse_qs(route.request.post_data or ""), route.request.headers.get("x-csrftoken")))
            self.keep(route)
        elif path.startswith("/static/govuk/"):
            kind = guess_type(path)[0]
            route.fulfill(path=vendoring.STATIC / path.rsplit("/", 1)[1], content_type=kind)
        else:
            headers = {"content-type": "text/html; charset=utf-8", "content-security-policy": POLICY}
            route.fulfill(body=self.pages.get(path, "<title>x</title>"), headers=headers)

    def keep(self, route):
        if self.answer == "offline":
            route.abort("internetdisconnected")
        else:
            route.fulfill(status=self.answer, headers={"location": "/sign-in/"} if self.answer == 302 else {})

    def open(self, html):
        self.pages["/"] = html
        self.page.goto(f"{HOST}/")
        self.page.wait_for_selector("body.govuk-frontend-supported")
        return self.page


def violations(page):
    page.evaluate(AXE)
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", rules)["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found]


class Everything(Form):
    name = fields.TextField("Full name", hint="As on the birth certificate", width=20)
    note = fields.LongTextField("What happened?", most=200)
    held = fields.DateField("When was the review held?", missing="Enter the date the review was held")
    safe = fields.YesNoNotSureField("Is the child safe at home?", reveals={"no": "why"})
    why = fields.LongTextField("What makes you think so?")
    kinds = fields.ManyField("What would help?", [("a", "Someone to talk to")], hints={"a": "A mentor"})
    school = fields.SelectField("School", [("1", "Harbour Primary")])
    agency = fields.GroupedChoice("Which agency?", {"Health": [("gp", "GP")], "Schools": [("p", "Primary school")]})
    where = fields.SelectField("Where?", [("Harbour", [("1", "Harbour Primary")])])
    told = fields.TickField("I have told the family")
    password = fields.PasswordField(autocomplete="new-password")
    letter = fields.FileField("Letter", required=False)


FORM_PAGE = """{% extends "layout/two_thirds.html" %}{% load govuk teamaround %}
{% block title %}Review{% endblock %}
{% block breadcrumbs %}{% back_link "/" %}{% endblock %}
{% block content %}
<h1 class="govuk-heading-l">Review</h1>
<form method="post" novalidate data-keep="/keep/">
  <input type="hidden" name="csrfmiddlewaretoken" value="the token">
  <input type="hidden" name="form_token" value="7">
  {{ form }}
  <div class="ta-actions">{% button "Save" %}{% keeping %}</div>
</form>
{% endblock %}
{% block aside %}<div class="ta-card ta-card--quiet"><h2 class="govuk-heading-s">Beside</h2></div>{% endblock %}
"""

COMPONENTS_PAGE = """{% extends "layout/full.html" %}{% load govuk teamaround %}
{% block title %}Tobi{% endblock %}
{% block breadcrumbs %}{% breadcrumbs "My children" "/" "Tobi" %}{% endblock %}
{% block content %}
{% notice "The plan was agreed." %}
<h1 class="govuk-heading-xl">Tobi</h1>
{% steps steps %}
<div class="ta-next"><p class="govuk-body ta-late">Late</p>{% button "Go" href="/" kind="secondary" %}</div>
{% progress 3 8 "actions done" %}
{% person_card "Priya Deol" "SENCO" phone="01632 960123" lead="Lead" %}
{% person_card "Ama Okafor" "Mother" kind="family" %}
{% person_card "Tobi" kind="child" %}
{% timeline events %}
{% summary rows %}
<h2 class="govuk-heading-m">Tasks</h2>
{% task_list tasks %}
{% empty "No tasks" "Due ones are shown here." %}
<p>{% for kind in kinds %}{% status_tag kind kind %} {% endfor %}</p>
<table class="govuk-table ta-table">
  <caption class="govuk-table__caption">Team</caption>
  <thead><tr><th scope="col">Name</th></tr></thead>
  <tbody><tr><th scope="row" data-label="Name">Tom</th></tr></tbody>
</table>
{% endblock %}
"""


def form_page(form):
    return rendered(FORM_PAGE, form=form, shell=shell())


def components_page():
    return rendered(
        COMPONENTS_PAGE,
        shell=shell(demonstration=True, loading=43),
        steps=[{"text": text, "state": text.lower()} for text in ("Done", "Current", "Coming", "Stopped")],
        events=[{"when": date(2026, 5, 12), "title": "Met", "tag": "Late", "tag_kind": "late", "kind": "milestone"}],
        rows=[("GP", ""), {"key": "Address", "value": "12 Quay Street", "href": "/"}],
        tasks=[
            {"title": "Invite", "href": "/", "status": "Late", "kind": "late"},
            {"title": "Write", "status": "Done"},
        ],
        kinds=["neutral", "info", "new", "waiting", "good", "late", "lead"],
    )


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "html",
    [
        pytest.param(lambda: form_page(Everything()), id="form"),
        pytest.param(lambda: form_page(Everything({"safe": "no", "held-day": "3", "held-year": "2026"})), id="errors"),
        pytest.param(components_page, id="components"),
        pytest.param(lambda: rendered('{% include "404.html" %}'), id="problem"),
    ],
)
def test_a_page_has_no_barrier_and_breaks_no_policy_and_fits_its_width(browser, html, width):
    site = Site(browser, width)
    page = site.open(html())

    assert violations(page) == []
    assert site.complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_phone_without_scripts_shows_the_whole_menu(browser):
    site = Site(browser, 390, script=False)
    site.pages["/"] = components_page()
    site.page.goto(f"{HOST}/")

    assert site.page.get_by_role("link", name="Tasks").is_visible()
    assert not site.page.get_by_role("button", name="Menu").is_visible()


def test_a_phone_with_scripts_opens_its_menu_on_request(browser):
    page = Site(browser, 390).open(components_page())

    assert not page.get_by_role("link", name="Tasks").is_visible()
    page.get_by_role("button", name="Menu").click()
    assert page.get_by_role("link", name="Tasks").is_visible()


def test_an_answer_opens_its_question_and_closes_it_again(browser):
    page = Site(browser).open(form_page(Everything()))

    page.get_by_label("No", exact=True).check()
    assert page.get_by_label("What makes you think so?").is_visible()
    assert violations(page) == []
    page.get_by_label("Yes").check()
    assert not page.get_by_label("What makes you think so?").is_visible()


def test_the_summary_leads_to_the_box_that_is_wrong(browser):
    page = Site(browser).open(form_page(Everything({"held-day": "3", "held-year": "2026"})))

    page.get_by_role("link", name="The date the review was held must include a month").click()
    assert page.evaluate("document.activeElement.name") == "held-month"


@pytest.fixture
def writing(browser):
    """A form in which somebody writes, with the clock in the test's hands."""
    site = Site(browser)
    site.page.clock.install()
    site.open(form_page(Everything()))
    site.status = site.page.get_by_role("status")
    return site


def wait_for_the_next_save(site):
    with site.page.expect_request("**/keep/"):
        site.page.clock.run_for(4000)


def test_what_is_typed_is_kept_every_few_seconds(writing):
    writing.page.get_by_label("Full name").fill("Tobi Okafor")
    wait_for_the_next_save(writing)

    expect(writing.status).to_contain_text("Saved at ")
    body, token = writing.kept[-1]
    assert body["name"] == ["Tobi Okafor"] and body["form_token"] == ["7"]
    assert token == "the token" and "csrfmiddlewaretoken" not in body


def test_a_password_is_never_kept(writing):
    writing.page.get_by_label("Password", exact=True).fill("secret words")
    writing.page.get_by_label("Full name").fill("Tobi")
    wait_for_the_next_save(writing)

    assert "secret words" not in str(writing.kept)


def test_nothing_is_sent_while_nothing_is_typed(writing):
    writing.page.clock.run_for(60000)
    assert writing.kept == []


def test_words_are_kept_on_leaving_a_field(writing):
    writing.page.get_by_label("Full name").fill("Tobi")
    with writing.page.expect_response("**/keep/"):
        writing.page.get_by_label("What happened?").focus()

    assert writing.kept[-1][0]["name"] == ["Tobi"]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("offline", "Not saved: "),
        (500, "Not saved: the service did not answer"),
        (403, "Not saved: you are signed out"),
        (302, "Not saved: you are signed out"),
    ],
)
def test_a_save_that_fails_says_so_and_is_tried_until_it_works(writing, answer, said):
    writing.answer = answer
    writing.page.get_by_label("Full name").fill("Tobi")
    wait_for_the_next_save(writing)
    expect(writing.status).to_contain_text(said)
    expect(writing.status).to_contain_text("Your words stay on this page")

    writing.answer = 204
    wait_for_the_next_save(writing)
    expect(writing.status).to_contain_text("Saved at ")


def test_leaving_with_words_that_are_not_saved_is_asked_about_first(writing):
    asked = []
    writing.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    writing.answer = 500
    writing.page.get_by_label("Full name").click()
    writing.page.keyboard.type("Tobi")
    writing.page.goto(f"{HOST}/elsewhere/")

    assert asked == ["beforeunload"]


def test_sending_the_form_asks_nothing_and_keeps_nothing_behind_it(writing):
    asked = []
    writing.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    writing.page.get_by_label("Full name").click()
    writing.page.keyboard.type("Tobi")
    with writing.page.expect_navigation():
        writing.page.evaluate("document.querySelector('form[data-keep]').requestSubmit()")

    assert asked == [] and writing.kept == []
