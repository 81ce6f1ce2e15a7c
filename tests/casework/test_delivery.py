"""From assessment to help: T7, T9, T10, T11, T12, and who may not be passed over."""

from datetime import timedelta

import pytest

from teamaround.casework import leads, plans, reviews, teams
from teamaround.index.models import AssessmentMarker, LeadMarker
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from tests import makers
from tests.casework.world import Family

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(reference):
    return Family()


def reviewed(family, episode, **more):
    review = reviews.open_review(episode, by=family.by(family.priya))
    given = {
        "held_on": dates.today(),
        "outcome": "continue",
        "notes": "Better",
        "level_now": "additional",
        "consent_rechecked": True,
        "lead_confirmed": True,
        "child_says": ("I sleep", ""),
        "parent_says": ("", "At work"),
        "next_review_on": dates.today() + timedelta(days=42),
    }
    return reviews.record(review, **(given | more), by=family.by(family.priya))


def test_cw_10_help_begins_only_with_minutes_an_accepted_lead_and_an_agreed_plan(family):
    episode = family.planning()
    day = dates.today() + timedelta(days=42)
    with pytest.raises(Refused, match="minutes of the first meeting, a lead .* accepted and an agreed plan"):
        plans.start_delivery(episode, next_review_on=day, by=family.by(family.priya))
    assert episode.state == "planning"


def test_help_begins_and_the_index_shows_who_leads(family):
    episode = family.delivering()
    episode.refresh_from_db()
    assert episode.state == "delivering" and episode.next_review_on
    assert LeadMarker.objects.get(child=family.tobi, to_on=None).involvement.practitioner == family.priya


def test_cw_12_a_review_has_exactly_one_of_next_date_and_closure(family):
    episode = family.delivering()
    with pytest.raises(Refused, match="or the reason for closing"):
        reviewed(family, episode, next_review_on=None)
    with pytest.raises(Refused, match="not both"):
        reviewed(family, episode, closure_reason="needs-met", outcome="close")


def test_cw_13_the_next_review_is_after_this_one_and_within_84_days(family):
    episode = family.delivering()
    for days in (0, 85):
        with pytest.raises(Refused, match="next review"):
            reviewed(family, episode, next_review_on=dates.today() + timedelta(days=days))
    reviewed(family, episode, next_review_on=dates.today() + timedelta(days=84))
    episode.refresh_from_db()
    assert episode.state == "delivering"


def test_a_review_can_close_the_episode_and_the_index_shows_it_at_once(family):
    episode = family.delivering()
    closure = {"summary": "All is well", "safeguarding_considered": "Seen twice, no concern"}
    reviewed(family, episode, outcome="close", next_review_on=None, closure_reason="needs-met", closure=closure)
    episode.refresh_from_db()
    assert episode.state == "closed"
    assert AssessmentMarker.objects.get(episode=episode.pk).to_on == dates.today()
    assert not LeadMarker.objects.filter(to_on=None).exists()


def test_cw_38_nobody_joins_whose_agency_the_family_did_not_agree_to(family):
    episode = family.planning()
    from_police = makers.practitioner(at=family.police)
    with pytest.raises(Refused, match="has not agreed to share"):
        teams.join(episode, from_police, by=family.by(family.priya))


def test_cw_49_passing_over_the_familys_wish_needs_a_reason(family):
    episode = family.met()
    given = {
        "candidate": family.member(episode, family.ruth),
        "answers": {},
        "family_wish": "Priya, she knows us",
        "family_wish_member": family.member(episode, family.priya),
    }
    with pytest.raises(Refused, match="reason"):
        leads.propose(episode, **given, by=family.by(family.priya))
    assert leads.propose(episode, **given, reason="Priya is full", by=family.by(family.priya))


def test_cw_50_and_51_the_former_lead_stays_until_the_new_one_accepts(family):
    episode = family.led()
    ruth = family.member(episode, family.ruth)
    answers = {str(ruth.pk): {"trust": 3, "fit": 3}}
    lead = leads.propose(episode, candidate=ruth, answers=answers, family_wish="Ruth", by=family.by(family.priya))
    assert leads.active(episode).member.practitioner == family.priya
    leads.decline(lead, because="On leave", by=family.by(family.ruth))
    assert leads.active(episode).member.practitioner == family.priya
    again = leads.propose(episode, candidate=ruth, answers=answers, family_wish="Ruth", by=family.by(family.priya))
    leads.accept(again, by=family.by(family.ruth))
    ended, now = episode.leads.get(state="ended"), leads.active(episode)
    assert now.member.practitioner == family.ruth
    assert ended.during.upper == now.during.lower
