"""Answers under their form: what is asked, what is missing, what is shown."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teamaround.forms import answering
from teamaround.forms.answering import for_family, is_visible, missing, prefilled, show, value_of, visible_only
from teamaround.forms.definitions import shipped
from teamaround.forms.terms import Stage

from .making import document, form, q, read

WHEN_YES = {"concept": ".a", "is": "yes"}
SENTENCES = [
    (q("name", required="always", label="First name"), "Enter first name"),
    (q("name", required="always", label="NHS number"), "Enter NHS number"),
    (q("who", "yes_no", required="always", label="Is it arranged?"), "Answer “Is it arranged?”"),
    (q("sex", "one_of", codes="sex@2009", required="always"), "Select sex"),
    (q("name", required="always", when_missing="Say who it was"), "Say who it was"),
]


@pytest.mark.parametrize(("field", "sentence"), SENTENCES)
def test_a_missing_answer_is_asked_for_in_a_plain_sentence(field, sentence):
    assert [one.sentence for one in missing(form(field), {}, Stage.SAVE)] == [sentence]


def test_a_draft_may_leave_out_what_only_the_end_needs():
    made = form(q("now", required="always"), q("later", required="finalise"), q("whenever"))
    assert [one.field for one in missing(made, {}, "save")] == ["now"]
    assert [one.field for one in missing(made, {}, "finalise")] == ["now", "later"]


def test_nothing_is_missing_in_a_question_that_is_not_asked():
    made = form(q("a", "yes_no"), q("b", required="always", visible_if=WHEN_YES))
    assert missing(made, {"page": {"a": "no"}}, "save") == []
    assert [one.field for one in missing(made, {"page": {"a": "yes"}}, "save")] == ["b"]


def test_nothing_is_missing_that_only_the_system_writes():
    assert missing(form(q("version", required="finalise", who_writes=["system"])), {}, "finalise") == []


def test_a_missing_answer_in_a_row_says_in_which():
    table = q("people", "repeat", label="People", repeat={"fields": [q("name", required="always"), q("age", "number")]})
    gaps = missing(form(table), {"page": {"people": [{"name": "Ann", "age": 3}, {"age": 4}]}}, "save")
    assert [(one.field, one.row, one.inner, one.sentence) for one in gaps] == [
        ("people", 1, "name", "People, 2: enter name")
    ]


def test_a_table_may_need_rows():
    made = form(q("people", "repeat", label="People", repeat={"min": 2, "fields": [q("name")]}))
    gaps = missing(made, {"page": {"people": [{"name": "Ann"}]}}, "finalise")
    assert [one.sentence for one in gaps] == ["People: enter at least 2"]


ONE_DATE = {"rule": "exactly_one", "of": ["note.born", "note.expected"], "sentence": "Enter one of the two"}


@pytest.mark.parametrize(
    ("given", "kept"),
    [({}, False), ({"born": "2020-01-01"}, True), ({"born": "2020-01-01", "expected": "2020-02-01"}, False)],
)
def test_exactly_one_of_several_answers(given, kept):
    made = form(q("born", "date"), q("expected", "date"), rules=[ONE_DATE])
    assert [one.sentence for one in missing(made, {"page": given}, "finalise")] == (
        [] if kept else ["Enter one of the two"]
    )
    assert missing(made, {"page": given}, "save") == []


@pytest.mark.parametrize(
    ("condition", "answer", "visible"),
    [
        ({"concept": ".a", "is": "yes"}, "yes", True),
        ({"concept": ".a", "is": "yes"}, "no", False),
        ({"concept": ".a", "is": "yes"}, None, False),
        ({"concept": ".a", "is_one_of": ["no", "not_sure"]}, "not_sure", True),
        ({"concept": ".a", "answered": True}, "no", True),
        ({"concept": ".a", "answered": False}, None, True),
        ({"not": {"concept": ".a", "is": "yes"}}, "no", True),
        ({"any": [{"concept": ".a", "is": "yes"}, {"concept": ".a", "is": "no"}]}, "no", True),
        ({"all": [{"concept": ".a", "answered": True}, {"concept": ".a", "is": "no"}]}, "yes", False),
    ],
)
def test_a_question_is_asked_when_its_condition_holds(condition, answer, visible):
    made = form(q("a", "yes_no_not_sure"), q("b", visible_if=condition))
    assert is_visible(made, {"page": {"a": answer}}, "page", "b") is visible


def test_one_of_many_answers_is_enough_to_open_a_question():
    made = form(q("a", "many_of", codes="disability@2009"), q("b", visible_if={"concept": ".a", "is": "HEAR"}))
    assert is_visible(made, {"page": {"a": ["VIS", "HEAR"]}}, "page", "b")


def test_an_answer_to_a_question_that_is_not_asked_any_more_opens_nothing():
    made = form(
        q("a", "yes_no"),
        q("b", "yes_no", visible_if=WHEN_YES),
        q("c", visible_if={"concept": ".b", "is": "yes"}),
    )
    left_behind = {"page": {"a": "no", "b": "yes", "c": "text"}}
    assert not is_visible(made, left_behind, "page", "c")
    assert visible_only(made, left_behind) == {"page": {"a": "no"}}
    assert value_of(made, left_behind, "note.b") is None


def test_a_question_of_a_row_depends_on_its_own_row():
    held = q("held_by", visible_if={"concept": ".how", "is": "paper"}, required="always")
    made = form(q("signed", "repeat", repeat={"fields": [q("how", "one_of", codes="signature-method@1"), held]}))
    gaps = missing(made, {"page": {"signed": [{"how": "typed"}, {"how": "paper"}]}}, "save")
    assert [(one.row, one.inner) for one in gaps] == [(1, "held_by")]


def test_a_whole_section_may_be_conditional():
    made = document(q("a", "yes_no"))
    made["sections"].append(
        {
            "key": "more",
            "title": "More",
            "visible_if": {"concept": "note.a", "is": "yes"},
            "fields": [q("b", required="always")],
        }
    )
    made = read(made)
    assert not is_visible(made, {}, "more")
    assert missing(made, {}, "save") == []
    assert [one.section for one in missing(made, {"page": {"a": "yes"}}, "save")] == ["more"]


def test_answers_are_shown_in_words():
    made = form(
        q("sex", "one_of", codes="sex@2009"),
        q("born", "date", label="Date of birth"),
        q("kinds", "many_of", codes="disability@2009"),
        q("safe", "yes_no_not_sure"),
        q("people", "repeat", repeat={"fields": [q("name"), q("has_responsibility", "yes_no")]}),
    )
    given = {"sex": "F", "born": "2019-09-04", "kinds": ["HEAR", "VIS"], "safe": "not_sure"}
    given["people"] = [{"name": "Ann", "has_responsibility": "yes"}]
    (page,) = show(made, {"page": given})
    assert [(line.label, line.text) for line in page.lines[:4]] == [
        ("Sex", "Female"),
        ("Date of birth", "4 September 2019"),
        ("Kinds", "Hearing; Seeing"),
        ("Safe", "Not sure"),
    ]
    assert [(line.label, line.text) for line in page.lines[4].rows[0]] == [
        ("Name", "Ann"),
        ("Has responsibility", "Yes"),
    ]


def test_what_is_not_asked_is_not_shown():
    made = form(q("a", "yes_no"), q("b", visible_if=WHEN_YES))
    (page,) = show(made, {"page": {"a": "no", "b": "left behind"}})
    assert [line.label for line in page.lines] == ["A"]


def test_a_section_says_whether_anything_in_it_is_answered():
    made = form(q("a"), q("b"))
    assert show(made, {"page": {"b": "words"}})[0].is_answered
    assert not show(made, {})[0].is_answered


def test_a_family_copy_leaves_out_what_families_may_not_see():
    made = form(q("a"), q("b", family_visible=False))
    (page,) = show(made, {"page": {"a": "for all", "b": "for us"}}, for_family)
    assert [line.text for line in page.lines] == ["for all"]


def test_an_old_code_that_the_list_no_longer_knows_is_shown_as_it_was():
    assert answering.said(form(q("sex", "one_of", codes="sex@2009")).field("note.sex"), "OLD") == "OLD"


def test_known_facts_fill_the_questions_that_point_to_them():
    made = form(q("first", known="child.given_names"), q("born", "date", known="child.date_of_birth"), q("other"))
    facts = {"child.given_names": "Tobi", "child.date_of_birth": date(2019, 9, 4), "child.school": "Harbour"}
    assert prefilled(made, facts) == {"page": {"first": "Tobi", "born": "2019-09-04"}}


def test_a_fact_nobody_knows_leaves_the_question_open():
    assert prefilled(form(q("first", known="child.given_names")), {"child.given_names": ""}) == {}


CAF = shipped("common-assessment-2009")
concepts_and_answers = st.dictionaries(
    st.sampled_from(sorted(CAF.by_concept)), st.sampled_from(["yes", "no", "WOTH", "words", "2020-01-01"]), max_size=25
)


@given(concepts_and_answers)
def test_what_is_kept_is_exactly_what_is_shown(chosen):
    answers = {}
    for concept, value in chosen.items():
        section, field = CAF.by_concept[concept]
        if not field.is_table and not (field.type == "date" and value != "2020-01-01"):
            answers.setdefault(section.key, {})[field.key] = value
    kept = visible_only(CAF, answers)
    shown = {line.concept for section in show(CAF, answers) for line in section.lines if line.is_answered}
    assert shown == {CAF.section(key).by_key[name].concept for key, values in kept.items() for name in values}
    assert visible_only(CAF, kept) == kept
