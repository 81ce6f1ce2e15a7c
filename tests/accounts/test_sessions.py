"""Sessions: idle 15 minutes, 10 hours in all, two at once, one's own to see and end (security D1)."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from teamaround.audit.models import Event
from teamaround.kit import dates
from tests.accounts.test_signing_in import enter_code, enter_password
from tests.signing_in import give_app, sign_in

pytestmark = pytest.mark.django_db

NINE = datetime(2026, 3, 2, 9, tzinfo=dates.LONDON)


@pytest.fixture
def at_nine(priya, client):
    with dates.given(NINE):
        sign_in(client, priya)
    return client


def is_signed_in(client, moment):
    with dates.given(moment):
        client.get(reverse("home"))
    return "_auth_user_id" in client.session


def test_a_session_ends_after_15_minutes_without_a_sign_of_life(at_nine):
    assert is_signed_in(at_nine, NINE + timedelta(minutes=15))
    assert is_signed_in(at_nine, NINE + timedelta(minutes=30))
    assert not is_signed_in(at_nine, NINE + timedelta(minutes=46))
    assert Event.objects.get(action="sign-out").facts == {"because": "idle"}


def test_a_session_ends_after_10_hours_whatever_happens(at_nine):
    moment = NINE
    while moment < NINE + timedelta(hours=10) - timedelta(minutes=10):
        moment += timedelta(minutes=10)
        assert is_signed_in(at_nine, moment)
    assert not is_signed_in(at_nine, NINE + timedelta(hours=10, minutes=1))
    assert Event.objects.get(action="sign-out").facts == {"because": "too long"}


def test_a_third_sign_in_ends_the_first(client, account):
    secret = give_app(account)
    browsers = [client.__class__() for _ in range(3)]
    for steps, browser in zip((-1, 0, 1), browsers, strict=True):
        enter_password(browser, account)
        enter_code(browser, secret, steps=steps)
    first, second, third = browsers
    assert first.get(reverse("home")).url.startswith(reverse("account_login"))
    assert second.get(reverse("home")).status_code == third.get(reverse("home")).status_code == 200
    assert Event.objects.get(action="sessions.ended").facts == {"count": 1, "because": "too many"}


def test_somebody_ends_their_other_sessions(client, account):
    secret = give_app(account)
    here, elsewhere = client.__class__(), client.__class__()
    for steps, browser in ((-1, elsewhere), (0, here)):
        enter_password(browser, account)
        enter_code(browser, secret, steps=steps)
    assert here.get(reverse("usersessions_list")).context["session_count"] == 2
    here.post(reverse("usersessions_list"))
    assert here.get(reverse("home")).status_code == 200
    assert elsewhere.get(reverse("home")).url.startswith(reverse("account_login"))
    assert Event.objects.get(action="sessions.ended").facts == {"count": 1, "because": "asked"}
