"""IX-12 and IX-14: all must be in date, a lapse counts from midnight, and a leaver is out at the next click."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from teamaround.access.standing import standing_of
from teamaround.kit import dates
from teamaround.workforce.models import RoleHeld, Training
from teamaround.workforce.terms import Module
from tests import makers
from tests.signing_in import account_of, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]

TODAY = date(2026, 5, 6)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def _today():
    with dates.given(TODAY):
        yield


@pytest.fixture
def sam():
    return makers.practitioner("Sam Reid", at=makers.agency(agreement_until=date(2030, 1, 1)))


def standing(who):
    return standing_of(account_of(who))


LAPSES = {
    "agreement": (lambda one: makers.change(one.agency, agreement_until=YESTERDAY), "agreement has run out"),
    "clearance": (lambda one: makers.change(one, cleared_on=date(2023, 5, 5)), "clearance is missing or older than 3"),
    "no clearance": (lambda one: makers.change(one, cleared_on=None), "clearance is missing"),
    "terms": (lambda one: makers.change(one, agreed_terms_on=None), "terms of use"),
    "training": (lambda one: expire(one, YESTERDAY), "Training is missing or out of date"),
    "left": (lambda one: makers.change(one, leaves_on=YESTERDAY), "You have left this post"),
    "not begun": (lambda one: makers.change(one, starts_on=TOMORROW), "Your post starts on 7 May 2026"),
}
JUST_IN_DATE = {
    "agreement": lambda one: makers.change(one.agency, agreement_until=TODAY),
    "clearance": lambda one: makers.change(one, cleared_on=date(2023, 5, 6)),
    "training": lambda one: expire(one, TODAY),
    "left": lambda one: makers.change(one, leaves_on=TODAY),
}


def expire(one, on):
    for training in Training.objects.filter(practitioner=one, module=Module.SYSTEM):
        makers.change(training, expires_on=on)


@pytest.mark.parametrize("what", LAPSES)
def test_ix_12_any_one_lapse_takes_every_function_away_and_says_the_cure(sam, what):
    assert standing(sam).actor.functions
    lapse, words = LAPSES[what]
    lapse(sam)
    found = standing(sam)
    assert found.actor.functions == frozenset()
    (problem,) = found.problems
    assert words in problem


@pytest.mark.parametrize("what", JUST_IN_DATE)
def test_ix_12_on_its_last_day_it_counts_and_from_midnight_on_it_does_not(sam, what):
    JUST_IN_DATE[what](sam)
    midnight = datetime(2026, 5, 7, tzinfo=dates.LONDON)
    for moment, functions in ((midnight - timedelta(minutes=1), True), (midnight, False)):
        with dates.given(moment):
            assert bool(standing(sam).actor.functions) is functions, moment


def test_ix_12_a_role_that_ended_or_has_not_begun_allows_nothing(sam):
    held = RoleHeld.objects.get(practitioner=sam)
    for change in ({"to_on": YESTERDAY}, {"to_on": None, "from_on": TOMORROW}):
        makers.change(held, **change)
        assert standing(sam).actor.functions == frozenset()


def test_an_account_without_a_post_does_nothing():
    stranger = account_of(makers.practitioner("Una Vale"))
    makers.change(stranger.practitioner, account=None)
    found = standing_of(type(stranger).objects.get(pk=stranger.pk))
    assert found.actor.functions == frozenset() and "no post" in found.problems[0]


def test_ix_14_a_leaver_with_an_open_session_is_out_at_the_next_click(sam):
    client = sign_in(Client(), sam)
    assert client.get(reverse("home")).status_code == 200
    makers.change(sam, leaves_on=YESTERDAY)
    for name in ("home", "search", "tasks"):
        answer = client.get(reverse(name))
        assert answer.status_code == 403 and "You have left this post" in answer.content.decode()


def test_ix_14_a_role_taken_away_counts_at_the_next_click(sam):
    client = sign_in(Client(), sam)
    assert client.get(reverse("search")).status_code == 200
    makers.change(RoleHeld.objects.get(practitioner=sam), to_on=YESTERDAY)
    assert client.get(reverse("search")).status_code == 404
