"""Lists that tell of more than a school or a practice: births, social care, early help, youth justice (IX-33)."""

from datetime import date

import pytest

from teamaround.audit.actor import system
from teamaround.index import feed_columns, feeds, involvement, queries, registering, stewardship, undoing, worklist
from teamaround.index.models import Involvement
from teamaround.index.terms import FeedSource, InvolvementState, LoadState, RowAnswer, WorkKind
from teamaround.index.told_involvement import ROLES, STATUSES
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.people.models import Child
from teamaround.people.terms import Relationship, ResponsibilityBasis, Sex
from teamaround.workforce import agencies
from tests import makers
from tests.index import children
from tests.index.feed_files import BY, answers, file, live, load

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

TODAY = date(2026, 11, 24)
NAMES = "nhs_number,family_name,given_names,born,sex,started_on,team,address,postcode"
KATE = "9990000018,Smith,Katherine,2019-09-04,F,2026-03-02,North team,1 Harbour Street,NM1 1AA"
ALI = ",Khan,Ali,2018-01-01,M,2026-03-02,North team,2 Mill Lane,NM2 2BB"
LISTS = ("social-care", "early-help-list", "youth-justice")


@pytest.fixture(autouse=True)
def _today():
    with dates.given(TODAY):
        yield


@pytest.fixture
def service():
    made = makers.agency("Northmoor Children's Services")
    agencies.add_team(made, name="North Team", **BY)
    return made


@pytest.fixture
def feed(service):
    return live(feeds.arrange(source="social-care", agency=service, **BY))


def send(feed, *rows, names=NAMES, **more):
    return load(feed, *rows, names=names, **more)


def test_every_source_is_known_to_the_reader_and_the_words_are_one():
    assert set(feed_columns.SOURCES) == set(FeedSource.values)
    assert (
        {code for code, one in feed_columns.SOURCES.items() if one.tells == "involvement"} == set(ROLES) == set(LISTS)
    )
    assert set(feed_columns.STATUSES) == set(STATUSES)
    assert set(feed_columns.RELATIONSHIPS) == set(Relationship.values)
    assert set(feed_columns.BASES) == set(ResponsibilityBasis.values)
    assert set(feed_columns.SEXES) == set(Sex.values)


@pytest.mark.parametrize("source", LISTS)
def test_ix_33_a_list_tells_that_a_team_works_with_a_child_and_how_to_reach_it(service, source):
    feed = live(feeds.arrange(source=source, agency=service, **BY))
    assert answers(send(feed, KATE)) == [RowAnswer.CREATED]
    made = Involvement.objects.get()
    assert (made.team.name, made.agency, made.from_on) == ("North Team", service, date(2026, 3, 2))
    assert made.role == ROLES[FeedSource(source)] and (made.phone or made.email)
    (line,) = queries.who_works_with(made.child)
    assert line.name == "North Team" and not line.universal


def test_ix_72_the_same_row_again_changes_nothing(feed):
    send(feed, KATE)
    assert answers(send(feed, KATE, sequence=2)) == [RowAnswer.UNCHANGED]
    assert Involvement.objects.count() == 1


def test_a_child_who_is_known_gets_the_involvement_and_no_second_record(feed):
    child = children.register(identifiers={"nhs": "9990000018"})
    assert answers(send(feed, KATE)) == [RowAnswer.MATCHED]
    assert Involvement.objects.get().child == child


def test_a_standing_under_statute_is_a_mark_and_nothing_else(feed):
    send(feed, f"{KATE},looked-after", names=f"{NAMES},status")
    assert Involvement.objects.get().role == "Children's social care: looked after"
    send(feed, f"{KATE},", names=f"{NAMES},status", sequence=2)
    assert Involvement.objects.get().role == "Children's social care"
    wrong = send(feed, f"{KATE},hit by the father", names=f"{NAMES},status", sequence=3)
    assert answers(wrong) == [RowAnswer.FORMAT] and "father" not in wrong.answers.get().why


def test_ix_3_no_list_has_a_column_for_notes(feed):
    answer = send(feed, f"{KATE},afraid of the father", names=f"{NAMES},notes")
    assert answer.state == LoadState.CORRUPT and "column 10 is not known" in answer.answer


def test_who_is_worked_with_no_longer_is_shown_as_past(feed):
    send(feed, KATE)
    assert answers(send(feed, f"{KATE},2026-10-01", names=f"{NAMES},left_on", sequence=2)) == [RowAnswer.MATCHED]
    ended = Involvement.objects.get()
    assert (ended.state, ended.to_on) == (InvolvementState.ENDED, date(2026, 10, 1))
    assert answers(send(feed, f"{KATE},2026-10-01", names=f"{NAMES},left_on", sequence=3)) == [RowAnswer.UNCHANGED]


