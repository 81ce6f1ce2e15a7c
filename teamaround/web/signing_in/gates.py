"""What stands before allauth's pages: a session without a second factor gets no further than setting one up (IX-11)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from teamaround.accounts import factors

View = Callable[..., HttpResponse]


def setting_up(view: View) -> View:
    """A page for setting up a second factor. Whoever sets up the first one has shown it, and the session counts."""

    @wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect("account_login")
        had = factors.count_of(request.user.pk)
        if had and not factors.proven(request):
            # Opened with the password alone before there was a factor: it must not add one of its own now.
            logout(request)
            return redirect("account_login")
        response = view(request, *args, **kwargs)
        if not had and factors.count_of(request.user.pk):
            factors.prove_new(request)
        return response

    return run


def second_factor_shown(view: View) -> View:
    """A page of the account for sessions that were opened with a second factor."""

    @wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect("account_login")
        if not factors.proven(request):
            return redirect(factors.next_step(request))
        return view(request, *args, **kwargs)

    return run


def one_factor_stays(view: View) -> View:
    """A page that removes a second factor; the last one can only be replaced, never removed."""

    @wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            factors.wait_for_others(request.user.pk)
            if factors.count_of(request.user.pk) < 2:
                messages.warning(request, "This is your only second factor. Add another before you remove it.")
                return redirect(factors.next_step(request))
            return view(request, *args, **kwargs)

    return second_factor_shown(run)
