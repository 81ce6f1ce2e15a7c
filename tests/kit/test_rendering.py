"""Every form field is drawn as its GOV.UK component: label, hint, error and value in their places."""

from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils.safestring import mark_safe

from teamaround.kit.govuk import fields
from teamaround.kit.govuk.components import component
from teamaround.kit.govuk.forms import Form
from tests.kit.markup import Markup, rendered


def field_of(field, data=None, *, initial=None, **how):
    form = type("Asked", (Form,), {"asked": field})(data, initial={"asked": initial})
    how = " ".join(f"{name}={value!r}" for name, value in how.items())
    return rendered("{% field form.asked " + how + " %}", form=form)


def test_a_text_field_has_label_hint_error_and_value_bound_together():
    field = fields.TextField("NHS number", hint="10 digits", missing="Enter the NHS number", width=10)
    html = field_of(field, {"asked": ""})
    markup = Markup(html)

    box = markup.one("input")
    assert markup.one("label")["for"] == box["id"] == "id_asked"
    assert box["aria-describedby"] == "id_asked-hint id_asked-error"
    assert box["aria-invalid"] == "true"
    assert "govuk-input--width-10" in box["class"] and "govuk-input--error" in box["class"]
    assert "Enter the NHS number" in html and "10 digits" in html


def test_the_browser_never_speaks_before_our_words_nor_cuts_a_text_short():
    field = forms.CharField(max_length=5, widget=forms.TextInput(attrs={"placeholder": "Name"}))
    box = Markup(field_of(field)).one("input")

    assert not {"required", "maxlength", "placeholder"} & set(box)


def test_what_people_typed_is_escaped_wherever_it_is_shown():
    nasty = "<script>alert(1)</script>"
    html = field_of(fields.TextField(nasty, hint=nasty), {"asked": nasty})
    html += field_of(fields.ChoiceField("Pick", [(nasty, nasty)], hints={nasty: nasty}), {"asked": nasty})
    html += field_of(fields.LongTextField("Long"), {"asked": nasty})
    html += field_of(fields.DateField("When?"), {"asked-day": nasty, "asked-month": "", "asked-year": ""})
    html += rendered("{% summary rows %}{% timeline items %}", rows=[(nasty, nasty)], items=[{"title": nasty}])

    assert "<script>" not in html
    assert html.count("&lt;script&gt;") >= 9


def test_help_that_a_library_made_safe_stays_markup():
    assert "<ul><li>Long</li></ul>" in field_of(forms.CharField(help_text=mark_safe("<ul><li>Long</li></ul>")))


def test_a_long_text_is_shown_again_exactly_as_typed_even_inside_an_answer():
    class Visit(Form):
        safe = fields.YesNoField("Safe?", reveals={"no": "why"})
        why = fields.LongTextField("Why?")

    typed = "first\n  indented\n\nlast"
    html = rendered("{% fields form %}", form=Visit({"safe": "no", "why": typed}))

    assert f">{typed}</textarea>" in html


def test_a_long_text_with_a_limit_counts_what_is_left():
    markup = Markup(field_of(fields.LongTextField("Notes", most=200, rows=8), {"asked": "x"}))

    assert markup.one("div", **{"data-module": "govuk-character-count"})["data-maxlength"] == "200"
    assert markup.one("textarea")["rows"] == "8"


@pytest.mark.parametrize(
    ("field", "kind"),
    [(fields.EmailField(), "email"), (fields.PhoneField(), "tel"), (fields.PasswordField(), "password")],
)
def test_a_kind_of_text_has_the_keyboard_made_for_it(field, kind):
    assert Markup(field_of(field)).one("input")["type"] == kind


def test_a_password_is_never_sent_back():
    assert "secret" not in field_of(fields.PasswordField(), {"asked": "secret"})


def test_a_date_is_three_boxes_in_one_group_and_the_wrong_box_is_marked():
    html = field_of(
        fields.DateField("When was the review held?", missing="Enter the date the review was held"),
        {"asked-day": "3", "asked-month": "", "asked-year": "2026"},
    )
    markup = Markup(html)

    assert [box["value"] for box in markup.all("input")] == ["3", "", "2026"]
    assert [box["name"] for box in markup.all("input", **{"aria-invalid": "true"})] == ["asked-month"]
    assert markup.one("fieldset")["aria-describedby"] == "id_asked-hint id_asked-error"
    assert 'href="#id_asked-month"' in rendered(
        "{% error_summary form %}",
        form=type("F", (Form,), {"asked": fields.DateField("When?")})({"asked-day": "3", "asked-year": "2026"}),
    )


