"""What a form must never lose (CW-78), and what a reader could not use."""

import json

import pytest

from teamaround.forms.definitions import read, shipped
from teamaround.forms.publishable import problems_to_publish, protected_concepts

from .making import document, form, q


def changed(name, change):
    """A shipped form after an area changed its document."""
    made = json.loads(json.dumps(shipped(name).document))
    change(made)
    return read(made)


def fields_of(made, section):
    return next(one["fields"] for one in made["sections"] if one["key"] == section)


def without(section, key):
    def change(made):
        asked = fields_of(made, section)
        asked[:] = [one for one in asked if one["key"] != key]

    return change


@pytest.mark.parametrize(
    ("section", "key", "kind"),
    [
        ("child", "family_name", "identifiers"),
        ("identity", "religion", "equality"),
        ("consent", "revisited", "consent"),
        ("safeguarding", "notice", "safeguarding prompt"),
        ("child_comment", "words", "child view"),
        ("parent_comment", "words", "parent view"),
        ("signatures", "signed", "signatures"),
    ],
)
def test_cw_78_a_form_that_lost_a_protected_concept_cannot_be_published(section, key, kind):
    problems = problems_to_publish(changed("common-assessment-2009", without(section, key)))
    assert any(f"({kind}) is missing" in problem for problem in problems), problems


def test_cw_78_a_protected_question_cannot_be_made_voluntary():
    def loosen(made):
        for one in fields_of(made, "consent"):
            one.pop("required", None)

    assert problems_to_publish(changed("common-assessment-2009", loosen)) == [
        "‘caf.consent.revisited’ (consent) must be required at ‘finalise’ at the latest"
    ]


def test_an_area_may_relabel_reorder_and_add():
    def localise(made):
        made["version"], made["owner"] = "2009.1-NMR", "authority:NMR"
        made["sections"].reverse()
        for one in fields_of(made, "goals"):
            one["label"] = f"{one['label']} (our words)"
        fields_of(made, "goals").append(q("local", "long_text", label="What matters locally"))

    assert problems_to_publish(changed("common-assessment-2009", localise)) == []


def test_an_area_may_leave_out_what_is_not_protected():
    assert problems_to_publish(changed("common-assessment-2009", without("child", "upn"))) == []


def test_an_area_may_ask_for_an_answer_sooner():
    def sooner(made):
        fields_of(made, "consent")[2]["required"] = "always"

    assert problems_to_publish(changed("common-assessment-2009", sooner)) == []


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (form(q("a"), q("a", label="Other")), "The question key in section ‘page’ ‘a’ is used twice"),
        (form(q("a", concept="x"), q("b", concept="x")), "The concept ‘x’ is used twice"),
        (form(q("a", label="Name"), q("b", label="Name")), "The label in section ‘page’ ‘Name’ is used twice"),
        (form({"key": "a", "type": "text"}), "has no label"),
        (form(q("a", label="x" * 151)), "has a label of 151 characters"),
        (form(q("a", label="FAMILY NAME")), "shouts"),
        (form(q("a", label="Name", hint="Name")), "repeats its label in the hint"),
        (form(q("a", "notice")), "is a notice without words"),
        (form(q("a", "repeat", repeat={"fields": []})), "is a table that can hold no row"),
        (form(q("a", "repeat", repeat={"max": 0, "fields": [q("b")]})), "is a table that can hold no row"),
        (
            form(q("a", "repeat", repeat={"fields": [q("b", "repeat", repeat={"fields": [q("c")]})]})),
            "is a table within a table",
        ),
        (form(q("a", required="always", who_writes=["system"])), "is required ‘always’, but nobody is asked"),
        (
            form(q("a", "yes_no"), q("b", visible_if={"concept": ".a", "is": "maybe"})),
            "‘visible_if’ waits for ‘maybe’, which is no answer to ‘note.a’",
        ),
        (form(), "Section ‘page’ has no questions"),
        (read({**document(q("a")), "sections": []}), "The form has no sections"),
        (read({k: v for k, v in document(q("a")).items() if k != "effective_from"}), "from which day it holds"),
        (
            form(q("a"), rules=[{"rule": "at_least_one", "of": ["note.b"], "sentence": "Enter one"}]),
            "Rule 1 is about ‘note.b’, which the form does not ask",
        ),
    ],
)
def test_what_a_reader_could_not_use_is_told_before_publication(made, said):
    assert any(said in problem for problem in problems_to_publish(made)), problems_to_publish(made)


def test_a_form_of_an_areas_own_needs_nothing_protected():
    assert protected_concepts("note") == {}
    assert problems_to_publish(form(q("a"))) == []
