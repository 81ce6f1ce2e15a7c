"""The delivery plan: written, agreed, accepted, done (casework.md 3.1; CW-10, CW-11, CW-56; T9)."""

from datetime import date
from itertools import product
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from teamaround.casework import leads, plan_checks, plan_views, plans, teams
from teamaround.casework.models import Episode, Member, Plan
from teamaround.casework.terms import ACTION_MOVES, ActionState
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.reference.models import Aim
from teamaround.sharing.models import Grant
from teamaround.tasks.models import Notice, Task
from tests import makers
from tests.casework.planning import by_priya, drafted, in_days, only_action, open_task
from tests.casework.world import Family, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(reference):
    return Family()


@pytest.fixture
def episode(family):
    return family.met()


# Writing.


def test_there_is_one_draft_at_a_time(family, episode):
    assert plans.begin_draft(episode, by=by_priya(family)) == plans.begin_draft(episode, by=by_priya(family))


def test_a_plan_is_written_from_sign_off_on(family):
    with pytest.raises(Refused, match="from the assessment's sign-off"):
        plans.begin_draft(family.assessing(), by=by_priya(family))


def test_needs_stand_in_the_order_they_were_added_whatever_is_removed(family, episode):
    plan = drafted(family, episode)
    second = plans.add_need(plan, text="Food", by=by_priya(family))
    plans.remove(plan.needs.get(text="Sleep"), by=by_priya(family))
    third = plans.add_need(plan, text="Friends", by=by_priya(family))
    assert second.position < third.position
    assert [one.text for one in plan_views.view(plan).needs] == ["Food", "Friends"]


def test_an_outcome_serves_aims_of_the_framework_and_no_others(family, episode):
    plan = plans.begin_draft(episode, by=by_priya(family))
    need = plans.add_need(plan, text="Sleep", by=by_priya(family))
    rested, attends = Aim.objects.get(code="BH1"), Aim.objects.get(code="EA2")
    outcome = plans.add_outcome(need, text="Rested", aims=[str(attends.pk), rested.pk], by=by_priya(family))
    assert set(outcome.aims) == {rested.pk, attends.pk}
    shown = plan_views.view(plan).needs[0].outcomes[0]
    assert "EA2 Attend and enjoy school" in shown.aims
    with pytest.raises(Refused, match="aims of the outcome framework"):
        plans.add_outcome(need, text="Rested", aims=[uuid4()], by=by_priya(family))


@pytest.mark.parametrize("score", [-1, 11])
def test_a_score_is_from_0_to_10(family, episode, score):
    plan = drafted(family, episode)
    outcome = plan.needs.get().outcomes.get()
    with pytest.raises(Refused, match="from 0 to 10"):
        plans.add_outcome(plan.needs.get(), text="Rested", score_at_start=score, by=by_priya(family))
    with pytest.raises(Refused, match="from 0 to 10"):
        plans.score(outcome, score=score, by=by_priya(family))


def test_cw_56_an_action_is_owned_by_a_member_of_this_team(family, episode):
    plan = drafted(family, episode)
    outcome = plan.needs.get().outcomes.get()
    ruth = family.member(episode, family.ruth)
    teams.leave(ruth, by=by_priya(family))
    with pytest.raises(Refused, match="Only a member of the team"):
        plans.add_action(outcome, text="Visit the family at home", owner=ruth, by_when=in_days(5), by=by_priya(family))


def test_parts_of_a_draft_are_changed_and_removed_and_agreed_ones_are_not(family, episode):
    plan = drafted(family, episode)
    need, by = plan.needs.get(), by_priya(family)
    outcome, one = need.outcomes.get(), only_action(plan)
    plans.change_need(need, text="Sleep and rest", by=by)
    plans.change_outcome(outcome, text="Tobi is rested", measure="Says so himself", by=by)
    plans.change_action(one, text="Ring housing about a flat", owner=one.owner, by_when=in_days(10), by=by)
    shown = plan_views.view(plan).needs[0]
    assert (shown.text, shown.outcomes[0].measure) == ("Sleep and rest", "Says so himself")
    assert shown.outcomes[0].actions[0].text == "Ring housing about a flat"
    plans.agree(plan, by=by)
    for change in (
        lambda: plans.change_need(need, text="Food", by=by),
        lambda: plans.change_outcome(outcome, text="Food", by=by),
        lambda: plans.change_action(one, text="Food", owner=one.owner, by_when=one.by_when, by=by),
        lambda: plans.add_need(plan, text="Food", by=by),
        lambda: plans.remove(need, by=by),
    ):
        with pytest.raises(Refused, match="This version is agreed"):
            change()


