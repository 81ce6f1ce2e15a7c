"""The second factor: whether it was shown in this session, and where to go when it was not (IX-11)."""

from django.http import HttpRequest
from django.urls import reverse

#: how allauth names a second factor among the methods a session was opened with
SECOND = {"mfa"}


def proven(request: HttpRequest) -> bool:
    """Whether this session was opened with a second factor, or with a passkey."""
    methods = request.session.get("account_authentication_methods", [])
    return any(one.get("method") in SECOND for one in methods)


def next_step(request: HttpRequest) -> str:
    """Where an account without a second factor sets one up."""
    return reverse("mfa_index")
