"""A real browser against the real server: the clock is given, axe looks at every page, pictures are kept."""

import os
import shutil
from datetime import datetime
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from playwright.sync_api import Page, expect, sync_playwright

from teamaround.kit import dates
from tests import makers
from tests.signing_in import sign_in

# Playwright keeps a loop running in this thread, which Django would take for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

AXE = (Path(__file__).parent / "axe.min.js").read_text()
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
#: where pictures go; those of the README stand in a folder of their own, from which a maintainer copies them
PICTURES = Path("var/pictures")
#: how much of a page a picture in the README shows
README_HEIGHT = 1340


@pytest.fixture(scope="session")
def chromium():
    named = os.environ.get("TEAMAROUND_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=named, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


class Visitor:
    """Somebody at a browser: goes places, fills in forms as people do, and checks each page for barriers."""

    def __init__(self, browser, address: str, *, width: int = 1280, script: bool = True):
        self.address = address
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=script, base_url=address
        )
        self.context.set_default_timeout(15000)
        self.page: Page = self.context.new_page()
        self.script = script
        self.complaints: list[str] = []
        self.page.on("console", lambda said: said.type == "error" and self.complaints.append(said.text))

    def be(self, practitioner) -> "Visitor":
        """Sign in, as with a second factor, at the moment it is."""
        client = sign_in(Client(), practitioner)
        name = client.cookies and next(iter(client.cookies))
        self.context.clear_cookies()
        self.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.address}])
        return self

    def go(self, path: str) -> "Visitor":
        self.page.goto(path)
        return self

    def see(self, *texts: str) -> "Visitor":
        for text in texts:
            expect(self.page.locator("body")).to_contain_text(text)
        return self

    def not_see(self, *texts: str) -> "Visitor":
        for text in texts:
            expect(self.page.locator("body")).not_to_contain_text(text)
        return self

    def click(self, name: str) -> "Visitor":
        """Press the button or follow the link of this name."""
        main = self.page.locator("main")
        found = main.get_by_role("button", name=name).or_(main.get_by_role("link", name=name))
        found.first.click()
        self.page.wait_for_load_state()
        return self

    def fill(self, label: str, text: str) -> "Visitor":
        self.page.get_by_label(label).first.fill(text)
        return self

    def select(self, label: str, option: str) -> "Visitor":
        box = self.page.get_by_label(label).first
        value = box.locator("option", has_text=option).first.get_attribute("value")
        box.select_option(value)
        return self

    def choose(self, question: str, answer: str) -> "Visitor":
        """Pick one answer of a question, or tick a box of it."""
        group = self.page.locator("fieldset").filter(has=self.page.locator("> legend", has_text=question))
        exactly = group.last.get_by_label(answer, exact=True)
        found = exactly if exactly.count() else group.last.get_by_label(answer, exact=False)
        found.first.check(force=True)
        return self

    def tick(self, *labels: str) -> "Visitor":
        for label in labels:
            self.page.get_by_label(label, exact=False).first.check(force=True)
        return self

    def date(self, question: str, day) -> "Visitor":
        group = self.page.locator("fieldset").filter(has=self.page.locator("> legend", has_text=question)).last
        for part, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            group.get_by_label(part, exact=True).fill(str(value))
        return self

    def has_no_barriers(self) -> "Visitor":
        """Nothing that axe can find on this page."""
        if not self.script:
            return self
        self.page.evaluate(AXE)
        found = self.page.evaluate("rules => axe.run(document, rules)", RULES)
        problems = [
            f"{one['id']}: {one['help']} at {[node['target'] for node in one['nodes']]}" for one in found["violations"]
        ]
        assert not problems, f"{self.page.url}\n" + "\n".join(problems)
        return self

    def picture(self, name: str, *, also: int = 0, readme: bool = False) -> "Visitor":
        """Keep a picture of the whole page, perhaps at another width as well; of its upper part for the README."""
        folder = PICTURES / "readme" if readme else PICTURES
        folder.mkdir(parents=True, exist_ok=True)
        usual = self.page.viewport_size
        for width in filter(None, (usual["width"], also)):
            self.page.set_viewport_size({**usual, "width": width})
            part = {"clip": {"x": 0, "y": 0, "width": width, "height": README_HEIGHT}} if readme else {}
            self.page.screenshot(path=folder / f"{name}-{width}.png", full_page=True, **part)
        if also:
            self.page.set_viewport_size(usual)
            if self.script:
                # A press while the page is still being laid out anew misses what it is meant for.
                self.page.evaluate(
                    "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
                )
        return self

    @property
    def status(self) -> int:
        return self.page.evaluate("performance.getEntriesByType('navigation')[0].responseStatus")


@pytest.fixture
def visitor(chromium, live_server, transactional_db):
    """Makes visitors; each has a browser of their own."""
    made = []

    def make(practitioner=None, *, width: int = 1280, script: bool = True) -> Visitor:
        one = Visitor(chromium, live_server.url.replace("127.0.0.1", "localhost"), width=width, script=script)
        made.append(one)
        return one.be(practitioner) if practitioner else one

    make.made = made
    yield make
    complaints = [text for one in made for text in one.complaints if "status of 4" not in text]
    for one in made:
        one.context.close()
    assert not complaints, complaints


@pytest.fixture
def reference(transactional_db):
    makers.reference()


@pytest.fixture
def at():
    """Let it be a moment for everybody: the test, the server, the browser's sessions. `at(2026, 3, 30)`."""
    travel = []

    def go(year: int, month: int, day: int, hour: int = 9, minute: int = 0):
        while travel:
            travel.pop().stop()
        moment = datetime(year, month, day, hour, minute, tzinfo=dates.LONDON)
        mover = time_machine.travel(moment, tick=True)
        travel.append(mover)
        mover.start()
        return moment.date()

    yield go
    while travel:
        travel.pop().stop()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """When a journey fails, keep a picture of where it stood."""
    report = yield
    make = item.funcargs.get("visitor") if hasattr(item, "funcargs") else None
    if report.when == "call" and report.failed and make is not None:
        for number, one in enumerate(make.made):
            one.picture(f"failed-{item.name}-{number}")
    return report
