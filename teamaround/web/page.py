"""@page: request → who is it → may they → the record, its look recorded → about ten lines of page → answer.

A page that declares no action cannot be made, and a record that does not exist and one that may not be seen
get the same answer. What somebody sends is done once, and what they typed is kept until it is done.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from django.contrib import messages
from django.db import DataError, transaction
from django.forms import BaseForm, Form
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from psycopg.errors import StringDataRightTruncation

from teamaround.access import door
from teamaround.access.policy import TABLE, Action
from teamaround.access.standing import standing_of
from teamaround.accounts import drafts, factors, sending
from teamaround.kit.refused import Refused

from . import problems
from .shell import Shell

F = TypeVar("F", bound=Form)
View = Callable[..., HttpResponse]


class NotDone(Exception):
    """The work of a form is undone, but its page is still to be shown."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__("shown again")
        self.response = response


def page(
    action: Action, *, methods: tuple[str, ...] = ("GET", "POST"), shown_anew: bool = False
) -> Callable[[View], View]:
    """Make a page of a function. It gets `request` with `.actor`, `.practitioner` and `.admitted`, and the record
    of the action's model where there is one, looked up by the address's `id`. With `shown_anew` it opens only to
    somebody who has shown who they are in the last five minutes (security D1)."""

    def mark(view: View) -> View:
        @wraps(view)
        def run(request: HttpRequest, id: UUID | None = None, **kwargs: Any) -> HttpResponse:
            if request.method not in (*methods, "HEAD"):
                return HttpResponse(status=405, headers={"Allow": ", ".join(methods)})
            if not request.user.is_authenticated:
                return ask_to_sign_in(request)
            if not factors.proven(request):
                return redirect(factors.next_step(request))
            standing = standing_of(request.user)
            request.actor, request.practitioner = standing.actor, standing.practitioner
            request.shell = Shell(request, standing.practitioner)
            if standing.problems:
                return problems.paused(request, standing.problems)
            if not door.may(request.actor, action):
                door.turn_away(request.actor, action, id)
                return problems.not_there(request)
            if shown_anew and not factors.shown_lately(request):
                return ask_to_show_again(request)
            with_record = () if TABLE[action].model is None else (id,)
            if request.method == "POST":
                return _send_once(request, action, view, with_record, kwargs)
            return _open(request, action, view, with_record, kwargs)

        run.action = action  # type: ignore[attr-defined]  # read by the house tests and the start-up check
        return run

    return mark


def _open(
    request: HttpRequest, action: Action, view: View, with_record: tuple[UUID | None, ...], kwargs: dict[str, Any]
) -> HttpResponse:
    try:
        if not with_record:
            return view(request, **kwargs)
        request.admitted = door.admit(request.actor, action, with_record[0])
        return view(request, request.admitted.record, **kwargs)
    except door.NotThere:
        return problems.not_there(request)
    except Refused as refused:
        return problems.refused(request, refused.reason)


def _send_once(
    request: HttpRequest, action: Action, view: View, with_record: tuple[UUID | None, ...], kwargs: dict[str, Any]
) -> HttpResponse:
    token = drafts.read_token(request.POST.get("form_token", ""))
    if token is None or token.account != request.user.pk or token.page != request.path:
        return problems.not_trusted(request)
    try:
        with transaction.atomic():
            before = sending.begin(token.account, token.key, request.POST)
            if before is not None:
                return HttpResponseRedirect(before.location or request.path)
            response = _open(request, action, view, with_record, kwargs)
            if not isinstance(response, HttpResponseRedirect):
                raise NotDone(response)
            sending.finish(token.account, token.key, status=response.status_code, location=response.url)
            drafts.forget(token.account, token.page)
            return response
    except NotDone as shown:
        drafts.keep(token, request.POST)
        return shown.response
    except Refused as refused:
        drafts.keep(token, request.POST)
        return problems.refused(request, refused.reason)


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Keep what was typed for the account whose form it was, and ask for sign-in."""
    if _keep(request):
        messages.info(
            request,
            "You were signed out because nothing had happened for a while. What you typed is kept:"
            " sign in and it will be shown again.",
        )
    return redirect(f"{reverse('account_login')}?{urlencode({'next': request.path})}")


def ask_to_show_again(request: HttpRequest) -> HttpResponse:
    """Keep what was typed, and ask whoever is signed in to show again that it is they."""
    if _keep(request):
        messages.info(request, "What you typed is kept and will be shown again.")
    return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': request.path})}")


def _keep(request: HttpRequest) -> bool:
    """Keep what was sent for the account whose form it was, unless somebody else is signed in; whether it was."""
    if request.method != "POST":
        return False
    token = drafts.read_token(request.POST.get("form_token", ""))
    own = token is not None and (not request.user.is_authenticated or token.account == request.user.pk)
    return own and drafts.keep(token, request.POST) is not None


def bound(form: type[F], request: HttpRequest, *args: Any, **kwargs: Any) -> F:
    """The form with what was sent, or with what was typed here before and never sent, or fresh."""
    if request.method == "POST":
        return form(request.POST, *args, **kwargs)
    before = drafts.kept(request.user.pk, request.path)
    if before is None:
        return form(None, *args, **kwargs)
    typed, request.kept_at = before
    shown = form(typed, *args, **kwargs)
    # A draft is shown as it was left; it is checked when it is sent.
    shown._errors = ErrorDict()
    return shown


def done(form: BaseForm, act: Callable[[], Any]) -> Any:
    """What the act gave (True where it gave nothing) if the form is in order and the act was done, else None.

    A refusal is put on the form, in its own words, and is there as `form.refusal` for a page that needs more of it.
    """
    if not form.is_valid():
        return None
    try:
        with transaction.atomic():
            given = act()
    except Refused as refused:
        form.refusal = refused
        form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
        return None
    except DataError as error:
        # Fields say how long an answer may be; where one does not, its words are still not lost.
        if not isinstance(error.__cause__, StringDataRightTruncation):
            raise
        form.add_error(None, "One of your answers is longer than there is room for. Shorten it and send it again")
        return None
    return True if given is None else given


def show(request: HttpRequest, template: str, /, **context: Any) -> HttpResponse:
    """The page; 422 when the form in it is not in order, 409 when a rule refused it."""
    form = context.get("form")
    status = 200
    if request.method == "POST" and form is not None and form.errors:
        status = 409 if getattr(form, "refusal", None) else 422
    context.setdefault("kept_at", getattr(request, "kept_at", None))
    return render(request, template, {"shell": request.shell, **context}, status=status)
