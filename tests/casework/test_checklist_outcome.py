"""Where a checklist leads (casework.md 1.3): every combination of answers, against the rules written out one by one."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teamaround.casework.checklist_outcome import (
    ABOUT_CHILD,
    NO,
    NOT_SURE,
    SAFEGUARDING_WORDS,
    WORDS,
    YES,
    Outcome,
    Safeguarding,
    advise,
)

THREE = (YES, NO, NOT_SURE)
ALL_YES = dict.fromkeys(ABOUT_CHILD, YES)


def expected(answers, specialist):
    """The numbered rules of casework.md 1.3, in their order."""
    child = [answers[key] for key in ABOUT_CHILD]
    any_no, any_unsure = NO in child, NOT_SURE in child
    if specialist:
        return Outcome.REFER_SPECIALIST
    if not any_no and not any_unsure:
        return Outcome.NO_ADDITIONAL_NEED
    if any_no and answers["P7"] == YES and not any_unsure:
        return Outcome.SINGLE_AGENCY_RESPONSE
    if (any_unsure or answers["P7"] in (NO, NOT_SURE)) and answers["P8"] == YES:
        return Outcome.ASSESSMENT_RECOMMENDED
    return Outcome.OTHER


def test_every_combination_of_answers_leads_where_the_rules_say():
    for *child, own, helps in product(THREE, THREE, THREE, THREE, THREE, THREE, (YES, NO)):
        answers = {**dict(zip(ABOUT_CHILD, child, strict=True)), "P7": own, "P8": helps}
        for specialist in (False, True):
            assert advise(answers, specialist_need=specialist).outcome == expected(answers, specialist), answers


@pytest.mark.parametrize("safe", [NO, NOT_SURE, None])
@pytest.mark.parametrize("specialist", [False, True])
def test_safeguarding_comes_first_unless_the_child_is_said_to_be_safe(safe, specialist):
    answers = {**ALL_YES, "P2": safe} if safe else {key: YES for key in ABOUT_CHILD if key != "P2"}
    assert advise(answers, specialist_need=specialist).interrupt


def test_a_child_said_to_be_safe_does_not_interrupt():
    assert not advise({**ALL_YES, "P1": NO, "P5": NOT_SURE}).interrupt


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        (ALL_YES, Outcome.NO_ADDITIONAL_NEED),
        ({**ALL_YES, "P3": NO, "P7": YES}, Outcome.SINGLE_AGENCY_RESPONSE),
        ({**ALL_YES, "P3": NO, "P7": NO, "P8": YES}, Outcome.ASSESSMENT_RECOMMENDED),
        ({**ALL_YES, "P3": NO, "P7": NOT_SURE, "P8": YES}, Outcome.ASSESSMENT_RECOMMENDED),
        ({**ALL_YES, "P3": NOT_SURE, "P7": YES, "P8": YES}, Outcome.ASSESSMENT_RECOMMENDED),
        ({**ALL_YES, "P3": NO, "P7": NO, "P8": NO}, Outcome.OTHER),
        ({**ALL_YES, "P3": NO, "P7": NO}, Outcome.OTHER),
    ],
)
def test_typical_checklists(answers, outcome):
    assert advise(answers).outcome == outcome


def test_an_unanswered_question_about_the_child_is_never_taken_for_a_yes():
    for key in ABOUT_CHILD:
        left_out = {other: YES for other in ABOUT_CHILD if other != key}
        assert advise(left_out).outcome != Outcome.NO_ADDITIONAL_NEED


some_answers = st.dictionaries(st.sampled_from([*ABOUT_CHILD, "P7", "P8"]), st.sampled_from(THREE), max_size=7)


@given(some_answers, st.booleans())
def test_whatever_is_answered_there_is_advice_with_a_reason(answers, specialist):
    advice = advise(answers, specialist_need=specialist)
    assert advice.outcome in WORDS and advice.because.endswith(".")


@given(some_answers, st.booleans())
def test_nothing_but_a_clear_yes_takes_safeguarding_out_of_the_way(answers, specialist):
    assert advise(answers, specialist_need=specialist).interrupt == (answers.get("P2") != YES)


@given(some_answers)
def test_needs_that_become_less_clear_never_end_help(answers):
    """Turning any answer about the child to not sure never leads to "no additional need" or to one service alone."""
    for key in ABOUT_CHILD:
        outcome = advise({**answers, key: NOT_SURE}).outcome
        assert outcome not in (Outcome.NO_ADDITIONAL_NEED, Outcome.SINGLE_AGENCY_RESPONSE)


def test_every_outcome_and_every_safeguarding_answer_has_its_words():
    assert set(WORDS) == set(Outcome)
    assert set(SAFEGUARDING_WORDS) == set(Safeguarding)
