"""Forms published for good, answers pinned to them: with the database."""

import json
from datetime import date

import pytest

from teamaround.audit.models import Event
from teamaround.audit.recording import UnauditedWrite
from teamaround.forms import answers, publishing
from teamaround.forms.answering import show
from teamaround.forms.definitions import read, shipped
from teamaround.forms.models import AnswerSet, PublishedForm
from teamaround.kit.refused import Refused
from tests import makers

from .making import document, q

pytestmark = pytest.mark.django_db
BY = makers.TESTER
FIELDS = (
    q("name", label="Name", known="child.given_names"),
    q("a", "yes_no"),
    q("b", label="Why", visible_if={"concept": ".a", "is": "yes"}),
    q("version", "number", who_writes=["system"], known="form.assessment_version"),
    q("done", "date", who_writes=["system"], known="form.completed_on"),
)


def published(*fields, **more):
    return publishing.publish(read(document(*(fields or FIELDS), **more)), by=BY)


@pytest.fixture
def begun(db):
    """Answers on a small form, begun with what the records know."""
    published()
    facts = {"child.given_names": "Tobi", "form.assessment_version": 1}
    return answers.start("note", child=makers.child(), facts=facts, by=BY)


def saved(answer_set, given, version=None):
    now_at = answers.version_of(answer_set, "page") if version is None else version
    return answers.save_section(answer_set, "page", given, version=now_at, by=BY)


# ── publishing ───────────────────────────────────────────────────────────────────────────────


def test_a_published_form_reads_back_the_same():
    made = published()
    assert publishing.definition_of(made).checksum == made.checksum == read(document(*FIELDS)).checksum


def test_a_published_version_never_changes():
    published()
    with pytest.raises(Refused, match="Version 1 of “Note” is published already and cannot be changed"):
        published(q("other"))
    assert publishing.definition_of(PublishedForm.objects.get()).field("note.name").label == "Name"


def test_publishing_the_same_version_again_gives_it_back():
    assert published() == published()
    assert PublishedForm.objects.count() == 1


def test_cw_78_publishing_a_form_that_lost_a_protected_concept_is_refused():
    made = json.loads(json.dumps(shipped("common-assessment-2009").document))
    made["version"] = "local"
    made["sections"] = [one for one in made["sections"] if one["key"] != "signatures"]
    with pytest.raises(Refused, match="‘caf.signatures’ \\(signatures\\) is missing"):
        publishing.publish(read(made), by=BY)
    assert not PublishedForm.objects.exists()


def test_the_shipped_forms_are_loaded_once_however_often_they_are_loaded():
    publishing.load_shipped(by=BY)
    publishing.load_shipped(by=BY)
    assert set(PublishedForm.objects.values_list("key", "version")) == {
        ("common-assessment", "2009.1"),
        ("pre-assessment-checklist", "2009.1"),
    }


def test_publishing_is_one_event():
    published()
    assert Event.objects.get(action="form.published").record == "assessment_forms.PublishedForm"


def test_new_answers_are_given_under_the_version_in_force_on_the_day():
    published(version="1", effective_from="2020-01-01")
    published(version="2", effective_from="2026-02-01")
    assert publishing.in_force("note", on=date(2026, 1, 31)).version == "1"
    assert publishing.in_force("note", on=date(2026, 2, 1)).version == "2"


def test_no_form_in_force_is_said_with_the_cure():
    with pytest.raises(Refused, match="Load the forms first"):
        publishing.in_force("note")


# ── answers ──────────────────────────────────────────────────────────────────────────────────


def test_answers_begin_with_what_the_records_know(begun):
    assert begun.answers == {"page": {"name": "Tobi", "version": 1}}


def test_cw_77_answers_keep_the_wording_they_were_given_under(begun):
    begun = saved(begun, {"name": "Tobi", "a": "yes"})
    published(q("name", label="What are you called?"), version="2", effective_from="2026-02-01")
    pinned = publishing.definition_of(AnswerSet.objects.get(pk=begun.pk).form)
    assert [line.label for line in show(pinned, begun.answers)[0].lines][:2] == ["Name", "A"]
    # A retired version goes on for those pinned to it.
    assert saved(begun, {"a": "no"}).form.version == "1"


