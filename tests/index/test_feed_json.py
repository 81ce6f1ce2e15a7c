"""Files as JSON are read as CSV is; the published schemas and the check for suppliers say what the reader says."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from teamaround.index import feed_checking, feed_reading, feed_schema
from teamaround.index.feed_columns import SOURCES
from teamaround.index.feed_rows import Corrupt, OtherVersion

ROW = {
    "upn": "B801200005001",
    "family_name": "Smith",
    "given_names": "Katherine",
    "born": "2019-09-04",
    "sex": "F",
    "started_on": "2024-09-02",
}
HEADER = {"source": "school-roll", "version": 1, "agency": "T00001", "sequence": 7, "made_on": "2026-11-24"}
DOCS = Path(__file__).parents[2] / "docs" / "feeds"


def written(*rows, **header) -> bytes:
    return json.dumps({"teamaround": HEADER | header, "rows": list(rows)}).encode()


def changed(**values):
    return ROW | values


def test_the_same_rows_as_json_and_as_csv_are_the_same():
    lines = ["#teamaround,school-roll,1,T00001,7,2026-11-24", ",".join(ROW), ",".join(ROW.values())]
    as_csv, as_json = feed_reading.read("\n".join(lines).encode()), feed_reading.read(written(ROW))
    assert as_json.header == as_csv.header
    assert as_json.rows[0].as_received() == as_csv.rows[0].as_received()
    assert as_json.rows[0].number == 1 and as_json.rows[0].born == date(2019, 9, 4)


def test_a_byte_order_mark_and_null_are_read():
    file = feed_reading.read(b"\xef\xbb\xbf" + written(changed(upn=None, address=None)))
    assert file.rows[0].identifier == "" and file.rows[0].address == ""


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"{", "Line 1 is not JSON"),
        (b"[]", "must be an object"),
        (b"{}", "must be an object"),
        (b'{"teamaround": 1}', "must be an object"),
        (b"[" * 200_000, "nested too deeply"),
        (b'{"teamaround": {}, "teamaround": {}}', "stands twice"),
        (b'{"teamaround": {"source": "school-roll"}, "rows": []}', "Missing in “teamaround”: version"),
        (written(ROW, sequence=-1), "whole number"),
        (written(ROW, sequence=1.5), "Missing in “teamaround”: sequence"),
        (written(ROW, sequence=10**400), "whole number"),
        (written(ROW, made_on="24.11.2026"), "The date in “teamaround” must be a date"),
        (written(ROW, source="police"), "source in “teamaround”"),
        (written(ROW, note="Smith"), "1 names that are not known"),
        (written(), "names no children"),
        (written(ROW)[:-1] + b', "more": 1}', "may stand in the file"),
        (json.dumps({"teamaround": HEADER, "rows": {}}).encode(), "must be a list"),
        (written(ROW).replace(b"Smith", b"Sm\xefth"), "is not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_answered_with_the_reason(data, says):
    with pytest.raises(Corrupt, match=says):
        feed_reading.read(data)


def test_another_version_is_told_apart():
    with pytest.raises(OtherVersion):
        feed_reading.read(written(ROW, version=2))


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (changed(born="04.09.2019"), "born must be a date"),
        (changed(born="September"), "born must be a date"),
        (changed(born="1567555200"), "born must be a date"),
        (changed(family_name="=cmd|' /C calc'!A0"), "formula"),
        (changed(family_name=" ＝A1"), "formula"),
        (changed(given_names="@Kate"), "formula"),
        (changed(family_name="Sm\x00ith"), "family_name holds characters that cannot be printed"),
        (changed(family_name="Sm\ud800ith"), "cannot be printed"),
        (changed(family_name="\u202ehtimS"), "direction of writing"),
        (changed(address="A" * 1024 * 1024), "address is longer than 4000"),
        (changed(sex=["F"]), "sex must be a text"),
        (changed(sex=True), "sex must be a text"),
        (changed(notes="Smith"), "1 names that are not known"),
        ({key: value for key, value in ROW.items() if key != "born"}, "does not name born"),
        ("Smith", "must be an object"),
        (changed(upn="b801200005001"), "stands in line 1 already"),
    ],
)
def test_ix_73_a_wrong_row_is_told_and_the_others_stand(row, says):
    file = feed_reading.read(written(ROW, row, changed(upn="", family_name="Jones")))
    assert [one.family_name for one in file.rows] == ["Smith", "Jones"]
    (wrong,) = file.wrong
    assert wrong.number == 2 and says in wrong.why and "Smith" not in wrong.why.title()


def test_a_telephone_number_may_begin_with_a_plus():
    row = changed(carer_given_names="Ama", carer_family_name="Smith", carer_phone="+44 1632 960001")
    assert feed_reading.read(written(row)).rows[0].carer_phone == "+44 1632 960001"


def test_a_million_columns_are_refused_at_once():
    lines = ["#teamaround,school-roll,1,T1,7,2026-11-24", "upn," * 1_000_000, "x"]
    with pytest.raises(Corrupt, match="second line is longer than"):
        feed_reading.read("\n".join(lines).encode())
    with pytest.raises(Corrupt, match="first line is longer than"):
        feed_reading.read(b"#teamaround" + b"," * 1_000_000)
    file = feed_reading.read(written(ROW, {f"column {number}": "x" for number in range(100_000)}))
    assert "100000 names that are not known" in file.wrong[0].why


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None)
@given(json_values)
def test_no_json_brings_the_reader_down(value):
    try:
        feed_reading.read(json.dumps(value).encode())
    except Corrupt as corrupt:
        assert str(corrupt)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(sorted(SOURCES)),
    st.lists(st.dictionaries(st.sampled_from([*ROW, "team", "nhs_number"]), json_values, max_size=9), max_size=4),
)
def test_every_row_of_a_readable_file_is_a_row_or_a_wrong_row(source, rows):
    try:
        file = feed_reading.read(written(*rows, source=source))
    except Corrupt as corrupt:
        assert rows == [] and "names no children" in str(corrupt)
        return
    assert file.count == len(rows) and all(one.why for one in file.wrong)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_bring_the_check_down(data):
    assert feed_checking.report(feed_checking.check(data))


# The schemas.


def test_every_source_has_its_schema_as_it_is_published():
    assert {one.name for one in DOCS.iterdir()} == {f"{code}.schema.json" for code in SOURCES}
    for code, schema in feed_schema.schemas().items():
        assert json.loads((DOCS / f"{code}.schema.json").read_text()) == schema


@pytest.mark.parametrize("code", sorted(SOURCES))
def test_a_schema_names_the_columns_that_the_reader_takes_and_needs(code):
    row = feed_schema.schema(SOURCES[code])["properties"]["rows"]["items"]
    assert set(row["properties"]) == {one.name for one in SOURCES[code].columns}
    assert set(row["required"]) == {one.name for one in SOURCES[code].columns if one.needed}
    assert all(one["description"] for one in row["properties"].values())


# The check that a supplier runs.


def check(tmp_path, data, name="roll.json"):
    """Run the command as a supplier does: where nothing is set up and there is no database."""
    (tmp_path / name).write_bytes(data)
    environment = {"PATH": os.environ["PATH"]}
    command = [sys.executable, "-m", "teamaround", "check_feed", str(tmp_path / name)]
    root = Path(__file__).parents[2]
    return subprocess.run(command, env=environment, cwd=root, capture_output=True, text=True)


def test_a_supplier_checks_a_file_without_settings_and_without_a_database(tmp_path):
    done = check(tmp_path, written(ROW))
    assert done.returncode == 0 and "1 row" in done.stdout and "0 rows are wrong" in done.stdout


def test_the_check_tells_row_column_and_reason_and_nothing_of_the_child(tmp_path):
    wrong = changed(upn="A801200005001"), changed(upn="", born="Secretdate"), changed(upn="", family_name="=Secret")
    done = check(tmp_path, written(ROW, *wrong))
    assert done.returncode == 1
    assert "row 2: The UPN is not valid" in done.stdout and "row 3: born must be a date" in done.stdout
    assert "25 in 100" in done.stdout
    assert not any(word in done.stdout for word in ("Secret", "Smith", "Katherine", "A801200005001"))


def test_a_file_that_cannot_be_read_or_found_is_said(tmp_path):
    done = check(tmp_path, b"nonsense")
    assert done.returncode == 1 and "cannot be read. The first line must start" in done.stdout
    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "teamaround", "check_feed", str(tmp_path / "none.csv")]
    missing = subprocess.run(command, env={}, cwd=root, capture_output=True, text=True)
    assert missing.returncode == 2 and "cannot be opened" in missing.stderr
