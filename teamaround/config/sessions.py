"""Sessions end after a quarter of an hour without a sign of life, and after a working day in any case."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from teamaround.kit import dates


class SessionLimits:
    """End a session that was idle or has lasted too long, before anything is answered in its name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = dates.now()
            began = _moment(request.session.get("began")) or now
            seen = _moment(request.session.get("seen")) or now
            idle = now - seen > timedelta(minutes=settings.SESSION_IDLE_MINUTES)
            too_long = now - began > timedelta(hours=settings.SESSION_HOURS)
            if idle or too_long:
                logout(request)
            else:
                request.session["began"] = began.isoformat()
                request.session["seen"] = now.isoformat()
        return self.get_response(request)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
