"""Sign-ins, failed tries, sign-outs and changes of factors are events."""

import pytest
from django.urls import reverse

from teamaround.audit.models import Event, Kind
from tests.accounts.test_signing_in import enter_code, enter_password
from tests.signing_in import PASSWORD, give_app, sign_in

pytestmark = pytest.mark.django_db


def the_event(action):
    return Event.objects.get(kind=Kind.SIGN_IN, action=action)


def test_a_sign_in_says_by_which_methods(client, account):
    secret = give_app(account)
    enter_password(client, account)
    assert not Event.objects.filter(action="sign-in.opened").exists()
    enter_code(client, secret)
    event = the_event("sign-in.opened")
    assert event.account == account.pk
    assert event.facts == {"methods": ["password", "totp"]}


def test_a_failed_sign_in_names_the_account_and_nothing_that_was_typed(client, account):
    enter_password(client, account, "my secret of another place")
    event = the_event("sign-in.failed")
    assert event.account == account.pk
    assert "secret" not in str(event.facts)


def test_a_failed_sign_in_of_nobody_does_not_keep_what_was_typed(client, db):
    client.post(reverse("account_login"), {"login": "correcthorse@battery.example", "password": PASSWORD})
    event = the_event("sign-in.failed")
    assert event.account is None
    assert "horse" not in str(event.facts)


def test_a_wrong_code_is_an_event(client, account):
    give_app(account)
    enter_password(client, account)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert the_event("sign-in.failed").facts == {"step": "totp"}


def test_signing_out_is_an_event_and_clears_the_browser(client, priya, account):
    sign_in(client, priya)
    answer = client.post(reverse("account_logout"))
    assert the_event("sign-out").facts == {"because": "asked"}
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'


@pytest.mark.django_db(transaction=True, databases=["default", "audit"])
def test_new_recovery_codes_are_an_event(client, priya, account):
    give_app(account)
    sign_in(client, priya)
    client.post(reverse("mfa_generate_recovery_codes"))
    assert the_event("recovery-codes.renewed").account == account.pk
