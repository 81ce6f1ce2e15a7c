"""Who is in the team around the child, and how they come and go (casework.md 5.1; CW-38)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from teamaround.casework import episodes, leads, plans, teams
from teamaround.casework.models import Member
from teamaround.index.models import Involvement
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.people.models import Care
from teamaround.sharing import grants
from teamaround.tasks.models import Notice
from tests import makers
from tests.casework.world import Family

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(reference):
    return Family()


@pytest.fixture
def episode(family):
    planned = family.planning()
    teams.gather_family(planned, by=family.by(family.priya))
    return planned


def by_priya(family):
    return family.by(family.priya)


def open_grant(episode, who):
    return grants.live_for(who.pk, who.agency_id).filter(episode=episode.pk).first()


def test_the_child_those_with_care_and_the_coordinator_are_members_from_the_start(family, episode):
    assert [(one.name, one.role) for one in teams.members(episode)] == [
        ("Tobi Okafor-Lindqvist", "The child"),
        ("Ama Okafor", "Mother"),
        ("Nils Lindqvist", "Stepfather"),
        ("Priya Deol", "SENCO"),
    ]


def test_gathering_twice_changes_nothing(family, episode):
    teams.gather_family(episode, by=by_priya(family))
    assert Member.objects.filter(episode=episode).count() == 4


def test_somebody_without_care_or_with_restricted_contact_is_not_gathered(family):
    makers.change(Care.objects.get(adult=family.nils), contact_restricted=True)
    makers.parent(family.tobi, "Ole", "Lindqvist", responsible=False, relationship="grandparent", has_care=False)
    planned = family.planning()
    teams.gather_family(planned, by=by_priya(family))
    assert {one.name for one in teams.members(planned)} == {"Tobi Okafor-Lindqvist", "Ama Okafor", "Priya Deol"}


def test_whoever_joins_gets_access_an_involvement_and_a_notice(family, episode):
    member = teams.join(episode, family.ruth, contribution="Sleep clinic", by=by_priya(family))
    assert member.contribution == "Sleep clinic"
    assert open_grant(episode, family.ruth).level == "contribute"
    assert Involvement.objects.get(child=family.tobi, practitioner=family.ruth).role == "Health visitor"
    assert Notice.objects.filter(practitioner=family.ruth, kind="joined-team").exists()


def test_cw_38_an_agency_the_consent_does_not_name_cannot_be_added(family, episode):
    officer = makers.practitioner(at=family.police)
    with pytest.raises(
        Refused, match="has not agreed to share with Northmoor Police. Ask them for their consent first"
    ):
        teams.join(episode, officer, by=by_priya(family))
    assert open_grant(episode, officer) is None
    assert not Involvement.objects.filter(practitioner=officer).exists()


def test_only_practitioners_of_agencies_agreed_to_are_offered(family, episode):
    makers.practitioner("Sam Left", at=family.health, leaves_on=dates.today() - timedelta(days=1))
    teams.join(episode, family.dan, by=by_priya(family))
    offered = [words for _, words in teams.could_join(episode)]
    assert offered == [
        "Harbour Primary School: Jo Prior, Head of inclusion",
        "Northmoor 0-19 Health: Ruth Amis, Health visitor",
    ]
    assert teams.ask_in(episode, practitioner=family.ruth.pk, by=by_priya(family)) == family.ruth
    with pytest.raises(Refused, match="cannot join"):
        teams.ask_in(episode, practitioner=makers.practitioner(at=family.police).pk, by=by_priya(family))


def test_nobody_is_in_the_team_twice(family, episode):
    teams.join(episode, family.ruth, by=by_priya(family))
    with pytest.raises(Refused, match="already in the team"):
        teams.join(episode, family.ruth, by=by_priya(family))


def test_nobody_joins_who_has_left_the_post(family, episode):
    gone = makers.practitioner(at=family.health, leaves_on=dates.today() - timedelta(days=1))
    with pytest.raises(Refused, match="has left this post"):
        teams.join(episode, gone, by=by_priya(family))


def test_whoever_leaves_loses_access_at_once_and_may_come_back(family, episode):
    member = teams.join(episode, family.ruth, by=by_priya(family))
    teams.leave(member, by=by_priya(family))
    assert open_grant(episode, family.ruth) is None
    assert "Ruth Amis" not in {one.name for one in teams.members(episode)}
    assert "Ruth Amis" in {one.name for one in teams.everyone(episode)}
    with pytest.raises(Refused, match="already left"):
        teams.leave(member, by=by_priya(family))
    teams.join(episode, family.ruth, by=by_priya(family))
    assert open_grant(episode, family.ruth) is not None


def test_whoever_owes_the_plan_an_action_stays_until_it_is_given_to_somebody_else(family):
    met = family.met()
    family.plan(met, owner=family.ruth)
    with pytest.raises(Refused, match="1 action of the plan .* Write to housing about a bigger flat"):
        teams.leave(family.member(met, family.ruth), by=by_priya(family))


def test_an_action_that_a_draft_carries_over_is_named_once(family):
    met = family.met()
    family.plan(met, owner=family.ruth)
    plans.begin_draft(met, by=by_priya(family))
    assert teams.open_actions(family.member(met, family.ruth)).count() == 1


def test_the_child_and_the_coordinator_stay(family, episode):
    for kind, reason in (("child", "always in the team"), ("practitioner", "coordinates the episode")):
        with pytest.raises(Refused, match=reason):
            teams.leave(Member.objects.get(episode=episode, kind=kind), by=by_priya(family))


def test_whoever_leads_supports_or_deputises_stays(family):
    led = family.led(who=family.ruth)
    dan = family.member(led, family.dan)
    leads.set_deputy(leads.active(led), dan, by=by_priya(family))
    with pytest.raises(Refused, match="This member leads"):
        teams.leave(family.member(led, family.ruth), by=by_priya(family))
    with pytest.raises(Refused, match="deputy"):
        teams.leave(dan, by=by_priya(family))


def test_whoever_is_proposed_stays_until_the_proposal_is_withdrawn(family):
    met = family.met()
    ruth = family.member(met, family.ruth)
    lead = leads.propose(
        met, candidate=ruth, answers={str(ruth.pk): {"trust": 3}}, family_wish="Ruth", by=by_priya(family)
    )
    with pytest.raises(Refused, match="not answered. Withdraw it first"):
        teams.leave(ruth, by=by_priya(family))
    leads.withdraw(lead, by=by_priya(family))
    teams.leave(ruth, by=by_priya(family))
    assert ruth.left_on == dates.today()


def test_nobody_joins_a_closed_episode(family, episode):
    makers.change(episode, state="closed", closed_on=dates.today(), closure_reason="moved-away")
    with pytest.raises(Refused, match="closed"):
        teams.join(episode, family.ruth, by=by_priya(family))


def test_the_circle_has_the_child_in_the_middle_the_family_and_practitioners_with_the_lead_marked(family):
    led = family.led(who=family.ruth)
    leads.set_deputy(leads.active(led), family.member(led, family.dan), by=by_priya(family))
    circle = teams.circle(led)
    assert circle.child == "Tobi Okafor-Lindqvist"
    assert [(one.name, one.role) for one in circle.family] == [
        ("Ama Okafor", "Mother"),
        ("Nils Lindqvist", "Stepfather"),
    ]
    assert {(one.name, one.agency, one.leads, one.deputy) for one in circle.practitioners} == {
        ("Priya Deol", "Harbour Primary School", False, False),
        ("Ruth Amis", "Northmoor 0-19 Health", True, False),
        ("Dan Cole", "Northmoor Homes", False, True),
    }


def test_before_there_is_a_team_the_circle_has_the_family_and_the_coordinator(family):
    circle = teams.circle(family.started())
    assert [one.name for one in circle.family] == ["Ama Okafor", "Nils Lindqvist"]
    assert [one.name for one in circle.practitioners] == ["Priya Deol"]


def test_the_circle_is_told_in_a_fixed_number_of_questions(family, episode):
    with CaptureQueriesContext(connection) as few:
        teams.circle(episode)
    for n in range(5):
        where = (family.school, family.health, family.housing)[n % 3]
        teams.join(episode, makers.practitioner(f"Worker {n}", at=where), by=by_priya(family))
    with CaptureQueriesContext(connection) as many:
        assert len(teams.circle(episode).practitioners) == 6
    assert len(many) == len(few)


def test_nobody_joins_or_coordinates_whose_role_would_show_them_nothing_of_it(family, episode):
    reader = makers.practitioner("Lena Brandt", at=family.health, roles=("index-reader",))
    with pytest.raises(Refused, match="no role that takes part") as refused:
        teams.join(episode, reader, by=by_priya(family))
    assert refused.value.field == "practitioner"
    with pytest.raises(Refused, match="may not coordinate"):
        episodes.hand_over_coordination(episode, to=reader, reason="workload", by=by_priya(family))
    assert "Lena Brandt" not in str(teams.could_join(episode))
