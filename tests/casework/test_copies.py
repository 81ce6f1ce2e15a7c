"""T5: when an assessment is signed off, the family's own copy is made ready and somebody is asked to give it."""

from datetime import date, timedelta

import pytest

from teamaround.casework import assessments, copies, reviews
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.tasks.models import Task
from tests.casework.test_reviews import answers
from tests.casework.world import Family

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(reference):
    return Family()


def waiting(episode):
    return Task.objects.filter(subject=episode.pk, kind="give-copy", done_at=None, dropped_at=None).first()


def give(family, episode, **more):
    given = {"given_on": dates.today(), "how": "handed", "to_whom": "Ama"} | more
    return copies.give(episode, **given, by=family.by(family.priya))


def test_t5_the_copy_is_ready_at_sign_off_and_to_be_given_within_five_working_days(reference):
    with dates.given(date(2026, 4, 30)):
        family = Family()
        episode = family.assessed()
        assert copies.newest(episode).ready_on == date(2026, 4, 30)
        assert (waiting(episode).due_on, waiting(episode).practitioner) == (date(2026, 5, 8), family.priya)


def test_before_sign_off_there_is_no_copy_to_give(family):
    episode = family.assessing()
    assert copies.newest(episode) is None
    with pytest.raises(Refused, match="No copy waits"):
        give(family, episode)


def test_giving_it_says_when_how_and_to_whom_and_does_the_task(family):
    episode = family.assessed()
    copy = give(family, episode)
    assert (copy.given_on, copy.how, copy.to_whom, copy.given_by) == (dates.today(), "handed", "Ama", family.priya)
    assert waiting(episode) is None
    with pytest.raises(Refused, match="No copy waits"):
        give(family, episode)


@pytest.mark.parametrize("days", [-1, 1])
def test_a_copy_is_given_neither_before_it_was_ready_nor_in_the_future(family, days):
    with pytest.raises(Refused, match="between") as refused:
        give(family, family.assessed(), given_on=dates.today() + timedelta(days=days))
    assert refused.value.field == "given_on"


def test_a_way_that_is_not_known_is_refused(family):
    with pytest.raises(Refused, match="how the family got its copy"):
        give(family, family.assessed(), how="shouted")


def test_each_version_that_is_signed_off_has_a_copy_of_its_own(family):
    episode = family.delivering()
    by = family.by(family.priya)
    reviews.record(reviews.open_review(episode, by=by), **answers(outcome="reassess"), by=by)
    family.write(episode)
    assessments.sign_off(episode, level="complex", by=by)
    assert copies.newest(episode).assessment.version == 2
    give(family, episode)
    assert waiting(episode) is None
