"""Sign-ins, failed tries, sign-outs and changes of factors become events, committed at once (kind sign-in).

Django and allauth tell of these by signals, which we may hear; we send none of our own. What was typed in vain is
never recorded: people type passwords into the field for the email address.
"""

from typing import Any
from uuid import UUID

from allauth.account import signals as account
from allauth.account.authentication import get_authentication_records
from allauth.mfa import signals as mfa
from django.contrib.auth import signals as auth
from django.http import HttpRequest

from teamaround.audit import recording
from teamaround.audit.actor import Actor
from teamaround.audit.models import Kind
from teamaround.kit import dates

from .models import Account

JOB = "sign-in"


def _record(name: str, who: UUID | None, **facts: Any) -> None:
    recording.disclose(name, by=Actor(account=who, job=JOB), kind=Kind.SIGN_IN, **facts)


def _account_named(credentials: dict[str, Any]) -> UUID | None:
    """The account that somebody tried to open, if there is one."""
    email = str(credentials.get("email", "")).strip().lower()
    return Account.objects.filter(email=email).values_list("pk", flat=True).first()


def opened(sender: Any, request: HttpRequest, user: Account, **_: Any) -> None:
    """Somebody signed in: the session's hours begin."""
    now = dates.now().isoformat()
    request.session["began"] = request.session["seen"] = now
    Account.objects.filter(pk=user.pk).update(last_seen_at=dates.now())
    records = get_authentication_records(request, user)
    _record("sign-in.opened", user.pk, methods=[one.get("type", one["method"]) for one in records])


def failed(sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """A password did not fit, or there is no such account."""
    _record("sign-in.failed", _account_named(credentials), step="password")


def held_back(request: HttpRequest, credentials: dict[str, Any]) -> None:
    """Somebody tried too often, and was not even asked whether the password fits."""
    _record("sign-in.held-back", _account_named(credentials))


def kept_out(user: Account, *, because: str) -> None:
    """Somebody showed who they are, and is not let in all the same."""
    _record("sign-in.kept-out", user.pk, because=because)


def factor_failed(sender: Any, user: Account, authenticator: Any, **_: Any) -> None:
    """A code did not fit."""
    _record("sign-in.failed", user.pk, step=authenticator.type)


def closed(sender: Any, request: HttpRequest, user: Account | None, **_: Any) -> None:
    """Somebody signed out, or was signed out."""
    if user is not None:
        _record("sign-out", user.pk, because=getattr(request, "ended_because", "") or "asked")


def sessions_ended(who: UUID, *, count: int, because: str) -> None:
    """Sessions other than the one at hand were ended."""
    _record("sessions.ended", who, count=count, because=because)


def factor_added(sender: Any, user: Account, authenticator: Any, **_: Any) -> None:
    """Somebody has a new second factor."""
    _record("factor.added", user.pk, type=authenticator.type)


def factor_removed(sender: Any, user: Account, authenticator: Any, **_: Any) -> None:
    """Somebody has one second factor less."""
    _record("factor.removed", user.pk, type=authenticator.type)


def codes_renewed(sender: Any, user: Account, **_: Any) -> None:
    """Somebody has new recovery codes, and the old ones are void."""
    _record("recovery-codes.renewed", user.pk)


def password_changed(sender: Any, user: Account, **_: Any) -> None:
    """Somebody has chosen another password, knowing the old one."""
    _record("password.changed", user.pk)


def password_reset(sender: Any, user: Account, **_: Any) -> None:
    """Somebody has chosen another password by a link in their mail."""
    _record("password.reset", user.pk)


def listen() -> None:
    """Hear what the libraries tell."""
    auth.user_logged_in.connect(opened)
    auth.user_login_failed.connect(failed)
    auth.user_logged_out.connect(closed)
    account.password_changed.connect(password_changed)
    account.password_reset.connect(password_reset)
    mfa.authentication_failed.connect(factor_failed)
    mfa.authenticator_added.connect(factor_added)
    mfa.authenticator_removed.connect(factor_removed)
    mfa.authenticator_reset.connect(codes_renewed)
