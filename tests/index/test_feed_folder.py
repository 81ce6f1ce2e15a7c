"""The drop folder: each file is taken once, and its answer lies beside it."""

import json
import os
from datetime import datetime, timedelta

import pytest

from teamaround.index import errands, feed_folder, feeds
from teamaround.index.models import Errand, Load
from teamaround.index.terms import LoadState
from teamaround.kit import dates
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


def drop(folder, name, data, *, seconds_ago=60):
    (folder / name).write_bytes(data)
    when = (MORNING - timedelta(seconds=seconds_ago)).timestamp()
    os.utime(folder / name, (when, when))


def run(folder):
    """As the job does."""
    taken = feed_folder.take(folder)
    errands.work()
    feed_folder.answer(folder)
    return taken


def answered(folder, name):
    return json.loads((folder / "answers" / f"{name}.answer.json").read_text())["teamaround-answer"]


def left(folder):
    return sorted(one.name for one in folder.rglob("*") if one.is_file() and one.parent.name != "answers")


def test_a_file_is_taken_once_loaded_answered_and_gone(feed, tmp_path):
    drop(tmp_path, "roll.csv", file(feed, KATE, WRONG, ALI))
    assert run(tmp_path) == 1
    assert answered(tmp_path, "roll.csv")["answer"] == "partial" and left(tmp_path) == []
    assert run(tmp_path) == 0 and Errand.objects.count() == 1 and Child.objects.count() == 2


def test_a_source_that_is_not_live_is_tried(feed, tmp_path):
    makers.change(feed, live=False)
    drop(tmp_path, "roll.csv", file(feed, KATE))
    run(tmp_path)
    assert answered(tmp_path, "roll.csv")["answer"] == LoadState.DRY_RUN and not Child.objects.exists()


def test_what_is_still_written_hidden_or_no_such_file_is_let_lie(feed, tmp_path):
    drop(tmp_path, "new.csv", file(feed, KATE), seconds_ago=1)
    drop(tmp_path, ".hidden.csv", file(feed, KATE))
    drop(tmp_path, "roll.csv.part", file(feed, KATE))
    assert run(tmp_path) == 0 and len(left(tmp_path)) == 3


def test_what_is_nobody_s_is_answered_at_once_and_goes(tmp_path):
    drop(tmp_path, "a.csv", b"nonsense")
    drop(tmp_path, "b.json", b"[")
    assert run(tmp_path) == 0
    assert "first line" in answered(tmp_path, "a.csv")["why"] and "JSON" in answered(tmp_path, "b.json")["why"]
    assert left(tmp_path) == []


def test_files_of_one_source_are_taken_by_name(feed, tmp_path):
    drop(tmp_path, "roll-2.csv", file(feed, KATE, ALI, sequence=2))
    drop(tmp_path, "roll-1.csv", file(feed, KATE))
    feed_folder.take(tmp_path)
    names = Errand.objects.order_by("asked_at", "name").values_list("name", flat=True)
    assert [one.split("-", 1)[1] for one in names] == ["roll-1.csv", "roll-2.csv"]


def test_the_same_file_dropped_again_is_answered_again(feed, tmp_path):
    drop(tmp_path, "roll.csv", file(feed, KATE))
    run(tmp_path)
    with dates.given(MORNING + timedelta(minutes=1)):
        drop(tmp_path, "roll.csv", file(feed, KATE))
        run(tmp_path)
    assert answered(tmp_path, "roll.csv")["answer"] == "refused" and Load.objects.count() == 2


def test_ix_76_a_file_that_waits_is_answered_so_and_stays(feed, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    drop(tmp_path, "roll.csv", file(feed, KATE))
    monkeypatch.setattr(feeds.feed_reading, "read", full)
    run(tmp_path)
    assert answered(tmp_path, "roll.csv")["answer"] == "down" and len(left(tmp_path)) == 1
    monkeypatch.undo()
    with dates.given(MORNING + timedelta(minutes=2)):
        run(tmp_path)
    assert answered(tmp_path, "roll.csv")["answer"] == "full" and left(tmp_path) == []


def test_a_machine_that_stopped_between_taking_and_asking_asks_the_next_time(feed, tmp_path):
    (tmp_path / "taken").mkdir()
    drop(tmp_path / "taken", "20261124T080000000000-roll.csv", file(feed, KATE))
    assert run(tmp_path) == 1 and answered(tmp_path, "roll.csv")["answer"] == "full"
