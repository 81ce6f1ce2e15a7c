"""The archive: asking to read a record in it, agreeing to that, reading it; and what is purged from it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from teamaround.access import door
from teamaround.access.policy import Action
from teamaround.index import archive as archives
from teamaround.index import archive_views, life_views, purging
from teamaround.index import queries as index
from teamaround.kit import dates
from teamaround.people import queries as people
from teamaround.web.page import bound, done, page, show

from .life_forms import AgreeForm, ArchiveForm, SureForm


@page(Action.ARCHIVE)
def archive(request: HttpRequest) -> HttpResponse:
    """Ask to read an archived record; what I asked for, and where that stands."""
    form = bound(ArchiveForm, request)
    if request.method == "POST":
        read = done(form, lambda: archives.ask_by_number(**form.cleaned_data, by=request.actor))
        if read and read.needs_second:
            messages.info(request, "A second person is asked. You will be told what they answer.")
            return redirect("archive")
        if read:
            return redirect("archived", id=read.child_id)
    return show(
        request, "stewardship/archive.html", form=form, asked=archive_views.asked_lately(request.actor.practitioner)
    )


@page(Action.READ_ARCHIVED, methods=("GET",))
def archived(request: HttpRequest, child: object) -> HttpResponse:
    """An archived record, to read for an hour."""
    return show(
        request,
        "stewardship/archived.html",
        card=people.card(child, classes=request.admitted.classes, sector=request.actor.sector),
        life=life_views.life_of(child),
        workers=index.who_worked_with(child),
        may={one.name for one in request.admitted.may},
    )


@page(Action.AGREE_ARCHIVE_READ)
def archive_request(request: HttpRequest, read: object) -> HttpResponse:
    """Agree that somebody else reads an archived record, or not."""
    form = bound(AgreeForm, request)

    def act() -> None:
        answer = archives.agree_to_read if form.cleaned_data["answer"] == "agree" else archives.refuse_to_read
        answer(read, by=request.actor)

    if request.method == "POST" and done(form, act):
        messages.success(request, "Your answer is recorded")
        return redirect("home")
    return show(
        request,
        "parts/simple.html",
        form=form,
        heading="May somebody read an archived record?",
        intro=archive_views.question(read),
        back=reverse("home"),
        send="Send the answer",
    )


@page(Action.PURGES)
def purges(request: HttpRequest) -> HttpResponse:
    """What is due to be purged, and the certificates of what was; a list is proposed here."""
    form = bound(SureForm, request)
    if request.method == "POST" and done(form, lambda: purging.propose(by=request.actor)):
        messages.success(request, "A second person is now to purge this list")
        return redirect("purges")
    return show(
        request,
        "stewardship/purges.html",
        form=form,
        due=purging.preview(dates.today()),
        waiting=purging.waiting(),
        may_purge=door.may(request.actor, Action.PURGE),
        certificates=purging.certificates(),
    )


@page(Action.PURGE)
def purge(request: HttpRequest, purge: object) -> HttpResponse:
    """Purge what somebody else has proposed."""
    form = bound(SureForm, request)
    if request.method == "POST":
        erased = done(form, lambda: purging.carry_out(purge, by=request.actor) + 1)
        if erased:
            messages.success(request, f"Purged: {erased - 1}")
            return redirect("purges")
    return show(request, "stewardship/purge.html", form=form, purge=purge, lines=purging.lines(purge))
