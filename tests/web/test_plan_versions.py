"""What a plan says of each action and of itself, and its earlier versions (casework.md 3.1)."""

import pytest
from django.urls import reverse

from teamaround.casework import plans
from teamaround.casework.models import Plan, PlanAction
from tests import makers
from tests.casework.planning import by_priya, drafted, in_days, only_action
from tests.casework.world import Family
from tests.signing_in import sign_in
from tests.web.sending import send, send_to, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(reference):
    return Family()


@pytest.fixture
def episode(family):
    return family.met()


@pytest.fixture
def priya(client, family):
    return sign_in(client, family.priya)


def page(episode, name="plan", *more):
    return reverse(name, args=[episode.pk, *more])


def agreed_at_the_meeting(family, episode):
    meeting = episode.meetings.get()
    makers.change(meeting.invited.get(member__practitioner=family.dan), attendance="apologies")
    makers.change(meeting.invited.get(member__practitioner=family.ruth), attendance="report", report="Seen twice")
    return plans.agree(drafted(family, episode), meeting=meeting.pk, by=by_priya(family))


def test_an_action_says_how_urgent_it_is_and_what_it_takes(priya, family, episode):
    outcome = drafted(family, episode).needs.get().outcomes.get()
    sent = {
        "text": "Buy a second bed for the room",
        "owner": str(family.member(episode, family.ama).pk),
        "by_when": in_days(9).isoformat(),
        "priority": "first",
        "resources": "80 pounds from the school's fund",
    }
    assert send(priya, page(episode, "add_action", outcome.pk), **sent).status_code == 302
    shown = text(priya.get(page(episode)))
    assert "Do first" in shown and "It takes: 80 pounds from the school&#x27;s fund" in shown
    one = PlanAction.objects.get(text__startswith="Buy")
    assert 'value="first" selected' in text(priya.get(page(episode, "change_action", one.pk)))


def test_whoever_did_an_action_says_what_shows_it(priya, family, episode):
    one = only_action(plans.agree(drafted(family, episode), by=by_priya(family)))
    plans.accept_action(one, by=by_priya(family))
    assert send(priya, page(one, "plan_action"), state="done", evidence="The letter of 3 May").status_code == 302
    assert "What shows it: The letter of 3 May" in text(priya.get(page(episode)))
    one.refresh_from_db()
    plans.report(one, state="in-progress", by=by_priya(family))
    one.refresh_from_db()
    assert one.evidence == "The letter of 3 May"


def test_what_was_said_of_an_action_goes_over_into_the_next_version(family, episode):
    plan = drafted(family, episode)
    makers.change(only_action(plan), priority="later", resources="A form", evidence="A stamp")
    plans.agree(plan, by=by_priya(family))
    one = only_action(plans.begin_draft(episode, by=by_priya(family)))
    assert (one.priority, one.resources, one.evidence) == ("later", "A form", "A stamp")


def test_more_that_it_takes_is_another_promise_and_another_urgency_is_not(family, episode):
    one = only_action(drafted(family, episode))
    makers.change(one, acceptance="accepted")
    same = {"text": one.text, "owner": one.owner, "by_when": one.by_when, "by": by_priya(family)}
    assert plans.change_action(one, **same, priority="first").acceptance == "accepted"
    assert plans.change_action(one, **same, resources="A whole day").acceptance == "waiting"


def test_who_took_part_is_read_from_the_meeting_a_plan_was_agreed_at(priya, family, episode):
    agreed_at_the_meeting(family, episode)
    for address in (page(episode), page(episode, "print")):
        shown = text(priya.get(address))
        said = ("Written by", "Present", "Tobi Okafor", "Apologies", "Dan Cole", "Reports received from", "Ruth Amis")
        assert [words for words in said if words not in shown] == []
    assert page(episode.meetings.get(), "meeting") in text(priya.get(page(episode)))


def test_the_meeting_is_chosen_when_the_plan_is_agreed_and_the_last_one_offered(priya, family, episode):
    drafted(family, episode)
    meeting = episode.meetings.get()
    shown = priya.get(page(episode))
    assert f'value="{meeting.pk}" selected' in text(shown)
    send_to(priya, shown, page(episode, "agree_plan"), meeting=str(meeting.pk))
    assert plans.agreed(episode).meeting == meeting


@pytest.mark.parametrize("chosen", ["", "nonsense"])
def test_a_plan_may_be_agreed_between_meetings(priya, family, episode, chosen):
    drafted(family, episode)
    send_to(priya, priya.get(page(episode)), page(episode, "agree_plan"), meeting=chosen)
    assert Plan.objects.get(state="agreed").meeting is None
    assert "not at a meeting" in text(priya.get(page(episode)))


def test_an_earlier_version_is_kept_as_it_was_and_read_only(priya, family, episode):
    agreed_at_the_meeting(family, episode)
    draft = plans.begin_draft(episode, by=by_priya(family))
    plans.change_need(draft.needs.get(), text="A room of his own", by=by_priya(family))
    plans.agree(draft, by=by_priya(family))
    assert page(episode, "plan_version", 1) in text(priya.get(page(episode)))
    shown = text(priya.get(page(episode, "plan_version", 1)))
    assert "A later version has taken the place of this one" in shown
    assert "Sleep" in shown and "A room of his own" not in shown and "/plan/need/" not in shown


def test_a_version_that_is_not_agreed_is_no_version_to_look_up(priya, family, episode):
    drafted(family, episode)
    answer = priya.get(page(episode, "plan_version", 1))
    assert answer.status_code == 409 and "The plan has no such version" in text(answer)


def test_a_print_leaves_out_a_restricted_number_that_stands_in_the_plan(priya, family, episode):
    nils = makers.change(family.nils, phone="07700 900102")
    makers.change(family.tobi.cares.get(adult=nils), contact_restricted=True)
    makers.change(only_action(drafted(family, episode)), resources="Ring Nils on 07700 900102")
    assert "07700 900102" not in text(priya.get(page(episode, "print")))
