"""Code lists: versioned, dated, mapped to the national ones (casework.md 2.4)."""

import json
from datetime import date

import pytest

from teamaround.casework.terms import CommentMode, NeedLevel
from teamaround.forms.code_lists import load_lists, shipped_lists
from teamaround.forms.places import Unreadable
from teamaround.people.terms import Relationship, Sex

#: the national codes, written out again: (DfE, census 16+1)
ETHNICITY = (
    "WBRI A|WIRI B|WOTH C|WIRT C|WROM C|MWBC D|MWBA E|MWAS F|MOTH G|AIND H|APKN J|ABAN K|AOTH L|BCRB M|BAFR N|BOTH P"
    "|CHNE R|OOTH S|REFU Z|NOBT Z"
)


def test_ethnicity_carries_both_national_codes():
    listed = shipped_lists()["ethnicity@2009"]
    found = {(each.code, listed.maps_to(each.code, "census-16+1")) for each in listed.codes}
    assert found == {tuple(pair.split()) for pair in ETHNICITY.split("|")}


def test_refused_and_not_yet_asked_are_different_answers():
    listed = shipped_lists()["ethnicity@2009"]
    assert listed.label("REFU") != listed.label("NOBT")


def test_disability_has_the_census_codes_and_none_stands_alone():
    listed = shipped_lists()["disability@2009"]
    codes = {"NONE", "MOB", "HAND", "PC", "INC", "COMM", "LD", "HEAR", "VIS", "BEH", "CON", "AUT", "DDA"}
    assert set(listed.by_code) == codes
    assert listed.exclusive == {"NONE"}


@pytest.mark.parametrize(
    ("name", "choices"),
    [
        ("sex@2009", Sex),
        ("relationship@1", Relationship),
        ("comment-mode@1", CommentMode),
        ("level-of-need@1", NeedLevel),
    ],
)
def test_a_list_has_every_code_that_the_records_use(name, choices):
    assert set(shipped_lists()[name].by_code) == set(choices.values)


def test_every_list_is_named_by_its_version_and_says_from_when_it_holds():
    for ref, listed in shipped_lists().items():
        assert ref == f"{listed.name}@{listed.version}"
        assert listed.valid_from is not None and listed.title


def lists(*codes, **more):
    return json.dumps({"lists": [{"name": "l", "version": "1", "title": "L", "codes": list(codes), **more}]})


def test_a_code_holds_from_a_day_to_a_day():
    ended = {"code": "a", "label": "A", "valid_to": "2025-12-31"}
    begun = {"code": "b", "label": "B", "valid_from": "2026-01-01"}
    listed = load_lists(lists(ended, begun))["l@1"]
    assert [each.code for each in listed.on(date(2025, 12, 31))] == ["a"]
    assert [each.code for each in listed.on(date(2026, 1, 1))] == ["b"]


def test_a_code_that_is_not_in_the_list_is_shown_as_it_is():
    assert shipped_lists()["sex@2009"].label("?") == "?"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (lists(), "list ‘l’: the list has no codes"),
        (lists({"code": "a", "label": "A"}, {"code": "a", "label": "B"}), "the code ‘a’ is there twice"),
        (lists({"code": "a"}), "code ‘a’: ‘label’ is missing"),
        (lists({"code": "a", "label": "A", "valid_from": "soon"}), "‘valid_from’ must be a date, like 2009-04-01"),
    ],
)
def test_a_mistake_in_a_list_is_told_with_its_place(text, said):
    with pytest.raises(Unreadable) as wrong:
        load_lists(text)
    assert said in str(wrong.value)
