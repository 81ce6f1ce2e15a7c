"""A definition as a page: fields, tables that grow without a script, and what comes back."""

import re
from datetime import date

import pytest
from django.http import QueryDict

from teamaround.forms.definitions import shipped
from teamaround.forms.rendering import AnswersForm, answers_from, section_form, whole_form
from teamaround.kit import dates
from teamaround.kit.govuk import fields as govuk

from .making import document, form, q, read

PEOPLE = q(
    "people",
    "repeat",
    label="People",
    repeat={"max": 3, "fields": [q("name", required="always"), q("age", "number"), q("born", "date")]},
)


def sent(**values):
    """What a browser sends; two underscores stand for a hyphen."""
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data.setlist(name.replace("__", "-"), value if isinstance(value, list) else [value])
    return data


def errors(made):
    return {name: " ".join(said) for name, said in made.errors.items()}


@pytest.mark.parametrize(
    ("kind", "more", "field"),
    [
        ("text", {}, govuk.TextField),
        ("long_text", {}, govuk.LongTextField),
        ("yes_no", {}, govuk.YesNoField),
        ("yes_no_not_sure", {}, govuk.YesNoNotSureField),
        ("one_of", {"codes": "sex@2009"}, govuk.ChoiceField),
        ("one_of", {"codes": "ethnicity@2009"}, govuk.SelectField),
        ("many_of", {"codes": "disability@2009"}, govuk.ManyField),
        ("date", {}, govuk.DateField),
        ("number", {}, govuk.NumberField),
        ("postcode", {}, govuk.TextField),
        ("phone", {}, govuk.PhoneField),
        ("email", {}, govuk.EmailField),
    ],
)
def test_each_kind_of_question_is_asked_by_its_field(kind, more, field):
    assert type(section_form(form(q("one", kind, **more)), "page").fields["one"]) is field


def test_what_was_answered_is_shown_and_comes_back_the_same():
    made = form(q("name"), q("on", "date"), q("kinds", "many_of", codes="disability@2009"), q("safe", "yes_no"), PEOPLE)
    answers = {"page": {"name": "Ann", "on": "2026-05-03", "kinds": ["HEAR", "VIS"], "safe": "no"}}
    answers["page"]["people"] = [{"name": "Bo", "age": 3, "born": "2023-01-02"}, {"name": "Cy"}]
    shown = section_form(made, "page", answers)
    back = section_form(made, "page", answers, as_sent(shown))
    assert back.is_valid(), back.errors
    assert answers_from(back) == answers["page"]


def as_sent(shown):
    """What the browser would send of a page left as it is."""
    data = QueryDict(mutable=True)
    for name, field in shown.fields.items():
        value = shown[name].value()
        if isinstance(field, govuk.DateField):
            for part, typed in zip(("day", "month", "year"), field.widget.format_value(value), strict=True):
                data[f"{name}-{part}"] = typed
        elif value is not None:
            data.setlist(name, [str(one) for one in value] if isinstance(value, list) else [str(value)])
    return data


def test_half_a_page_can_be_kept():
    back = section_form(form(q("a", required="finalise"), q("b")), "page", None, sent(b="words"))
    assert back.is_valid() and answers_from(back) == {"b": "words"}


def test_what_must_always_be_there_is_asked_for_in_the_forms_words():
    made = form(q("a", required="always", when_missing="Say what happened"))
    assert errors(section_form(made, "page", None, sent(a=""))) == {"a": "Say what happened"}


def test_what_cannot_be_understood_is_said_beside_its_question():
    made = form(q("post", "postcode", label="Postcode"), q("on", "date", label="Date"))
    wrong = section_form(made, "page", None, sent(post="NM1", on__day="30", on__month="2", on__year="2026"))
    assert errors(wrong) == {
        "post": "Postcode must be a whole postcode, like NM1 4AB",
        "on": "Date must be a real date",
    }


def test_an_empty_table_shows_one_row_to_begin_with():
    shown = section_form(form(PEOPLE), "page")
    assert "people-0-name" in shown.fields and "people-1-name" not in shown.fields


def test_add_another_shows_a_row_more_without_a_script_and_keeps_what_was_typed():
    data = sent(people__rows="1", people__0__name="Ann", people__0__age="not yet a number", add_another="people")
    grown = section_form(form(PEOPLE), "page", None, data)
    assert grown.wants_another(data)
    assert not grown.errors
    assert grown["people-0-age"].value() == "not yet a number"
    assert "people-1-name" in grown.fields
    assert 'name="people-rows" value="2"' in grown.body


def test_the_same_words_sent_twice_add_one_row_only():
    data = sent(people__rows="1", add_another="people")
    assert section_form(form(PEOPLE), "page", None, data).rows(*section_of_people()) == 2
    assert section_form(form(PEOPLE), "page", None, data).rows(*section_of_people()) == 2


def section_of_people():
    made = form(PEOPLE)
    return made.section("page"), made.field("note.people")


def test_a_table_grows_to_its_end_and_no_further():
    full = section_form(form(PEOPLE), "page", None, sent(people__rows="3", add_another="people"))
    assert full.rows(*section_of_people()) == 3
    assert "Add another" not in full.body


@pytest.mark.parametrize("rows", ["-1", "99999999", "x", ""])
def test_a_count_of_rows_that_nobody_typed_does_no_harm(rows):
    assert 1 <= section_form(form(PEOPLE), "page", None, sent(people__rows=rows)).rows(*section_of_people()) <= 3


