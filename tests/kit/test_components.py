"""The product's own components say in text whatever they show in colour or shape."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.template import TemplateSyntaxError

from tests.kit.markup import Markup, rendered


def test_a_status_is_a_word_and_its_kind_only_a_colour():
    html = rendered('{% status_tag "Due soon" "soon" %}')
    assert "Due soon" in html and "govuk-tag--yellow" in html


def test_a_kind_of_status_that_does_not_exist_is_refused_with_those_that_do():
    with pytest.raises(TemplateSyntaxError, match="use one of: neutral, closed, info"):
        rendered('{% status_tag "Due" "purple" %}')


def test_an_empty_list_says_so_and_what_would_be_there():
    html = rendered('{% empty "No tasks today" "Anything due will be shown here." %}')
    assert "No tasks today" in html and "Anything due" in html


def test_a_person_can_be_called_and_written_to():
    html = rendered(
        '{% person_card "Priya Deol" "SENCO" agency="Harbour Primary" phone="01632 960123" '
        'email="priya@example.org" lead="Lead professional" %}'
    )
    markup = Markup(html)

    assert [link["href"] for link in markup.all("a")] == ["tel:01632960123", "mailto:priya@example.org"]
    assert "Lead professional" in html and "SENCO, Harbour Primary" in html
    assert markup.all("span")[0]["aria-hidden"] == "true"


def test_progress_is_said_in_words_beside_the_bar():
    html = rendered('{% progress 3 8 "actions done" %}')
    assert "<strong>3 of 8</strong> actions done" in html
    assert Markup(html).one("progress") == {"class": "ta-progress__bar", "value": "3", "max": "8"}


def test_progress_of_nothing_is_an_empty_bar():
    assert Markup(rendered('{% progress 0 0 "actions done" %}')).one("progress")["max"] == "1"


def test_a_timeline_tells_days_and_moments_in_words():
    html = rendered(
        "{% timeline items %}",
        items=[
            {
                "when": datetime(2026, 5, 12, 9, tzinfo=UTC),
                "title": "Team met",
                "text": "Five came",
                "by": "Priya Deol",
            },
            SimpleNamespace(when=date(2026, 3, 2), title="Note", href="/notes/1", kind="note"),
            {"when": "Spring", "title": "Moved house", "tag": "Late", "tag_kind": "late"},
        ],
    )

    assert "12 May 2026 at 10:00am" in html and "2 March 2026" in html and "Spring" in html
    assert html.index("Team met") < html.index("Note") < html.index("Moved house")
    assert 'href="/notes/1"' in html


def test_each_step_says_whether_it_is_done():
    html = rendered(
        "{% steps items %}",
        items=[
            {"text": "Consent", "state": "done", "detail": "5 March"},
            {"text": "Assessment", "state": "current"},
            {"text": "Closure", "state": "coming"},
        ],
    )
    markup = Markup(html)

    assert "Done: " in html and "Now: " in html and "To come: " in html
    assert len(markup.all("li", **{"aria-current": "step"})) == 1
    assert markup.one("ol")["aria-label"] == "Where things stand"


def test_a_step_in_a_state_that_does_not_exist_is_refused():
    with pytest.raises(TemplateSyntaxError, match="use one of: done, current, coming, stopped"):
        rendered("{% steps items %}", items=[{"text": "Consent", "state": "finished"}])


def test_facts_say_when_nothing_is_recorded():
    html = rendered(
        "{% summary rows %}",
        rows=[
            ("Born", date(2019, 9, 4)),
            ("GP", ""),
            ("Address", "12 Quay Street\nNorthmoor"),
            ("Languages", ["English", "Polish & Kashubian"]),
            ("Siblings", 0),
        ],
    )

    assert "4 September 2019" in html
    assert html.count("Not recorded") == 1
    assert "12 Quay Street<br>Northmoor" in html
    assert "English<br>Polish &amp; Kashubian" in html


def test_a_link_to_change_a_fact_says_which():
    html = rendered("{% summary rows title='Who' %}", rows=[{"key": "NHS number", "value": "x", "href": "/change"}])
    assert "NHS number</span>" in html.replace("\n", "") or "NHS number (Who)" in html
    assert "govuk-summary-card" in html


def test_small_print_stands_under_a_fact_and_no_words_become_markup():
    html = rendered("{% summary rows %}", rows=[{"key": "GP", "value": "<b>A & B</b>", "note": "From <i>a list</i>"}])
    assert "&lt;b&gt;A &amp; B&lt;/b&gt;" in html and "From &lt;i&gt;a list&lt;/i&gt;" in html and "ta-told" in html


def test_things_to_do_show_in_colour_only_what_needs_something():
    html = rendered(
        "{% task_list items %}",
        items=[
            {"title": "Send the invitations", "href": "/1", "status": "Late", "kind": "late", "hint": "Five people"},
            {"title": "Write to the family", "href": "/2", "status": "Done", "kind": "good"},
        ],
    )

    assert html.count("govuk-tag") == 2  # one tag with its colour
    assert "Five people" in html and "Done" in html


@pytest.mark.parametrize(
    ("kind", "look"), [("success", "good"), ("warning", "alert"), ("error", "alert"), ("info", "calm")]
)
def test_a_notice_looks_like_what_it_says(kind, look):
    assert f"ta-notice--{look}" in rendered("{% notice text kind %}", text="The plan was agreed.", kind=kind)


def test_the_line_that_says_when_words_were_saved_is_announced():
    assert Markup(rendered("{% keeping %}")).one("p")["role"] == "status"
