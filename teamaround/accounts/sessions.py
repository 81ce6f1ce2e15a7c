"""The sessions somebody has open: their own to see and end, and never more than a few at once (security D1)."""

from collections.abc import Iterable

from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest

from . import watching
from .models import Account


class SessionsAdapter(DefaultUserSessionsAdapter):
    """How open sessions behave here: ending them is recorded."""

    def end_sessions(self, sessions: Iterable[UserSession]) -> None:
        """End these, at once."""
        ended = list(sessions)
        super().end_sessions(ended)
        if ended:
            watching.sessions_ended(ended[0].user_id, count=len(ended), because="asked")


def end_oldest(request: HttpRequest, account: Account, *, keep: int) -> None:
    """Leave the session of this request and the newest others, `keep` in all; tell whoever signs in of the rest."""
    # The session of this request is not stored yet, so allauth's own list would take it for a dead one.
    others = UserSession.objects.filter(user=account).exclude(session_key=request.session.session_key)
    alive = [one for one in others.order_by("-created_at", "-pk") if not one.purge()]
    too_many = alive[keep - 1 :]
    for session in too_many:
        session.end()
    if too_many:
        watching.sessions_ended(account.pk, count=len(too_many), because="too many")
        messages.info(
            request,
            f"You can be signed in at {keep} places at once, so you were signed out where you had signed in first."
            " If that was not you, change your password.",
        )
