from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from teamaround.access.policy import Action
from teamaround.index import renewing
from teamaround.kit import dates
from teamaround.people import queries as people
from teamaround.web.page import bound, done, page, show

from .forms import ConfirmForm


@page(Action.CONFIRM_INVOLVEMENT)
def confirm(request: HttpRequest, involvement: object) -> HttpResponse:
    """Say whether I still work with a child."""
    form = bound(ConfirmForm, request)

    def act() -> None:
        if form.cleaned_data["still"] == "yes":
            renewing.affirm(involvement, by=request.actor)
        else:
            renewing.no_longer(involvement, on=form.cleaned_data["on"], by=request.actor)

    if request.method == "POST" and done(form, act):
        messages.success(request, "Thank you. Your answer is recorded")
        return redirect("home")
    return show(
        request,
        "parts/simple.html",
        form=form,
        heading=f"Do you still work with {people.name_of(involvement.child)}?",
        intro=[f"You are recorded as {involvement.role}, since {dates.say(involvement.from_on)}."],
        back=reverse("home"),
        send="Send my answer",
    )
