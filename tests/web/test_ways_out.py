"""Every state of an episode has its way out by pages alone (casework.md 4.3), found by links from the child's page."""

import pytest
from django.test import Client

from teamaround.casework import assessments, closing, meetings, reviews
from teamaround.casework.models import Closure, Episode, Invited
from teamaround.kit import dates
from teamaround.sharing import consent
from teamaround.tasks import trays
from teamaround.tasks.models import Notice
from tests import makers
from tests.casework.planning import by_priya, drafted, in_days
from tests.casework.world import Family
from tests.signing_in import sign_in
from tests.web.sending import send, send_to, text

pytestmark = pytest.mark.django_db

CLOSURE = {
    "summary": "They live elsewhere now",
    "level_at_end": "none",
    "child_view": "I like it there",
    "parent_view": "Thank you",
    "safeguarding_considered": "Seen at home; no sign of harm",
    "family_told_on": "2026-01-05",
}


@pytest.fixture
def family(reference):
    return Family()


@pytest.fixture
def priya(client, family):
    return sign_in(client, family.priya)


def at(episode, path):
    return f"/episodes/{episode.pk}/{path}"


def state(episode):
    return Episode.objects.values_list("state", flat=True).get(pk=episode.pk)


def told(**more):
    return {**CLOSURE, "family_told_on": dates.today().isoformat(), **more}


def follow(client, episode, path):
    """The address, found as a link on the child's page."""
    page = text(client.get(f"/children/{episode.child_id}/"))
    assert f'href="{at(episode, path)}"' in page, path
    return at(episode, path)


def test_t3_a_refusal_is_reached_from_the_question_for_consent(priya, family):
    episode = family.started()
    page = priya.get(follow(priya, episode, "consent/"))
    assert at(episode, "consent/refused/") in text(page)
    sent = {"capacity": "parent", "given_by": str(family.ama.pk), "reason": "We manage", "safe": "no"}
    send(priya, at(episode, "consent/refused/"), **sent)
    assert state(episode) == "closed"


def test_t6_a_signed_assessment_is_opened_again(priya, family):
    episode = family.assessed()
    page = priya.get(follow(priya, episode, "assessment/"))
    assert at(episode, "assessment/new-version/") in text(page)
    send(priya, at(episode, "assessment/new-version/"), reason="The family moved")
    assert (state(episode), assessments.current(episode).version) == ("assessing", 2)


def test_t8_one_agency_goes_on_alone_from_decision_to_help(priya, family):
    episode = family.assessed()
    answer = send(priya, follow(priya, episode, "response/"), response="single")
    assert answer.url == at(episode, "plan/need/")
    drafted(family, episode)
    assert "What does the child need now?" in text(priya.get(follow(priya, episode, "response/")))
    send_to(priya, priya.get(follow(priya, episode, "plan/")), at(episode, "plan/agree/"))
    send(priya, follow(priya, episode, "plan/begin/"), next_review_on=in_days(42).isoformat(), agreed="on")
    assert state(episode) == "delivering"


def test_t9_t10_and_t12_from_an_agreed_plan_through_the_review_to_the_end(priya, family):
    episode = family.led()
    family.plan(episode)
    send(priya, follow(priya, episode, "plan/begin/"), next_review_on=in_days(42).isoformat(), agreed="on")
    send(priya, follow(priya, episode, "review/"), kind="team")
    assert state(episode) == "reviewing"
    recorded = {
        "held_on": dates.today().isoformat(),
        "notes": "All is well",
        "level_now": "none",
        "consent_rechecked": "on",
        "lead_confirmed": "yes",
        "child_comment": "I sleep",
        "parent_comment": "He sleeps",
        "outcome": "close",
        "closure_reason": "needs-met",
        "summary": "He sleeps through",
        "safeguarding_considered": "Seen at home",
    }
    send(priya, follow(priya, episode, "review/"), **recorded)
    assert state(episode) == "closed"


@pytest.mark.parametrize("reached", ["assessing", "assessed", "planning", "delivering"])
def test_t12_and_t12b_every_open_state_can_be_closed(priya, family, reached):
    episode = getattr(family, reached)()
    send(priya, follow(priya, episode, "close/"), **told(reason="moved-away"))
    assert state(episode) == "closed"


def test_t12b_without_the_familys_view_the_page_asks_the_manager_and_not_for_words(priya, family):
    episode = family.assessing()
    send(priya, at(episode, "close/"), **told(reason="moved-away", child_view="", parent_view=""))
    assert closing.waiting(episode) is not None


def test_a_closing_for_which_words_are_missing_says_which(priya, family):
    page = send(priya, at(family.delivering(), "close/"), **told(reason="needs-met", child_view=""))
    assert page.status_code == 409
    assert "Enter what the child says, or why not known" in text(page)


# Countersigning.


