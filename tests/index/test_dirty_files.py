"""Partners' files as dirty as they come: no crash, a clear code for each row, and nothing of the file in the reason."""

from datetime import date

import pytest

from teamaround.index import feeds
from teamaround.index.models import Feed
from teamaround.index.terms import LoadState, RowAnswer
from teamaround.kit import dates
from teamaround.people.models import Child
from tests import makers
from tests.index.feed_files import ALI, BY, KATE, file, live

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

#: each line with what is wrong with it; the first and the last are in order
LINES = {
    KATE: "",
    KATE.lower(): "stands in line 3 already",
    ",,,,,,,": None,
    "": None,
    ',Jones,"Ann': "quotes",
    'Marie",2018-01-01,F,2024-09-02,,': "6 values for 8 columns",
    f",{'J' * 1024 * 1024},Ann,2018-01-01,F,2024-09-02,,": "longer than 4000",
    ",Jones,Ann,31/02/2018,F,2024-09-02,,": "born is no day",
    ",Jones,Ann,2018-01-01,F,02-09-2024,,": "started_on must be a date",
    ",Jones,Ann,2998-01-01,F,2024-09-02,,": "future",
    ",Jones,Ann,2018-01-01,F,2024-09-02": "6 values for 8 columns",
    ",Jones,Ann,2018-01-01,F,2024-09-02,,,more": "9 values for 8 columns",
    ALI: "",
}


@pytest.fixture(autouse=True)
def _today():
    with dates.given(date(2026, 11, 24)):
        yield


@pytest.fixture
def feed():
    return live(feeds.arrange(source="school-roll", agency=makers.agency("Harbour Primary School"), **BY))


def test_every_row_is_answered_dry_and_loaded_alike(feed):
    dirty = b"\xef\xbb\xbf" + file(feed, *LINES).replace(b"\n", b"\r\n") + b"\r\n\r\n"
    told = {number: why for number, why in enumerate(LINES.values(), start=3) if why is not None}
    for take_in in (feeds.dry_run, feeds.load):
        rows = list(take_in(feed, dirty, **BY).answers.order_by("number"))
        assert [row.number for row in rows] == list(told)
        for row in rows:
            assert row.answer == (RowAnswer.FORMAT if told[row.number] else RowAnswer.CREATED), row.why
            assert told[row.number] in row.why and "Jones" not in row.why
    assert Child.objects.count() == 2


def test_a_file_in_the_letters_of_old_windows_changes_nothing_and_says_what_to_do(feed):
    answered = feeds.load(feed, file(feed, KATE.replace("Katherine", "Zoé")).decode().encode("cp1252"), **BY)
    assert answered.state == LoadState.CORRUPT and "Save the file as CSV UTF-8" in answered.answer
    assert not Child.objects.exists() and Feed.objects.get(pk=feed.pk).last_sequence == 0
