"""Opening a record in an emergency: IX-17 (c) and D7."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from teamaround.access import door, override
from teamaround.access.models import Override
from teamaround.access.policy import TABLE, Action
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.outbox.models import Message
from teamaround.tasks.models import Notice, Task
from tests import makers
from tests.index import children

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

#: a Friday evening: the review is due on Tuesday
FRIDAY = date(2026, 11, 27)
WHY = "Brought in unconscious, carer not known"


@pytest.fixture(autouse=True)
def _friday():
    with dates.given(FRIDAY):
        yield


@pytest.fixture
def child():
    return children.register()


@pytest.fixture
def jo():
    return makers.practitioner("Jo Prior", modules=(), account=True)


@pytest.fixture
def sam(jo):
    return makers.practitioner("Sam Reid", roles=("practitioner", "safeguarding"), modules=(), manager=jo)


@pytest.fixture
def officer():
    return makers.practitioner("Noor Aziz", roles=("privacy-officer",), modules=())


def opened(child, who, *, category="hospital", reason=WHY):
    return override.open_in_emergency(child, category=category, reason=reason, by=makers.actor(who))


def may(child, who, action):
    return door.visible(makers.actor(who), action).filter(pk=child.pk).exists()


def test_ix_17_it_opens_one_record_for_an_hour(child, sam):
    other = children.register(given="Ruby", born=date(2015, 5, 5))
    opened(child, sam)
    assert may(child, sam, Action.SEE_CHILD) and not may(other, sam, Action.SEE_CHILD)
    with dates.given(dates.now() + timedelta(minutes=60)):
        assert not may(child, sam, Action.SEE_CHILD)


def test_ix_17_it_opens_the_record_to_nobody_else(child, sam):
    opened(child, sam)
    colleague = makers.practitioner(at=sam.agency, roles=("practitioner", "safeguarding"), modules=())
    assert not may(child, colleague, Action.SEE_CHILD)


def test_d7_it_lets_nothing_be_changed(child, sam):
    opened(child, sam)
    for action, rule in TABLE.items():
        if "overrode" in rule.relations:
            assert action == Action.SEE_CHILD
    for action in (Action.RECORD_INVOLVEMENT, Action.CORRECT_CHILD, Action.START_EPISODE, Action.WRITE_CHECKLIST):
        assert not may(child, sam, action)


def test_d7_the_look_itself_is_recorded_as_through_the_override(child, sam):
    opened(child, sam)
    assert door.admit(makers.actor(sam), Action.SEE_CHILD, child.pk).through == ("overrode",)


def test_d7_only_a_named_role_may(child):
    with pytest.raises(Refused, match="Your role"):
        opened(child, makers.practitioner(modules=()))
    assert not Override.objects.exists()


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"reason": "urgent"}, "20 characters"),
        ({"reason": " " * 40}, "20 characters"),
        ({"category": "curious"}, "kind of emergency"),
        ({"category": ""}, "kind of emergency"),
    ],
)
def test_ix_17_it_needs_a_kind_of_emergency_and_a_reason_that_says_something(child, sam, more, says):
    with pytest.raises(Refused, match=says):
        opened(child, sam, **more)


def test_d7_opened_again_within_the_hour_it_is_the_same_opening(child, sam):
    assert opened(child, sam) == opened(child, sam)


def test_d7_reviewers_and_the_line_manager_are_told_at_once_and_without_a_name(child, sam, jo, officer):
    opened(child, sam)
    assert set(Notice.objects.filter(kind="override-used").values_list("practitioner", flat=True)) == {
        jo.pk,
        officer.pk,
    }
    assert not Notice.objects.exclude(child=None).exists()
    assert Message.objects.get().account == jo.account_id
    task = Task.objects.get(kind="review-override")
    assert (task.practitioner, task.due_on) == (officer, date(2026, 12, 1))


def test_d7_who_opened_it_does_not_review_it(child):
    both = makers.practitioner(roles=("safeguarding", "privacy-officer"), modules=())
    made = opened(child, both)
    assert not Task.objects.filter(practitioner=both).exists()
    assert not override.to_review(makers.actor(both)).exists()
    with pytest.raises(Refused, match="Somebody else"):
        override.review(made, finding="justified", by=makers.actor(both))
    made.reviewed_by = both
    with pytest.raises(IntegrityError, match="reviewed_by_another"):
        makers.keep(made)


def test_d7_a_review_closes_the_question_once(child, sam, officer):
    made = opened(child, sam)
    assert list(override.to_review(makers.actor(officer))) == [made]
    override.review(made, finding="justified", by=makers.actor(officer))
    made.refresh_from_db()
    assert (made.finding, made.reviewed_by) == ("justified", officer)
    assert not Task.objects.filter(done_at=None).exists()
    with pytest.raises(Refused, match="already reviewed"):
        override.review(made, finding="training", note="Again", by=makers.actor(officer))


def test_d7_what_was_not_justified_is_explained(child, sam, officer):
    made = opened(child, sam)
    for finding, says in (("fine", "Select"), ("not-justified", "what follows")):
        with pytest.raises(Refused, match=says):
            override.review(made, finding=finding, by=makers.actor(officer))
    override.review(made, finding="not-justified", note="Own neighbour; manager informed", by=makers.actor(officer))
