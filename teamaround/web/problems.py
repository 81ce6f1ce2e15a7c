"""The pages for when something cannot be: in plain words, with what to do next."""

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from teamaround.accounts import drafts


def _problem(request: HttpRequest, status: int, title: str, what: str, to_do: list[str]) -> HttpResponse:
    context = {"shell": getattr(request, "shell", None), "title": title, "what": what, "to_do": to_do}
    return render(request, "problem.html", context, status=status)


def not_there(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """One answer for what does not exist and for what may not be seen."""
    return _problem(
        request,
        404,
        "Page not found",
        "There is no such page, or you are not one of those who may see it.",
        ["Check the address.", "If you should be able to see it, ask the coordinator of the child's episode."],
    )


def refused(request: HttpRequest, reason: str) -> HttpResponse:
    """A rule said no, outside a form."""
    return _problem(request, 409, "This cannot be done now", reason, ["Go back and look at the page again."])


def paused(request: HttpRequest, reasons: list[str]) -> HttpResponse:
    """The account is in order but may not act today."""
    return _problem(request, 403, "Your access is paused", "Until this is mended you cannot see any record.", reasons)


def not_trusted(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that we did not give out, or that is too old, or that was given to somebody else."""
    token = drafts.read_token(request.POST.get("form_token", ""))
    own = token is not None and (not request.user.is_authenticated or token.account == request.user.pk)
    if token is not None and own and drafts.keep(token, request.POST):
        return _problem(
            request,
            403,
            "Please send the form again",
            "The page had been open too long or cookies are switched off. What you typed is kept.",
            ["Open the page again: your words will be there."],
        )
    return _problem(
        request,
        403,
        "Please send the form again",
        "The form was too old, or not meant for you, so nothing was done.",
        ["Open the page again and send it from there."],
    )


def not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What the browser sent makes no sense to us, or means harm; the reason is not shown to whoever sent it."""
    return _bare(
        400,
        "We could not read that request",
        "What your browser sent made no sense to this service. Nothing was changed.",
        ["Go back and try again."],
    )


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Somebody asked for what their account cannot do."""
    return _problem(
        request,
        403,
        "You cannot do this",
        "Your account does not allow it. Nothing was changed.",
        ["If your work needs it, ask your manager."],
    )


def too_often(request: HttpRequest) -> HttpResponse:
    """Somebody, or a program, asked too often."""
    return _problem(
        request,
        429,
        "Please wait a moment",
        "This was tried too often in a short time.",
        ["Wait a few minutes and try again.", "If you have a passkey, you can sign in with it now."],
    )


def broken(request: HttpRequest) -> HttpResponse:
    """Something went wrong on our side."""
    kept = " What you typed is kept." if _kept_after_all(request) else ""
    return _bare(
        500,
        "Sorry, something went wrong",
        f"It is our fault, and it has been noted.{kept}",
        ["Open the page again in a moment."],
    )


def _kept_after_all(request: HttpRequest) -> bool:
    """Keep what was typed, if the database is not what is broken."""
    token = drafts.read_token(request.POST.get("form_token", ""))
    try:
        return token is not None and drafts.keep(token, request.POST) is not None
    except DatabaseError:
        return False


def _bare(status: int, title: str, what: str, to_do: list[str]) -> HttpResponse:
    """A page that asks neither the database nor the session, for these may be what is broken."""
    return HttpResponse(render_to_string("problem.html", {"title": title, "what": what, "to_do": to_do}), status=status)
