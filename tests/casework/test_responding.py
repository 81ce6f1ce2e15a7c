"""T7, T8 and handing over: what follows from the assessment, and who coordinates."""

from datetime import date, timedelta

import pytest

from teamaround.access import door
from teamaround.access.policy import Action
from teamaround.casework import consenting, episodes, plans, teams
from teamaround.casework.models import Member, PlanAction
from teamaround.index.models import AssessmentMarker, Involvement
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.sharing import grants
from teamaround.tasks.models import Notice, Task
from tests import makers
from tests.casework.world import Family

APRIL_20 = date(2026, 4, 20)
JUNE_17 = date(2026, 6, 17)


@pytest.fixture(autouse=True)
def on_the_twentieth_of_april():
    with dates.given(APRIL_20):
        yield


@pytest.fixture
def family(reference):
    return Family()


def test_several_services_answer_together_and_the_assessor_calls_the_team_in_ten_working_days(family):
    episode = family.planning()

    assert (episode.state, episode.single_agency) == ("planning", False)
    task = Task.objects.get(subject=episode.pk, kind="convene-team")
    # The May bank holiday lies between.
    assert (task.practitioner, task.due_on) == (family.priya, date(2026, 5, 5))
    assert Task.objects.get(subject=episode.pk, kind="decide-response").done_at is not None


def test_whoever_did_the_assessment_calls_the_team_also_when_somebody_else_coordinates_by_then(family):
    episode = family.assessed()
    episodes.hand_over_coordination(episode, to=family.ruth, reason="workload", by=family.by(family.priya))
    episodes.respond_with_team(episode, by=family.by(family.ruth))

    assert Task.objects.get(subject=episode.pk, kind="convene-team").practitioner == family.priya
    assert door.allows(family.by(family.priya), Action.CONVENE, episode)
    assert not door.allows(family.by(family.dan), Action.CONVENE, episode)


def test_an_assessor_without_access_any_more_is_not_asked_to_call_the_team(family):
    episode = family.assessed()
    episodes.hand_over_coordination(episode, to=family.ruth, reason="workload", by=family.by(family.priya))
    grants.end(episode=episode.pk, practitioner=family.priya, reason="left", by=makers.TESTER)
    episodes.respond_with_team(episode, by=family.by(family.ruth))

    assert Task.objects.get(subject=episode.pk, kind="convene-team").practitioner == family.ruth
    assert not door.allows(family.by(family.priya), Action.CONVENE, episode)


@pytest.mark.parametrize("named", ["nobody", "own service only"])
def test_several_services_need_consent_that_names_another(family, named):
    episode = family.assessed()
    recipients = [] if named == "nobody" else [family.school]
    consenting.record(episode, **family.consent(recipients=recipients, excluded=[]), by=family.by(family.priya))

    with pytest.raises(Refused, match="has not agreed to share with any other service"):
        episodes.respond_with_team(episode, by=family.by(family.priya))
    assert episode.state == "assessed"


def test_cw_11_one_agency_goes_on_alone_without_a_lead(family):
    episode = family.assessed()
    family.plan(episode)

    episodes.respond_alone(episode, next_review_on=JUNE_17, by=family.by(family.priya))

    assert (episode.state, episode.single_agency, episode.next_review_on) == ("delivering", True, JUNE_17)
    assert not episode.leads.exists()
    assert Task.objects.get(subject=episode.pk, kind="hold-review").due_on == JUNE_17


def test_cw_11_alone_needs_an_agreed_plan_with_an_action(family):
    with pytest.raises(Refused, match="plan with at least one action"):
        episodes.respond_alone(family.assessed(), next_review_on=JUNE_17, by=family.by(family.priya))


def test_cw_11_alone_every_action_is_the_agencys_own_or_the_familys(family):
    by = family.by(family.priya)
    episode = family.assessed()
    teams.join(episode, family.ruth, by=by)
    family.plan(episode, owner=family.ruth)

    with pytest.raises(Refused, match="Another agency owns 1 action"):
        episodes.respond_alone(episode, next_review_on=JUNE_17, by=by)


def test_cw_11_a_plan_that_the_family_carries_may_be_a_plan_alone(family):
    episode = family.assessed()
    family.plan(episode, owner=family.ama)

    episodes.respond_alone(episode, next_review_on=JUNE_17, by=family.by(family.priya))

    assert episode.state == "delivering"


