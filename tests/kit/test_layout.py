"""The frame of every page: it helps without a script, stands without a shell, and breaks no security policy."""

import re
from types import SimpleNamespace

import pytest
from django.contrib.messages import SUCCESS
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string

from tests.kit.markup import Markup, rendered

PAGE = (
    '{% extends "layout/two_thirds.html" %}{% block title %}Review{% endblock %}'
    "{% block content %}<h1>Review</h1>{% endblock %}{% block aside %}Beside{% endblock %}"
)


def shell(**more):
    navigation = [
        {"text": "My children", "href": "/", "current": True, "count": None},
        {"text": "Tasks", "href": "/tasks/", "current": False, "count": 3},
    ]
    facts = {"product": "Teamaround", "area": "Northmoor", "person": "Priya Deol", "agency": "Harbour Primary"}
    facts |= {"navigation": navigation, "demonstration": False, "loading": None, "sign_out_url": "/out/"}
    return SimpleNamespace(**facts | more)


def page(**context):
    return rendered(PAGE, **context)


def test_a_page_names_itself_and_the_product():
    assert "<title>Review – Teamaround</title>" in page()


def test_a_page_without_a_shell_still_has_its_frame():
    markup = Markup(page())
    assert markup.one("main")["id"] == "main-content"
    assert markup.one("a", href="#main-content")
    assert not markup.all("nav")


def test_the_navigation_says_where_one_is_and_what_waits():
    html = page(shell=shell())
    markup = Markup(html)

    assert markup.one("a", **{"aria-current": "true"})["href"] == "/"
    assert '3<span class="govuk-visually-hidden"> waiting' in html
    assert markup.one("form")["method"] == "post"
    assert "Priya Deol" in html and "Harbour Primary" in html and "Northmoor" in html


def test_the_navigation_can_be_used_before_any_script_has_run():
    markup = Markup(page(shell=shell()))
    assert "hidden" not in markup.one("ul", id="navigation")
    assert "hidden" in markup.one("button", **{"aria-controls": "navigation"})


def test_the_demonstration_says_that_it_is_one_and_how_far_it_has_come():
    assert "everyone here is invented" not in page(shell=shell())
    html = page(shell=shell(demonstration=True, loading=43))
    assert "everyone here is invented" in html
    assert Markup(html).one("progress")["value"] == "43"
    assert "progress" not in page(shell=shell(demonstration=True))


def test_what_was_just_done_is_said_on_the_next_page():
    html = page(messages=[Message(SUCCESS, "The plan was agreed.")])
    assert "The plan was agreed." in html and "ta-notice--good" in html


def test_nothing_in_the_templates_is_written_in_line():
    html = page(shell=shell(demonstration=True, loading=1))
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", html)
    for script in re.findall(r"<script[^>]*>([^<]*)", html):
        assert script == ""


@pytest.mark.parametrize("status", ["400", "403", "403_csrf", "404", "409", "422", "500", "503"])
def test_each_problem_says_what_happened_and_what_to_do_without_any_context(status):
    html = render_to_string(f"{status}.html")
    Markup(html)

    title = re.search(r"<h1[^>]*>(.+?)</h1>", html).group(1)
    assert f"<title>{title} – Teamaround</title>" in html
    assert "What you can do" in html


def test_a_refusal_shows_its_reason_and_keeps_the_words():
    html = render_to_string(
        "409.html", {"reason": "The episode is closed", "kept": [{"label": "What happened?", "text": "Tobi <slept>"}]}
    )
    assert "The episode is closed" in html and "Tobi &lt;slept&gt;" in html


def test_a_problem_page_takes_one_thing_to_do_or_several():
    assert '<p class="govuk-body">Wait.</p>' in render_to_string("problem.html", {"title": "x", "to_do": "Wait."})
    assert "<li>Wait.</li>" in render_to_string("problem.html", {"title": "x", "to_do": ["Wait.", "Try again."]})
