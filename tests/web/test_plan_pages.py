"""The pages of the plan: every part of a draft can be changed, and reviews say how far things have come."""

import pytest

from teamaround.casework import plans, reviews
from teamaround.casework.models import Need, Outcome, PlanAction
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


def at(episode, path=""):
    return f"/episodes/{episode.pk}/plan/{path}"


def test_a_need_of_the_draft_can_be_changed(priya, family, episode):
    need = drafted(family, episode).needs.get()
    page = priya.get(at(episode))
    assert at(episode, f"need/{need.pk}/") in text(page)
    assert send(priya, at(episode, f"need/{need.pk}/"), text="A bed of his own", element="").status_code == 302
    assert Need.objects.get(pk=need.pk).text == "A bed of his own"


def test_an_empty_need_is_sent_back_with_the_reason(priya, family, episode):
    need = drafted(family, episode).needs.get()
    page = send(priya, at(episode, f"need/{need.pk}/"), text="")
    assert page.status_code == 422
    assert "Enter what is needed" in text(page)


def test_an_outcome_of_the_draft_can_be_changed_with_where_it_starts(priya, family, episode):
    outcome = Outcome.objects.get(need__plan=drafted(family, episode))
    address = at(episode, f"outcome/{outcome.pk}/")
    assert 'value="3"' in text(priya.get(address))
    send(priya, address, text="Sleeps four nights of seven", measure="Register", score_at_start="2")
    outcome.refresh_from_db()
    assert (outcome.text, outcome.score_at_start, outcome.score_now) == ("Sleeps four nights of seven", 2, 2)


def test_where_an_agreed_outcome_started_is_kept_in_later_versions(priya, family, episode):
    plans.agree(drafted(family, episode), by=by_priya(family))
    outcome = Outcome.objects.get(need__plan=plans.begin_draft(episode, by=by_priya(family)))
    page = send(priya, at(episode, f"outcome/{outcome.pk}/"), text="Sleeps", measure="Register", score_at_start="9")
    outcome.refresh_from_db()
    assert page.status_code == 302
    assert (outcome.text, outcome.score_at_start) == ("Sleeps", 3)


def test_an_action_of_the_draft_can_be_changed_and_is_accepted_anew(priya, family, episode):
    one = only_action(drafted(family, episode))
    day, ruth = in_days(20), family.member(episode, family.ruth)
    sent = {"text": "Visit on a Monday evening", "owner": str(ruth.pk), "by_when": day.isoformat()}
    assert send(priya, at(episode, f"action/{one.pk}/"), **sent).status_code == 302
    one.refresh_from_db()
    assert (one.text, one.owner, one.by_when, one.acceptance) == ("Visit on a Monday evening", ruth, day, "waiting")


def test_a_part_of_an_agreed_version_is_not_changed(priya, family, episode):
    one = only_action(plans.agree(drafted(family, episode), by=by_priya(family)))
    page = priya.get(at(episode, f"action/{one.pk}/"))
    assert page.status_code == 409
    assert "no longer in the draft" in text(page)


def test_from_an_agreed_plan_the_next_version_is_one_press_away(priya, family, episode):
    plans.agree(drafted(family, episode), by=by_priya(family))
    send_to(priya, priya.get(at(episode)), at(episode, "draft/"))
    page = text(priya.get(at(episode)))
    assert "Being written: version 2" in page
    assert "Version 1 below stays in force until this one is agreed." in page


def test_the_plan_links_an_action_only_for_whoever_answers_for_it(client, family, episode):
    drafted(family, episode, owner=family.ruth)
    one = only_action(plans.agree(plans.draft(episode), by=by_priya(family)))
    assert f"/actions/{one.pk}/" in text(sign_in(client, family.ruth).get(at(episode)))
    assert f"/actions/{one.pk}/" not in text(sign_in(client, family.dan).get(at(episode)))


def test_the_coordinator_records_what_somebody_of_the_family_answers(priya, family, episode):
    drafted(family, episode, owner=family.ama)
    one = only_action(plans.agree(plans.draft(episode), by=by_priya(family)))
    page = priya.get(f"/actions/{one.pk}/")
    assert "Will Ama Okafor do this?" in text(page)
    send(priya, f"/actions/{one.pk}/", answer="accept")
    assert PlanAction.objects.get(pk=one.pk).acceptance == "accepted"


# Elements.


def test_a_need_keeps_its_element_and_says_it_by_name_on_screen_and_paper(priya, family, episode):
    need = drafted(family, episode).needs.get()
    send(priya, at(episode, f"need/{need.pk}/"), text="Quiet evenings", element="family_relationships")
    plans.agree(plans.draft(episode), by=by_priya(family))
    assert Need.objects.get(pk=need.pk).element == "family_relationships"
    for address in (at(episode), f"/episodes/{episode.pk}/print/"):
        assert "Family and social relationships" in text(priya.get(address))


# Reviews.


def test_a_review_says_how_each_action_goes_and_how_far_each_outcome_has_come(priya, family):
    episode = family.delivering()
    outcome = makers.change(Outcome.objects.get(), score_at_start=3, score_now=3)
    one = only_action(plans.agreed(episode))
    reviews.open_review(episode, by=by_priya(family))
    sent = {
        f"score_{outcome.pk}": "6",
        f"state_{one.pk}": "done",
        f"progress_{one.pk}": "Letter sent",
        "held_on": in_days(0).isoformat(),
        "notes": "Better nights",
        "level_now": "additional",
        "consent_rechecked": "on",
        "lead_confirmed": "yes",
        "child_comment": "I sleep",
        "parent_comment": "He sleeps",
        "outcome": "continue",
        "next_review_on": in_days(42).isoformat(),
    }
    answer = send(priya, f"/episodes/{episode.pk}/review/", **sent)
    assert answer.status_code == 302, text(answer)
    page = text(priya.get(at(episode)))
    assert "3 of 10 at the start, 6 now: 3 better" in page
    assert "Letter sent" in page


def test_a_score_beyond_ten_is_sent_back(priya, family):
    episode = family.delivering()
    reviews.open_review(episode, by=by_priya(family))
    page = send(priya, f"/episodes/{episode.pk}/review/", **{f"score_{Outcome.objects.get().pk}": "11"})
    assert page.status_code == 422
    assert "Enter a whole number from 0 to 10" in text(page)


def test_a_print_leaves_out_the_number_of_a_parent_whose_contact_is_restricted(priya, family, episode):
    nils = makers.change(family.nils, phone="07700 900102")
    makers.change(family.tobi.cares.get(adult=nils), contact_restricted=True)
    makers.change(episode.comments.get(who="parent"), text="Nils is at 07700 900102 again")
    page = text(priya.get(f"/episodes/{episode.pk}/print/"))
    assert "Nils is at (number not printed) again" in page