def test_a_section_is_kept_as_its_form_understands_it(begun):
    begun = saved(begun, {"name": "  Tobi   Lee ", "a": "yes", "b": ""})
    assert begun.answers["page"] == {"version": 1, "name": "Tobi Lee", "a": "yes"}
    assert answers.version_of(begun, "page") == 1


def test_what_cannot_be_understood_is_refused_with_its_sentence(begun):
    with pytest.raises(Refused, match="A must be one of the answers in the list"):
        saved(begun, {"a": "perhaps"})


@pytest.mark.parametrize("own", [{"version": 7}, {"shoe_size": 4}])
def test_nothing_that_is_not_asked_can_be_sent_in(begun, own):
    with pytest.raises(Refused):
        saved(begun, own)
    assert AnswerSet.objects.get().answers["page"]["version"] == 1


def test_a_section_that_is_not_there_is_refused(begun):
    with pytest.raises(Refused, match="The form has no such section"):
        answers.save_section(begun, "nowhere", {}, version=0, by=BY)


def test_whoever_saves_second_gets_both_texts_and_overwrites_nothing(begun):
    opened_at = answers.version_of(begun, "page")
    saved(begun, {"name": "Theirs"}, version=opened_at)
    with pytest.raises(answers.SomebodyWasFaster) as faster:
        saved(begun, {"name": "Mine"}, version=opened_at)
    assert faster.value.theirs["name"] == "Theirs"
    assert AnswerSet.objects.get().answers["page"]["name"] == "Theirs"
    # Having seen both, they may save on top of the newer one.
    assert saved(begun, {"name": "Both"}, version=faster.value.version).answers["page"]["name"] == "Both"


def test_freezing_fills_in_what_the_records_know_and_drops_what_is_not_asked(begun):
    begun = saved(begun, {"a": "yes", "b": "because"})
    begun = saved(begun, {"a": "no", "b": "left behind"})
    answers.freeze(begun, facts={"form.completed_on": date(2026, 5, 3), "child.given_names": "Other"}, by=BY)
    frozen = AnswerSet.objects.get()
    assert frozen.answers == {"page": {"a": "no", "name": "Other", "version": 1, "done": "2026-05-03"}}


def test_cw_8_frozen_answers_never_change_and_their_digest_shows_it(begun):
    saved(begun, {"a": "yes"})
    digest = answers.freeze(begun, by=BY)
    with pytest.raises(Refused, match="signed off and cannot be changed"):
        saved(begun, {"a": "no"})
    with pytest.raises(Refused, match="already signed off"):
        answers.freeze(begun, by=BY)
    frozen = AnswerSet.objects.get()
    assert frozen.digest == digest == answers.digest_of(frozen)
    frozen.answers["page"]["a"] = "no"
    assert answers.digest_of(frozen) != digest


def test_a_new_version_begins_as_a_copy_with_the_systems_facts_new(begun):
    saved(begun, {"name": "Tobi L", "a": "yes"})
    answers.freeze(begun, by=BY)
    again = answers.start(
        "note",
        child=begun.child,
        copy_of=AnswerSet.objects.get(),
        facts={"form.assessment_version": 2, "child.given_names": "Tobias"},
        by=BY,
    )
    assert again.answers["page"] == {"name": "Tobi L", "a": "yes", "version": 2}
    assert again.frozen_at is None


def test_cw_5_purging_deletes_every_word(begun):
    answers.purge(saved(begun, {"name": "Tobi"}), by=BY)
    assert AnswerSet.objects.get().answers == {}


def test_no_event_holds_a_word_that_somebody_wrote(begun):
    saved(begun, {"name": "A most particular name"})
    assert "particular" not in json.dumps(list(Event.objects.values("changes", "facts")), default=str)
    assert Event.objects.get(action="answers.saved").about == [begun.child_id]


def test_answers_change_only_in_an_action(begun):
    begun.answers = {}
    with pytest.raises(UnauditedWrite):
        begun.save()
