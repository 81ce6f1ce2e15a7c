"""Partners' files in: IX-70 to 75 and 79, and the scenarios of superseded numbers and twins."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from teamaround.audit.models import Event
from teamaround.index import feed_reading, feeds, placing, registering, taking_in, worklist
from teamaround.index.models import WorkItem
from teamaround.index.terms import LoadState, RowAnswer, WorkKind
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.people.models import Address, Child, Name, Universal
from teamaround.people.terms import Registered
from teamaround.tasks.models import Notice
from tests import makers
from tests.index import children
from tests.index.feed_files import ALI, BY, KATE, NAMES, WRONG, answers, file, gp_list, live, load

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _today():
    with dates.given(TODAY):
        yield


@pytest.fixture
def school():
    return makers.agency("Harbour Primary School")


@pytest.fixture
def feed(school):
    return live(feeds.arrange(source="school-roll", agency=school, **BY))


# Rows.


def test_a_row_of_a_child_nobody_knew_makes_a_record_that_is_found(feed, school):
    assert answers(load(feed, KATE)) == [RowAnswer.CREATED]
    child = Child.objects.get()
    assert child.identifiers.get().value == "B801200005001" and child.authority == school.authority
    service = child.universal_services.get(kind="education")
    assert (service.agency, service.from_on) == (school, date(2024, 9, 2))
    assert child.universal_services.get(kind="gp").registered == Registered.UNKNOWN
    assert children.finds(makers.practitioner(modules=()), given="Kate", family="Smyth", born="4 9 2019") == [child.pk]


def test_two_partners_files_meet_in_one_record(feed):
    load(feed, KATE)
    surgery = gp_list()
    names = NAMES.replace("upn", "nhs_number").replace("started_on", "started_on")
    answer = load(surgery, KATE.replace("B801200005001", "9990000018"), names=names)
    assert answers(answer) == [RowAnswer.MATCHED]
    child = Child.objects.get()
    assert set(child.identifiers.values_list("kind", flat=True)) == {"upn", "nhs"}
    assert child.universal_services.get(kind="gp", to_on=None).agency == surgery.agency


def test_a_carer_comes_with_the_row_once(feed):
    names = f"{NAMES},carer_given_names,carer_family_name,carer_relationship,carer_responsibility,carer_phone"
    row = f"{KATE},Ama,Smith,mother,mother,01632 960001"
    load(feed, row, names=names)
    load(feed, row, names=names, sequence=2)
    care = Child.objects.get().cares.get()
    assert care.has_responsibility and care.adult.phone == "01632 960001"


def test_a_name_that_differs_is_added_beside_ours_and_not_put_in_its_place(feed):
    load(feed, KATE)
    load(feed, KATE.replace("Katherine", "Catherine"), sequence=2)
    child = Child.objects.get()
    assert child.names.get(kind="current").given == "Katherine"
    assert child.names.get(kind="spelling").given == "Catherine"


def test_a_family_that_moves_is_moved_by_the_source_that_told_of_the_address(feed):
    load(feed, KATE)
    load(feed, KATE.replace("1 Harbour Street,NM1 1AA", "9 Quay Road,NM3 3CC"), sequence=2)
    assert Address.objects.get(state="current").lines == "9 Quay Road"


def test_a_practitioner_s_address_is_left_and_the_answer_says_so(feed):
    load(feed, KATE)
    child = Child.objects.get()
    registering.move_house(child, lines="3 New Road", postcode="NM1 1AB", source="practitioner", **BY)
    answer = load(feed, KATE, sequence=2)
    assert "left as it is" in answer.answers.get().why
    assert Address.objects.get(state="current").lines == "3 New Road"


def test_who_left_has_no_school_that_is_known(feed):
    load(feed, KATE)
    load(feed, f"{KATE},2026-07-20", names=f"{NAMES},left_on", sequence=2)
    assert Child.objects.get().universal_services.get(kind="education", to_on=None).registered == Registered.UNKNOWN


def test_ix_71_a_row_older_than_what_is_known_is_stale(feed):
    load(feed, KATE)
    elsewhere = makers.agency("Quay School")
    registering.set_universal(
        Child.objects.get(), kind="education", agency=elsewhere, from_on=date(2026, 9, 1), source="test", **BY
    )
    assert answers(load(feed, KATE, sequence=2)) == [RowAnswer.STALE]
    assert Child.objects.get().universal_services.get(kind="education", to_on=None).agency == elsewhere


def test_ix_71_a_superseded_number_in_a_feed_finds_the_current_record(feed):
    load(feed, KATE)
    child = Child.objects.get()
    registering.add_identifier(child, kind="upn", value="M80120000500A", source="test", **BY)
    answer = load(feed, KATE, sequence=2)
    assert answers(answer) == [RowAnswer.SUPERSEDED]
    assert child.identifiers.get(active=True).value == "M80120000500A"


def test_ix_4_and_5_a_wrong_number_is_a_wrong_row(feed):
    answer = load(feed, KATE.replace("B801200005001", "A801200005001"), ALI)
    assert answers(answer) == [RowAnswer.FORMAT, RowAnswer.CREATED]
    assert "UPN is not valid" in answer.answers.get(number=3).why


# Matching.


def test_ix_79_name_and_birthday_alone_wait_for_a_steward(feed):
    children.register(source="test", postcode="NM7 7ZZ", lines="5 Far Road")
    answer = load(feed, KATE)
    assert answers(answer) == [RowAnswer.QUEUED]
    item = worklist.waiting().get()
    assert item.kind == WorkKind.DUPLICATE and item.because
    assert Child.objects.count() == 1


def test_ix_79_a_third_fact_that_agrees_is_enough(feed):
    child = children.register()
    assert answers(load(feed, KATE)) == [RowAnswer.MATCHED]
    assert child.identifiers.get().value == "B801200005001"


def test_ix_79_twins_are_never_taken_for_one_another(feed):
    twins = [ALI, ALI.replace("Ali", "Adam"), ALI.replace("Ali", "Aisha").replace(",M,", ",F,")]
    load(feed, *twins)
    for given in ("Ali", "Adam", "Aisha"):
        assert Name.objects.filter(given=given).count() <= 1
    assert not Name.objects.filter(kind="spelling").exists()
    again = load(feed, *twins, sequence=2)
    assert RowAnswer.CREATED not in answers(again)


def test_ix_79_twins_with_numbers_are_two_records(feed):
    other = "M80120000500A,Smith,Ruby,2019-09-04,F,2024-09-02,1 Harbour Street,NM1 1AA"
    assert answers(load(feed, KATE, other)) == [RowAnswer.CREATED, RowAnswer.CREATED]
    assert answers(load(feed, KATE, other, "", sequence=2)) == [RowAnswer.UNCHANGED, RowAnswer.UNCHANGED]


def test_ix_79_twins_whose_names_sound_alike_wait_for_a_steward(feed):
    other = "M80120000500A,Smith,Katrina,2019-09-04,F,2024-09-02,1 Harbour Street,NM1 1AA"
    assert answers(load(feed, KATE, other)) == [RowAnswer.CREATED, RowAnswer.QUEUED]


def test_a_number_with_somebody_else_s_name_waits_for_a_steward(feed):
    load(feed, KATE)
    row = "B801200005001,Jones,Oliver,2012-02-02,M,2024-09-02,8 Far Road,NM9 9ZZ"
    assert answers(load(feed, row, sequence=2)) == [RowAnswer.QUEUED]
    assert worklist.waiting().filter(kind=WorkKind.CLASH).count() == 1


# Files.


def test_ix_70_files_come_strictly_in_sequence(feed):
    assert load(feed, KATE, sequence=4).state == LoadState.FULL
    for sequence, says in ((6, "Number 5 is missing"), (4, "was loaded before"), (3, "was loaded before")):
        refused = load(feed, KATE, ALI, sequence=sequence)
        assert refused.state == LoadState.REFUSED and says in refused.answer
    assert Child.objects.count() == 1
    assert load(feed, KATE, ALI, sequence=5).state == LoadState.FULL


def test_ix_70_a_file_that_never_came_can_be_left_out(feed):
    load(feed, KATE)
    feeds.accept_gap(feed, next_sequence=4, **BY)
    assert load(feed, KATE, sequence=4).state == LoadState.FULL
    with pytest.raises(Refused, match="left out"):
        feeds.accept_gap(feed, next_sequence=5, **BY)


def test_ix_71_every_row_and_every_file_has_an_answer(feed):
    assert load(feed, KATE, ALI).state == LoadState.FULL
    feeds_second = load(feed, KATE, WRONG, ALI, sequence=2)
    assert feeds_second.state == LoadState.PARTIAL
    assert answers(feeds_second) == [RowAnswer.UNCHANGED, RowAnswer.FORMAT, RowAnswer.UNCHANGED]
    feeds.resume(feed, **BY)
    assert load(feed, WRONG, sequence=3).state == LoadState.NONE


@pytest.mark.parametrize(
    ("data", "state", "says"),
    [
        (b"\xff\xfe", LoadState.CORRUPT, "UTF-16"),
        (b"nonsense", LoadState.CORRUPT, "first line"),
        (b"#teamaround,school-roll,2,T1,1,2026-11-24\nx\ny\n", LoadState.VERSION, "version"),
    ],
)
def test_ix_71_a_file_that_cannot_be_read_is_answered_and_changes_nothing(feed, data, state, says):
    for answer in (feeds.load(feed, data, **BY), feeds.dry_run(feed, data, **BY)):
        assert answer.state == state and says in answer.answer and answer.rows == 0


def test_a_file_of_another_agency_is_not_read(feed):
    other = live(feeds.arrange(source="school-roll", agency=makers.agency(), **BY))
    assert feeds.load(feed, file(other, KATE), **BY).state == LoadState.CORRUPT
    assert load(feed, KATE, made_on="2026-11-25").answer == "The file's date is in the future"


def test_ix_72_the_same_file_twice_changes_nothing(feed):
    first = load(feed, KATE, ALI)
    before = everything()
    again = feeds.load(feed, file(feed, KATE, ALI), **BY)
    assert first.state == LoadState.FULL and again.state == LoadState.REFUSED
    assert "already" in again.answer and everything() == before


def test_ix_72_the_same_rows_in_the_next_file_change_nothing(feed):
    load(feed, KATE, ALI)
    before = everything()
    assert answers(load(feed, KATE, ALI, sequence=2)) == [RowAnswer.UNCHANGED, RowAnswer.UNCHANGED]
    assert everything() == before


def everything():
    """What a file could change, as it stands."""
    return [sorted(map(str, model.objects.values_list())) for model in (Child, Name, Address, Universal, WorkItem)]


def test_ix_72_a_file_that_stopped_in_the_middle_is_sent_again(feed, monkeypatch):
    data = file(feed, KATE, ALI)
    placed = placing.place

    def stop(row, origin):
        if row.family_name == "Khan":
            raise KeyboardInterrupt
        return placed(row, origin)

    monkeypatch.setattr(placing, "place", stop)
    with pytest.raises(KeyboardInterrupt):
        feeds.load(feed, data, **BY)
    monkeypatch.undo()
    again = feeds.load(feed, data, **BY)
    assert again.state == LoadState.FULL and answers(again) == [RowAnswer.UNCHANGED, RowAnswer.CREATED]
    assert Child.objects.count() == 2


def test_ix_73_one_bad_row_blocks_no_other_whatever_breaks(feed, monkeypatch):
    created = placing.create

    def break_on_kate(row, origin):
        if row.family_name == "Smith":
            raise DatabaseError("relation Katherine Smith does not exist")
        return created(row, origin)

    monkeypatch.setattr(placing, "create", break_on_kate)
    answer = load(feed, KATE, WRONG, ALI)
    assert answers(answer) == [RowAnswer.FAILED, RowAnswer.FORMAT, RowAnswer.CREATED]
    assert "Smith" not in answer.answers.get(answer=RowAnswer.FAILED).why
    assert Child.objects.get().names.get().family == "Khan"


def test_ix_73_each_row_is_an_act_of_its_own(feed):
    load(feed, KATE, ALI)
    rows = Event.objects.filter(action="feed.row-taken-in")
    assert {len(event.about) for event in rows} == {1} and rows.count() == 2
    assert {event.facts["answer"] for event in rows} == {"created"}


def test_ix_73_more_than_five_in_a_hundred_wrong_pauses_the_source_and_tells_the_stewards(feed):
    steward = makers.practitioner(roles=("steward",), modules=())
    good = [f",Khan{n},Ali,2018-01-{n:02d},M,2024-09-02,{n} Mill Lane,NM2 2BB" for n in range(1, 20)]
    load(feed, *good, WRONG)
    feed.refresh_from_db()
    assert feed.paused_because == "" and not Notice.objects.exists()
    load(feed, *good[:18], WRONG, sequence=2)
    feed.refresh_from_db()
    assert "1 of 19 rows" in feed.paused_because
    assert Notice.objects.get().practitioner == steward
    refused = load(feed, *good, sequence=3)
    assert refused.state == LoadState.REFUSED and "paused" in refused.answer
    feeds.resume(feed, **BY)
    assert load(feed, *good, sequence=3).state == LoadState.FULL


def test_ix_74_absence_from_a_file_ends_nothing_and_asks_a_steward(feed, school):
    load(feed, KATE, ALI)
    load(feed, ALI, sequence=2)
    item = worklist.waiting().get()
    kate = Child.objects.get(names__family="Smith")
    assert (item.kind, item.child) == (WorkKind.MISSING, kate)
    assert kate.universal_services.get(kind="education", to_on=None).agency == school
    load(feed, ALI, sequence=3)
    assert worklist.waiting().count() == 1


def test_ix_74_who_is_there_again_is_asked_of_no_more(feed):
    load(feed, KATE, ALI)
    load(feed, ALI, sequence=2)
    load(feed, KATE, ALI, sequence=3)
    assert not worklist.waiting().exists()


def test_ix_74_a_child_whose_row_waits_is_not_missing(feed):
    load(feed, KATE)
    load(feed, KATE.replace("Katherine,2019-09-04", "Oliver,2012-02-02"), sequence=2)
    assert not worklist.waiting().filter(kind=WorkKind.MISSING).exists()


# Dry first.


def test_a_dry_run_answers_every_row_and_changes_nothing(school):
    feed = feeds.arrange(source="school-roll", agency=school, **BY)
    known = children.register()
    tried = feeds.dry_run(feed, file(feed, KATE, ALI, WRONG), **BY)
    assert tried.dry and answers(tried) == [RowAnswer.MATCHED, RowAnswer.CREATED, RowAnswer.FORMAT]
    assert Child.objects.get() == known and not known.identifiers.exists() and not WorkItem.objects.exists()
    feed.refresh_from_db()
    assert feed.last_sequence == 0


def test_ix_75_a_source_goes_live_after_a_dry_run_that_can_be_read(school):
    feed = feeds.arrange(source="school-roll", agency=school, **BY)
    assert "not live" in load(feed, KATE).answer
    for minute, data, says in (
        (1, None, "dry run first"),
        (2, b"nonsense", "dry run first"),
        (3, file(feed, KATE, WRONG), "1 of 2 rows"),
    ):
        with dates.given(dates.now() + timedelta(minutes=minute)):
            if data is not None:
                feeds.dry_run(feed, data, **BY)
            with pytest.raises(Refused, match=says):
                feeds.go_live(feed, **BY)
    with dates.given(dates.now() + timedelta(minutes=4)):
        feeds.dry_run(feed, file(feed, KATE), **BY)
        feeds.go_live(feed, **BY)
    assert load(feed, KATE).state == LoadState.FULL


def test_the_arrangement_of_a_file_is_found_by_its_first_line(feed):
    assert feeds.arranged(file(feed, KATE)) == feed
    with pytest.raises(Refused, match="arranged"):
        feeds.arranged(file(feed, KATE).replace(feed.agency.code.encode(), b"X1"))
    with pytest.raises(Refused, match="first line"):
        feeds.arranged(b"nonsense")


def test_what_became_of_a_file_is_said_in_words(feed):
    assert feeds.say(load(feed, KATE, ALI, WRONG)).splitlines() == [
        "Loaded in part",
        "No match: a record was made: 2",
        "Wrong format: 1",
    ]
    assert feeds.say(load(feed, KATE, sequence=9)).startswith("Refused: out of sequence: This source is paused")


def test_a_file_is_taken_in_by_command(feed, tmp_path, capsys):
    (tmp_path / "roll.csv").write_bytes(file(feed, KATE))
    call_command("load_feed", str(tmp_path / "roll.csv"), "--dry-run")
    assert "Dry run" in capsys.readouterr().out and not Child.objects.exists()
    call_command("load_feed", str(tmp_path / "roll.csv"))
    assert "Loaded in full" in capsys.readouterr().out and Child.objects.exists()
    (tmp_path / "other.csv").write_bytes(b"nonsense")
    with pytest.raises(CommandError, match="first line"):
        call_command("load_feed", str(tmp_path / "other.csv"))


def test_progress_is_told_row_by_row(feed):
    told = []
    feeds.load(feed, file(feed, KATE, WRONG, ALI), progress=lambda done, of: told.append((done, of)), **BY)
    assert told == [(2, 3), (3, 3)]


def test_a_row_asks_the_database_little(feed, django_assert_max_num_queries):
    load(feed, KATE)
    origin = placing.origin_of("school-roll", feed.agency, made_on=TODAY)
    (row,) = feed_reading.read(file(feed, KATE)).rows
    into = feed.loads.get()
    with django_assert_max_num_queries(12):
        taking_in.take_in(row, into=into, origin=origin, **BY)
