"""Reading a form: strict, in plain English, and the same for ever."""

import json
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teamaround.forms.definitions import load, read, same_definition
from teamaround.forms.places import Unreadable
from teamaround.forms.terms import Needed, Type

from .making import document, form, q, text_of


@contextmanager
def raises_saying(words):
    """Unreadable, with these words in it."""
    with pytest.raises(Unreadable) as wrong:
        yield
    assert words in str(wrong.value), str(wrong.value)


def test_a_question_knows_its_concept_by_its_section():
    assert form(q("name")).field("note.name").label == "Name"


def test_a_concept_may_be_named_in_full():
    assert form(q("name", concept="child.given_names")).field("child.given_names").key == "name"


def test_the_questions_of_a_row_belong_to_their_table():
    table = form(q("people", "repeat", repeat={"fields": [q("age", "number")]})).field("note.people")
    assert [one.concept for one in table.fields] == ["note.people.age"]


def test_a_list_of_people_asks_who_they_are_without_being_told():
    people = form(q("present", "people")).field("note.present")
    assert [one.key for one in people.fields] == ["name", "role", "organisation", "contact"]


def test_sections_may_share_their_questions():
    shared = document()
    shared["questions"] = {"both": [q("strengths", "long_text")]}
    shared["sections"] = [
        {"key": "a", "title": "A", "concept": "caf.a", "fields": "both"},
        {"key": "b", "title": "B", "concept": "caf.b", "fields": "both"},
    ]
    assert set(read(shared).by_concept) == {"caf.a.strengths", "caf.b.strengths"}


def test_a_question_has_the_class_of_its_section_unless_it_says_otherwise():
    made = document(q("name"), q("faith", privacy="P4"))
    made["sections"][0]["confidential_class"] = "P1"
    fields = read(made).section("page").by_key
    assert (fields["name"].privacy, fields["faith"].privacy) == ("P1", "P4")


@pytest.mark.parametrize(
    ("field", "said"),
    [
        (q("sex", "oneof"), "section ‘page’, question ‘sex’: ‘type’ is ‘oneof’, which is not one of text"),
        (q("sex", "one_off"), "Did you mean ‘one_of’?"),
        (q("sex", requird="always"), "question ‘sex’: ‘requird’ is not known here. Did you mean ‘required’?"),
        (q("sex", "one_of"), "question ‘sex’: ‘codes’ is missing"),
        (q("sex", "one_of", codes="sex@1909"), "the code list ‘sex@1909’ is not known. Did you mean ‘sex@2009’?"),
        (q("name", codes="sex@2009"), "only a question of type one_of or many_of has ‘codes’"),
        (q("name", repeat={"fields": []}), "only a question of type repeat or people has ‘repeat’"),
        (q("rows", "repeat"), "‘repeat’ must hold the ‘fields’ of each row"),
        (q("name", privacy="P9"), "‘privacy’ is ‘P9’, which is not one of P0"),
        (q("name", known="child.shoe_size"), "no record knows ‘child.shoe_size’"),
        (q("name", who_writes=["parrent"]), "‘parrent’ in ‘who_writes’ is not one of practitioner"),
        (q("name", family_visible="yes"), "‘family_visible’ must be true or false"),
        ({"type": "text", "label": "Name"}, "question 1: ‘key’ is missing"),
    ],
)
def test_a_mistake_is_told_in_plain_english_with_its_place(field, said):
    with raises_saying(said):
        form(field)


def test_a_text_that_is_not_json_is_told_with_its_line():
    with raises_saying("line 2 is not JSON"):
        load('{"key":\n nothing}')


@pytest.mark.parametrize("missing", ["key", "version", "title"])
def test_a_form_without_its_name_or_version_is_refused(missing):
    broken = document(q("name"))
    del broken[missing]
    with raises_saying(f"the form: ‘{missing}’ is missing"):
        read(broken)


def test_shared_questions_that_are_not_there_are_told():
    broken = document()
    broken["questions"] = {"element": []}
    broken["sections"][0]["fields"] = "elements"
    with raises_saying("there are no shared questions ‘elements’. Did you mean ‘element’?"):
        read(broken)


def test_a_condition_looks_back_only_so_that_no_circle_can_be():
    with raises_saying("names ‘note.b’, which is not asked before"):
        form(q("a", visible_if={"concept": ".b", "is": "yes"}), q("b", "yes_no"))


def test_a_condition_says_what_the_answer_must_be():
    with raises_saying("say what the answer must be"):
        form(q("a", "yes_no"), q("b", visible_if={"concept": ".a"}))


def test_the_checksum_does_not_depend_on_how_the_text_is_laid_out():
    made = document(q("name"), q("sex", "one_of", codes="sex@2009"))
    laid_out = json.dumps(made, indent=7, ensure_ascii=True)
    turned = json.dumps(dict(reversed(made.items())))
    assert same_definition(load(laid_out), load(turned))


def test_the_checksum_is_the_same_when_a_published_form_is_read_back():
    made = form(q("sex", "one_of", codes="sex@2009"))
    again = read(json.loads(json.dumps(made.as_document())))
    assert again.checksum == made.checksum
    assert again.field("note.sex").choices == made.field("note.sex").choices


def test_a_published_form_needs_no_code_list_from_outside():
    made = form(q("sex", "one_of", codes="sex@2009"))
    assert read(made.as_document(), lists={}).field("note.sex").codes.label("F") == "Female"


def test_its_status_is_no_part_of_what_a_form_asks():
    assert same_definition(form(q("name"), status="draft"), form(q("name"), status="published"))


def test_another_word_in_a_code_list_is_another_form():
    made = form(q("sex", "one_of", codes="sex@2009")).as_document()
    changed = json.loads(json.dumps(made))
    changed["code_lists"][0]["codes"][0]["label"] = "Girl or woman"
    assert not same_definition(read(made), read(changed))


@given(st.sampled_from(["label", "hint", "required", "when_missing"]), st.text(min_size=1, max_size=20))
def test_any_change_of_a_question_changes_the_checksum(name, value):
    if name == "required":
        value = "always"
    before, after = form(q("name", label="Name")), form({**q("name", label="Name"), name: value})
    assert same_definition(before, after) == (before.document == after.document)


def test_a_misspelt_concept_or_section_is_told_to_the_programmer():
    made = form(q("name"))
    with pytest.raises(LookupError, match="Did you mean ‘note.name’"):
        made.field("note.names")
    with pytest.raises(LookupError, match="Did you mean ‘page’"):
        made.section("pages")


def test_what_the_system_writes_and_what_is_only_read_is_not_asked():
    made = form(q("a"), q("b", who_writes=["system"]), q("c", "notice", hint="Read this"))
    assert [one.key for one in made.section("page").fields if one.is_asked] == ["a"]


def test_every_type_can_be_read():
    extra = {Type.ONE_OF: {"codes": "sex@2009"}, Type.MANY_OF: {"codes": "disability@2009"}}
    extra |= {Type.REPEAT: {"repeat": {"fields": [q("x")]}}}
    for kind in Type:
        assert form(q("one", kind.value, **extra.get(kind, {}))).field("note.one").type is kind


def test_the_text_of_a_form_is_read_as_its_document_is():
    assert same_definition(load(text_of(q("a", required="finalise"))), form(q("a", required="finalise")))
    assert form(q("a", required="finalise")).field("note.a").required is Needed.FINALISE
