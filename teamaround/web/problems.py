"""The pages for when something cannot be: in plain words, with what to do next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

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


def broken(request: HttpRequest) -> HttpResponse:
    """Something went wrong on our side."""
    return render(
        request,
        "problem.html",
        {
            "title": "Sorry, something went wrong",
            "what": "It is our fault, and it has been noted. What you typed is kept.",
            "to_do": ["Open the page again in a moment."],
        },
        status=500,
    )
