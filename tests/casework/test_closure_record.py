"""The record of a closure (casework.md 3.4), and how long an episode is kept after it."""

from datetime import date

import pytest

from teamaround.casework import closure_views, consenting, leads
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from tests import makers
from tests.casework.test_closing import close
from tests.casework.world import Family

JULY_29 = date(2026, 7, 29)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_twenty_ninth_of_july():
    with dates.given(JULY_29):
        yield


@pytest.fixture
def family(reference):
    return Family()


def test_whoever_leads_and_closes_signs_it_off_by_that(family):
    closure = close(family, family.delivering())
    assert (closure.lead.member.practitioner, closure.lead_agrees) == (family.priya, True)


def test_somebody_else_who_leads_agrees_or_the_record_says_why_they_have_not(family):
    episode = family.delivering()
    led_by_ruth(family, episode)
    with pytest.raises(Refused, match="Confirm that Ruth Amis, who leads, agrees") as refused:
        close(family, episode)
    assert refused.value.field == "lead_agrees"
    assert close(family, episode, lead_silent_because="Ill since June").lead_agrees is False


def led_by_ruth(family, episode):
    lead = leads.propose(
        episode,
        candidate=family.member(episode, family.ruth),
        answers={str(family.member(episode, family.ruth).pk): {"trust": 3}},
        family_wish="Ruth",
        reason="Nearer",
        by=family.by(family.priya),
    )
    leads.accept(lead, by=family.by(family.ruth))


def test_everything_of_a_closure_is_told_in_words(family):
    episode = family.delivering()
    led_by_ruth(family, episode)
    more = {"named_contact": "Ruth, 01632 960144", "reopen_advice": "When the nights get bad", "informed": "The club"}
    rows = dict(closure_views.rows(close(family, episode, lead_agrees=True, goes_on="School", **more)))
    assert (rows["Whom the family can turn to"], rows["Who else was told"]) == ("Ruth, 01632 960144", "The club")
    assert (rows["Whoever led"], rows["Outcomes"]) == ("Ruth Amis agrees", "Tobi sleeps through")
    assert rows["Level of need"] == "At the start: additional needs. At the end: no additional needs"


@pytest.mark.parametrize(
    "born, until",
    [(date(2016, 2, 29), date(2041, 3, 1)), (date(2005, 1, 1), date(2032, 7, 29)), (None, date(2051, 9, 1))],
)
def test_cw_81_the_record_is_kept_until_the_later_of_25_years_from_birth_and_6_from_closing(family, born, until):
    episode = family.delivering()
    more = {} if born else {"expected": date(2026, 9, 1), "sex": "U"}
    makers.change(family.tobi, born=born, **more)
    episode.refresh_from_db()
    close(family, episode)
    episode.refresh_from_db()
    assert episode.keep_until == until


def test_that_consent_was_refused_is_kept_for_two_years(family):
    episode = family.started()
    consenting.refuse(
        episode, reason="We are fine", safe="no", capacity="parent", given_by=family.ama, by=family.by(family.priya)
    )
    assert episode.keep_until == date(2028, 7, 29)