# Agreeing.


def test_an_empty_plan_is_not_agreed(family, episode):
    plan = plans.begin_draft(episode, by=by_priya(family))
    with pytest.raises(Refused, match="Add at least one need"):
        plans.agree(plan, by=by_priya(family))


def test_every_need_has_an_outcome_and_every_outcome_an_action(family, episode):
    plan = drafted(family, episode)
    need = plans.add_need(plan, text="Food", by=by_priya(family))
    assert plan_checks.problems_to_agree(plan) == ["Add an outcome to “Food”"]
    plans.add_outcome(need, text="Eats breakfast", measure="Four days of five", by=by_priya(family))
    assert plan_checks.problems_to_agree(plan) == ["Add an action to “Eats breakfast”"]


@pytest.mark.parametrize(
    "text, days, problem",
    [
        ("Ring housing", 14, "Say more about “Ring housing”"),
        ("Write to housing about a bigger flat", 0, "Give “Write to housing about a bigger flat” a day after"),
        ("Write to housing about a bigger flat", 400, "a day within 12 months"),
    ],
)
def test_what_an_action_lacks_is_said_in_the_draft_and_held_to_when_agreeing(family, episode, text, days, problem):
    plan = drafted(family, episode, text=text, by_when=in_days(days))
    assert problem in plan_checks.problems_to_agree(plan)[0]
    with pytest.raises(Refused, match=problem.replace("?", ".")):
        plans.agree(plan, by=by_priya(family))


def test_an_outcome_without_a_measure_is_not_agreed(family, episode):
    plan = drafted(family, episode)
    outcome = plan.needs.get().outcomes.get()
    plans.change_outcome(outcome, text=outcome.text, measure=" ", by=by_priya(family))
    with pytest.raises(Refused, match="Say how anyone will know"):
        plans.agree(plan, by=by_priya(family))


def test_an_action_of_somebody_who_has_left_is_not_agreed(family, episode):
    plan = drafted(family, episode, owner=family.ruth)
    makers.change(family.member(episode, family.ruth), left_on=dates.today())
    with pytest.raises(Refused, match="somebody who is in the team"):
        plans.agree(plan, by=by_priya(family))


def test_agreeing_asks_the_owners(family, episode):
    plan = plans.agree(drafted(family, episode, owner=family.ruth), by=by_priya(family))
    one = only_action(plan)
    assert open_task(one, "accept-action").practitioner == family.ruth
    assert Notice.objects.filter(practitioner=family.ruth, kind="action-given").exists()


def test_one_version_is_in_force_and_the_one_before_is_kept(family, episode):
    first = plans.agree(drafted(family, episode), by=by_priya(family))
    second = plans.begin_draft(episode, by=by_priya(family))
    carried = only_action(second)
    assert (second.version, carried.carried_from) == (2, only_action(first))
    plans.agree(second, by=by_priya(family))
    first.refresh_from_db()
    assert (first.state, plans.agreed(episode)) == ("replaced", second)
    assert not Task.objects.filter(subject=only_action(first).pk, done_at=None, dropped_at=None).exists()
    with pytest.raises(IntegrityError, match="one_agreed_plan"), transaction.atomic():
        makers.change(first, state="agreed")


def test_cw_14_an_action_that_is_late_does_not_keep_the_next_version_from_being_agreed(reference):
    with dates.given(date(2026, 5, 6)):
        family = Family()
        episode = family.met()
        plans.agree(drafted(family, episode, by_when=date(2026, 5, 29)), by=by_priya(family))
    with dates.given(date(2026, 6, 17)):
        second = plans.begin_draft(episode, by=by_priya(family))
        assert plans.agree(second, by=by_priya(family)).state == "agreed"
        assert plan_views.view(second).overdue == 1


# Accepting and doing.


def test_cw_56_until_the_owner_accepts_an_action_is_not_agreed(family, episode):
    plan = plans.agree(drafted(family, episode, owner=family.ruth), by=by_priya(family))
    one = only_action(plan)
    assert plan_views.view(plan).actions[0].not_agreed
    with pytest.raises(Refused, match="Only the practitioner who is asked"):
        plans.accept_action(one, by=by_priya(family))
    plans.accept_action(one, by=family.by(family.ruth))
    assert not plan_views.view(plan).actions[0].not_agreed
    assert open_task(one, "accept-action") is None
    assert open_task(one, "do-action").practitioner == family.ruth


