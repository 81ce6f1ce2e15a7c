"""Deciding what waits for a data steward."""

from datetime import date

import pytest

from teamaround.audit.privacy import P0, P1, P2
from teamaround.index import feeds, registering, stewardship, worklist
from teamaround.index.models import WorkItem
from teamaround.index.terms import Decision, RowAnswer, WorkKind
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.people.models import Child
from teamaround.people.terms import Registered
from tests import makers
from tests.index import children
from tests.index.test_feeds import ALI, KATE, answers, live, load

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


@pytest.fixture(autouse=True)
def _today():
    with dates.given(date(2026, 11, 24)):
        yield


@pytest.fixture
def feed():
    return live(feeds.arrange(source="school-roll", agency=makers.agency(), by=makers.TESTER))


@pytest.fixture
def steward():
    return makers.actor(makers.practitioner(roles=("steward",), modules=()))


@pytest.fixture
def queued(feed):
    """Kate's row, beside a Kate at another address."""
    child = children.register(postcode="NM7 7ZZ", lines="5 Far Road")
    load(feed, KATE)
    item = worklist.waiting().get()
    assert item.child == child
    return item


def test_the_same_child_gets_what_the_row_says(queued, feed, steward):
    stewardship.same(queued, by=steward)
    child = Child.objects.get()
    assert child.identifiers.get().value == "B801200005001"
    assert child.universal_services.get(kind="education", to_on=None).agency == feed.agency
    assert answers(load(feed, KATE, sequence=2)) == [RowAnswer.UNCHANGED]


def test_another_child_gets_a_record(queued, feed, steward):
    made = stewardship.different(queued, by=steward)
    assert Child.objects.count() == 2 and made.identifiers.get().value == "B801200005001"
    assert answers(load(feed, KATE, sequence=2)) == [RowAnswer.UNCHANGED]


def test_a_dismissed_row_is_not_asked_with_every_file(queued, feed, steward):
    stewardship.dismiss(queued, by=steward)
    assert answers(load(feed, KATE, sequence=2)) == [RowAnswer.UNCHANGED]
    assert not worklist.waiting().exists() and Child.objects.count() == 1


def test_a_row_that_still_waits_is_asked_once(queued, feed):
    load(feed, ALI, KATE, sequence=2)
    assert worklist.waiting().filter(kind=WorkKind.DUPLICATE).count() == 1


def test_once_decided_what_was_received_is_forgotten_and_who_decided_is_kept(queued, steward):
    stewardship.different(queued, by=steward)
    item = WorkItem.objects.get(pk=queued.pk)
    assert item.received == {} and item.because == []
    assert (item.decision, item.decided_by_id) == (Decision.DIFFERENT, steward.practitioner)


def test_one_steward_decides(queued, steward):
    stewardship.dismiss(queued, by=steward)
    for decide in (stewardship.same, stewardship.different, stewardship.dismiss):
        with pytest.raises(Refused, match="decided this already"):
            decide(queued, by=steward)
    assert Child.objects.count() == 1


def test_two_records_that_claim_one_number_stay_two(steward):
    holder = children.register(identifiers={"nhs": "9990000018"})
    other = children.register(given="Ruby")
    registering.add_identifier(other, kind="nhs", value="9990000018", source="test", by=makers.TESTER)
    item = worklist.waiting().get()
    with pytest.raises(Refused, match="two records already"):
        stewardship.same(item, by=steward)
    assert stewardship.different(item, by=steward) is None
    assert holder.identifiers.get().active and not other.identifiers.exists()


def test_a_child_missing_from_a_file_has_left_on_a_day_a_steward_gives(feed, steward):
    load(feed, KATE, ALI)
    load(feed, ALI, sequence=2)
    item = worklist.waiting().get()
    with pytest.raises(Refused, match="has left"):
        stewardship.different(item, by=steward)
    stewardship.has_left(item, on=date(2026, 10, 1), by=steward)
    kate = Child.objects.get(names__family="Smith")
    assert kate.universal_services.get(kind="education", to_on=None).registered == Registered.UNKNOWN
    assert kate.universal_services.get(agency=feed.agency).to_on == date(2026, 10, 1)


def test_a_question_says_which_record_what_came_in_and_why(queued):
    (question,) = stewardship.questions()
    assert (question.kind, question.name, question.is_row) == ("Possible duplicate", "Katherine Smith", True)
    assert ("Family name", "Smith") in question.received
    assert "same date of birth" in question.because


def test_ix_8_who_decides_whose_a_number_is_sees_it_whatever_their_sector(steward):
    children.register(identifiers={"nhs": "9990000018"})
    other = children.register(given="Ruby")
    registering.add_identifier(other, kind="nhs", value="9990000018", source="test", by=makers.TESTER)
    beside = stewardship.side_by_side(worklist.waiting().get(), classes=(P0, P1, P2), by=steward)
    assert "9990000018" in f"{beside.known.rows}{beside.other.rows if beside.other else ''}"
    assert "9990000018" in str(beside.received)
