"""Which authority is responsible for a child: what is asked, and how it is answered."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from teamaround.access.policy import Action
from teamaround.index import life_views, transferring
from teamaround.people import queries as people
from teamaround.web.page import bound, done, page, show

from .life_forms import AnswerTransferForm, AskTransferForm


@page(Action.TRANSFERS, methods=("GET",))
def transfers(request: HttpRequest) -> HttpResponse:
    """The requests that my authority asked or answers."""
    agency = request.practitioner.agency
    found = life_views.requests(agency.pk, own=agency.authority_id)
    return show(request, "stewardship/transfers.html", requests=found)


@page(Action.ASK_TRANSFER)
def ask_transfer(request: HttpRequest, child: object) -> HttpResponse:
    """Ask the other authority to become responsible, or to let mine become it."""
    others = transferring.other_authorities(child, own=request.actor.agency)
    form = bound(AskTransferForm, request, authorities=others)
    if request.method == "POST":
        to = transferring.authority(request.POST.get("to", "")) if form.is_valid() else None
        if done(form, lambda: transferring.ask(child, to=to, reason=form.cleaned_data["reason"], by=request.actor)):
            messages.success(request, "The other authority is asked")
            return redirect("transfers")
    return show(
        request,
        "parts/simple.html",
        form=form,
        heading=f"Who is responsible for {people.name_of(child)}?",
        intro=[f"{child.authority.name} is responsible, and stays so until the other authority accepts."],
        back=reverse("transfers"),
        send="Ask the other authority",
    )


@page(Action.ANSWER_TRANSFER)
def answer_transfer(request: HttpRequest, transfer: object) -> HttpResponse:
    """Agree that responsibility changes, or not."""
    form = bound(AnswerTransferForm, request)

    def act() -> None:
        if form.cleaned_data["answer"] == "accept":
            transferring.accept(transfer, by=request.actor)
        else:
            transferring.refuse(transfer, because=form.cleaned_data["because"], by=request.actor)

    if request.method == "POST" and done(form, act):
        messages.success(request, "Your answer is recorded")
        return redirect("transfers")
    return show(
        request,
        "parts/simple.html",
        form=form,
        heading=f"Should {transfer.to.name} be responsible for {people.name_of(transfer.child)}?",
        intro=[
            f"{transfer.child.authority.name} is responsible now. {transfer.asked_by.name},"
            f" {transfer.asked_by.agency.name}, asks because: {transfer.reason}"
        ],
        back=reverse("transfers"),
        send="Send the answer",
    )
