"""The page on which a child's statutory status is entered and ended."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from teamaround.casework.models import StatutoryStatus
from teamaround.kit import dates
from tests.casework.world import Family
from tests.signing_in import sign_in
from tests.web.sending import send, text

pytestmark = [pytest.mark.django_db]

TODAY = dates.today()


@pytest.fixture
def family(reference):
    return Family()


@pytest.fixture
def episode(family):
    return family.assessing()


@pytest.fixture
def priya(client, family):
    return sign_in(client, family.priya)


def at(episode, *more):
    return reverse("end_status" if more else "statuses", args=[episode.pk, *more])


def test_cw_16_a_status_is_entered_and_changes_no_episode(priya, episode):
    assert at(episode) in text(priya.get(reverse("child", args=[episode.child_id])))
    assert "changes no episode by itself" in text(priya.get(at(episode)))
    before = (episode.state, episode.closed_on)
    assert send(priya, at(episode), status="looked-after", from_on=TODAY).headers["Location"] == at(episode)
    assert "Looked after" in text(priya.get(at(episode)))
    assert "Looked after" in text(priya.get(reverse("child", args=[episode.child_id])))
    episode.refresh_from_db()
    assert (episode.state, episode.closed_on) == before


def test_cw_15_that_social_care_leads_needs_its_reference(priya, episode):
    answer = send(priya, at(episode), status="social-care-leads", from_on=TODAY)
    assert answer.status_code == 409 and "reference of social care" in text(answer)
    assert not StatutoryStatus.objects.exists()


def test_a_status_ends_on_a_day_and_stays_on_the_list(priya, episode):
    send(priya, at(episode), status="in-need", from_on=TODAY - timedelta(days=9))
    status = StatutoryStatus.objects.get()
    assert at(episode, status.pk) in text(priya.get(at(episode)))
    day = TODAY - timedelta(days=2)
    assert send(priya, at(episode, status.pk), to_on=day).headers["Location"] == at(episode)
    page = text(priya.get(at(episode)))
    assert dates.say(day) in page and at(episode, status.pk) not in page


def test_a_status_does_not_end_before_it_begins(priya, episode):
    send(priya, at(episode), status="in-need", from_on=TODAY)
    answer = send(priya, at(episode, StatutoryStatus.objects.get().pk), to_on=TODAY - timedelta(days=2))
    assert answer.status_code == 409 and "before the start" in text(answer)


def test_whoever_does_not_carry_the_episode_enters_nothing(family, episode):
    ruth = sign_in(Client(), family.ruth)
    assert ruth.get(at(episode)).status_code == 404


def test_the_closing_says_where_to_enter_that_social_care_leads(priya, episode):
    assert at(episode) in text(priya.get(reverse("close", args=[episode.pk])))