def test_cw_56_coordinator_or_lead_record_what_the_family_accepts(family, episode):
    family.led(episode, who=family.ruth)
    plan = plans.agree(drafted(family, episode, owner=family.ama), by=by_priya(family))
    one = only_action(plan)
    with pytest.raises(Refused, match="Only the coordinator or the lead"):
        plans.accept_action(one, by=family.by(family.dan))
    assert plans.accept_action(one, by=family.by(family.ruth)).acceptance == "accepted"
    assert open_task(one, "do-action").practitioner == family.priya


def test_an_owner_declines_with_a_reason_and_the_coordinator_is_told(family, episode):
    plan = plans.agree(drafted(family, episode, owner=family.ruth), by=by_priya(family))
    one = only_action(plan)
    with pytest.raises(Refused, match="why not"):
        plans.decline_action(one, because="", by=family.by(family.ruth))
    plans.decline_action(one, because="Housing is not my field", by=family.by(family.ruth))
    assert Notice.objects.filter(practitioner=family.priya, kind="action-declined").exists()
    assert plan_views.view(plan).actions[0].declined_because == "Housing is not my field"
    with pytest.raises(Refused, match="already answered"):
        plans.accept_action(one, by=family.by(family.ruth))


def test_a_declined_action_keeps_the_next_version_from_being_agreed_until_it_is_changed(family, episode):
    first = plans.agree(drafted(family, episode, owner=family.ruth), by=by_priya(family))
    plans.decline_action(only_action(first), because="Not my field", by=family.by(family.ruth))
    second = plans.begin_draft(episode, by=by_priya(family))
    assert "has declined" in plan_checks.problems_to_agree(second)[0]
    carried = only_action(second)
    dan = family.member(episode, family.dan)
    plans.change_action(carried, text=carried.text, owner=dan, by_when=carried.by_when, by=by_priya(family))
    assert only_action(plans.agree(second, by=by_priya(family))).acceptance == "waiting"


def test_only_the_moves_of_the_table_are_made(family, episode):
    plan = plans.agree(drafted(family, episode), by=by_priya(family))
    made = {before: set() for before in ActionState}
    for before, after in product(ActionState, ActionState):
        one = makers.change(only_action(plan), state=before)
        try:
            made[before].add(ActionState(plans.report(one, state=after, by=by_priya(family)).state))
        except Refused as refused:
            assert "cannot become" in refused.reason
    # Words may be added without a move.
    assert made == {before: moves | {before} for before, moves in ACTION_MOVES.items()}


def test_what_is_finished_has_its_day_and_its_task_done_and_can_be_taken_up_again(family, episode):
    plan = plans.agree(drafted(family, episode), by=by_priya(family))
    one = plans.accept_action(only_action(plan), by=by_priya(family))
    one = plans.report(one, state="done", progress="Written on Monday", by=by_priya(family))
    assert (one.finished_on, open_task(one, "do-action")) == (dates.today(), None)
    assert plan_views.view(plan).done == 1
    one = plans.report(one, state="in-progress", progress="They lost the letter", by=by_priya(family))
    assert one.finished_on is None and open_task(one, "do-action") is not None


def test_of_two_reports_at_once_the_second_is_told(family, episode):
    plan = plans.agree(drafted(family, episode), by=by_priya(family))
    seen_earlier = only_action(plan)
    plans.report(only_action(plan), state="done", by=by_priya(family))
    with pytest.raises(Refused, match="Somebody else has just reported"):
        plans.report(seen_earlier, state="in-progress", by=by_priya(family))


def test_a_report_by_the_link_of_an_earlier_version_reaches_the_action_in_force(family, episode):
    first = plans.agree(drafted(family, episode), by=by_priya(family))
    second = plans.agree(plans.begin_draft(episode, by=by_priya(family)), by=by_priya(family))
    reported = plans.report(only_action(first), state="done", by=by_priya(family))
    assert reported == only_action(second)
    assert only_action(first).state == "not-started"


def test_nothing_is_reported_on_a_draft_or_on_what_was_taken_out(family, episode):
    draft = drafted(family, episode)
    with pytest.raises(Refused, match="not agreed yet"):
        plans.report(only_action(draft), state="done", by=by_priya(family))
    first = plans.agree(draft, by=by_priya(family))
    second = plans.begin_draft(episode, by=by_priya(family))
    outcome = second.needs.get().outcomes.get()
    plans.remove(only_action(second), by=by_priya(family))
    owner = family.member(episode, family.dan)
    plans.add_action(outcome, text="Offer the flat in Mill Lane", owner=owner, by_when=in_days(9), by=by_priya(family))
    plans.agree(second, by=by_priya(family))
    with pytest.raises(Refused, match="no longer in the plan"):
        plans.report(only_action(first), state="done", by=by_priya(family))


