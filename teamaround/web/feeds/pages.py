from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from teamaround.access.policy import Action
from teamaround.index import acknowledging, errands, feed_quality, feed_views, undoing
from teamaround.index import feeds as partners
from teamaround.kit.govuk.forms import Form
from teamaround.web.page import bound, done, page, show
from teamaround.workforce import queries as workforce

from .forms import ArrangeForm, GapForm, SendForm, TakeBackForm


@page(Action.FEEDS, methods=("GET",))
def feeds(request: HttpRequest) -> HttpResponse:
    """Partners' files: where each feed stands and how its last files were answered."""
    return show(request, "feeds/feeds.html", feeds=feed_views.feeds())


@page(Action.ARRANGE_FEED)
def arrange(request: HttpRequest) -> HttpResponse:
    """Agree with a partner that they send a file."""
    agencies = workforce.agency_choices(request.practitioner.agency.authority_id)
    form = bound(ArrangeForm, request, agencies=agencies)
    if request.method == "POST":
        made = done(form, lambda: _arranged(form.cleaned_data, by=request.actor))
        if made:
            messages.success(request, "The source is arranged. Try a file next")
            return redirect("feed", id=made.pk)
    return show(request, "feeds/arrange.html", form=form)


def _arranged(typed: dict[str, Any], *, by: Any) -> Any:
    return partners.arrange(source=typed["source"], agency=workforce.agency(typed["agency"]), by=by)


@page(Action.SEE_FEED, methods=("GET",))
def feed(request: HttpRequest, feed: object) -> HttpResponse:
    """One partner's source: its state, what can be done, its last files."""
    return show(request, "feeds/feed.html", feed=feed_views.feed(feed), under_way=feed_views.under_way(feed))


@page(Action.SEND_FILE)
def send_file(request: HttpRequest, feed: object) -> HttpResponse:
    """Send a file in; the job worker tries or loads it, and the page of the errand tells how far it is."""
    form = bound(SendForm, request, files=request.FILES or None)
    if request.method == "POST":
        asked = done(
            form,
            lambda: errands.send(
                feed, form.cleaned_data["file"].read(), kind=form.cleaned_data["kind"], by=request.actor
            ),
        )
        if asked:
            return redirect("errand", id=asked.pk)
    return show(request, "feeds/send_file.html", form=form, feed=feed_views.feed(feed))


@page(Action.SEE_ERRAND)
def errand(request: HttpRequest, errand: object) -> HttpResponse:
    """How far work on a file is; after a dry run the very same file can be loaded."""
    form = bound(Form, request)
    if request.method == "POST":
        asked = done(form, lambda: errands.load_tried(errand, by=request.actor))
        if asked:
            return redirect("errand", id=asked.pk)
    return show(request, "feeds/errand.html", form=form, errand=errands.view(errand), feed=errand.feed)


@page(Action.RUN_FEED)
def go_live(request: HttpRequest, feed: object) -> HttpResponse:
    """Let a source load, after a dry run that shows it can be read (IX-75)."""
    form = bound(Form, request)
    return _run(
        request,
        feed,
        form,
        lambda: partners.go_live(feed, by=request.actor),
        "feeds/go_live.html",
        "The source is live",
    )


@page(Action.RUN_FEED)
def resume(request: HttpRequest, feed: object) -> HttpResponse:
    """Let a paused source go on, once somebody has looked why it paused (IX-73)."""
    form = bound(Form, request)
    return _run(
        request, feed, form, lambda: partners.resume(feed, by=request.actor), "feeds/resume.html", "The source goes on"
    )


@page(Action.RUN_FEED)
def accept_gap(request: HttpRequest, feed: object) -> HttpResponse:
    """Go on after a file that never came (IX-70)."""
    form = bound(GapForm, request)
    return _run(
        request,
        feed,
        form,
        lambda: partners.accept_gap(feed, next_sequence=form.cleaned_data["next_sequence"], by=request.actor),
        "feeds/accept_gap.html",
        "The files in between are left out",
    )


def _run(request: HttpRequest, feed: Any, form: Form, act: Callable[[], Any], template: str, said: str) -> HttpResponse:
    if request.method == "POST" and done(form, act):
        messages.success(request, said)
        return redirect("feed", id=feed.pk)
    return show(request, template, form=form, feed=feed_views.feed(feed))


@page(Action.SEE_FILE, methods=("GET",))
def file(request: HttpRequest, load: object) -> HttpResponse:
    """The answers to one file: of the file, of how many rows, and each row that was not taken."""
    return show(request, "feeds/file.html", one=feed_views.file(load))


@page(Action.SEE_FILE, methods=("GET",))
def answers_csv(request: HttpRequest, load: object) -> HttpResponse:
    """The answer to every row as a table, for the partner."""
    return _download(acknowledging.as_csv(acknowledging.of_load(load)), "text/csv; charset=utf-8", "answers.csv")


@page(Action.SEE_FILE, methods=("GET",))
def answers_json(request: HttpRequest, load: object) -> HttpResponse:
    """The answer to every row for the partner's machine (IX-71)."""
    return _download(acknowledging.as_json(acknowledging.of_load(load)), "application/json", "answers.json")


@page(Action.TAKE_FILE_BACK)
def take_back(request: HttpRequest, load: object) -> HttpResponse:
    """What taking a whole file back would do; once confirmed, the job worker does it."""
    form = bound(TakeBackForm, request)
    if request.method == "POST":
        asked = done(form, lambda: errands.ask_to_take_back(load, by=request.actor))
        if asked:
            return redirect("errand", id=asked.pk)
    return show(request, "feeds/take_back.html", form=form, one=feed_views.file(load), preview=undoing.preview(load))


@page(Action.SEE_FEED, methods=("GET",))
def quality(request: HttpRequest, feed: object) -> HttpResponse:
    """How good a partner's files are, for the partner to read, to print or to keep."""
    return show(request, "feeds/quality.html", quality=feed_quality.report(feed), feed=feed)


@page(Action.SEE_FEED, methods=("GET",))
def quality_csv(request: HttpRequest, feed: object) -> HttpResponse:
    """The same as a table."""
    return _download(feed_quality.as_csv(feed_quality.report(feed)), "text/csv; charset=utf-8", "quality.csv")


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