def test_what_a_practitioner_recorded_is_not_touched_by_a_list(feed):
    child = children.register(identifiers={"nhs": "9990000018"})
    mine = involvement.record(child, practitioner=makers.practitioner(), role="Nurse", from_on=TODAY, **BY)
    send(feed, f"{KATE},2026-10-01", names=f"{NAMES},left_on")
    mine.refresh_from_db()
    assert mine.state == InvolvementState.CURRENT


def test_a_team_that_nobody_knows_is_a_wrong_row_dry_and_loaded_alike(feed):
    row = KATE.replace("North team", "South team")
    for answer in (feeds.dry_run(feed, file(feed, row, names=NAMES), **BY), send(feed, row)):
        assert answers(answer) == [RowAnswer.FORMAT]
        assert answer.answers.get().column == "team" and "South" not in answer.answers.get().why


def test_ix_33_without_a_contact_that_works_there_is_no_involvement(feed, service):
    makers.change(service, phone="", email="")
    assert answers(send(feed, KATE)) == [RowAnswer.FORMAT]
    feeds.resume(feed, **BY)
    assert answers(send(feed, f"{KATE},01632 960007", names=f"{NAMES},phone", sequence=2)) == [RowAnswer.CREATED]
    assert Involvement.objects.get().phone == "01632 960007"


def test_ix_71_a_sensitive_service_sends_no_list_and_its_rows_are_refused(feed, service):
    makers.change(service, sensitive=True)
    with pytest.raises(Refused, match="one by one"):
        feeds.arrange(source="early-help-list", agency=service.__class__.objects.get(pk=service.pk), **BY)
    answer = send(feed, KATE)
    assert answers(answer) == [RowAnswer.SENSITIVE] and not Child.objects.exists()


def test_ix_74_who_is_missing_from_a_list_is_asked_about_and_a_steward_ends_it(feed):
    send(feed, KATE, ALI)
    send(feed, ALI, sequence=2)
    item = worklist.waiting().get()
    assert item.kind == WorkKind.MISSING
    assert Involvement.objects.filter(state=InvolvementState.CURRENT).count() == 2
    steward = makers.actor(makers.practitioner(roles=("steward",)))
    stewardship.decide(item, decision="left", on=date(2026, 11, 1), by=steward)
    ended = Involvement.objects.get(state=InvolvementState.ENDED)
    assert (ended.child, ended.to_on) == (item.child, date(2026, 11, 1))


def test_an_involvement_that_a_list_brought_goes_when_the_file_is_taken_back(feed):
    child = children.register(identifiers={"nhs": "9990000018"})
    loaded = send(feed, KATE)
    undoing.take_back(loaded, **BY)
    assert not Involvement.objects.filter(child=child).exists() and not worklist.waiting().exists()


# Births.


@pytest.fixture
def births():
    return live(feeds.arrange(source="birth-list", agency=makers.agency("Northmoor Maternity"), **BY))


BIRTH = "nhs_number,family_name,given_names,born,sex,carer_given_names,carer_family_name,carer_relationship"
BABY = "9990000018,Okafor,Baby,2026-11-20,F,Ama,Okafor,mother"


def test_a_birth_makes_a_record_with_the_mother_and_no_service(births):
    assert answers(load(births, BABY, names=BIRTH)) == [RowAnswer.CREATED]
    child = Child.objects.get()
    assert child.cares.get().relationship == "mother"
    assert set(child.universal_services.values_list("registered", flat=True)) == {"unknown"}


def test_ix_74_births_are_no_whole_list_so_nobody_is_missing_from_it(births):
    load(births, BABY, names=BIRTH)
    load(births, ",Novak,Jan,2026-11-21,M,Eva,Novak,mother", names=BIRTH, sequence=2)
    assert not worklist.waiting().exists()


def test_a_child_who_was_expected_is_born_once_a_steward_says_that_it_is_this_one(births):
    expected = makers.child("", "Okafor", expected=date(2026, 11, 28))
    registering.add_identifier(expected, kind="nhs", value="9990000018", source="test", by=system("test"))
    assert answers(load(births, BABY, names=BIRTH)) == [RowAnswer.QUEUED]
    steward = makers.actor(makers.practitioner(roles=("steward",)))
    stewardship.decide(worklist.waiting().get(), decision="same", by=steward)
    expected.refresh_from_db()
    assert (expected.born, expected.expected, expected.sex) == (date(2026, 11, 20), None, "F")
