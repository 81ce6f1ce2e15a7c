"""Sessions end after a quarter of an hour without a sign of life, and after a working day in any case."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from teamaround.kit import dates

#: how often a sign of life is written down; each page would be a needless write
NOTED_EVERY = timedelta(seconds=20)


class SessionLimits:
    """End a session that was idle or has lasted too long, before anything is answered in its name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        was_signed_in = request.user.is_authenticated
        if was_signed_in:
            request.ended_because = _why_over(request)
            if request.ended_because:
                logout(request)
        response = self.get_response(request)
        if was_signed_in and not request.user.is_authenticated:
            # Nobody who comes to this browser next finds a page by going back. Cookies need not be named:
            # the session is gone from the server, and on localhost they would be other programs' too.
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


def _why_over(request: HttpRequest) -> str:
    """Why the session is over, or nothing; a sign of life is noted where it is not."""
    now = dates.now()
    began = _moment(request.session.get("began")) or now
    seen = _moment(request.session.get("seen")) or now
    if now - began > timedelta(hours=settings.SESSION_HOURS):
        return "too long"
    if now - seen > timedelta(minutes=settings.SESSION_IDLE_MINUTES):
        return "idle"
    if "began" not in request.session or now - seen > NOTED_EVERY:
        request.session["began"], request.session["seen"] = began.isoformat(), now.isoformat()
    return ""


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
