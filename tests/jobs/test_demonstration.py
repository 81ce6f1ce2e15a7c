"""The demonstration: everything in it came in by files and actions, it reaches every stage, and comes out alike."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command

from teamaround.audit.actor import system
from teamaround.casework.models import Episode, Lead
from teamaround.casework.terms import EpisodeState
from teamaround.index.models import LoadedRow
from teamaround.jobs.demonstration import beginning, casting, loading, neighbours, papers, plots
from teamaround.jobs.demonstration.homes import Registrar
from teamaround.kit import dates
from teamaround.kit.govuk import underway
from teamaround.people import records
from teamaround.people.models import Child, Sibling
from teamaround.tasks.models import Task
from teamaround.workforce.models import Practitioner
from tests import makers

TODAY = date(2026, 11, 24)
EVERY_STAGE = 48


@pytest.fixture
def begun(db):
    call_command("load_reference")
    beginning.begin()


def test_the_same_seed_makes_the_same_files_and_the_same_episodes():
    def made():
        families = list(neighbours.families(200, today=TODAY))
        files = papers.write(families, made_on=TODAY - timedelta(days=400))
        return [one.text() for one in files], casting.scenes(families, 40, today=TODAY)

    assert made() == made()


def test_every_stage_of_an_episode_is_told():
    families = list(neighbours.families(1500, today=TODAY))
    stages = {one.stage for one in casting.scenes(families, EVERY_STAGE, today=TODAY)}
    assert stages == set(casting.BEGAN)
    assert set(plots.ENDINGS) < stages


def test_tobi_has_no_episode_so_that_a_visitor_can_begin_it():
    families = list(neighbours.families(300, today=TODAY))
    tobi = families[0].children[0]
    assert (tobi.given, tobi.born, tobi.school) == ("Tobi", date(2019, 9, 4), "NMR-S01")
    assert tobi.number not in {one.child.number for one in casting.scenes(families, 60, today=TODAY)}


@pytest.mark.parametrize("month", [2, 6, 11])
def test_on_any_day_a_child_who_is_expected_is_told_of_within_a_pregnancy(month):
    today = date(2026, month, 27)
    expected = [
        child for family in neighbours.families(3000, today=today) for child in family.children if child.expected
    ]
    assert expected
    for child in expected:
        told = neighbours.arrived_on(child)
        assert told <= today and child.expected <= told + records.BEFORE_BIRTH


@pytest.mark.django_db
def test_a_small_demonstration_is_loaded_whole_and_only_once(begun, tmp_path):
    said = []
    loading.load(children=60, episodes=8, folder=tmp_path, say=said.append)
    assert set(Episode.objects.values_list("state", flat=True)) == set(EpisodeState.values)
    assert not Task.objects.filter(practitioner=None, team=None).exists()
    assert not LoadedRow.objects.filter(answer__in=("format", "failed")).exists()
    assert Sibling.objects.exists() and underway.percent() is None
    before = Child.objects.count(), Episode.objects.count(), Task.objects.count()
    loading.load(children=60, episodes=8, folder=tmp_path, say=said.append)
    assert (Child.objects.count(), Episode.objects.count(), Task.objects.count()) == before
    assert said[-1] == "The demonstration is loaded already."


@pytest.mark.django_db
def test_a_load_that_was_stopped_goes_on_and_makes_nobody_twice(begun, tmp_path):
    loading.load(children=25, episodes=1, folder=tmp_path, say=str)
    children = Child.objects.count()
    loading.load(children=25, episodes=3, folder=tmp_path, say=str)
    assert Child.objects.count() == children == 25
    assert Episode.objects.count() == 3


@pytest.mark.long
@pytest.mark.django_db
def test_the_demonstration_as_it_is_shipped_is_loaded_whole_also_in_two_goes(begun, tmp_path):
    loading.load(children=3000, episodes=20, folder=tmp_path, say=str)
    loading.load(children=3000, episodes=150, folder=tmp_path, say=str)
    assert (Child.objects.count(), Episode.objects.count()) == (3000, 150)
    assert not LoadedRow.objects.filter(answer__in=("format", "failed")).exists()


@pytest.mark.django_db
def test_a_child_who_is_expected_is_recorded_when_a_service_can_know_of_the_pregnancy(begun):
    today = dates.today()
    families = [one for one in neighbours.families(1200, today=today) if any(child.expected for child in one.children)]
    registrar = Registrar({}, made_on=today - timedelta(days=loading.FILES_MADE), by=system("demonstration"))
    for family in families:
        registrar.settle(family)
    assert Child.objects.filter(born=None).count() == len(families) > 0
    again = Registrar({}, made_on=today - timedelta(days=loading.FILES_MADE), by=system("demonstration"))
    for family in families:
        again.settle(family)
    assert Child.objects.filter(born=None).count() == len(families)


@pytest.mark.django_db
def test_a_lead_who_carries_many_already_is_proposed_all_the_same(begun, tmp_path):
    priya = Practitioner.objects.get(name="Priya Deol")
    makers.change(priya, full_time_equivalent=Decimal("0.01"))
    loading.load(children=25, episodes=1, folder=tmp_path, say=str)
    assert Lead.objects.get().member.practitioner == priya
