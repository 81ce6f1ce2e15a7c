"""The landing page: each child with the next step that the child's page says, and the reviews that are due."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from teamaround.casework import next_steps, plans, queries
from teamaround.index.models import Involvement
from teamaround.kit import dates
from teamaround.sharing.models import Grant
from tests import makers
from tests.casework.planning import by_priya, drafted, in_days
from tests.casework.world import Family
from tests.signing_in import sign_in
from tests.web.sending import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(reference):
    return Family()


@pytest.fixture
def priya(client, family):
    return sign_in(client, family.priya)


def step(episode):
    episode.refresh_from_db()
    return next_steps.of([episode])[episode.pk]


def both_say(client, episode, words):
    assert words in text(client.get("/"))
    assert words in text(client.get(f"/children/{episode.child_id}/"))


def test_the_landing_page_and_the_childs_page_say_the_same_next_step(priya, family):
    episode = family.planning()
    both_say(priya, episode, "call the team around the child")
    episode = makers.change(episode, state="assessed")
    both_say(priya, episode, "decide what follows from the assessment")


def test_the_next_step_of_many_children_takes_no_more_questions_than_that_of_one(family):
    episodes = [family.started(child=makers.child(f"Child {n}")) for n in range(4)]

    def asked(some):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            next_steps.of(some)
        return len(captured)

    assert asked(episodes) == asked(episodes[:1])


def test_without_a_plan_one_press_leads_to_its_first_need(priya, family):
    episode = family.led()
    assert (step(episode).button, step(episode).href) == ("Write the plan", f"/episodes/{episode.pk}/plan/need/")
    page = text(priya.get(f"/children/{episode.child_id}/"))
    assert f'href="/episodes/{episode.pk}/plan/need/"' in page


def test_a_plan_that_is_begun_is_gone_on_with_and_an_agreed_one_begins_the_help(family):
    episode = family.led()
    plan = drafted(family, episode)
    assert step(episode).button == "Go on with the plan"
    plans.agree(plan, by=by_priya(family))
    assert step(episode).button == "Begin"


def test_one_agency_alone_is_led_through_its_own_plan(family):
    episode = family.assessed()
    assert step(episode).button == "Decide what follows"
    plan = drafted(family, episode)
    assert step(episode).button == "Go on with the plan"
    plans.agree(plan, by=by_priya(family))
    plans.start_delivery(episode, next_review_on=in_days(42), by=by_priya(family))
    assert step(episode).button == "Open a review"


def test_an_overdue_review_comes_before_anything_else_while_help_is_given(family):
    episode = family.delivering()
    makers.change(episode, next_review_on=in_days(-1))
    plans.begin_draft(episode, by=by_priya(family))
    assert step(episode).words == f"hold the review, which was due {dates.say(in_days(-1))}"


def test_reviews_that_are_overdue_or_come_up_are_listed_the_longest_overdue_first(priya, family):
    days = {"Far": 60, "Soon": 20, "Late": -3, "Later": -30}
    for name, count in days.items():
        episode = family.started(child=makers.child(name))
        makers.change(episode, next_review_on=dates.today() + timedelta(days=count))
    due = queries.reviews_due(queries.my_children(family.priya.pk))
    assert [one.name.split()[0] for one in due] == ["Later", "Late", "Soon"]
    page = text(priya.get("/"))
    assert "Reviews due" in page
    assert f"was due {dates.say(in_days(-30)).rsplit(' ', 1)[0]}" in page


def test_a_task_and_a_piece_of_news_name_the_child_to_those_who_may_see_the_record(client, family):
    family.met()
    ruth = sign_in(client, family.ruth)
    line = "You are invited to a meeting"
    assert "Tobi Okafor-Lindqvist" in text(ruth.get("/")).split(line)[1][:300]

    makers.remove(Involvement.objects.filter(agency=family.health))
    makers.change(Grant.objects.get(practitioner=family.ruth), ended_at=dates.now(), ended_reason="left")
    page = text(ruth.get("/"))
    assert line in page and "Tobi" not in page


def test_whoever_may_not_search_is_not_led_to_it(client, family):
    officer = sign_in(client, makers.practitioner("Owen Hartley", roles=("privacy-officer",)))
    assert 'href="/find/"' not in text(officer.get("/"))
    assert 'href="/find/"' in text(sign_in(client, family.priya).get("/"))