@pytest.fixture
def waiting(family):
    episode = family.delivering()
    closing.close(episode, by=by_priya(family), reason="other", **{**CLOSURE, "family_told_on": dates.today()})
    return episode


def test_the_manager_countersigns(family, waiting):
    jo = sign_in(Client(), family.jo)
    send(jo, at(waiting, "countersign/"), agree="1")
    assert state(waiting) == "closed"


def test_the_manager_declines_to_countersign_and_the_coordinator_reads_why(priya, family, waiting):
    jo = sign_in(Client(), family.jo)
    send(jo, at(waiting, "countersign/"), because="Speak with Ama first", decline="1")
    assert state(waiting) == "delivering"
    assert not trays.waiting().filter(kind="countersign-closure").exists()
    assert Notice.objects.get(kind="closure-not-countersigned").practitioner == family.priya
    page = text(priya.get(at(waiting, "close/")))
    assert "Speak with Ama first" in page
    assert CLOSURE["summary"] in page


def test_without_a_reason_the_manager_does_not_decline(family, waiting):
    page = send(sign_in(Client(), family.jo), at(waiting, "countersign/"), because="", decline="1")
    assert page.status_code == 422
    assert closing.waiting(waiting) is not None


def test_a_closure_that_was_declined_can_be_sent_again(priya, family, waiting):
    closing.decline(waiting, because="Speak with Ama first", by=family.by(family.jo))
    send(priya, at(waiting, "close/"), **told(reason="other"))
    assert closing.waiting(waiting) is not None
    closing.countersign(waiting, by=family.by(family.jo))
    assert Closure.objects.get(episode=waiting).countersigned_by == family.jo


def test_after_a_declined_closure_of_a_review_the_next_step_is_another_review(priya, family):
    episode = family.delivering()
    reviews.open_review(episode, by=by_priya(family))
    makers.remove(episode.reviews.all())
    assert "review again" in text(priya.get(f"/children/{episode.child_id}/"))


# Meetings, the family's answers, consent.


def test_what_the_family_answers_to_an_invitation_is_recorded_for_them(priya, family):
    episode = family.planning()
    meeting = meetings.convene(episode, kind="first", planned_at=dates.now(), place="School", by=by_priya(family))
    ama = Invited.objects.get(meeting=meeting, member=family.member(episode, family.ama))
    address = f"/meetings/{meeting.pk}/answers/{ama.pk}/"
    assert address in text(priya.get(f"/meetings/{meeting.pk}/"))
    send(priya, address, reply="coming")
    ama.refresh_from_db()
    assert ama.reply == "coming"


def test_nobody_records_the_answer_of_a_practitioner_for_them(priya, family):
    episode = family.met()
    makers.change(episode.meetings.get(), held_on=None)
    ruth = Invited.objects.get(member=family.member(episode, family.ruth))
    assert priya.get(f"/meetings/{ruth.meeting_id}/answers/{ruth.pk}/").status_code == 409


def test_cw_38_consent_recorded_anew_adds_an_agency_and_loses_none(priya, family):
    episode = family.assessed()
    minds = makers.agency("Northmoor Minds")
    page = text(priya.get(follow(priya, episode, "consent/")))
    ticked = {str(one.pk) for one in consent.agencies_named(episode.share_consent)}
    assert ticked and all(f'value="{one}" checked' in page for one in ticked)
    given = {
        "capacity": "parent",
        "given_by": str(family.ama.pk),
        "informed": list(family.consent()["informed"]),
        "form": "written",
        "given_on": dates.today().isoformat(),
        "recipients": [*ticked, str(minds.pk)],
        "excluded": [str(family.police.pk)],
    }
    answer = send(priya, at(episode, "consent/"), **given)
    assert answer.status_code == 302, text(answer)
    episode.refresh_from_db()
    assert {str(one.pk) for one in consent.agencies_named(episode.share_consent)} == {*ticked, str(minds.pk)}


def test_a_reader_of_the_episode_gets_no_link_to_what_they_may_not_do(family):
    episode = family.met()
    page = text(sign_in(Client(), family.ruth).get(f"/children/{episode.child_id}/"))
    assert f'href="{at(episode, "plan/")}"' in page
    for path in ("close/", "hand-over/", "consent/", "team/"):
        assert f'href="{at(episode, path)}"' not in page


def test_a_meeting_ahead_is_called_off(priya, family):
    episode = family.planning()
    meeting = meetings.convene(episode, kind="first", planned_at=dates.now(), place="School", by=by_priya(family))
    assert f"/meetings/{meeting.pk}/cancel/" in text(priya.get(f"/meetings/{meeting.pk}/"))
    send(priya, f"/meetings/{meeting.pk}/cancel/", because="The hall is flooded")
    meeting.refresh_from_db()
    assert meeting.cancelled_because == "The hall is flooded"
