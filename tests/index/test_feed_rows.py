"""Reading a partner's file: what is wrong with it is said clearly, and nothing brings the reader down."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from teamaround.index import feed_reading
from teamaround.index.feed_rows import Corrupt, File, OtherVersion, Row

FIRST = "#teamaround,school-roll,1,T00001,7,2026-11-24"
NAMES = "upn,family_name,given_names,born,sex,started_on"
ROW = "B801200005001,Smith,Katherine,2019-09-04,F,2024-09-02"


def read(*rows, first=FIRST, names=NAMES, end="") -> File:
    return feed_reading.read("\n".join([first, names, *rows, *([end] if end else [])]).encode())


def test_a_file_says_whose_it_is_and_which():
    header = read(ROW).header
    assert (header.source, header.agency, header.sequence, header.made_on) == (
        "school-roll",
        "T00001",
        7,
        date(2026, 11, 24),
    )


def test_a_row_is_cleaned_and_keeps_its_line():
    (row,) = read("b80 1200005001,  Smith , Katherine\u00a0Ann,04/09/2019,f,2024-09-02").rows
    assert row.number == 3
    assert (row.family_name, row.given_names, row.born, row.sex) == ("Smith", "Katherine Ann", date(2019, 9, 4), "F")


def test_columns_may_stand_in_any_order_and_be_written_as_in_a_spreadsheet():
    (row,) = read(
        "F,2024-09-02,2019-09-04,Katherine,Smith,", names="Sex,Started on,Born,Given names,Family name,UPN"
    ).rows
    assert row.family_name == "Smith" and row.identifier == ""


def test_quotes_hold_commas():
    (row,) = read(f'{ROW},"1, Harbour Street",nm11aa', names=f"{NAMES},address,postcode").rows
    assert (row.address, row.postcode) == ("1, Harbour Street", "NM1 1AA")


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_any_line_ends_and_a_byte_order_mark_are_read(ends):
    data = "\ufeff" + ends.join([FIRST, NAMES, ROW, "", ""])
    assert len(feed_reading.read(data.encode("utf-8")).rows) == 1


def test_empty_lines_of_a_spreadsheet_are_no_rows():
    file = read(ROW, ",,,,,", "", first=FIRST + ",,,")
    assert file.count == 1


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"upn,family_name\n", "must start with #teamaround"),
        (b"#teamaround,school-roll,1\n", "The first line must be"),
        (b"#teamaround,police,1,T1,7,2026-11-24\nx\n", "source in the first line"),
        (b"#teamaround,school-roll,1,T1,0,2026-11-24\nx\n", "whole number"),
        (b"#teamaround,school-roll,1,T1,99999999999,2026-11-24\nx\n", "whole number"),
        ("#teamaround,school-roll,1,T1,\u0667,2026-11-24\nx\n".encode(), "whole number"),
        (b"#teamaround,school-roll,1,T1,7,yesterday\nx\n", "date in the first line must be a date"),
        (b"#teamaround,school-roll,1,T1,7,2026-02-30\nx\n", "date in the first line is no day"),
        (f"{FIRST}\n".encode(), "second line must name the columns"),
        (f"{FIRST}\n{NAMES}\n".encode(), "names no children"),
        (f"{FIRST}\n{NAMES},born\n{ROW},2019-09-04\n".encode(), "A column stands twice: born"),
        (f"{FIRST}\n{NAMES},notes\n{ROW},x\n".encode(), "name of column 7 is not known"),
        (f"{FIRST}\nupn,family_name\n".encode(), "Missing column: given_names"),
        (f"{FIRST}\n{NAMES.replace('upn', 'nhs_number')}\n".encode(), "name of column 1 is not known"),
        (f'{FIRST}\n"{NAMES}\n'.encode(), "quotes"),
        (f"{FIRST}\n{NAMES}\n{ROW}".encode("utf-16"), "UTF-16"),
        (f"{FIRST}\n{NAMES}\n{ROW}\u00ef".encode("cp1252"), "Line 3 is not UTF-8"),
        (b"PK\x03\x04whatever", "spreadsheet"),
        (f"{FIRST}\n{NAMES}\n{ROW}\n#end,2\n".encode(), "cut off: its last line tells of 2 rows"),
        (f"{FIRST}\n{NAMES}\n{ROW}\n#end,many\n".encode(), "number of rows"),
    ],
)
def test_a_file_that_cannot_be_read_is_answered_with_the_reason(data, says):
    with pytest.raises(Corrupt, match=says):
        feed_reading.read(data)


def test_a_forgotten_line_of_names_is_not_repeated():
    with pytest.raises(Corrupt) as corrupt:
        read(ROW, names=ROW)
    assert "Smith" not in str(corrupt.value).title() and "column 1, 2, 3, 4, 5" in str(corrupt.value)


def test_a_file_too_large_is_not_read(monkeypatch):
    monkeypatch.setattr(feed_reading, "MOST_BYTES", 20)
    with pytest.raises(Corrupt, match="larger than"):
        read(ROW)


def test_another_version_of_the_format_is_told_apart():
    with pytest.raises(OtherVersion):
        read(ROW, first=FIRST.replace(",1,", ",2,"))


def test_a_closing_line_that_counts_right_is_fine():
    assert read(ROW, end="#end,1").count == 1


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (",,Katherine,2019-09-04,F,2024-09-02", "family_name is missing"),
        (",---,Katherine,2019-09-04,F,2024-09-02", "family_name is missing"),
        (",Smith,,2019-09-04,F,2024-09-02", "given_names is missing"),
        (",Smith,Katherine,,F,2024-09-02", "born is missing"),
        (",Smith,Katherine,2019-02-30,F,2024-09-02", "born is no day of the calendar"),
        (",Smith,Katherine,Sept 2019,F,2024-09-02", "born must be a date"),
        (",Smith,Katherine,2019-09-04,Female,2024-09-02", "sex must be"),
        (",Smith,Katherine,2019-09-04,F,", "started_on is missing"),
        (f",{'S' * 101},Katherine,2019-09-04,F,2024-09-02", "longer than 100"),
        (",Smith,Katherine,2019-09-04,F", "5 values for 6 columns"),
        (",Smith,Katherine,2019-09-04,F,2024-09-02,more", "7 values for 6 columns"),
        (',Smith,"Katherine,2019-09-04,F,2024-09-02', "quotes"),
        (",Sm\x00ith,Katherine,2019-09-04,F,2024-09-02", "cannot be printed"),
        ("," + "x" * 4_001, "longer than 4000"),
    ],
)
def test_ix_73_a_wrong_line_is_told_and_the_others_stand(line, says):
    file = read(ROW, line, ",Jones,Ali,2018-01-01,M,2024-09-02")
    assert [row.family_name for row in file.rows] == ["Smith", "Jones"]
    (wrong,) = file.wrong
    assert wrong.number == 4 and says in wrong.why


def test_what_is_wrong_never_repeats_what_the_line_holds():
    (wrong,) = read(",Secretname,Katherine,Secretdate,F,2024-09-02").wrong
    assert "Secret" not in wrong.why


def test_a_number_twice_in_one_file_is_a_wrong_second_line():
    (wrong,) = read(ROW, ROW.lower()).wrong
    assert wrong.why == "The upn stands in line 3 already"


def test_a_row_kept_for_a_steward_comes_back_as_it_was():
    names = f"{NAMES},left_on,known_as,address,postcode,carer_given_names"
    (row,) = read(f"{ROW},2026-07-20,Kate,1 Harbour Street,NM1 1AA,Ama", names=names).rows
    again = Row.from_received({**row.as_received(), "source": "school-roll", "agency": "T1"})
    assert again.as_received() == row.as_received()


@settings(max_examples=300)
@given(st.binary(max_size=400))
def test_no_bytes_bring_the_reader_down(data):
    try:
        feed_reading.read(data)
    except Corrupt as corrupt:
        assert str(corrupt)


@settings(max_examples=300)
@given(st.lists(st.text(max_size=60), max_size=5))
def test_every_line_of_a_readable_file_is_a_row_or_a_wrong_row(lines):
    file = read(ROW, *[line.replace("#end", "") for line in lines])
    assert file.count >= 1 and file.rows[0].family_name == "Smith"
    assert all(wrong.why for wrong in file.wrong)
