"""T5 and T6: what sign-off needs, what it freezes, and how a new version begins."""

from datetime import date

import pytest

from teamaround.audit.models import Event
from teamaround.casework import assessments
from teamaround.forms import answering, answers, publishing
from teamaround.forms.answers import SomebodyWasFaster
from teamaround.forms.terms import Type
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.tasks.models import Task
from tests import makers
from tests.casework.world import Family

APRIL_20 = date(2026, 4, 20)


@pytest.fixture(autouse=True)
def on_the_twentieth_of_april():
    with dates.given(APRIL_20):
        yield


@pytest.fixture
def family(reference):
    return Family()


@pytest.fixture
def national(family):
    """The family, with the national form of 2009 in force."""
    makers.shipped_forms()
    return family


def say(family, episode, who="child", **more):
    given = {"mode": "own-words", "text": "I am tired"}
    return assessments.comment(episode, who=who, by=family.by(family.priya), **(given | more))


def sign(family, episode, level="additional"):
    return assessments.sign_off(episode, level=level, by=family.by(family.priya))


def fill(family, episode, without=()):
    """Answer everything that sign-off asks for, but some concepts."""
    samples = {Type.YES_NO: "no", Type.DATE: "2019-09-04", Type.POSTCODE: "NM1 1AA", Type.PHONE: "01632 960100"}
    current = assessments.current(episode)
    form = publishing.definition_of(current.answers.form)
    for one in answering.missing(form, current.answers.answers, "finalise"):
        field = form.section(one.section).by_key[one.field]
        if field.concept in without:
            continue
        value = samples.get(field.type) or next(iter(field.choices), "Said by the family")
        current.answers.refresh_from_db()
        asked = form.section(one.section).by_key
        so_far = {k: v for k, v in current.answers.answers.get(one.section, {}).items() if asked[k].is_asked}
        assessments.save_section(
            episode,
            one.section,
            so_far | {one.field: value},
            version=answers.version_of(current.answers, one.section),
            by=family.by(family.priya),
        )


def test_signing_off_freezes_the_version_and_asks_for_a_decision_in_five_working_days(family):
    episode = family.assessed()

    signed = assessments.current(episode)
    assert (episode.state, signed.signed_on, signed.signed_by) == ("assessed", APRIL_20, family.priya)
    assert signed.answers.frozen_at is not None
    assert signed.answers.digest == answers.digest_of(signed.answers)
    task = Task.objects.get(subject=episode.pk, kind="decide-response")
    assert (task.practitioner, task.due_on) == (family.priya, date(2026, 4, 27))
    assert Task.objects.get(subject=episode.pk, kind="complete-assessment").done_at is not None


def test_cw_8_a_signed_version_cannot_be_changed(family):
    episode = family.assessed()
    signed = assessments.current(episode)
    by = family.by(family.priya)

    with pytest.raises(Refused, match="signed off"):
        assessments.save_section(episode, "reason", {"why": "Something else"}, version=1, by=by)
    with pytest.raises(Refused, match="signed off"):
        answers.save_section(signed.answers, "reason", {"why": "Something else"}, version=1, by=by)
    with pytest.raises(Refused, match="signed off"):
        say(family, episode)


def test_cw_8_a_later_change_of_the_stored_answers_shows_in_the_digest(family):
    signed = assessments.current(family.assessed())

    makers.change(signed.answers, answers={"reason": {"why": "Something else"}})

    assert answers.digest_of(signed.answers) != signed.answers.digest


def test_cw_8_a_new_version_begins_as_a_copy_and_shows_what_changed(family):
    episode = family.assessed()
    by = family.by(family.priya)
    first = assessments.current(episode)

    second = assessments.new_version(episode, reason="The family has moved", by=by)
    assert (episode.state, second.version) == ("assessing", 2)
    assert second.answers.answers["reason"] == first.answers.answers["reason"]
    assert assessments.differences(first, second) == []

    version = answers.version_of(second.answers, "reason")
    assessments.save_section(episode, "reason", {"why": "Sleeps better since"}, version=version, by=by)
    second.answers.refresh_from_db(), first.answers.refresh_from_db()
    (changed,) = assessments.differences(first, second)
    assert (changed.label, changed.before, changed.after) == (
        "What led to this?",
        "Late and tired since the move",
        "Sleeps better since",
    )
    assert first.answers.digest == answers.digest_of(first.answers)


def test_cw_8_a_new_version_needs_a_reason_and_comments_of_its_own(family):
    episode = family.assessed()
    by = family.by(family.priya)
    with pytest.raises(Refused, match="why a new version"):
        assessments.new_version(episode, reason=" ", by=by)

    assessments.new_version(episode, reason="The family has moved", by=by)

    assert len(assessments.missing(assessments.current(episode))) == 2
    assert Task.objects.filter(subject=episode.pk, kind="complete-assessment", done_at=None).count() == 1


