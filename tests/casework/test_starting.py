"""T1: starting an episode, and who may not."""

from datetime import date, timedelta

import pytest

from teamaround.audit.models import Event
from teamaround.casework import assessments, consenting, episodes
from teamaround.casework.models import Assessment, Episode
from teamaround.index.models import AssessmentMarker, Involvement
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.tasks.models import Task
from teamaround.workforce.models import Training
from teamaround.workforce.terms import Module
from tests import makers
from tests.casework.world import Family, at

MARCH_30 = date(2026, 3, 30)


@pytest.fixture(autouse=True)
def on_the_thirtieth_of_march():
    with dates.given(MARCH_30):
        yield


@pytest.fixture
def family(reference):
    return Family()


def test_whoever_starts_an_episode_coordinates_it_and_is_shown_as_working_with_the_child(family):
    episode = family.started()

    assert (episode.state, episode.initiator, episode.coordinator) == ("initiated", family.priya, family.priya)
    assert episode.agency == family.school
    assert Involvement.objects.get(child=family.tobi, practitioner=family.priya).source == "episode"


def test_asking_for_consent_is_due_in_five_working_days(family):
    episode = family.started()

    task = Task.objects.get(subject=episode.pk, kind="ask-consent")
    # Good Friday and Easter Monday are no working days.
    assert (task.practitioner, task.due_on) == (family.priya, date(2026, 4, 8))


def test_cw_1_without_a_search_no_episode_is_started(family):
    with pytest.raises(Refused, match="Search for the child first"):
        episodes.start(family.tobi, reason="Often late", by=family.by(family.priya))


@pytest.mark.parametrize(("minutes", "counts"), [(15, True), (16, False)])
def test_cw_1_a_search_counts_for_fifteen_minutes(family, minutes, counts):
    with dates.given(at(MARCH_30, 8)):
        search = family.searched(family.priya)
    with dates.given(at(MARCH_30, 8) + timedelta(minutes=minutes)):
        if counts:
            assert episodes.start(family.tobi, reason="Often late", by=family.by(family.priya)).search == search.pk
        else:
            with pytest.raises(Refused, match="Search for the child first"):
                episodes.start(family.tobi, reason="Often late", by=family.by(family.priya))


def test_cw_1_a_search_that_showed_somebody_else_or_by_somebody_else_does_not_count(family):
    family.searched(family.priya, child=makers.child("Mina", "Brandt"))
    family.searched(family.ruth)

    with pytest.raises(Refused, match="Search for the child first"):
        episodes.start(family.tobi, reason="Often late", by=family.by(family.priya))


def test_cw_2_a_second_episode_is_refused_with_whom_to_contact(family):
    family.started()
    family.searched(family.ruth)

    with pytest.raises(Refused, match=f"Contact Priya Deol, Harbour Primary School, {family.priya.phone}"):
        episodes.start(family.tobi, reason="Sleeps badly", by=family.by(family.ruth))
    assert Episode.objects.filter(child=family.tobi).count() == 1


def test_cw_2_a_sensitive_service_is_not_named_to_others(family):
    clinic = makers.agency("Harbour Clinic", sensitive=True)
    family.started(who=makers.practitioner("Una Vale", at=clinic))
    family.searched(family.ruth)

    with pytest.raises(Refused, match="sensitive service") as refused:
        episodes.start(family.tobi, reason="Sleeps badly", by=family.by(family.ruth))
    assert "Una" not in refused.value.reason and "Clinic" not in refused.value.reason


def test_cw_2_after_closing_the_next_episode_follows_the_one_before(family):
    first = family.started()
    consenting.refuse(first, reason="Not now", safe="no", by=family.by(family.priya))

    assert family.started().previous == first


def test_cw_3_before_consent_nothing_of_the_assessment_can_be_written(family):
    episode = family.started()
    by = family.by(family.priya)

    for write in (
        lambda: assessments.save_section(episode, "reason", {"why": "Late"}, version=0, by=by),
        lambda: assessments.comment(episode, who="child", mode="own-words", text="I am tired", by=by),
        lambda: assessments.sign_off(episode, level="additional", by=by),
    ):
        with pytest.raises(Refused, match="before the family has agreed"):
            write()
    assert not Assessment.objects.exists()


@pytest.mark.parametrize("module", [Module.INTRO_CAF, Module.INTRO_SHARING])
def test_without_training_nobody_starts_an_episode(family, module):
    kept = tuple(one for one in Module if one != module)
    una = makers.practitioner("Una Vale", at=family.school, modules=kept)
    assert not Training.objects.filter(practitioner=una, module=module).exists()

    with pytest.raises(Refused, match=f"training first: {module.label}"):
        family.started(who=una)


def test_no_episode_is_started_for_a_child_who_has_died(family):
    makers.change(family.tobi, died=MARCH_30, state="deceased")

    with pytest.raises(Refused, match="has died"):
        family.started()


def test_a_reason_is_needed(family):
    family.searched(family.priya)

    with pytest.raises(Refused, match="would help"):
        episodes.start(family.tobi, reason="  ", by=family.by(family.priya))


def test_cw_6_an_unborn_child_may_have_an_episode(family):
    unborn = makers.child("", "baby of Ama", expected=date(2026, 8, 12))

    assert family.started(child=unborn).state == "initiated"


def started_at(family, years: int, days: int = 0, **more):
    born = dates.birthday(MARCH_30, -years) - timedelta(days=days)
    young = makers.child("Sol", "Berg", born=born)
    family.searched(family.priya, young)
    return episodes.start(young, reason="Has no home", by=family.by(family.priya), **more)


def test_cw_7_past_the_eighteenth_birthday_a_reason_is_needed(family):
    assert started_at(family, 18, days=-1).state == "initiated"
    with pytest.raises(Refused, match="over 18"):
        started_at(family, 18, days=1)
    assert started_at(family, 18, days=1, over_age_reason="Has a learning disability").over_age_reason


def test_cw_7_past_the_twenty_fifth_birthday_no_reason_helps(family):
    assert started_at(family, 25, days=-1, over_age_reason="Has a learning disability")
    with pytest.raises(Refused, match="after the 25th birthday"):
        started_at(family, 25, days=1, over_age_reason="Has a learning disability")


def test_cw_22_the_start_is_one_event_that_names_no_reason(family):
    episode = family.started()

    event = Event.objects.get(action="episode.started")
    assert event.facts["transition"] == "T1"
    assert event.record_id == episode.pk
    assert "late" not in f"{event.changes} {event.facts}".lower()


def test_the_index_shows_no_assessment_before_consent(family):
    family.started()

    assert not AssessmentMarker.objects.exists()
