"""The archive, and consent to stay out of it: IX-31, 59, 60, 61."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from teamaround.access import door
from teamaround.access.policy import Action
from teamaround.audit.actor import system
from teamaround.index import archive, daily, involvement, registering, staying
from teamaround.index.models import ArchiveRead, Archiving, Compared, Involvement, SearchKey, Stay
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.tasks.models import Task
from tests import makers
from tests.index import children

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

NIGHT = system("life of records")
#: a Tuesday
TODAY = date(2026, 11, 24)
#: eighteen today
OF_AGE = date(2008, 11, 24)
WHY = "Enquiry 204 of the hospital team"


@pytest.fixture(autouse=True)
def _today():
    with dates.given(TODAY):
        yield


def person(born=OF_AGE, **more):
    return children.register(born=born, **more)


def night(day=TODAY):
    with dates.given(day):
        daily.run(day, by=NIGHT)


def is_archived(child):
    child.refresh_from_db()
    return child.state == "archived"


def agree(child, *, until_age=21, basis="care-leaver", on=TODAY):
    return staying.agree(child, basis=basis, until_age=until_age, on=on, by=makers.TESTER)


def young():
    """Somebody of seventeen years and seven months."""
    return person(date(2009, 4, 20))


def test_ix_59_on_the_eighteenth_birthday_the_record_goes_to_the_archive_and_not_a_day_before():
    child = person(OF_AGE + timedelta(days=1))
    night()
    assert not is_archived(child)
    night(TODAY + timedelta(days=1))
    assert is_archived(child)
    standing = Archiving.objects.get(child=child)
    assert (standing.because, standing.purge_on) == ("age", date(2032, 11, 25))


def test_ix_59_who_was_born_in_a_year_or_month_only_is_archived_at_its_end():
    of_a_year, of_a_month = (
        person(date(2008, 1, 1), born_precision="year"),
        person(date(2008, 11, 1), born_precision="month"),
    )
    night(date(2026, 11, 29))
    assert not is_archived(of_a_year) and not is_archived(of_a_month)
    night(date(2026, 11, 30))
    assert is_archived(of_a_month) and not is_archived(of_a_year)
    night(date(2026, 12, 31))
    assert is_archived(of_a_year)


def test_ix_59_running_twice_archives_once():
    child = person()
    night()
    night()
    assert Archiving.objects.filter(child=child).count() == 1


def test_ix_59_from_seventeen_and_a_half_whoever_works_longest_with_them_is_asked_to_ask_once():
    child = person(date(2009, 5, 25))
    ruth, dan = makers.practitioner(), makers.practitioner()
    for who, since in ((dan, TODAY), (ruth, TODAY - timedelta(days=30))):
        involvement.record(child, practitioner=who, role="Adviser", from_on=since, by=makers.TESTER)
    night()
    assert not Task.objects.filter(kind="ask-to-stay").exists()
    night(TODAY + timedelta(days=1))
    night(TODAY + timedelta(days=2))
    task = Task.objects.get(kind="ask-to-stay")
    assert (task.practitioner, task.due_on) == (ruth, date(2027, 5, 25))


def test_ix_59_where_nobody_works_with_them_the_stewards_of_the_authority_are_asked():
    steward = makers.practitioner(roles=("steward",))
    makers.practitioner(roles=("steward",), at=makers.agency(authority=makers.authority("EMR", "Eastmoor")))
    young()
    night()
    assert Task.objects.get(kind="ask-to-stay").practitioner == steward


def test_ix_59_any_answer_answers_the_task():
    child = young()
    makers.practitioner(roles=("steward",))
    night()
    staying.decline(child, answer="not-entitled", on=TODAY, by=makers.TESTER)
    assert Task.objects.get(kind="ask-to-stay").done_at
    assert Stay.objects.get().answer == "not-entitled"


def test_ix_59_with_consent_the_record_stays_until_the_birthday_they_named():
    child = young()
    agree(child, until_age=21)
    night(date(2030, 4, 19))
    assert not is_archived(child)
    night(date(2030, 4, 20))
    assert is_archived(child)
    assert Archiving.objects.get(child=child).because == "stay-ended"


@pytest.mark.parametrize("age", [18, 26, 0])
def test_ix_59_the_age_until_which_a_record_stays_is_19_to_25(age):
    with pytest.raises(Refused, match="19 to 25"):
        agree(young(), until_age=age)


def test_ix_59_nobody_is_asked_before_seventeen_and_a_half():
    with pytest.raises(Refused, match="17 years and 6 months"):
        agree(person(date(2009, 5, 25)))


def test_ix_59_whoever_takes_consent_back_is_archived_within_a_day():
    child = young()
    agree(child)
    with dates.given(date(2029, 6, 1)):
        staying.withdraw(child, by=makers.TESTER)
    assert not is_archived(child)
    night(date(2029, 6, 2))
    assert is_archived(child)


def test_ix_60_only_care_leavers_and_people_with_a_learning_disability_can_stay():
    with pytest.raises(Refused, match="care leavers"):
        agree(young(), basis="wishes-it")
    assert agree(young(), basis="learning-disability").until == date(2030, 4, 20)


def test_ix_60_the_database_keeps_nobody_without_a_basis():
    with pytest.raises(IntegrityError, match="stays_on_a_basis"):
        makers.keep(Stay(child=young(), answer="yes", answered_on=TODAY, recorded_at=dates.now()))


# What the archive does to a record.


def test_ix_31_an_archived_record_is_in_nobodys_search_and_open_to_nobody():
    child, ruth = person(), makers.practitioner()
    involvement.record(child, practitioner=ruth, role="Adviser", from_on=TODAY, by=makers.TESTER)
    registering.set_universal(
        child, kind="education", agency=ruth.agency, from_on=TODAY, source="test", by=makers.TESTER
    )
    asked = {"given": "Katherine", "family": "Smith", "born": "24 11 2008"}
    assert children.finds(ruth, **asked) == [child.pk]
    night()
    assert children.finds(ruth, **asked) == []
    assert children.finds(ruth, identifier=child.index_number) == []
    assert not SearchKey.objects.filter(child=child).exists() and not Compared.objects.filter(child=child).exists()
    assert not door.visible(makers.actor(ruth), Action.SEE_CHILD).exists()


def test_ix_31_what_was_found_before_it_was_archived_cannot_be_opened_after():
    child, ruth = person(), makers.practitioner()
    children.search(ruth, given="Katherine", family="Smith", born="24 11 2008")
    assert door.visible(makers.actor(ruth), Action.OPEN_FOUND).exists()
    archive.archive(child, because="age", by=NIGHT)
    assert not door.visible(makers.actor(ruth), Action.OPEN_FOUND).exists()


def test_an_archived_record_has_no_open_involvement():
    child, ruth = person(), makers.practitioner()
    involvement.record(child, practitioner=ruth, role="Adviser", from_on=TODAY, by=makers.TESTER)
    night()
    ended = Involvement.objects.get()
    assert (ended.state, ended.to_on) == ("ended", TODAY)


def test_a_record_comes_back_under_its_number_only_with_a_consent_to_stay():
    child = person()
    number = child.index_number
    night()
    with pytest.raises(Refused, match="consent to stay"):
        archive.bring_back(child, by=makers.TESTER)
    child.refresh_from_db()
    agree(child)
    archive.bring_back(child, by=makers.TESTER)
    child.refresh_from_db()
    assert (child.state, child.index_number) == ("active", number)
    assert children.finds(makers.practitioner(), identifier=number) == [child.pk]


# Reading the archive.


@pytest.fixture
def archived():
    child = person()
    archive.archive(child, because="age", by=NIGHT)
    child.refresh_from_db()
    return child


def read(child, who, *, ground="s47", reason=WHY):
    return archive.ask_to_read(child, ground=ground, reason=reason, by=makers.actor(who))


def reads(who):
    return door.visible(makers.actor(who), Action.READ_ARCHIVED).exists()


def test_ix_61_in_the_first_year_a_steward_reads_on_a_ground_for_an_hour(archived):
    steward = makers.practitioner(roles=("steward",))
    assert not reads(steward)
    read(archived, steward)
    assert reads(steward)
    with dates.given(dates.now() + timedelta(minutes=61)):
        assert not reads(steward)


@pytest.mark.parametrize(("ground", "reason"), [("curious", WHY), ("", WHY), ("court", "short")])
def test_ix_61_without_one_of_the_grounds_and_a_reason_the_archive_stays_shut(archived, ground, reason):
    with pytest.raises(Refused):
        read(archived, makers.practitioner(roles=("steward",)), ground=ground, reason=reason)
    assert not ArchiveRead.objects.exists()


def test_ix_61_after_a_year_only_the_keeper_reads_and_only_when_a_second_person_agrees(archived):
    steward, keeper = makers.practitioner(roles=("steward",)), makers.practitioner(roles=("archive-keeper",))
    officer = makers.practitioner(roles=("privacy-officer",))
    with dates.given(date(2027, 11, 24)):
        with pytest.raises(Refused, match="keeper of the archive"):
            read(archived, steward)
        asked = read(archived, keeper)
        assert not reads(keeper)
        assert Task.objects.get(kind="second-archive-read").practitioner == officer
        with pytest.raises(Refused, match="Somebody else"):
            archive.agree_to_read(asked, by=makers.actor(keeper))
        archive.agree_to_read(asked, by=makers.actor(officer))
        assert reads(keeper) and not reads(steward)


def test_ix_61_a_second_person_may_say_no(archived):
    keeper, officer = makers.practitioner(roles=("archive-keeper",)), makers.practitioner(roles=("privacy-officer",))
    with dates.given(date(2028, 1, 10)):
        asked = read(archived, keeper)
        archive.refuse_to_read(asked, by=makers.actor(officer))
        assert not reads(keeper)
        with pytest.raises(Refused, match="already answered"):
            archive.agree_to_read(asked, by=makers.actor(officer))


def test_ix_61_the_database_opens_nothing_that_needs_two_to_one(archived):
    keeper = makers.practitioner(roles=("archive-keeper",))
    with dates.given(date(2028, 1, 10)):
        asked = read(archived, keeper)
        with pytest.raises(IntegrityError, match="archive_opened_by_two"):
            makers.change(asked, open_until=dates.now())


def test_the_archive_is_asked_by_number_and_never_by_name(archived):
    assert archive.find(archived.index_number) == archived
    with pytest.raises(Refused, match="bears this number"):
        archive.find("Katherine Smith")
