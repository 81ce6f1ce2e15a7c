"""The second factor: whether it was shown in this session, and where to go when it was not (IX-11).

A password alone opens a session that can do one thing: set up the first second factor. allauth notes each method a
session was opened with; we read its notes and never keep our own.
"""

from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import salted_hmac

from .models import Account

#: how allauth names a second factor, or a passkey in place of both, among the methods of a session
SECOND = "mfa"
#: what counts as a second factor to sign in with; recovery codes only stand in for one of these
LASTING = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def proven(request: HttpRequest) -> bool:
    """Whether this session was opened with a second factor, or with a passkey."""
    return any(one.get("method") == SECOND for one in get_authentication_records(request, request.user))


def shown_lately(request: HttpRequest) -> bool:
    """Whether whoever is signed in has shown who they are in the last five minutes."""
    return not get_adapter(request).is_reauthentication_required()


def count_of(account: UUID) -> int:
    """How many second factors an account has, recovery codes not counted."""
    return Authenticator.objects.filter(user=account, type__in=LASTING).count()


def wait_for_others(account: UUID) -> None:
    """Let one request at a time change the factors of an account, until the transaction ends."""
    Account.objects.select_for_update().get(pk=account)


def note(request: HttpRequest, account: Account, *, kind: str) -> None:
    """Note that the second factor was shown in this session."""
    record_authentication(request, account, SECOND, type=kind)


def first_use(account: UUID, code: str) -> bool:
    """Whether a code that fits is used for the first time.

    A code fits for a minute and a half, because clocks differ; allauth remembers its use for half a minute only.
    """
    digest = salted_hmac(__name__, f"{account} {code.strip()}", algorithm="sha256").hexdigest()
    return cache.add(f"used-code:{digest}", True, timeout=5 * 60)


def prove_new(request: HttpRequest) -> None:
    """Whoever has just set up the first second factor has shown it: the session counts, under a new id."""
    newest = Authenticator.objects.filter(user=request.user.pk, type__in=LASTING).latest("pk")
    note(request, request.user, kind=newest.type)
    request.session.cycle_key()
    UserSession.objects.create_from_request(request)


def next_step(request: HttpRequest) -> str:
    """Where an account without a second factor sets one up."""
    return reverse("mfa_index")
