"""What runs by itself with partners' files."""

import json
import os
from datetime import date, timedelta

import pytest

from teamaround.index import errands, feeds, undoing
from teamaround.index.models import Kept
from teamaround.jobs import schedule
from teamaround.kit import dates
from teamaround.people.models import Child
from tests import makers
from tests.index.feed_files import BY, KATE, file, live

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

TODAY = date(2026, 11, 24)


@pytest.fixture
def feed():
    with dates.given(TODAY):
        yield live(feeds.arrange(source="school-roll", agency=makers.agency("Harbour Primary School"), **BY))


def test_every_minute_what_was_dropped_is_taken_loaded_and_answered(feed, tmp_path, settings):
    settings.FEEDS_FOLDER = tmp_path
    (tmp_path / "roll.csv").write_bytes(file(feed, KATE))
    before = (dates.now() - timedelta(minutes=1)).timestamp()
    os.utime(tmp_path / "roll.csv", (before, before))
    schedule.take_dropped_files(0)
    schedule.do_errands(0)
    answer = json.loads((tmp_path / "answers" / "roll.csv.answer.json").read_text())
    assert answer["teamaround-answer"]["answer"] == "full" and Child.objects.exists()


def test_without_a_folder_only_what_pages_asked_for_is_done(feed, settings):
    settings.FEEDS_FOLDER = None
    errands.send(feed, file(feed, KATE), kind="load", **BY)
    schedule.take_dropped_files(0)
    schedule.do_errands(0)
    assert Child.objects.exists()


def test_every_night_what_can_no_longer_be_taken_back_is_forgotten(feed):
    loaded = feeds.load(feed, file(feed, KATE), **BY)
    with dates.given(undoing.last_day(loaded) + timedelta(days=2)):
        schedule.forget_kept(0)
    assert not Kept.objects.exists()
