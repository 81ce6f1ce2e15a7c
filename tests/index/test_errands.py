"""Files that the job worker tries, loads and takes back: IX-76, and how far it is."""

import json
from datetime import datetime, timedelta

import psycopg
import pytest
from django.db import OperationalError, connection

from teamaround.audit.models import Event
from teamaround.index import acknowledging, errands, feeds, placing
from teamaround.index.models import Errand, Load, Sent
from teamaround.index.terms import ErrandState, LoadState
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.people.models import Child
from tests import makers
from tests.index.feed_files import ALI, BY, KATE, WRONG, file, live

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

MORNING = datetime(2026, 11, 24, 9, tzinfo=dates.LONDON)


@pytest.fixture(autouse=True)
def _morning():
    with dates.given(MORNING):
        yield


@pytest.fixture
def feed():
    return live(feeds.arrange(source="school-roll", agency=makers.agency("Harbour Primary School"), **BY))


def send(feed, *rows, kind="load", **more):
    return errands.send(feed, file(feed, *rows, **more), kind=kind, **BY)


def in_minutes(minutes):
    return dates.given(MORNING + timedelta(minutes=minutes))


def fails(message, sqlstate=None):
    """The database's error as Django passes it on."""
    cause = psycopg.OperationalError(message)
    if sqlstate is not None:
        cause = type("Told", (psycopg.OperationalError,), {"sqlstate": sqlstate})(message)
    error = OperationalError(message)
    error.__cause__ = cause
    return error


def test_a_file_is_loaded_by_the_worker_and_then_forgotten(feed):
    errand = send(feed, KATE, WRONG, ALI)
    assert errands.view(errand).is_open and not Child.objects.exists()
    assert errands.work() == 1
    errand.refresh_from_db()
    assert (errand.state, errand.done, errand.of) == (ErrandState.DONE, 3, 3)
    assert errand.load.state == LoadState.PARTIAL and not Sent.objects.exists()
    assert errands.work() == 0


def test_a_file_that_was_tried_is_kept_a_day_and_can_be_loaded_as_it_is(feed):
    errand = send(feed, KATE, kind="try")
    errands.work()
    errand.refresh_from_db()
    assert errands.view(errand).may_load and not Child.objects.exists()
    loading = errands.load_tried(errand, **BY)
    errands.work()
    loading.refresh_from_db()
    assert loading.load.state == LoadState.FULL and not Sent.objects.exists()
    with pytest.raises(Refused, match="no longer kept"):
        errands.load_tried(errand, **BY)


def test_a_file_that_was_tried_and_left_is_forgotten(feed):
    send(feed, KATE, kind="try")
    errands.work()
    assert errands.forget_old(**BY) == 0
    with in_minutes(60 * 25):
        assert errands.forget_old(**BY) == 1


def test_who_asked_stands_in_the_event_of_every_row(feed):
    steward = makers.practitioner(roles=("steward",))
    errands.send(feed, file(feed, KATE), kind="load", by=makers.actor(steward))
    errands.work()
    assert Event.objects.get(action="feed.row-taken-in").on_behalf_of == steward.pk


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"nonsense", "first line"),
        (b"#teamaround,school-roll,1,T9,1,2026-11-24\nx\n", "arranged"),
        (b"\xff\xfea", "UTF-16"),
    ],
)
def test_what_cannot_be_the_source_s_file_is_refused_before_anybody_waits(feed, data, says):
    with pytest.raises(Refused, match=says):
        errands.send(feed, data, kind="try", **BY)
    assert not Errand.objects.exists()


def test_a_file_waits_once_and_only_for_a_source_that_takes_it(feed):
    send(feed, KATE)
    with pytest.raises(Refused, match="waiting already"):
        send(feed, KATE)
    other = live(feeds.arrange(source="gp-list", agency=makers.agency(kind="gp"), **BY))
    with pytest.raises(Refused, match="another source"):
        errands.send(other, file(feed, ALI), kind="load", **BY)
    makers.change(feed, paused_because="1 of 2 rows of file 1 were rejected")
    feed.refresh_from_db()
    with pytest.raises(Refused, match="paused"):
        send(feed, ALI)
    makers.change(feed, live=False, paused_because="")
    feed.refresh_from_db()
    with pytest.raises(Refused, match="not live"):
        send(feed, ALI)


