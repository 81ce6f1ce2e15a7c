"""Searching on behalf of somebody else, and what others did in my name (IX-19)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from teamaround.access.policy import Action
from teamaround.index import mediating
from teamaround.index import queries as index
from teamaround.kit.govuk.fields import EmailField
from teamaround.people import queries as people
from teamaround.web.page import bound, done, page, show

from .forms import SearchForm


class ForOtherForm(SearchForm):
    """What is known of the child, and who asks."""

    requester = EmailField("Their e-mail address at work", missing="Enter their e-mail address")


@page(Action.SEARCH_FOR_OTHER)
def search_for_other(request: HttpRequest) -> HttpResponse:
    """Search for somebody who cannot reach a screen now; both names are kept with it."""
    form = bound(ForOtherForm, request)
    if request.method == "POST":
        found = done(
            form,
            lambda: mediating.find(
                form.asked(), requester=form.cleaned_data["requester"], **form.why(), by=request.actor
            ),
        )
        if found:
            return redirect("results", id=found.pk)
    return show(request, "search/search_for_other.html", form=form)


@page(Action.SEE_FOR_OTHER, methods=("GET",))
def see_for_other(request: HttpRequest, child: object) -> HttpResponse:
    """Who a child is and who works with the child, to tell somebody who asked."""
    requester = mediating.look(child, by=request.actor, classes=request.admitted.classes)
    card = people.card(child, classes=request.admitted.classes, sector=request.actor.sector)
    return show(
        request,
        "search/see_for_other.html",
        card=card,
        requester=requester,
        workers=index.who_works_with(child),
        marker=index.assessment_of(child),
    )


@page(Action.SEE_OWN_ACTIVITY, methods=("GET",))
def in_my_name(request: HttpRequest) -> HttpResponse:
    """What others searched and looked at on my behalf."""
    return show(request, "search/in_my_name.html", lines=mediating.in_name_of(request.actor.practitioner))
