"""A child dies, leaves the area, comes back, or becomes another authority's: IX-63, 64, 65."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from teamaround.audit.actor import system
from teamaround.casework import reminders
from teamaround.index import archive, daily, involvement, leaving, registering, staying, transferring
from teamaround.index.models import Archiving, Leaving, Transfer
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.outbox.models import Message
from teamaround.tasks import notices, trays
from teamaround.tasks.models import Notice
from tests import makers
from tests.casework.world import Family
from tests.index import children
from tests.signing_in import account_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

NIGHT = system("life of records")
#: a Tuesday
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _today():
    with dates.given(TODAY):
        yield


@pytest.fixture
def child():
    return children.register()


def night(day=TODAY):
    with dates.given(day):
        daily.run(day, by=NIGHT)


def state(child):
    child.refresh_from_db()
    return child.state


def die(child, *, on=TODAY, source="The registrar"):
    return leaving.record_death(child, on=on, source=source, by=makers.TESTER)


# Death.


def test_ix_63_a_death_needs_a_source_and_a_day_that_can_be(child):
    with pytest.raises(Refused, match="who told you"):
        die(child, source=" ")
    for day in (TODAY + timedelta(days=1), date(2019, 9, 3)):
        with pytest.raises(Refused, match="between the birth and today"):
            die(child, on=day)
    die(child)
    assert (state(child), child.died) == ("deceased", TODAY)
    with pytest.raises(Refused, match="already recorded"):
        die(child)


def test_ix_63_the_record_stays_live_for_a_year_and_then_goes_to_the_archive(child):
    die(child)
    night(date(2027, 11, 23))
    assert state(child) == "deceased"
    night(date(2027, 11, 24))
    assert state(child) == "archived"
    assert Archiving.objects.get().because == "died"


def test_ix_63_every_task_and_notice_about_the_child_and_what_announces_it_stops_in_the_same_act(child):
    who, other = makers.practitioner(), children.register("Ida", "Berg", date(2020, 1, 1))
    account_of(who)
    for one in (child, other):
        more = {"practitioner": who, "child": one, "by": makers.TESTER}
        trays.put(kind="do-action", subject=one.pk, link="/", due_on=TODAY, **more)
        notices.tell(kind="action-due", link=f"/children/{one.pk}/", **more)
    die(child)
    assert [one.child for one in trays.waiting()] == [other]
    assert [one.child for one in Notice.objects.all()] == [other]
    assert Message.objects.get().link == f"/notices/{Notice.objects.get().pk}/"


def test_ix_63_nobody_is_asked_or_told_anything_later(child):
    who = makers.practitioner()
    die(child)
    more = {"practitioner": who, "child": child, "by": makers.TESTER}
    assert trays.put(kind="do-action", subject=child.pk, link="/", due_on=TODAY, **more) is None
    assert notices.tell(kind="action-due", link="/", **more) is None
    assert not trays.waiting().exists() and not Notice.objects.exists()


def test_ix_63_no_morning_chases_the_work_of_a_child_who_has_died():
    family = Family()
    episode = family.delivering()
    leaving.record_death(episode.child, on=TODAY, source="The hospital", by=makers.TESTER)
    for days in (1, 43, 90, 345):
        with dates.given(TODAY + timedelta(days=days)):
            reminders.remind(dates.today(), by=NIGHT)
    assert not trays.waiting().filter(child=episode.child).exists()
    assert not Notice.objects.filter(child=episode.child, read_at=None).exists()


def test_ix_63_a_death_recorded_in_error_is_taken_back(child):
    die(child)
    child.refresh_from_db()
    leaving.death_in_error(child, by=makers.TESTER)
    assert (state(child), child.died) == ("active", None)
    who = makers.practitioner()
    assert notices.tell(practitioner=who, kind="action-due", link="/", child=child, by=makers.TESTER)


# Leaving.


def leave(child, returns, on=TODAY):
    leaving.leave(child, on=on, returns=returns, by=makers.TESTER)


def test_ix_64_who_does_not_mean_to_come_back_is_archived_in_the_next_run(child):
    leave(child, "no")
    assert state(child) == "left-area"
    night(TODAY + timedelta(days=1))
    assert state(child) == "archived"


@pytest.mark.parametrize("returns", ["yes", "unknown"])
def test_ix_64_who_may_come_back_is_held_for_three_years(child, returns):
    leave(child, returns)
    night(date(2029, 11, 23))
    assert state(child) == "left-area"
    night(date(2029, 11, 24))
    assert state(child) == "archived"


@pytest.mark.parametrize("archived", [False, True])
def test_ix_64_who_comes_back_is_found_again_under_the_same_number(child, archived):
    number = child.index_number
    leave(child, "no")
    if archived:
        night(TODAY + timedelta(days=1))
    back = TODAY + timedelta(days=2)
    with dates.given(back):
        leaving.come_back(child, lines="2 Mill Lane", postcode="NM2 2BB", on=back, by=makers.TESTER)
        assert (state(child), child.index_number) == ("active", number)
        assert children.finds(makers.practitioner(), identifier=number) == [child.pk]
        assert not leaving.last_left(child)
    night(back + timedelta(days=1))
    assert state(child) == "active"


def test_ix_64_somebody_known_to_have_left_without_more_is_held_from_the_day_we_knew(child):
    registering.move_house(child, state="left", source="gp-list", by=makers.TESTER)
    night()
    assert (Leaving.objects.get().returns, Leaving.objects.get().left_on) == ("unknown", TODAY)
    night()
    assert Leaving.objects.count() == 1 and state(child) == "left-area"


def test_ix_63_who_was_archived_after_death_does_not_come_back(child):
    die(child)
    night(date(2027, 11, 24))
    with pytest.raises(Refused, match="has died"):
        archive.bring_back(child, by=makers.TESTER)


# Transfer.


class Two:
    """Northmoor and Eastmoor, a steward in each, with a manager each."""

    def __init__(self):
        self.north, self.east = makers.authority(), makers.authority("EMR", "Eastmoor")
        self.nora = self._steward(makers.agency(authority=self.north))
        self.ed = self._steward(makers.agency(authority=self.east))

    def _steward(self, agency):
        return makers.practitioner(at=agency, roles=("steward",), manager=makers.practitioner(at=agency))


@pytest.fixture
def two():
    return Two()


def ask(child, who, to, reason="The family moved"):
    return transferring.ask(child, to=to, reason=reason, by=makers.actor(who))


def authority(child):
    child.refresh_from_db()
    return child.authority


@pytest.mark.parametrize(("asks", "answers"), [("nora", "ed"), ("ed", "nora")])
def test_ix_65_either_authority_asks_and_only_the_other_answers(child, two, asks, answers):
    asked = ask(child, getattr(two, asks), two.east)
    assert authority(child) == two.north, "a pending transfer leaves the old one responsible"
    assert [one.practitioner for one in trays.waiting()] == [getattr(two, answers)]
    with pytest.raises(Refused, match="other authority"):
        transferring.accept(asked, by=makers.actor(getattr(two, asks)))
    transferring.accept(asked, by=makers.actor(getattr(two, answers)))
    assert authority(child) == two.east
    assert not trays.waiting().exists()
    assert Notice.objects.get().practitioner == getattr(two, asks)


def test_ix_65_a_refusal_changes_nothing_and_says_why(child, two):
    asked = ask(child, two.nora, two.east)
    with pytest.raises(Refused, match="why not"):
        transferring.refuse(asked, because=" ", by=makers.actor(two.ed))
    transferring.refuse(asked, because="They live in Westmoor", by=makers.actor(two.ed))
    assert authority(child) == two.north
    assert Transfer.objects.get().answer == "They live in Westmoor"
    with pytest.raises(Refused, match="already answered"):
        transferring.accept(asked, by=makers.actor(two.ed))


def test_ix_65_there_is_one_request_at_a_time_so_that_two_are_never_responsible(child, two):
    west = makers.authority("WMR", "Westmoor")
    ask(child, two.nora, two.east)
    with pytest.raises(Refused, match="already waits"):
        ask(child, two.nora, west)


def test_ix_65_a_child_cannot_be_without_a_responsible_authority(child):
    with pytest.raises(IntegrityError):
        makers.change(child, authority=None)


def test_ix_65_a_third_authority_has_no_say(child, two):
    west = makers.authority("WMR", "Westmoor")
    for to in (two.east, None, two.north):
        with pytest.raises(Refused):
            ask(child, makers.practitioner(at=makers.agency(authority=west), roles=("steward",)), to)


def test_ix_65_after_ten_working_days_the_managers_of_both_are_told_once(child, two):
    asked = ask(child, two.nora, two.east)
    assert asked.answer_by == date(2026, 12, 8)
    night(date(2026, 12, 8))
    assert not Notice.objects.exists()
    night(date(2026, 12, 9))
    night(date(2026, 12, 10))
    told = Notice.objects.filter(kind="transfer-overdue").values_list("practitioner", flat=True)
    assert sorted(told, key=str) == sorted(
        (one.pk for one in (two.nora, two.ed, two.nora.manager, two.ed.manager)), key=str
    )
    assert authority(child) == two.north


def test_ix_65_who_works_with_the_child_goes_on_when_responsibility_changes(child, two):
    ruth = makers.practitioner()
    involvement.record(child, practitioner=ruth, role="Nurse", from_on=TODAY, by=makers.TESTER)
    transferring.accept(ask(child, two.nora, two.east), by=makers.actor(two.ed))
    assert involvement.current(child, ruth)


def test_ix_59_who_left_and_is_of_age_is_archived_for_age_unless_they_stay(child):
    makers.change(child, born=date(2008, 11, 24))
    staying.agree(child, basis="care-leaver", until_age=25, on=TODAY, by=makers.TESTER)
    night()
    assert state(child) == "active"
