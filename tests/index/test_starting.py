"""Starting to work with a child by one's own word: IX-16, 17 (b) and 18."""

from datetime import date, timedelta

import pytest

from teamaround.access import door
from teamaround.access.policy import Action
from teamaround.audit.actor import system
from teamaround.index import involvement, starting
from teamaround.index.models import Start
from teamaround.index.terms import StartOutcome
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.tasks.models import Notice, Task
from tests import makers
from tests.index import children

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

#: a Tuesday
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _today():
    with dates.given(TODAY):
        yield


@pytest.fixture
def child():
    return children.register()


@pytest.fixture
def dan():
    return makers.practitioner("Dan Cole", modules=(), manager=makers.practitioner("Jo Prior", modules=()))


def declare(child, who):
    return starting.declare(child, search=children.search(who), by=makers.actor(who))


def may_see(child, who):
    return door.visible(makers.actor(who), Action.SEE_CHILD).filter(pk=child.pk).exists()


def test_ix_17_a_declared_start_opens_the_record_and_asks_what_came_of_it(child, dan):
    assert not may_see(child, dan)
    start = declare(child, dan)
    assert may_see(child, dan)
    assert (start.reason, start.follow_up_by) == ("starting", date(2026, 12, 1))
    task = Task.objects.get(kind="follow-up-start")
    assert (task.practitioner, task.due_on) == (dan, start.follow_up_by)


def test_ix_16_without_a_search_that_showed_the_child_nothing_is_declared(child, dan):
    with pytest.raises(Refused, match="Search for the child first"):
        starting.declare(child, search=None, by=makers.actor(dan))
    elsewhere = children.search(dan, given="Somebody", family="Else", born="1 1 2012")
    with pytest.raises(Refused, match="did not show"):
        starting.declare(child, search=elsewhere, by=makers.actor(dan))
    hers = children.search(makers.practitioner(modules=()))
    with pytest.raises(Refused, match="Search for the child first"):
        starting.declare(child, search=hers, by=makers.actor(dan))


def test_ix_16_the_reason_of_the_search_goes_with_the_start(child, dan):
    search = children.search(dan, reason="arrival", given="Katherine", family="Smith", born="4 9 2019")
    assert starting.declare(child, search=search, by=makers.actor(dan)).reason == "arrival"


def test_ix_17_who_opens_a_found_record_of_a_child_their_agency_knows_declares_nothing(child, dan):
    colleague = makers.practitioner(at=dan.agency, modules=())
    involvement.record(child, practitioner=colleague, role="Worker", from_on=TODAY, by=makers.TESTER)
    children.search(dan)
    assert starting.open_found(child, by=makers.actor(dan)) is None
    assert not Start.objects.exists() and may_see(child, dan)


def test_ix_17_who_opens_the_record_of_a_stranger_starts_to_work_with_the_child(child, dan):
    children.search(dan)
    assert starting.open_found(child, by=makers.actor(dan)).child == child


def test_ix_17_a_search_of_long_ago_opens_nothing(child, dan):
    children.search(dan)
    with dates.given(dates.now() + timedelta(minutes=16)), pytest.raises(Refused, match="Search for the child first"):
        starting.open_found(child, by=makers.actor(dan))


def test_ix_17_declared_twice_it_stands_once(child, dan):
    assert declare(child, dan) == declare(child, dan)


def test_ix_17_recording_an_involvement_answers_the_start(child, dan):
    start = declare(child, dan)
    involvement.record(child, practitioner=dan, role="Housing officer", from_on=TODAY, by=makers.actor(dan))
    start.refresh_from_db()
    assert start.outcome == StartOutcome.INVOLVED
    assert not Task.objects.filter(done_at=None).exists()
    assert may_see(child, dan)


def test_ix_17_no_further_action_answers_it_and_closes_the_record_again(child, dan):
    start = declare(child, dan)
    starting.no_further_action(start, by=makers.actor(dan))
    start.refresh_from_db()
    assert start.outcome == StartOutcome.NO_ACTION and not may_see(child, dan)
    with pytest.raises(Refused, match="already followed up"):
        starting.no_further_action(start, by=makers.actor(dan))


def test_ix_17_after_five_working_days_without_an_answer_the_record_is_closed(child, dan):
    start = declare(child, dan)
    with dates.given(date(2026, 12, 1)):
        assert may_see(child, dan)
    with dates.given(date(2026, 12, 2)):
        assert not may_see(child, dan)
        with pytest.raises(Refused, match="what came of it"):
            declare(child, dan)
        starting.no_further_action(start, by=makers.actor(dan))
        assert declare(child, dan) != start


def test_ix_18_a_start_without_a_record_is_put_to_the_manager_after_a_day_and_once(child, dan):
    declare(child, dan)
    job = system("reminders")
    assert starting.alert_unrecorded(by=job) == 0
    with dates.given(dates.now() + timedelta(hours=24)):
        assert starting.alert_unrecorded(by=job) == 1
        Task.objects.get(kind="check-start", practitioner=dan.manager)
        assert Notice.objects.get(kind="start-unrecorded").practitioner == dan.manager
        assert starting.alert_unrecorded(by=job) == 0


def test_ix_18_a_start_that_was_answered_is_put_to_nobody(child, dan):
    starting.no_further_action(declare(child, dan), by=makers.actor(dan))
    with dates.given(dates.now() + timedelta(hours=24)):
        assert starting.alert_unrecorded(by=system("reminders")) == 0
