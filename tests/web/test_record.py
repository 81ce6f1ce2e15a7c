"""The record of an episode, and a closed episode on the child's page: what was said can be read, and is past."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from teamaround.casework import closing, consenting, leads, meetings, record_views
from teamaround.kit import dates
from tests import makers
from tests.casework.planning import by_priya
from tests.casework.world import Family
from tests.signing_in import sign_in
from tests.web.sending import text

pytestmark = pytest.mark.django_db

ENDING = {
    "summary": "He sleeps through",
    "level_at_end": "none",
    "child_view": "I like my bed",
    "parent_view": "Thank you",
    "safeguarding_considered": "Seen at home",
    "named_contact": "Ruth Amis, 01632 960144",
    "reopen_advice": "Ring when the nights get bad",
}


@pytest.fixture
def family(reference):
    return Family()


@pytest.fixture
def priya(client, family):
    return sign_in(client, family.priya)


def record(client, episode):
    return text(client.get(f"/episodes/{episode.pk}/record/"))


def close(family, episode):
    closing.close(episode, reason="needs-met", **ENDING, family_told_on=dates.today(), by=by_priya(family))
    episode.refresh_from_db()
    return episode


def absent(page, *words):
    return [one for one in words if one not in page]


def test_why_it_was_started_and_what_the_family_left_out_is_read(priya, family):
    episode = family.assessing(excluded_others="Grandfather Olu")
    page = record(priya, episode)
    assert absent(page, "Often late and tired", "Grandfather Olu", "Northmoor Police", "Ama Okafor") == []


def test_what_was_said_when_sharing_was_withdrawn_and_refused_is_read(priya, family):
    episode = family.assessing()
    consenting.withdraw_sharing(episode, reason="We have told it too often", by=by_priya(family))
    assert absent(record(priya, episode), "To share with named services: withdrawn", "We have told it too often") == []
    consenting.refuse_sharing(
        episode, reason="Nobody else, please", capacity="parent", given_by=family.ama, by=by_priya(family)
    )
    page = record(priya, episode)
    assert absent(page, "Nobody else, please", "We have told it too often") == []


def test_what_was_said_when_the_assessment_was_refused_is_read(priya, family):
    episode = family.started()
    consenting.refuse(
        episode, reason="We manage", safe="no", capacity="parent", given_by=family.ama, by=by_priya(family)
    )
    assert absent(record(priya, episode), "We manage", "To hold the assessment: refused", "Sign of risk") == []


def test_who_saw_a_lead_differently_and_why_somebody_declined_is_read(priya, family):
    episode = family.met()
    ruth = family.member(episode, family.ruth)
    lead = leads.propose(
        episode,
        candidate=ruth,
        answers={str(ruth.pk): {"trust": 3}},
        family_wish="Somebody near",
        dissent="Dan thinks it is too far",
        by=by_priya(family),
    )
    leads.decline(lead, because="I change posts", by=family.by(family.ruth))
    page = record(priya, episode)
    assert absent(page, "Somebody near", "Dan thinks it is too far", "I change posts", "Ruth Amis: declined") == []


def test_why_a_meeting_was_called_off_is_read(priya, family):
    episode = family.met()
    meeting = meetings.convene(episode, kind="team", planned_at=dates.now(), place="School", by=by_priya(family))
    meetings.cancel(meeting, because="Snow", by=by_priya(family))
    assert absent(record(priya, episode), "Meetings called off", "Snow") == []


def test_how_it_ended_is_read_whole_and_until_when_it_is_kept(priya, family):
    episode = close(family, family.delivering())
    page = record(priya, episode)
    said = [one for one in ENDING.values() if one != "none"]
    assert absent(page, *said, "Needs met", "Record kept until", dates.say(episode.keep_until)) == []


def test_the_childs_page_leads_to_the_record(priya, family):
    episode = family.delivering()
    assert f"/episodes/{episode.pk}/record/" in text(priya.get(f"/children/{episode.child_id}/"))


def test_who_has_no_part_in_it_does_not_find_it(client, family):
    episode = family.delivering()
    stranger = sign_in(client, makers.practitioner())
    assert stranger.get(f"/episodes/{episode.pk}/record/").status_code == 404


def test_it_is_told_in_a_fixed_number_of_questions(family):
    episode = family.assessing()
    with CaptureQueriesContext(connection) as few:
        record_views.told(episode)
    for _ in range(3):
        consenting.record(episode, **family.consent(), by=by_priya(family))
        closing.record_attempt(episode, on=dates.today(), method="phone", note="Nobody", by=by_priya(family))
    with CaptureQueriesContext(connection) as many:
        record_views.told(episode)
    assert len(many) <= len(few)


def test_of_a_closed_episode_the_circle_is_shown_as_it_was(priya, family):
    episode = family.delivering()
    address = f"/children/{episode.child_id}/"
    assert "The circle as it was" not in text(priya.get(address))
    close(family, episode)
    page = text(priya.get(address))
    assert absent(page, "The circle as it was", "was in the middle", "Priya Deol", "Led</strong>", "kept until") == []
    assert "is in the middle" not in page and ">Leads<" not in page
