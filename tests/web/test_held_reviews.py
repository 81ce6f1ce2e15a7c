"""What was said at a review can be read by whoever may read the episode, and by nobody else."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from teamaround.casework import meetings, review_views, reviews
from teamaround.kit import dates
from tests import makers
from tests.casework.test_reviews import answers, in_days
from tests.casework.world import Family
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(reference):
    return Family()


@pytest.fixture
def episode(family):
    found = family.delivering()
    review = reviews.open_review(found, by=family.by(family.priya))
    words = answers(new_needs="A place to do homework", late_reason="School was shut", next_review_on=in_days(28))
    reviews.record(review, **words, by=family.by(family.priya))
    return found


def page(who, episode):
    return sign_in(Client(), who).get(reverse("held_reviews", args=[episode.pk]))


def test_everything_that_was_recorded_is_shown(family, episode):
    text = page(family.priya, episode).content.decode()
    said = ("He comes on time most days", "A place to do homework", "School was shut", "I sleep", "Not known: At work")
    assert [words for words in said if words not in text] == []


def test_the_team_reads_it_and_a_stranger_does_not(family, episode):
    assert page(family.ruth, episode).status_code == 200
    assert page(makers.practitioner(), episode).status_code == 404


def test_it_is_asked_for_in_a_fixed_number_of_questions(family, episode):
    with CaptureQueriesContext(connection) as few:
        review_views.held(episode)
    by = family.by(family.priya)
    for _ in range(2):
        review = reviews.open_review(episode, by=by)
        family.hold(meetings.convene(episode, kind="review", planned_at=dates.now(), place="School", by=by))
        reviews.record(review, **answers(), by=by)
    with CaptureQueriesContext(connection) as many:
        assert len(review_views.held(episode)) == 3
    assert len(many) == len(few)


def test_who_took_part_how_words_were_given_and_what_comes_next_is_read_there(family, episode):
    by = family.by(family.priya)
    review = reviews.open_review(episode, kind="extraordinary", by=by)
    family.hold(meetings.convene(episode, kind="review", planned_at=dates.now(), place="School", by=by))
    drawn = reviews.Says("A big bed", mode="drawing", adult=None)
    reviews.record(review, **answers(child_says=drawn, next_steps="Ruth visits on Monday"), by=by)
    text = page(family.ruth, episode).content.decode()
    said = (
        "Extra review",
        "Present: ",
        "Dan Cole",
        "A drawing, described. Typed by Priya Deol",
        "Ruth visits on Monday",
    )
    assert [words for words in said if words not in text] == []


def test_the_plan_leads_there(family, episode):
    plan = sign_in(Client(), family.priya).get(reverse("plan", args=[episode.pk]))
    assert reverse("held_reviews", args=[episode.pk]) in plan.content.decode()
