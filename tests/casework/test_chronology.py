"""What happened is told from the events: whole, in words, and without what a reader must not learn."""

import importlib
import pkgutil
from datetime import date, timedelta

import pytest

from teamaround import casework
from teamaround.audit.recording import ACTIONS
from teamaround.casework import chronology, chronology_words, closing, consenting, plans, teams
from teamaround.casework.models import PlanAction
from teamaround.index import involvement
from teamaround.kit import dates
from teamaround.reference import loading
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


def told(episode, **more):
    return [one.title for one in chronology.of(episode, **more)]


def test_every_act_it_tells_is_an_act():
    for chapter in pkgutil.iter_modules(casework.__path__):
        importlib.import_module(f"{casework.__name__}.{chapter.name}")

    assert set(chronology.SENTENCES) <= set(ACTIONS)
    assert set(chronology.TOLD_WITHIN) | chronology.MILESTONES <= set(chronology.SENTENCES)


def test_an_episode_is_told_from_start_to_end_in_words(family):
    episode = family.assessed()
    by = family.by(family.priya)
    closing.close(
        episode,
        reason="needs-met",
        summary="Sleeps well",
        level_at_end="none",
        child_view="I like my bed",
        safeguarding_considered="No concern",
        family_told_on=APRIL_20,
        by=by,
    )

    assert {
        "The episode was started",
        "Consent was recorded",
        "The common assessment was signed off",
        "The episode was closed: needs met: universal services suffice",
    } <= set(told(episode))


def test_each_line_says_who_and_when_and_its_sentence_nothing_that_somebody_wrote(family):
    episode = family.assessed()

    lines = chronology.of(episode)
    assert {one.by for one in lines} == {"Priya Deol, Harbour Primary School"}
    assert {one.when.date() for one in lines} == {APRIL_20}
    assert not any(words in line.title for line in lines for words in ("tired", "house with everybody", "Tobi", "Ama"))


def test_an_area_says_it_in_its_own_words(family):
    loading.load_words(
        [{"key": "common_assessment", "singular": "Early Help Assessment", "plural": "Early Help Assessments"}],
        valid_from=date(2026, 1, 1),
        by=makers.TESTER,
    )

    assert "The Early Help Assessment was signed off" in told(family.assessed())


def test_pages_lose_nothing_though_acts_fall_into_the_same_instant(family):
    episode = family.assessed()
    whole = [one.id for one in chronology.of(episode)]
    assert len(whole) > 4

    read, mark = [], ""
    while True:
        page = chronology.page(episode, most=2, mark=mark)
        read += [one.id for one in page.lines]
        mark = page.older
        if not mark:
            break

    assert read == whole


def test_a_mark_that_nobody_gave_begins_at_the_newest(family):
    episode = family.started()

    assert chronology.page(episode, most=5, mark="last tuesday").lines == chronology.of(episode, most=5)


def test_that_a_sensitive_service_is_there_is_told_only_where_the_family_named_it(family):
    clinic = makers.agency("Harbour Clinic", sensitive=True)
    una = makers.practitioner("Una Vale", at=clinic)
    episode = family.assessing()
    involvement.record(family.tobi, practitioner=una, role="Counsellor", from_on=APRIL_20, by=family.by(una))
    assert "Clinic" not in str(chronology.of(episode))

    consenting.share(
        episode,
        **{**family.consent(recipients=[family.school, clinic]), "excluded": []},
        by=family.by(family.priya),
    )

    assert "Una Vale, Harbour Clinic" in str(chronology.of(episode))


def test_an_earlier_episode_is_not_told_with_a_later_one(family):
    first = family.started()
    consenting.refuse(first, reason="No", safe="no", by=family.by(family.priya))

    with dates.given(APRIL_20 + timedelta(days=30)):
        second = family.started()

        assert told(second) == ["The episode was started"]
    assert any(title.startswith("Consent was refused") for title in told(first))


def test_a_line_says_whose_words_which_action_and_who_joined(family):
    episode = family.delivering()
    one = PlanAction.objects.filter(outcome__need__plan__episode=episode).first()
    plans.report(one, state="in-progress", by=family.by(one.owner.practitioner or family.priya))

    lines = {(one.title, one.text) for one in chronology.of(episode)}

    assert ("Progress was reported on an action", one.text) in lines
    assert ("Somebody joined the team around the child", "Ruth Amis, Northmoor 0-19 Health") in lines
    assert any(title == "A comment was written down" and text.startswith("Child: ") for title, text in lines)
    assert any(title == "A meeting was held" and "First team around the child meeting" in text for title, text in lines)


def test_every_act_with_words_has_a_sentence_too():
    assert set(chronology_words.SAID) <= set(chronology.SENTENCES)


def test_the_page_is_found_in_few_questions_whatever_it_holds(family, django_assert_max_num_queries):
    episode = family.assessing()
    for who in (family.ruth, family.dan):
        teams.join(episode, who, by=family.by(family.priya))

    with django_assert_max_num_queries(6 + len(set(chronology_words.SAID.values()))):
        chronology.of(episode)
