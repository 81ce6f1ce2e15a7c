"""The pre-assessment checklist: what the answers point to, the safeguarding question, and who decides."""

from datetime import date

import pytest

from teamaround.casework import checklists, episodes
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from tests import makers
from tests.casework.world import Family

MARCH_30 = date(2026, 3, 30)


@pytest.fixture(autouse=True)
def on_the_thirtieth_of_march():
    with dates.given(MARCH_30):
        yield


@pytest.fixture
def family(reference):
    family = Family()
    makers.shipped_forms()
    return family


def answered(family, *, safe="yes", **more):
    """A checklist of Priya's as in scenario A."""
    checklist = checklists.start(family.tobi, by=family.by(family.priya))
    wellbeing = {
        "healthy": "yes",
        "safe": safe,
        "learning": "no",
        "positive_impact": "not_sure",
        "free_from_poverty": "no",
    }
    help = {"can_provide": "no", "caf_would_help": "yes", "who_assesses": "me"}
    checklists.save(checklist, {"wellbeing": wellbeing | more, "help": help}, by=family.by(family.priya))
    return checklist


def test_a_checklist_begins_with_what_the_records_know(family):
    checklist = checklists.start(family.tobi, by=family.by(family.priya))

    assert checklist.answers.answers["child"]["given_names"] == "Tobi"
    assert checklist.answers.answers["author"]["name"] == "Priya Deol"


def test_the_author_goes_on_with_an_unfinished_checklist(family):
    first = checklists.start(family.tobi, by=family.by(family.priya))

    assert checklists.start(family.tobi, by=family.by(family.priya)) == first
    assert checklists.start(family.tobi, by=family.by(family.ruth)) != first


def test_scenario_a_points_to_an_assessment(family):
    finished = checklists.finish(answered(family), outcome="assessment-recommended", by=family.by(family.priya))

    assert (finished.computed_outcome, finished.chosen_outcome) == ("assessment-recommended",) * 2
    assert finished.finished_on == MARCH_30
    assert finished.dispose_on == date(2026, 9, 30)


def test_a_checklist_with_open_questions_is_not_finished(family):
    checklist = checklists.start(family.tobi, by=family.by(family.priya))
    checklists.save(checklist, {"wellbeing": {"safe": "yes"}}, by=family.by(family.priya))

    with pytest.raises(Refused, match="not complete"):
        checklists.finish(checklist, outcome="other", reason="Busy", by=family.by(family.priya))


def test_where_nobody_has_said_that_the_child_is_safe_safeguarding_comes_first(family):
    checklist = checklists.start(family.tobi, by=family.by(family.priya))

    with pytest.raises(Refused, match="child's safety"):
        checklists.finish(checklist, outcome="other", reason="Busy", by=family.by(family.priya))


def test_the_practitioner_may_decide_otherwise_and_says_why(family):
    checklist = answered(family)
    by = family.by(family.priya)

    with pytest.raises(Refused, match="why you decide so"):
        checklists.finish(checklist, outcome="single-agency-response", by=by)
    checklists.finish(checklist, outcome="single-agency-response", reason="We can do this ourselves", by=by)

    assert checklist.computed_outcome == "assessment-recommended"
    assert checklist.chosen_outcome == "single-agency-response"


@pytest.mark.parametrize("safe", ["no", "not_sure"])
def test_where_the_child_may_not_be_safe_the_safeguarding_question_cannot_be_skipped(family, safe):
    checklist = answered(family, safe=safe)
    by = family.by(family.priya)
    decided = {"outcome": "assessment-recommended", "by": by}

    with pytest.raises(Refused, match="child's safety"):
        checklists.finish(checklist, **decided)
    with pytest.raises(Refused, match="reference, the advice or the reason"):
        checklists.finish(checklist, safeguarding="advice", **decided)
    checklists.finish(checklist, safeguarding="advice", safeguarding_note="Spoke to the lead at 10", **decided)

    assert checklist.safeguarding_answer == "advice"


def test_a_finished_checklist_is_finished(family):
    checklist = answered(family)
    by = family.by(family.priya)
    checklists.finish(checklist, outcome="assessment-recommended", by=by)

    with pytest.raises(Refused, match="is finished"):
        checklists.finish(checklist, outcome="assessment-recommended", by=by)
    with pytest.raises(Refused, match="is finished"):
        checklists.save(checklist, {"wellbeing": {"safe": "no"}}, by=by)


def test_a_checklist_that_led_to_an_episode_is_kept_with_it(family):
    checklist = answered(family)
    checklists.finish(checklist, outcome="assessment-recommended", by=family.by(family.priya))
    family.searched(family.priya)

    episode = episodes.start(family.tobi, reason="Often late", by=family.by(family.priya))

    checklist.refresh_from_db()
    assert (checklist.episode, checklist.dispose_on) == (episode, None)
