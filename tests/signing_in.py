"""Signing in for tests: at once, as with a second factor, or with a real password and a real code."""

from functools import cache

from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from teamaround.accounts import factors, opening
from teamaround.accounts.models import Account
from teamaround.accounts.signin import BACKEND
from teamaround.kit import dates
from tests import makers

PASSWORD = "correct horse battery"


@cache
def _hashed() -> str:
    """The password as it is stored; hashing is slow on purpose, so it is done once for all accounts of a run."""
    return make_password(PASSWORD)


def account_of(practitioner) -> Account:
    """The practitioner's account, opened where there is none."""
    if practitioner.account is None:
        address = f"{practitioner.name.replace(' ', '.').lower()}.{practitioner.pk.hex[:6]}@example.org"
        account = opening.open_account(address, by=makers.TESTER)
        practitioner.account = makers.change(account, password=_hashed())
        makers.keep(practitioner)
    return practitioner.account


def sign_in(client, practitioner):
    """Sign the client in as a practitioner, as with a second factor; gives the client back."""
    account = account_of(practitioner)
    client.force_login(account, backend=BACKEND)
    show_factor(client, account)
    return client


def show_factor(client, account) -> None:
    """Let the client's session count as opened with a second factor."""
    request = HttpRequest()
    request.session = client.session
    factors.note(request, account, kind="totp")
    request.session.save()


def give_app(account) -> str:
    """Set up an authenticator app for an account; its secret."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(account, secret)
    return secret


def code_of(secret: str, *, steps: int = 0) -> str:
    """The code the app shows now, or so many steps of 30 seconds later."""
    step = int(dates.now().timestamp()) // 30 + steps
    return totp.format_hotp_value(totp.hotp_value(secret, step))