def test_a_date_shows_the_day_it_begins_with():
    boxes = Markup(field_of(fields.DateField("When?"), initial=date(2026, 5, 3))).all("input")

    assert [box["value"] for box in boxes] == ["3", "5", "2026"]


def test_a_date_of_birth_can_be_filled_in_by_the_browser():
    boxes = Markup(field_of(fields.DateField("Date of birth", birthday=True))).all("input")

    assert [box["autocomplete"] for box in boxes] == ["bday-day", "bday-month", "bday-year"]


def test_one_answer_of_a_few_is_radio_buttons_and_the_first_carries_the_link():
    markup = Markup(field_of(fields.YesNoNotSureField("Safe?"), {"asked": "no"}))

    assert [box["value"] for box in markup.all("input", type="radio")] == ["yes", "no", "not_sure"]
    assert markup.one("input", checked=None)["value"] == "no"
    assert markup.all("input")[0]["id"] == "id_asked"
    assert any("govuk-radios--inline" in have.get("class", "") for _, have in markup.tags)


def test_an_answer_opens_its_question_in_its_own_place():
    class Visit(Form):
        safe = fields.YesNoField("Safe?", reveals={"no": "why"})
        why = fields.TextField("Why?")

    html = rendered("{{ form }}", form=Visit({"safe": "no"}))
    markup = Markup(html)

    assert markup.one("input", name="why")
    assert markup.one("input", value="no")["data-aria-controls"] == "conditional-id_safe-2"
    assert html.index('id="conditional-id_safe-2"') < html.index('name="why"')
    assert "govuk-radios--inline" not in html


def test_several_answers_are_tick_boxes():
    markup = Markup(field_of(fields.ManyField("Needs", [("a", "A"), ("b", "B")]), {"asked": ["b"]}))

    assert [("checked" in box, box["value"]) for box in markup.all("input", type="checkbox")] == [
        (False, "a"),
        (True, "b"),
    ]


def test_choices_under_headings_are_groups_in_a_group_with_ids_of_their_own():
    groups = {"Health": [("gp", "GP"), ("hv", "Health visitor")], "Schools": [("p", "Primary school")]}
    markup = Markup(field_of(fields.GroupedChoice("Which agency?", groups), {"asked": "p"}))

    assert len(markup.all("fieldset")) == 3
    assert [box["id"] for box in markup.all("input")] == ["id_asked", "id_asked-2", "id_asked-group-1"]
    assert markup.one("input", checked=None)["value"] == "p"


def test_a_list_with_groups_keeps_them():
    html = field_of(fields.SelectField("Agency", [("Health", [("gp", "GP")])]), {"asked": ""})
    markup = Markup(html)

    assert markup.one("optgroup")["label"] == "Health"
    assert markup.one("select")["aria-describedby"] == "id_asked-error"
    assert "required" not in markup.one("select")


def test_a_choice_is_shown_chosen_whatever_the_type_of_its_value():
    by_number = Markup(field_of(fields.SelectField("School", [(1, "One"), (2, "Two")]), initial=2))
    by_truth = Markup(field_of(forms.NullBooleanField(), initial=True))

    assert by_number.one("option", selected=None)["value"] == "2"
    assert by_truth.one("option", selected=None)["value"] == "true"


def test_one_box_to_tick_has_its_words_beside_it():
    markup = Markup(field_of(fields.TickField("I have told the family"), {"asked": "on"}))

    assert markup.one("input", type="checkbox", checked=None)["id"] == markup.one("label")["for"]


def test_a_file_is_asked_for_with_its_label():
    assert Markup(field_of(fields.FileField("Letter"))).one("input", type="file")["id"] == "id_asked"


def test_a_hidden_field_shows_nothing_else():
    assert field_of(forms.CharField(widget=forms.HiddenInput), initial="x").startswith('<input type="hidden"')


