"""What people and machines give: understood, or refused with a sentence they can act on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teamaround.forms.cleaning import Unclear, clean
from teamaround.forms.definitions import shipped
from teamaround.forms.terms import Type

from .making import form, q


def cleaned(field, value):
    return clean(form(field), "page", {field["key"]: value}).get(field["key"])


def problem(field, value):
    with pytest.raises(Unclear) as unclear:
        cleaned(field, value)
    (one,) = unclear.value.problems
    return one.sentence


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("text", "  Ann \t Lee\n", "Ann Lee"),
        ("long_text", " first\r\nsecond\x07 ", "first\nsecond"),
        ("yes_no", "yes", "yes"),
        ("yes_no_not_sure", "not_sure", "not_sure"),
        ("date", "2026-05-03", "2026-05-03"),
        ("number", "12", 12),
        ("number", 0, 0),
        ("postcode", "nm1  4ab", "NM1 4AB"),
        ("phone", "01632 960 001 ext 4", "01632 960 001 ext 4"),
        ("email", "ann@example.org", "ann@example.org"),
    ],
)
def test_an_answer_is_kept_in_one_form(kind, given, kept):
    assert cleaned(q("one", kind), given) == kept


@pytest.mark.parametrize("kind", [kind for kind in Type if kind not in ("repeat", "people", "notice")])
@pytest.mark.parametrize("nothing", [None, "", "   ", []])
def test_an_empty_answer_is_left_out(kind, nothing):
    codes = {"codes": "sex@2009"} if kind in ("one_of", "many_of") else {}
    assert clean(form(q("one", kind.value, **codes)), "page", {"one": nothing}) == {}


@pytest.mark.parametrize(
    ("field", "given", "sentence"),
    [
        (q("age", "number", label="Age"), "three", "Age must be a whole number, like 3"),
        (q("age", "number", label="Age"), True, "Age must be a whole number, like 3"),
        (q("on", "date", label="Date"), "2026-02-30", "Date must be a real date, like 27 3 2026"),
        (q("post", "postcode", label="Postcode"), "NM1", "Postcode must be a whole postcode, like NM1 4AB"),
        (q("tel", "phone", label="Telephone"), "ask Ann", "Telephone must be a telephone number, like 01632 960 001"),
        (q("mail", "email", label="Email"), "ann@", "Email must be an email address, like name@example.org"),
        (q("safe", "yes_no", label="Safe?"), "maybe", "Your answer must be one of the answers in the list"),
        (q("sex", "one_of", label="Sex", codes="sex@2009"), "Q", "Sex must be one of the answers in the list"),
        (q("name", label="Name", max_length=5), "Annabel", "Name must be 5 characters or fewer; it is 2 too long"),
        (q("name", label="Name"), {"no": "text"}, "Name must be text"),
    ],
)
def test_what_cannot_be_understood_is_said_with_the_cure(field, given, sentence):
    assert problem(field, given) == sentence


def test_none_goes_with_no_other_disability():
    kinds = q("kinds", "many_of", label="Disability", codes="disability@2009")
    assert problem(kinds, ["NONE", "HEAR"]) == (
        "Disability cannot be ‘No disability’ and another answer: select one or the other"
    )
    assert cleaned(kinds, ["NONE"]) == ["NONE"]


def test_no_answer_of_many_is_kept_twice_and_all_stand_in_the_order_of_the_list():
    assert cleaned(q("kinds", "many_of", codes="disability@2009"), ["VIS", "MOB", "VIS"]) == ["MOB", "VIS"]


def test_a_question_that_the_form_does_not_ask_is_refused():
    with pytest.raises(Unclear) as unclear:
        clean(form(q("name")), "page", {"name": "Ann", "shoe_size": "4"})
    assert [one.field for one in unclear.value.problems] == ["shoe_size"]


def test_nobody_can_send_in_what_only_the_system_writes():
    with pytest.raises(Unclear):
        clean(form(q("version", "number", who_writes=["system"])), "page", {"version": 7})


PEOPLE = q(
    "people", "repeat", label="People", repeat={"max": 3, "fields": [q("name"), q("age", "number", label="Age")]}
)


def test_rows_in_which_nothing_was_said_are_not_kept():
    rows = [{"name": "Ann", "age": ""}, {"name": " ", "age": None}, {"name": "", "age": "3"}]
    assert cleaned(PEOPLE, rows) == [{"name": "Ann"}, {"age": 3}]


def test_a_problem_in_a_row_says_in_which():
    with pytest.raises(Unclear) as unclear:
        cleaned(PEOPLE, [{"name": "Ann"}, {"age": "old"}])
    (one,) = unclear.value.problems
    assert (one.field, one.row, one.inner, one.sentence) == ("people", 1, "age", "Age must be a whole number, like 3")


def test_a_table_has_only_so_many_rows():
    assert problem(PEOPLE, [{"name": "Ann"}] * 4) == "People can have 3 rows at most"


def test_every_problem_of_a_page_is_told_at_once():
    with pytest.raises(Unclear) as unclear:
        clean(form(q("a", "date"), q("b", "number")), "page", {"a": "soon", "b": "few"})
    assert [one.field for one in unclear.value.problems] == ["a", "b"]


def test_the_error_itself_holds_no_answer_so_that_none_reaches_a_log():
    with pytest.raises(Unclear) as unclear:
        cleaned(q("on", "date"), "the day her father left")
    assert "father" not in str(unclear.value)


CAF = shipped("common-assessment-2009")
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "x"]), inner, max_size=2),
    max_leaves=6,
)


@given(st.data())
def test_whatever_is_sent_is_understood_or_refused_and_what_is_kept_is_understood_again(data):
    section = data.draw(st.sampled_from(CAF.sections))
    raw = data.draw(
        st.dictionaries(st.sampled_from([each.key for each in section.fields] or ["x"]), anything, max_size=4)
    )
    try:
        kept = clean(CAF, section.key, raw)
    except Unclear:
        return
    assert clean(CAF, section.key, kept) == kept
