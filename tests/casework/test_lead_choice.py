"""Ranking candidates for lead professional: casework.md 5.2."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from teamaround.casework import lead_choice
from teamaround.casework.lead_choice import CRITERIA, GATES, Candidate
from teamaround.kit.refused import Refused

ANNA, BEN, CARA = (UUID(int=number) for number in (1, 2, 3))

ANSWERS = some.dictionaries(some.sampled_from([one.key for one in CRITERIA]), some.integers(0, 3))
CANDIDATES = some.lists(
    some.builds(
        Candidate,
        member=some.uuids(),
        answers=ANSWERS,
        failed=some.frozensets(some.sampled_from([one.key for one in GATES])),
    ),
    unique_by=lambda one: one.member,
)


def test_the_weights_are_those_of_the_guidance():
    weights = {one.key: one.weight for one in CRITERIA}
    assert weights == {
        "wish": 5,
        "trust": 4,
        "fit": 3,
        "responsibility": 3,
        "relationship": 3,
        "ability": 3,
        "statutory": 3,
        "draws-in": 2,
        "knows-systems": 2,
    }
    assert lead_choice.highest_score() == 84


def test_a_score_is_the_answers_times_the_weights():
    anna = Candidate(member=ANNA, answers={"wish": 3, "trust": 2, "knows-systems": 1})
    assert lead_choice.score(anna) == 15 + 8 + 2


def test_the_higher_score_comes_first():
    ranked = lead_choice.rank(
        [Candidate(member=ANNA, answers={"trust": 1}), Candidate(member=BEN, answers={"trust": 2})]
    )
    assert [(one.member, one.rank, one.score) for one in ranked] == [(BEN, 1, 8), (ANNA, 2, 4)]


def test_equal_candidates_share_a_rank():
    ranked = lead_choice.rank(
        [
            Candidate(member=ANNA, answers={"fit": 1}),
            Candidate(member=BEN, answers={"ability": 1}),
            Candidate(member=CARA),
        ]
    )
    assert [one.rank for one in ranked] == [1, 1, 3]


def test_somebody_held_back_by_a_gate_comes_after_everybody_who_is_not():
    ranked = lead_choice.rank(
        [
            Candidate(member=ANNA, answers={"wish": 3}, failed=frozenset({"training"})),
            Candidate(member=BEN),
        ]
    )
    assert [one.member for one in ranked] == [BEN, ANNA]
    assert [gate.words for gate in ranked[1].failed] == ["has not completed the training for lead professionals"]


def test_the_reasons_are_words_with_the_weightiest_first():
    anna = Candidate(member=ANNA, answers={"knows-systems": 3, "wish": 2, "fit": 0})
    assert lead_choice.reasons(anna) == (
        "The child or family wishes it: mostly (10 of 15)",
        "Knows the systems of support: fully (6 of 6)",
    )


@pytest.mark.parametrize("answers", [{"wish": 4}, {"wish": -1}, {"popularity": 2}])
def test_an_answer_outside_the_question_is_refused(answers):
    with pytest.raises(Refused):
        lead_choice.rank([Candidate(member=ANNA, answers=answers)])


def test_a_gate_nobody_knows_is_a_programming_error():
    with pytest.raises(ValueError, match="no gate called mood"):
        lead_choice.rank([Candidate(member=ANNA, failed=frozenset({"mood"}))])


@given(CANDIDATES)
def test_everybody_is_ranked_once_and_the_order_holds(candidates):
    ranked = lead_choice.rank(candidates)
    assert {one.member for one in ranked} == {one.member for one in candidates}
    assert [one.rank for one in ranked] == sorted(one.rank for one in ranked)
    places = [(bool(one.failed), -one.score) for one in ranked]
    assert places == sorted(places)


@given(CANDIDATES)
def test_no_candidate_is_appointed_by_the_order_they_were_given_in(candidates):
    forward = {one.member: one.rank for one in lead_choice.rank(candidates)}
    backward = {one.member: one.rank for one in lead_choice.rank(reversed(candidates))}
    assert forward == backward
