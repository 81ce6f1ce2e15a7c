"""Fields say what is wrong in plain words, and keep what was typed."""

from datetime import date

import pytest
from django import forms
from django.http import QueryDict

from teamaround.kit.govuk import fields
from teamaround.kit.govuk.forms import Form


class Review(Form):
    held_on = fields.DateField("When was the review held?", missing="Enter the date the review was held")


def errors_for(**typed):
    return Review(QueryDict("&".join(f"held_on-{part}={value}" for part, value in typed.items()))).errors.get("held_on")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"day": "", "month": "", "year": ""}, "Enter the date the review was held"),
        ({"day": "3", "month": "", "year": "2026"}, "The date the review was held must include a month"),
        ({"day": "", "month": "", "year": "2026"}, "The date the review was held must include a day and month"),
        ({"day": "31", "month": "2", "year": "2026"}, "The date the review was held must be a real date"),
        ({"day": "first", "month": "2", "year": "2026"}, "The date the review was held must be a real date"),
        ({"day": "0", "month": "2", "year": "2026"}, "The date the review was held must be a real date"),
        (
            {"day": "3", "month": "2", "year": "26"},
            "The date the review was held must have a year of 4 numbers, like 2026",
        ),
        ({"day": "3", "month": "2", "year": "0000"}, "The date the review was held must be a real date"),
    ],
)
def test_a_date_that_is_wrong_says_what_is_wrong(typed, said):
    assert errors_for(**typed) == [said]


@pytest.mark.parametrize("month", ["5", "05", "May", "may"])
def test_a_month_may_be_a_number_or_a_name(month):
    form = Review({"held_on-day": "3", "held_on-month": month, "held_on-year": "2026"})

    assert form.is_valid()
    assert form.cleaned_data["held_on"] == date(2026, 5, 3)


def test_a_date_may_be_given_whole_by_a_machine_or_a_draft():
    form = Review({"held_on": "2026-05-03"})

    assert form.is_valid()
    assert form.cleaned_data["held_on"] == date(2026, 5, 3)


def test_a_whole_date_that_is_none_is_refused_too():
    assert Review({"held_on": "soon"}).errors["held_on"] == ["The date the review was held must be a real date"]


def test_a_date_in_a_formset_has_its_own_boxes():
    reviews = forms.formset_factory(Review, extra=2)
    sent = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0"}
    sent |= {"form-1-held_on-day": "3", "form-1-held_on-month": "5", "form-1-held_on-year": "2026"}

    formset = reviews(sent)

    assert formset.is_valid()
    assert formset.cleaned_data == [{}, {"held_on": date(2026, 5, 3)}]


def test_a_date_that_was_not_changed_counts_as_not_changed():
    same = {"held_on-day": "3", "held_on-month": "5", "held_on-year": "2026"}

    assert not Review(same, initial={"held_on": date(2026, 5, 3)}).has_changed()
    assert Review(same | {"held_on-day": "4"}, initial={"held_on": date(2026, 5, 3)}).has_changed()
    assert Review(same | {"held_on-day": ""}, initial={"held_on": date(2026, 5, 3)}).has_changed()


def test_a_date_stays_within_its_bounds_asked_when_the_form_is_checked():
    class Birth(Form):
        born = fields.DateField(
            "Date of birth",
            earliest=date(2001, 1, 1),
            latest=lambda: date(2026, 5, 3),
            missing="Enter the date of birth",
        )

    assert Birth({"born": "2026-05-04"}).errors["born"] == ["The date of birth must be on or before 3 May 2026"]
    assert Birth({"born": "2000-12-31"}).errors["born"] == ["The date of birth must be on or after 1 January 2001"]
    assert Birth({"born": "2026-05-03"}).is_valid()


class Visit(Form):
    safe = fields.YesNoNotSureField("Is the child safe?", reveals={"no": "why", "not_sure": ["when"]})
    why = fields.LongTextField("Why not?", missing="Say why not")
    when = fields.DateField("When will you ask?")


def test_a_revealed_question_is_asked_of_those_who_open_it():
    assert Visit({"safe": "no"}).errors == {"why": ["Say why not"]}


def test_a_revealed_question_is_not_asked_of_others_and_its_answer_is_dropped():
    form = Visit({"safe": "yes", "why": "left from before", "when-day": "99"})

    assert form.is_valid()
    assert form.cleaned_data == {"safe": "yes", "why": "", "when": None}


