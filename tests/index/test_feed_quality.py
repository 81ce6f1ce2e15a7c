"""The report on a partner's files: counts, columns, reasons, the trend, what to mend first, and no child (IX-75)."""

from datetime import date, datetime, timedelta

import pytest

from teamaround.index import feed_quality, feeds
from teamaround.kit import dates
from teamaround.kit.cells import safe
from teamaround.kit.refused import Refused
from tests import makers
from tests.index.feed_files import ALI, BY, KATE, WRONG, file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

TODAY = date(2026, 11, 24)


@pytest.fixture
def feed():
    return feeds.arrange(source="school-roll", agency=makers.agency("Harbour Primary School"), **BY)


def tried(feed, *rows, sequence=1):
    with dates.given(datetime(2026, 11, 24, 9, sequence, tzinfo=dates.LONDON)):
        return feeds.dry_run(feed, file(feed, *rows, sequence=sequence), **BY)


def test_a_report_counts_by_answer_and_by_column_and_reason(feed):
    tried(feed, KATE)
    tried(feed, KATE, WRONG, WRONG, KATE, ALI.replace("2018-01-01", "1.1.2018"), sequence=2)
    report = feed_quality.report(feed)
    assert [(one.sequence, one.rows, one.rejected_percent) for one in report.trend] == [(1, 1, 0.0), (2, 5, 80.0)]
    assert dict(report.answers) == {"No match: a record was made": 1, "Wrong format": 4}
    assert (report.first_to_mend.column, report.first_to_mend.rows) == ("family_name", 2)
    assert {(one.column, one.rows) for one in report.faults} == {("family_name", 2), ("born", 1), ("upn", 1)}


def test_reasons_that_differ_in_the_line_only_are_one(feed):
    other = "M80120000500A,Jones,Ann,2018-01-01,F,2024-09-02,,"
    tried(feed, KATE, other, KATE, other)
    (fault,) = feed_quality.report(feed).faults
    assert (fault.rows, fault.why) == (2, "The upn stands in line … already")


def test_a_report_holds_nothing_of_a_child_and_no_formula(feed):
    tried(feed, KATE, ALI.replace("Khan", "=1+1"), WRONG)
    table = feed_quality.as_csv(feed_quality.report(feed)).decode("utf-8-sig")
    assert "fault,family_name" in table
    assert not any(word in table for word in ("Smith", "Khan", "Nobody", "B801200005001", "=1"))
    assert all(line[:1] not in "=+-@" for line in table.splitlines())


def test_before_the_first_file_there_is_nothing_to_report(feed):
    report = feed_quality.report(feed)
    assert report.last is None and report.first_to_mend is None and feed_quality.as_csv(report)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@a", " =1", "\t=1", "\u200b=1", "＝1", "\x00=1", "＠a"])
def test_no_cell_of_a_table_runs(cell):
    assert safe(cell).startswith("'") and "\x00" not in safe(cell)


@pytest.mark.parametrize("cell", ["Smith", "1 = 1", "", "a@example.org", 3, -3])
def test_other_cells_are_left(cell):
    assert safe(cell) == str(cell)


def test_ix_75_a_source_goes_live_only_with_enough_numbers_that_can_be_right(feed):
    numbered = ["M80120000500A,Smith,Ruby,2010-01-01,F,2024-09-02,,"]
    tried(feed, *numbered, ALI)
    with pytest.raises(Refused, match="1 of 2 rows of the last dry run have a number"):
        feeds.go_live(feed, **BY)
    with dates.given(TODAY + timedelta(days=1)):
        feeds.dry_run(feed, file(feed, *numbered, sequence=2), **BY)
        feeds.go_live(feed, **BY)
    feed.refresh_from_db()
    assert feed.live


def test_ix_75_a_number_that_is_another_child_s_does_not_count(feed):
    makers.change(feed, live=True)
    feed.refresh_from_db()
    with dates.given(TODAY):
        feeds.load(feed, file(feed, KATE), **BY)
        clash = KATE.replace("Smith,Katherine,2019-09-04", "Jones,Oliver,2012-02-02")
        assert feeds.dry_run(feed, file(feed, clash, sequence=2), **BY).identified == 0