def test_a_widget_that_no_component_draws_still_gets_label_hint_and_error():
    html = field_of(forms.SplitDateTimeField(label="When?", help_text="Roughly"), {})
    markup = Markup(html)

    assert markup.one("fieldset")["aria-describedby"] == "id_asked-hint id_asked-error"
    assert len(markup.all("input")) == 2


def test_a_page_with_one_question_makes_it_the_heading():
    html = field_of(fields.TextField("What is the child's name?"), heading=True, size="l")
    assert "<h1" in html and "govuk-label--l" in html
    html = field_of(fields.GroupedChoice("Which?", {"A": [("b", "B")]}), heading=True, size="l")
    assert "<h1" in html and "govuk-fieldset__legend--l" in html


def test_a_page_may_word_a_question_and_its_hint_anew():
    html = field_of(fields.TextField("Name"), label="Name of the carer", hint="First name first", hidden_label=True)

    assert "Name of the carer" in html and "First name first" in html and "govuk-visually-hidden" in html


def test_fields_in_a_formset_do_not_share_names_or_ids():
    class Review(Form):
        held_on = fields.DateField("When?")
        safe = fields.YesNoField("Safe?")

    html = rendered("{{ formset }}", formset=forms.formset_factory(Review, extra=2)())
    ids = [have["id"] for _, have in Markup(html).tags if "id" in have]

    assert len(ids) == len(set(ids))
    assert 'name="form-1-held_on-month"' in html and "form-TOTAL_FORMS" in html


def test_a_librarys_form_is_drawn_the_same_way():
    class SignIn(forms.Form):
        login = forms.EmailField(widget=forms.EmailInput(attrs={"placeholder": "Email", "autocomplete": "email"}))
        password = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))
        remember = forms.BooleanField(label="Remember me", required=False)

    html = rendered("{% for field in form %}{{ field.as_field_group }}{% endfor %}", form=SignIn())

    assert html.count('class="govuk-form-group') == 3
    assert Markup(html).one("input", type="email")["autocomplete"] == "email"


class Plan(Form):
    title = fields.TextField("Title", missing="Enter a title")
    owner = fields.SelectField("Owner", [("1", "Priya")], missing="Select who does it")

    def clean(self):
        super().clean()
        raise ValidationError("2 actions of the plan are not finished")


def test_the_summary_says_the_rules_reason_first_and_links_to_each_field():
    html = rendered("{% error_summary form %}", form=Plan({}))

    assert html.index("2 actions") < html.index('href="#id_title"') < html.index('href="#id_owner"')


def test_the_summary_takes_formsets_and_plain_reasons():
    formset = forms.formset_factory(Plan, extra=1, min_num=1, validate_min=True)(
        {"form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"}
    )
    html = rendered("{% error_summary formset refusal %}", formset=formset, refusal="The episode is closed")

    assert "at least 1 form" in html and "The episode is closed" in html


def test_a_page_tells_its_errors_once_however_often_it_is_asked():
    html = rendered("{% error_summary %}{% error_summary form %}", form=Plan({}))

    assert html.count("There is a problem") == 1


def test_a_page_without_errors_has_no_summary_and_no_prefix():
    assert rendered("{% error_prefix %}{% error_summary form %}", form=Plan()) == ""


@pytest.mark.parametrize(
    "context", [{"form": Plan({})}, {"refusal": "The episode is closed"}, {"actions": forms.formset_factory(Plan)({})}]
)
def test_a_page_with_errors_says_so_first_in_its_title(context):
    assert rendered("{% error_prefix %}", **context) == "Error: "


def test_a_component_can_be_had_by_name_with_its_options():
    html = rendered('{% gov "button" text="Search" attributes__data_kind="main" %}')
    assert "Search" in html and 'data-kind="main"' in html
    assert "<b>Why</b>" in rendered('{% gov_block "details" summaryText="Help" %}<b>Why</b>{% end_gov_block %}')


def test_a_component_that_does_not_exist_is_named():
    with pytest.raises(LookupError, match="no GOV.UK component 'carousel'"):
        component("carousel", {})


def test_the_way_back_shows_where_one_is():
    markup = Markup(rendered("{% breadcrumbs 'My children' '/' 'Tobi' %}"))

    assert markup.one("a")["href"] == "/"
    assert markup.one("li", **{"aria-current": "page"})