def test_a_question_revealed_by_a_hidden_question_stays_hidden():
    class Nested(Form):
        first = fields.YesNoField("First?", reveals={"yes": "second"})
        second = fields.YesNoField("Second?", reveals={"yes": "third"})
        third = fields.TextField("Third")

    assert Nested({"first": "no", "second": "yes"}).is_valid()
    assert set(Nested({"first": "yes", "second": "yes"}).errors) == {"third"}


def test_an_answer_among_many_reveals_too():
    class Help(Form):
        kinds = fields.ManyField("What would help?", [("talk", "Talk"), ("other", "Other")], reveals={"other": "which"})
        which = fields.TextField("Which?")

    assert set(Help(QueryDict("kinds=talk&kinds=other")).errors) == {"which"}
    assert Help(QueryDict("kinds=talk")).is_valid()


def test_what_may_be_left_empty_says_so():
    assert fields.TextField("Middle name", required=False).label == "Middle name (optional)"
    assert fields.LongTextField("Notes", required=False, mark_optional=False).label == "Notes"
    assert fields.DateField("Born", required=False, mark_optional=False).label == "Born"
    assert fields.ManyField("Needs", [], required=False).label == "Needs"


def test_a_missing_answer_has_words_even_when_its_form_has_none():
    class Person(Form):
        first = fields.TextField("First name")
        school = fields.SelectField("School", [("1", "Harbour Primary")])
        nhs = fields.TextField("NHS number")
        told = fields.TickField("I have told the family")

    assert Person({}).errors == {
        "first": ["Enter first name"],
        "school": ["Select school"],
        "nhs": ["Enter NHS number"],
        "told": ["Confirm: I have told the family"],
    }


def test_a_text_that_is_too_long_says_by_how_much_and_counts_a_line_break_once():
    class Note(Form):
        text = fields.LongTextField("What happened?", most=7)

    assert Note({"text": "abc\r\ndef"}).is_valid()
    assert Note({"text": "abc\r\ndefg"}).errors["text"] == [
        "Your answer must be 7 characters or fewer; it is 1 too long"
    ]


def test_a_line_that_is_too_long_says_so_and_what_is_pasted_is_not_cut_off():
    class Note(Form):
        place = fields.TextField("Where?", required=False, max_length=7)

    assert Note({"place": "abcdefgh"}).errors["place"] == ["Your answer must be 7 characters or fewer"]
    assert "maxlength" not in str(Note()["place"])


def test_a_choice_that_is_not_offered_is_refused_in_words():
    class School(Form):
        school = fields.SelectField("School", [("1", "Harbour Primary")], missing="Select the school")

    assert School({"school": "2"}).errors["school"] == ["Select the school from the list"]


def test_a_list_asks_for_its_choices_each_time_and_shows_an_empty_line_first():
    offered = [("1", "Harbour Primary")]

    class School(Form):
        school = fields.SelectField("School", lambda: offered)

    offered.append(("2", "Quay Academy"))
    form = School({"school": "2"})

    assert form.is_valid()
    assert [value for value, _ in form.fields["school"].widget.choices] == ["", "1", "2"]
    form.fields["school"].choices = [("3", "Northmoor High")]
    assert [label for _, label in form.fields["school"].widget.choices] == ["Choose one", "Northmoor High"]


def test_choices_under_headings_accept_any_of_them():
    class Agency(Form):
        one = fields.GroupedChoice("Agency", {"Health": [("gp", "GP")], "Schools": [("p", "Primary school")]})
        many = fields.GroupedMany("Agencies", {"Health": [("gp", "GP")], "Schools": [("p", "Primary school")]})

    form = Agency(QueryDict("one=p&many=gp&many=p"))

    assert form.is_valid()
    assert form.cleaned_data == {"one": "p", "many": ["gp", "p"]}


@pytest.mark.parametrize("typed", ["three", "3.5"])
def test_a_number_is_a_whole_number(typed):
    class Household(Form):
        children = fields.NumberField("Number of children")

    assert Household({"children": typed}).errors["children"] == ["Number of children must be a whole number, like 3"]


def test_an_email_address_must_be_one():
    class Contact(Form):
        email = fields.EmailField()

    assert not Contact({"email": "ama"}).is_valid()
    assert Contact({"email": "ama@example.org"}).is_valid()
