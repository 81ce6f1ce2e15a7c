"""Pages of the common assessment: its sections, comments, sign-off, and what follows."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from teamaround.access import door
from teamaround.access.policy import Action
from teamaround.casework import assessments, copies, episodes, plans
from teamaround.casework import views as casework
from teamaround.forms.answers import SomebodyWasFaster, version_of
from teamaround.kit import dates
from teamaround.people import queries as people
from teamaround.web.page import bound, done, page, show

from .answering import opened_at, section_form, section_page
from .forms import CommentForm, CopyForm, NewVersionForm, ResponseForm, SignForm


@page(Action.SEE_EPISODE, methods=("GET",))
def assessment(request: HttpRequest, episode: object) -> HttpResponse:
    """The assessment by its sections: what is written, what is missing."""
    view = casework.assessment(episode)
    if view is None:
        return redirect("child", id=episode.child_id)
    may = request.admitted.may
    return show(
        request,
        "episodes/assessment.html",
        episode=episode,
        view=view,
        may_write=Action.WRITE_ASSESSMENT in may and episode.closed_on is None,
        may_sign=Action.SIGN_ASSESSMENT in may and episode.closed_on is None,
        may_reopen=Action.COORDINATE in may,
    )


@page(Action.SEE_EPISODE, methods=("GET",))
def read_section(request: HttpRequest, episode: object, section: str) -> HttpResponse:
    """One section to read, under the wording it was answered under."""
    shown = casework.section(episode, section)
    if shown is None:
        raise door.NotThere(section)
    return show(request, "episodes/read_section.html", episode=episode, section=shown)


@page(Action.WRITE_ASSESSMENT)
def section(request: HttpRequest, episode: object, section: str) -> HttpResponse:
    """Write one section; if somebody else was faster, both texts are shown."""
    current = assessments.current(episode)
    if current is None or current.signed_on or episode.closed_on:
        return redirect("read_section", id=episode.pk, section=section)
    form = section_form(request, current.answers, section)
    theirs, version = None, opened_at(form, version_of(current.answers, section))
    if request.method == "POST" and not form.wants_another(request.POST):
        saved = done(
            form,
            lambda: assessments.save_section(episode, section, form.answers(), version=version, by=request.actor),
        )
        if saved:
            return redirect(f"{reverse('assessment', args=[episode.pk])}#{section}")
        faster = getattr(form, "refusal", None)
        if isinstance(faster, SomebodyWasFaster):
            theirs, version = faster.theirs, faster.version
    return section_page(request, episode, current, section, form, theirs=theirs, version=version)


@page(Action.WRITE_ASSESSMENT)
def comment(request: HttpRequest, episode: object, who: str) -> HttpResponse:
    """What the child or a parent says."""
    form = bound(CommentForm, request, adults=[] if who == "child" else people.adult_choices(episode.child))
    if request.method == "POST" and done(form, lambda: _say(form, episode, who, request)):
        return redirect("assessment", id=episode.pk)
    heading = f"What {people.name_of(episode.child)} says" if who == "child" else "What parents or carers say"
    return show(
        request,
        "episodes/comment.html",
        form=form,
        episode=episode,
        heading=heading,
        earlier=casework.comments(episode, who),
    )


def _say(form: CommentForm, episode: object, who: str, request: HttpRequest) -> object:
    adult = people.adult(episode.child, form.cleaned_data.get("adult"))
    return assessments.comment(episode, who=who, adult=adult, **form.comment(), by=request.actor)


@page(Action.SIGN_ASSESSMENT)
def sign(request: HttpRequest, episode: object) -> HttpResponse:
    """Sign off: from then on this version never changes."""
    form = bound(SignForm, request)
    current = assessments.current(episode)
    if request.method == "POST" and done(
        form, lambda: assessments.sign_off(episode, level=form.cleaned_data["level"], by=request.actor)
    ):
        messages.success(request, "The assessment is signed off")
        if episode.state == "assessed":
            return redirect("response", id=episode.pk)
        return redirect("child", id=episode.child_id)
    missing = assessments.missing(current) if current and not current.signed_on else []
    return show(request, "episodes/sign.html", form=form, episode=episode, missing=missing)


@page(Action.SIGN_ASSESSMENT)
def family_copy(request: HttpRequest, episode: object) -> HttpResponse:
    """The family's copy: take it as a file or on paper, then say how they got it."""
    form = bound(CopyForm, request, initial={"given_on": dates.today()})
    if request.method == "POST" and done(form, lambda: copies.give(episode, **form.cleaned_data, by=request.actor)):
        messages.success(request, "It is recorded how the family got its copy")
        return redirect("child", id=episode.child_id)
    return show(
        request,
        "episodes/copy.html",
        form=form,
        episode=episode,
        name=people.name_of(episode.child),
        copy=copies.newest(episode),
    )


@page(Action.COORDINATE)
def new_version(request: HttpRequest, episode: object) -> HttpResponse:
    """Open a signed assessment again, as a new version."""
    form = bound(NewVersionForm, request)
    if request.method == "POST" and done(
        form, lambda: assessments.new_version(episode, **form.cleaned_data, by=request.actor)
    ):
        return redirect("assessment", id=episode.pk)
    return show(
        request,
        "parts/simple.html",
        form=form,
        heading="Make a new version",
        intro=["The signed version stays as it is. The new one begins as a copy."],
        back=reverse("assessment", args=[episode.pk]),
        send="Make a new version",
    )


@page(Action.DECIDE_RESPONSE)
def response(request: HttpRequest, episode: object) -> HttpResponse:
    """Decide what follows from the assessment."""
    form = bound(ResponseForm, request)
    if request.method == "POST" and form.is_valid() and form.cleaned_data["response"] == "single":
        begun = plans.draft(episode) or plans.agreed(episode)
        return redirect("plan" if begun else "add_need", id=episode.pk)
    if request.method == "POST" and done(form, lambda: episodes.respond_with_team(episode, by=request.actor)):
        return redirect("convene", id=episode.pk)
    return show(
        request,
        "parts/simple.html",
        form=form,
        heading="What does the child need now?",
        intro=["The assessment is signed off. Decide with the family how to go on."],
        back=reverse("child", args=[episode.child_id]),
        send="Go on",
    )