@pytest.mark.parametrize("days", [0, 85])
def test_cw_11_alone_needs_a_review_date_within_84_days(family, days):
    episode = family.assessed()
    family.plan(episode)

    with pytest.raises(Refused, match="next review must be"):
        episodes.respond_alone(episode, next_review_on=APRIL_20 + timedelta(days=days), by=family.by(family.priya))
    assert plans.agreed(episode) is not None
    assert episode.state == "assessed"


def test_the_index_names_the_new_coordinator_at_once_and_tasks_go_along(family):
    episode = family.assessed()

    episodes.hand_over_coordination(episode, to=family.ruth, reason="left-post", by=family.by(family.priya))

    assert (episode.coordinator, episode.agency) == (family.ruth, family.health)
    assert AssessmentMarker.objects.get(episode=episode.pk).holder == family.ruth
    assert Task.objects.get(subject=episode.pk, kind="decide-response").practitioner == family.ruth
    assert Notice.objects.filter(practitioner=family.ruth, kind="coordinator-changed").exists()
    assert Involvement.objects.filter(child=family.tobi, practitioner=family.ruth, state="current").exists()
    assert Member.objects.filter(episode=episode, practitioner=family.ruth, left_on=None).exists()


def test_the_former_coordinator_stays_with_access_where_the_family_agreed_to_the_agency(family):
    episode = family.assessed()
    episodes.hand_over_coordination(episode, to=family.ruth, reason="left-post", by=family.by(family.priya))

    assert grants.live_for(family.priya.pk, family.school.pk).filter(episode=episode.pk).exists()


def test_the_former_coordinator_leaves_where_the_family_did_not_name_the_agency(family):
    episode = family.assessing(recipients=[family.health])
    episodes.hand_over_coordination(episode, to=family.ruth, reason="left-post", by=family.by(family.priya))

    assert not grants.live_for(family.priya.pk, family.school.pk).filter(episode=episode.pk).exists()
    assert not Member.objects.filter(episode=episode, practitioner=family.priya, left_on=None).exists()


def test_cw_38_coordination_goes_only_to_a_service_the_family_agreed_to(family):
    from_police = makers.practitioner(at=family.police)

    with pytest.raises(Refused, match="has not agreed to share"):
        episodes.hand_over_coordination(
            family.assessed(), to=from_police, reason="left-post", by=family.by(family.priya)
        )


def test_before_the_family_is_asked_whoever_is_to_assess_may_be_of_any_service(family):
    episode = family.started()

    episodes.hand_over_coordination(episode, to=family.ruth, reason="left-post", by=family.by(family.priya))

    assert episode.coordinator == family.ruth
    assert Task.objects.get(subject=episode.pk, kind="ask-consent").practitioner == family.ruth


def test_a_closed_episode_is_not_handed_over(family):
    episode = family.started()
    consenting.refuse(episode, reason="No", safe="no", by=family.by(family.priya))

    with pytest.raises(Refused, match="closed"):
        episodes.hand_over_coordination(episode, to=family.jo, reason="left-post", by=family.by(family.priya))


def test_what_the_family_is_to_do_is_chased_with_the_new_coordinator(family):
    episode = family.led()
    family.plan(episode, owner=family.ama)
    one = PlanAction.objects.get()
    episodes.hand_over_coordination(episode, to=family.ruth, reason="leave", by=family.by(family.priya))

    assert Task.objects.get(subject=one.pk, done_at=None, dropped_at=None).practitioner == family.ruth


def test_only_somebody_in_order_and_in_a_role_that_coordinates_is_offered_and_taken(family):
    episode = family.assessed()
    manager = makers.practitioner("Max Orme", at=family.health, roles=("manager",))
    untrained = makers.practitioner("Una Reed", at=family.health, modules=())

    offered = dict(episodes.coordinator_choices(episode))
    assert str(family.ruth.pk) in offered
    assert not {str(manager.pk), str(family.priya.pk)} & set(offered)
    for who in (manager, untrained):
        with pytest.raises(Refused, match="may not coordinate at present"):
            episodes.hand_over_coordination(episode, to=who, reason="leave", by=family.by(family.priya))