def test_a_plan_is_shown_as_a_tree_with_progress_in_a_fixed_number_of_questions(family, episode):
    plan = drafted(family, episode)
    with CaptureQueriesContext(connection) as few:
        plan_views.view(plans.draft(episode))
    owner = family.member(episode, family.dan)
    for n in range(4):
        need = plans.add_need(plan, text=f"Need {n}", by=by_priya(family))
        outcome = plans.add_outcome(need, text="Better", measure="Says so", by=by_priya(family))
        for place in range(3):
            text = f"Do the thing with number {place}"
            plans.add_action(outcome, text=text, owner=owner, by_when=in_days(9), by=by_priya(family))
    with CaptureQueriesContext(connection) as many:
        shown = plan_views.view(plans.draft(episode))
    assert (len(shown.needs), shown.total, shown.done, shown.overdue) == (5, 13, 0, 0)
    assert len(many) == len(few)


# Beginning to help.


def met_but(family, *, meeting=True, lead=True, plan=True):
    """An episode in planning with everything, or without something."""
    episode = family.met() if meeting else family.planning()
    if not meeting:
        teams.gather_family(episode, by=by_priya(family))
    if lead:
        family.led(episode)
    if plan:
        family.plan(episode)
    return episode


@pytest.mark.parametrize(
    "missing, words",
    [
        ("meeting", "the minutes of the first meeting"),
        ("lead", "a lead professional who has accepted"),
        ("plan", "an agreed plan"),
    ],
)
def test_cw_10_help_does_not_begin_without(family, missing, words):
    episode = met_but(family, **{missing: False})
    with pytest.raises(Refused, match=words):
        plans.start_delivery(episode, next_review_on=in_days(42), by=by_priya(family))
    assert Episode.objects.get(pk=episode.pk).state == "planning"


def test_cw_10_a_lead_who_was_asked_and_has_not_accepted_does_not_count(family):
    episode = met_but(family, lead=False)
    ruth = family.member(episode, family.ruth)
    leads.propose(episode, candidate=ruth, answers={str(ruth.pk): {"fit": 3}}, family_wish="Ruth", by=by_priya(family))
    with pytest.raises(Refused, match="who has accepted"):
        plans.start_delivery(episode, next_review_on=in_days(42), by=by_priya(family))


@pytest.mark.parametrize("days, allowed", [(-1, False), (0, False), (1, True), (84, True), (85, False)])
def test_cw_10_the_review_date_lies_ahead_and_within_84_days(family, days, allowed):
    episode = met_but(family)
    if allowed:
        plans.start_delivery(episode, next_review_on=in_days(days), by=by_priya(family))
        assert episode.state == "delivering"
    else:
        with pytest.raises(Refused, match="next review must be"):
            plans.start_delivery(episode, next_review_on=in_days(days), by=by_priya(family))


def test_t9_the_review_is_set_and_chased_and_access_lasts_two_weeks_past_it(family):
    episode = met_but(family)
    plans.start_delivery(episode, next_review_on=in_days(42), by=by_priya(family))
    episode.refresh_from_db()
    assert (episode.state, episode.next_review_on) == ("delivering", in_days(42))
    task = Task.objects.get(subject=episode.pk, kind="hold-review")
    assert (task.practitioner, task.due_on) == (family.priya, in_days(42))
    ends = set(Grant.objects.filter(episode=episode.pk, ended_at=None).values_list("expires_on", flat=True))
    assert ends == {in_days(56)}


def test_cw_11_one_agency_alone_may_begin_without_a_lead(family):
    episode = family.assessed()
    plans.agree(drafted(family, episode), by=by_priya(family))
    plans.start_delivery(episode, next_review_on=in_days(42), by=by_priya(family))
    assert (episode.state, episode.single_agency) == ("delivering", True)
    assert leads.active(episode) is None


def test_the_plan_of_a_day_gone_by_keeps_the_day_it_was_agreed(reference):
    with dates.given(at(date(2026, 5, 6))):
        family = Family()
        episode = family.met()
        plan = plans.agree(drafted(family, episode, by_when=date(2026, 5, 29)), by=by_priya(family))
    assert (plan.written_on, plan.agreed_on) == (date(2026, 5, 6), date(2026, 5, 6))
    assert Plan.objects.get(pk=plan.pk).author == family.priya
    assert Member.objects.filter(episode=episode, kind="child").exists()
