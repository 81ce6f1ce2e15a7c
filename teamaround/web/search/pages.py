from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from teamaround.access import door
from teamaround.access.policy import Action
from teamaround.index import queries as index
from teamaround.index import registering, searching, starting
from teamaround.web.page import bound, done, page, show

from .forms import RegisterForm, SearchForm


@page(Action.SEARCH)
def search(request: HttpRequest) -> HttpResponse:
    """Ask what is known and why it is wanted."""
    form = bound(SearchForm, request)
    if request.method == "POST":
        found = done(form, lambda: searching.find(form.asked(), **form.why(), by=request.actor))
        if found:
            return redirect("results", id=found.pk)
    may_for_other = door.may(request.actor, Action.SEARCH_FOR_OTHER)
    return show(request, "search/search.html", form=form, may_for_other=may_for_other)


@page(Action.SEE_SEARCH)
def results(request: HttpRequest, search: object) -> HttpResponse:
    """What was found, each with its reasons in words; or what finding nothing means."""
    if request.method == "POST":
        searching.none_of_these(search, by=request.actor)
        return redirect("register", id=search.pk)
    stewarded = door.visible(request.actor, Action.SEE_LIFE).filter(pk__in=search.found)
    return show(
        request,
        "search/results.html",
        search=search,
        steward_of=set(stewarded.values_list("pk", flat=True)),
        may_ask_transfer=door.may(request.actor, Action.ASK_TRANSFER),
        hits=searching.hits(search),
        may_override=door.may(request.actor, Action.OVERRIDE),
    )


@page(Action.OPEN_FOUND, methods=("POST",))
def open_found(request: HttpRequest, child: object) -> HttpResponse:
    """Open a record that the search showed: by what the agency already does, or by saying that I start to."""
    if not door.allows(request.actor, Action.SEE_CHILD, child):
        found_by = index.searched_lately(request.practitioner, child)
        start = starting.declare(child, search=found_by, by=request.actor)
        messages.info(
            request,
            "You said that you are starting to work with this child."
            " Record your involvement, or that there is no further action, by"
            f" {start.follow_up_by.day} {start.follow_up_by:%B}.",
        )
    return redirect("child", id=child.pk)


@page(Action.REGISTER_CHILD)
def register(request: HttpRequest, search: object) -> HttpResponse:
    """Make a record when the search found none."""
    form = bound(RegisterForm, request, initial=search.criteria)
    if request.method == "POST":
        child = done(
            form,
            lambda: registering.register(
                form.details(request.practitioner), search=search, carers=form.carers(), by=request.actor
            ),
        )
        if child:
            return redirect("child", id=child.pk)
    return show(request, "search/register.html", form=form, search=search)