@pytest.mark.parametrize("who", ["child", "parent"])
def test_cw_9_child_and_parent_are_each_heard_before_sign_off(family, who):
    episode = family.assessing()
    family.write(episode)
    makers.remove(assessments.current(episode).comments.filter(who=who))

    with pytest.raises(Refused, match=f"Record what .*{who}.* or why it was not obtained"):
        sign(family, episode)


def test_cw_9_a_comment_is_words_in_some_way_or_the_reason_there_are_none(family):
    episode = family.assessing()

    for mode in ("own-words", "drawing", "interpreter"):
        with pytest.raises(Refused, match="what they said"):
            say(family, episode, mode=mode, text=" ")
    for mode in ("declined", "not-obtained"):
        with pytest.raises(Refused, match="why it was not obtained"):
            say(family, episode, mode=mode, text="")
    assert say(family, episode, mode="declined", text="", reason_not_obtained="Did not want to talk").text == ""


def test_cw_9_a_reason_for_silence_lets_the_assessment_be_signed_off(family):
    episode = family.assessing()
    family.write(episode)
    makers.remove(assessments.current(episode).comments.all())
    for who in ("child", "parent"):
        say(family, episode, who=who, mode="not-obtained", text="", reason_not_obtained="On holiday until May")

    assert sign(family, episode).signed_on == APRIL_20


def test_cw_9_how_a_comment_was_taken_is_kept(family):
    episode = family.assessing()
    with pytest.raises(Refused, match="interpreter's name"):
        say(family, episode, who="parent", adult=family.nils, mode="interpreter")

    said = say(family, episode, who="parent", adult=family.nils, mode="interpreter", interpreter="Eva Strand")

    assert (said.adult, said.interpreter, said.typed_by) == (family.nils, "Eva Strand", family.priya)


def test_cw_9_a_child_of_four_or_over_is_asked_and_not_only_observed(family):
    with pytest.raises(Refused, match="From 4 years on"):
        say(family, family.assessing(), mode="observed", text="Plays with the bricks")


def test_cw_9_only_the_childs_own_family_comments_as_a_parent(family):
    stranger = makers.parent(makers.child("Mina", "Brandt"), "Per", "Brandt")

    with pytest.raises(Refused, match="parent or carer of the child"):
        say(family, family.assessing(), who="parent", adult=stranger)


def test_the_level_of_need_is_said_at_sign_off(family):
    episode = family.assessing()
    family.write(episode)

    with pytest.raises(Refused, match="level of need"):
        sign(family, episode, level="")


def test_whoever_saves_over_newer_words_gets_both_back(family):
    episode = family.assessing()
    by = family.by(family.priya)
    assessments.save_section(episode, "reason", {"why": "Hers"}, version=0, by=by)

    with pytest.raises(SomebodyWasFaster) as faster:
        assessments.save_section(episode, "reason", {"why": "Mine"}, version=0, by=by)
    assert faster.value.theirs == {"why": "Hers"}


def test_the_national_form_is_signed_off_when_all_it_asks_is_there(national):
    episode = national.assessing()
    fill(national, episode)
    say(national, episode)
    say(national, episode, who="parent", text="We need help")

    signed = sign(national, episode, level="complex")

    signed.answers.refresh_from_db()
    frozen = signed.answers.answers
    assert frozen["child_comment"]["words"] == "I am tired"
    assert frozen["conclusions"]["level"] == "complex"
    assert frozen["admin"]["version"] == 1


@pytest.mark.parametrize(
    ("concept", "words"),
    [
        ("child.address", "address"),
        ("child.phone", "telephone"),
        ("child.sex", "sex"),
        ("caf.dev.health.general.strengths", "at least one element"),
        ("caf.conclusions.what_needs_to_change", "change"),
    ],
)
def test_identifiers_an_element_and_conclusions_are_needed_for_sign_off(national, concept, words):
    episode = national.assessing()
    say(national, episode)
    say(national, episode, who="parent", text="We need help")
    current = assessments.current(episode)
    known = {key: value for key, value in current.answers.answers.items() if key != "child"}
    makers.change(current.answers, answers=known)
    fill(national, episode, without={concept})

    with pytest.raises(Refused, match=f"(?i){words}"):
        sign(national, episode)


def test_cw_22_sign_off_is_one_move_with_its_number(family):
    episode = family.assessed()

    move = Event.objects.filter(action="episode.moved", facts__transition="T5")
    assert [(one.facts["before"], one.facts["after"]) for one in move] == [("assessing", "assessed")]
    assert move.get().part_of == Event.objects.get(action="assessment.signed-off").pk
    assert move.get().about == [episode.child_id]
