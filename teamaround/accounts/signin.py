"""Signing in: no sign-up by oneself; accounts come from an agency."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login, logout
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from teamaround.kit import dates

from . import factors, opening, sessions, watching
from .models import Account

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
#: how recently somebody must have shown who they are before they change how they sign in (security D1)
RECENT_SECONDS = 5 * 60


class Adapter(DefaultAccountAdapter):
    """How accounts behave here."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The email address or the password is not right",
        "incorrect_password": "The password is not right",
        "enter_current_password": "Enter the password you have now",
        "too_many_login_attempts": "Too many tries. Wait 15 minutes, or sign in with a passkey",
        "account_inactive": "This account is closed",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account by themselves (IX-13)."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Hold back whoever tries too often, and record it."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            watching.held_back(request, credentials)
            raise

    def is_reauthentication_required(self, *, app: str = "") -> bool:
        """Whether it is more than five minutes since they showed who they are; signing in counts."""
        if not self.get_reauthentication_methods(self.request.user):
            return False  # a persona of the demonstration has nothing to show
        records = get_authentication_records(self.request, self.request.user)
        latest = max((one["at"] for one in records), default=0)
        return dates.now().timestamp() - latest > RECENT_SECONDS

    def pre_login(self, request: HttpRequest, user: Account, **more: Any) -> HttpResponse | None:
        """Let nobody in to an account that is closed, or that nobody had used for long."""
        if user.is_active and opening.is_dormant(user):
            clear_login(request)
            watching.kept_out(user, because="dormant")
            return redirect("account_dormant")
        return super().pre_login(request, user, **more)

    def post_login(self, request: HttpRequest, user: Account, **more: Any) -> HttpResponse:
        """End the oldest sessions beyond those one person may have at once."""
        response = super().post_login(request, user, **more)
        sessions.end_oldest(request, user, keep=settings.SESSIONS_AT_ONCE)
        return response


def open_as_persona(request: HttpRequest, account: Account) -> None:
    """Open a session as one of the demonstration's people, as with a second factor; impossible anywhere else."""
    if not settings.DEMONSTRATION:
        raise PermissionDenied("Personas exist in the demonstration only.")
    logout(request)
    factors.note(request, account, kind="demonstration")
    login(request, account, backend=BACKEND)
    UserSession.objects.create_from_request(request)