def test_an_empty_row_is_dropped_and_errors_stay_with_their_row():
    data = sent(people__rows="3", people__0__name="Ann", people__2__age="4")
    assert errors(section_form(form(PEOPLE), "page", None, data)) == {"people-2-name": "People, 2: enter name"}
    data["people-2-name"] = "Bo"
    back = section_form(form(PEOPLE), "page", None, data)
    assert back.is_valid() and answers_from(back) == {"people": [{"name": "Ann"}, {"name": "Bo", "age": 4}]}


OPENED = (q("a", "yes_no"), q("b", label="Why?", visible_if={"concept": ".a", "is": "yes"}, required="always"))


def test_an_answer_opens_its_question_beneath_it():
    shown = section_form(form(*OPENED), "page")
    assert shown.fields["a"].reveals == {"yes": ["b"]}
    assert shown.body.count('name="b"') == 1


def test_a_question_that_is_not_opened_is_neither_asked_nor_kept():
    back = section_form(form(*OPENED), "page", None, sent(a="no", b="left behind"))
    assert back.is_valid() and answers_from(back) == {"a": "no"}
    assert errors(section_form(form(*OPENED), "page", None, sent(a="yes"))) == {"b": "Answer “Why?”"}


def test_a_question_that_several_answers_open_follows_on_the_page_once():
    condition = {"concept": ".a", "is_one_of": ["no", "not_sure"]}
    made = form(q("a", "yes_no_not_sure"), q("b", "long_text", visible_if=condition))
    assert section_form(made, "page").body.count('name="b"') == 1
    back = section_form(made, "page", None, sent(a="no", b="words"))
    assert back.is_valid() and answers_from(back) == {"a": "no", "b": "words"}


def test_a_question_that_another_section_closes_is_not_on_the_page():
    made = document(q("a", "yes_no"))
    later = q("b", visible_if={"concept": "note.a", "is": "yes"})
    made["sections"].append({"key": "more", "title": "More", "fields": [later, q("c")]})
    made = read(made)
    assert list(section_form(made, "more", {"page": {"a": "no"}}).fields) == ["c"]
    assert list(section_form(made, "more", {"page": {"a": "yes"}}).fields) == ["b", "c"]


def test_what_the_system_writes_is_not_on_the_page():
    assert list(section_form(form(q("version", "number", who_writes=["system"]), q("a")), "page").fields) == ["a"]


def test_a_known_answer_says_that_it_comes_from_the_record():
    made = form(q("name", known="child.given_names"))
    assert "From the record" in section_form(made, "page", {"page": {"name": "Tobi"}}).body
    assert "From the record" not in section_form(made, "page").body


def test_a_code_that_holds_no_more_is_offered_only_to_whoever_has_it():
    made = document(q("one", "one_of", codes="l@1"))
    codes = [{"code": "old", "label": "Old", "valid_to": "2020-12-31"}, {"code": "new", "label": "New"}]
    made["code_lists"] = [{"name": "l", "version": "1", "title": "L", "codes": codes}]
    made = read(made)
    assert "Old" not in section_form(made, "page").body
    assert "Old" in section_form(made, "page", {"page": {"one": "old"}}).body
    with dates.given(date(2020, 5, 1)):
        assert "Old" in section_form(made, "page").body


def test_a_notice_and_the_prompts_are_read_on_the_page():
    made = document(q("read", "notice", label="At any time", hint="Follow the procedure"))
    made["sections"][0]["prompts"] = ["What did you see?"]
    body = section_form(read(made), "page").body
    assert "At any time" in body and "Follow the procedure" in body and "What did you see?" in body


def test_what_was_typed_is_escaped():
    assert "<b>" not in section_form(form(q("a")), "page", {"page": {"a": "<b>bold"}}).body


def test_the_checklist_stands_on_one_page_and_comes_back_by_section():
    checklist = shipped("pre-assessment-checklist-2009")
    back = whole_form(checklist, None, sent(wellbeing__healthy="yes", wellbeing__safe="not_sure", child__sex="F"))
    assert back.is_valid(), back.errors
    assert answers_from(back)["wellbeing"] == {"healthy": "yes", "safe": "not_sure"}
    assert answers_from(back)["child"] == {"sex": "F"}


@pytest.mark.parametrize("name", ["common-assessment-2009", "pre-assessment-checklist-2009"])
def test_every_shipped_section_is_drawn_with_a_label_for_every_box_and_no_id_twice(name):
    definition = shipped(name)
    for section in definition.sections:
        body = section_form(definition, section.key).body
        ids = re.findall(r'\bid="([^"]+)"', body)
        assert len(ids) == len(set(ids)), section.key
        for box in re.findall(r"<(?:input|textarea|select)\b[^>]*>", body):
            if 'type="hidden"' not in box:
                labelled = re.search(r'\bid="([^"]+)"', box)
                assert labelled and f'for="{labelled[1]}"' in body, (section.key, box)


def test_the_whole_checklist_has_no_id_twice():
    body = AnswersForm(shipped("pre-assessment-checklist-2009"), shipped("pre-assessment-checklist-2009").sections).body
    ids = re.findall(r'\bid="([^"]+)"', body)
    assert len(ids) == len(set(ids))