@pytest.mark.parametrize("sqlstate", [None, "53100", "57P01", "08006"])
def test_ix_76_a_service_that_is_down_leaves_the_file_queued_and_it_is_tried_again(feed, monkeypatch, sqlstate):
    placed = placing.place

    def down(row, origin):
        if row.family_name == "Khan":
            raise fails("connection of Katherine Smith is lost", sqlstate)
        return placed(row, origin)

    errand = send(feed, KATE, ALI)
    monkeypatch.setattr(placing, "place", down)
    errands.work()
    errand.refresh_from_db()
    assert errand.state == ErrandState.AGAIN and "tried again" in errand.answer and "Smith" not in errand.answer
    assert acknowledging.of_errand(errand)["teamaround-answer"]["answer"] == "down"
    assert errands.work() == 0
    monkeypatch.undo()
    with in_minutes(2):
        assert errands.work() == 1
    errand.refresh_from_db()
    assert errand.state == ErrandState.DONE and errand.load.state == LoadState.FULL
    assert Child.objects.count() == 2 and Load.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_ix_76_a_connection_that_is_really_lost_in_the_middle_is_opened_anew(feed, monkeypatch):
    placed = placing.place

    def cut(row, origin):
        if row.family_name == "Khan":
            with connection.cursor() as cursor:
                cursor.execute("select pg_terminate_backend(pg_backend_pid())")
        return placed(row, origin)

    send(feed, KATE, ALI)
    monkeypatch.setattr(placing, "place", cut)
    errands.work()
    assert Errand.objects.get().state == ErrandState.AGAIN and Child.objects.count() == 1
    monkeypatch.undo()
    with in_minutes(2):
        errands.work()
    assert Errand.objects.get().state == ErrandState.DONE and Child.objects.count() == 2


def test_ix_76_a_disk_that_is_full_leaves_the_file_queued(feed, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    errand = send(feed, KATE)
    monkeypatch.setattr(feeds.feed_reading, "read", full)
    errands.work()
    errand.refresh_from_db()
    assert errand.state == ErrandState.AGAIN


def test_ix_76_an_error_of_the_row_is_the_row_s_and_holds_nothing_up(feed, monkeypatch):
    def refuse(row, origin):
        raise fails("deadlock detected", "40P01")

    send(feed, KATE)
    monkeypatch.setattr(placing, "place", refuse)
    errands.work()
    assert Errand.objects.get().load.answers.get().answer == "failed"


def test_ix_70_behind_a_file_that_is_tried_again_the_next_one_waits(feed, monkeypatch):
    def down(row, origin):
        raise fails("gone")

    first = send(feed, KATE)
    with in_minutes(1):
        second = send(feed, KATE, ALI, sequence=2)
    monkeypatch.setattr(placing, "place", down)
    errands.work()
    second.refresh_from_db()
    assert second.state == ErrandState.WAITING
    monkeypatch.undo()
    with in_minutes(3):
        errands.work()
    for one in (first, second):
        one.refresh_from_db()
        assert one.load.state == LoadState.FULL


def test_a_file_is_taken_back_by_the_worker_once(feed):
    send(feed, KATE)
    errands.work()
    loaded = Load.objects.get()
    errand = errands.ask_to_take_back(loaded, **BY)
    with pytest.raises(Refused, match="being taken back already"):
        errands.ask_to_take_back(loaded, **BY)
    errands.work()
    errand.refresh_from_db()
    assert errand.load.state == LoadState.UNDONE and not Child.objects.exists()
    assert errands.view(errand).is_well
    with pytest.raises(Refused, match="taken back already"):
        errands.ask_to_take_back(errand.load, **BY)


def test_ix_71_the_answer_that_a_machine_reads_has_one_for_the_file_and_one_for_each_row(feed):
    loaded = feeds.load(feed, file(feed, KATE, WRONG, ALI), **BY)
    answer = json.loads(acknowledging.as_json(acknowledging.of_load(loaded)))
    told = answer["teamaround-answer"]
    assert (told["answer"], told["sequence"], told["rows"], told["rejected"]) == ("partial", 1, 3, 1)
    assert [(one["row"], one["answer"]) for one in answer["rows"]] == [(3, "created"), (4, "format"), (5, "created")]
    assert answer["rows"][1]["column"] == "family_name"
    table = acknowledging.as_csv(acknowledging.of_load(loaded)).decode("utf-8-sig")
    assert "4,format,family_name,family_name is missing" in table
    assert not any(name in table for name in ("Smith", "Khan", "Nobody"))


def test_ix_71_a_file_that_could_not_be_read_has_no_count_of_rows(feed):
    unread = feeds.load(feed, b"nonsense", **BY)
    assert acknowledging.of_load(unread)["teamaround-answer"]["rows"] == -1
