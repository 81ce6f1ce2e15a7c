"""Handing over coordination, the deputy, and taking back a proposal to lead."""

import pytest

from teamaround.casework import leads
from teamaround.casework.chronology import of as happened
from teamaround.casework.terms import LeadState
from teamaround.tasks.models import Notice
from tests import makers
from tests.casework.leading import proposed
from tests.casework.world import Family
from tests.signing_in import sign_in
from tests.web.sending import send, send_to, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(reference):
    return Family()


@pytest.fixture
def priya(client, family):
    return sign_in(client, family.priya)


def at(episode, path):
    return f"/episodes/{episode.pk}/{path}"


def test_the_coordinator_hands_over_and_the_new_one_is_told(priya, family):
    episode = family.led()
    assert at(episode, "hand-over/") in text(priya.get(at(episode, "team/")))
    answer = send(priya, at(episode, "hand-over/"), to=str(family.ruth.pk), reason="left-post")
    episode.refresh_from_db()
    assert (answer.status_code, episode.coordinator) == (302, family.ruth)
    assert Notice.objects.filter(practitioner=family.ruth, kind="coordinator-changed").exists()
    assert "The episode coordinator changed: leaving this post" in [one.title for one in happened(episode)]


def test_coordination_is_not_handed_to_a_service_the_family_did_not_name(priya, family):
    episode = family.led()
    constable = makers.practitioner("Pat Constable", at=family.police)
    page = send(priya, at(episode, "hand-over/"), to=str(constable.pk), reason="left-post")
    episode.refresh_from_db()
    assert (page.status_code, episode.coordinator) == (422, family.priya)
    assert "Pat Constable" not in text(page)


def test_whoever_leads_and_does_not_coordinate_cannot_hand_over(client, family):
    episode = family.led(who=family.ruth)
    ruth = sign_in(client, family.ruth)
    assert at(episode, "hand-over/") not in text(ruth.get(at(episode, "team/")))
    assert ruth.get(at(episode, "hand-over/")).status_code == 404


def test_a_deputy_is_named_told_shown_and_taken_away(priya, family):
    episode = family.led()
    dan = family.member(episode, family.dan)
    assert send(priya, at(episode, "lead/deputy/"), deputy=str(dan.pk)).status_code == 302
    assert Notice.objects.filter(practitioner=family.dan, kind="deputy-set").exists()
    page = text(priya.get(at(episode, "team/")))
    assert "Change the deputy" in page and "Deputy" in page
    send(priya, at(episode, "lead/deputy/"), deputy="nobody")
    assert leads.active(episode).deputy is None


def test_whoever_leads_is_not_their_own_deputy(priya, family):
    episode = family.led()
    page = send(priya, at(episode, "lead/deputy/"), deputy=str(family.member(episode, family.priya).pk))
    assert page.status_code == 422
    assert leads.active(episode).deputy is None


def test_without_a_lead_there_is_no_deputy(priya, family):
    page = priya.get(at(family.met(), "lead/deputy/"))
    assert page.status_code == 409
    assert "Nobody leads yet" in text(page)


def test_a_proposal_to_lead_is_taken_back(priya, family):
    episode = family.met()
    lead = proposed(family, episode, family.ruth)
    page = priya.get(at(episode, "team/"))
    assert "Ruth Amis has not answered yet" in text(page)
    send_to(priya, page, at(episode, "lead/withdraw/"))
    lead.refresh_from_db()
    assert lead.state == LeadState.WITHDRAWN
