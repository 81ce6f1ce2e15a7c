"""A child is born, a young person grows up: the episode goes on."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from teamaround.casework import birth, episodes, reminders
from teamaround.index.models import SearchKey
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.tasks import trays
from teamaround.tasks.models import Task
from tests import makers
from tests.casework.world import Family

EXPECTED = date(2026, 8, 12)
BORN = date(2026, 8, 3)


@pytest.fixture
def family(reference):
    with dates.given(date(2026, 3, 30)):
        return Family()


@pytest.fixture
def unborn(family):
    return makers.child("", "baby of Ama", expected=EXPECTED)


def test_cw_6_at_birth_the_date_replaces_the_expected_date_and_the_episode_stays(family, unborn):
    with dates.given(date(2026, 3, 30)):
        episode = family.started(child=unborn)

    with dates.given(date(2026, 8, 4)):
        birth.record(unborn, on=BORN, sex="F", given="Elsa", by=family.by(family.priya))

    unborn.refresh_from_db()
    assert (unborn.born, unborn.expected, unborn.sex) == (BORN, None, "F")
    assert episodes.open_episode(unborn) == episode
    assert SearchKey.objects.filter(child=unborn).exists()


def test_cw_6_an_unborn_child_has_no_sex_and_at_birth_it_is_asked(family, unborn):
    assert unborn.sex == "U"

    with dates.given(date(2026, 8, 4)), pytest.raises(Refused, match="(?i)sex"):
        birth.record(unborn, on=BORN, sex="", by=family.by(family.priya))


def test_cw_6_the_task_to_record_the_birth_ends_with_it(family, unborn):
    with dates.given(date(2026, 3, 30)):
        episode = family.started(child=unborn)
    with dates.given(date(2026, 8, 12)):
        reminders.remind(EXPECTED, by=makers.TESTER)
        (task,) = trays.waiting().filter(subject=episode.pk, kind="record-birth")
        assert task.link == reverse("record_birth", args=[unborn.pk])

        birth.record(unborn, on=BORN, sex="F", given="Elsa", by=family.by(family.priya))

        assert not trays.waiting().filter(subject=episode.pk, kind="record-birth").exists()


def test_cw_7_at_seventeen_and_a_half_somebody_looks_at_what_comes_next(family):
    with dates.given(date(2026, 3, 30)):
        episode = family.started(child=makers.child("Sol", "Berg", born=date(2008, 12, 15)))
    half = date(2026, 6, 15)

    assert birth.to_prompt(half - timedelta(days=1)) == []
    assert birth.to_prompt(half) == [episode]
    assert birth.to_prompt(date(2026, 12, 14)) == [episode]
    assert birth.to_prompt(date(2026, 12, 15)) == []


def test_cw_7_the_prompt_is_given_once_and_due_on_the_birthday(family):
    with dates.given(date(2026, 3, 30)):
        episode = family.started(child=makers.child("Sol", "Berg", born=date(2008, 12, 15)))

    for day in (date(2026, 6, 15), date(2026, 6, 16)):
        with dates.given(day):
            reminders.remind(day, by=makers.TESTER)
            trays.finish(subject=episode.pk, kind="check-age", by=family.by(family.priya))

    task = Task.objects.get(kind="check-age")
    assert (task.subject, task.practitioner, task.due_on) == (episode.pk, family.priya, date(2026, 12, 15))
