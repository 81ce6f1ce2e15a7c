"""Pages at the end of an episode: closing, countersigning, attempts to reach the family."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from teamaround.access.policy import Action
from teamaround.casework import closing, closure_views
from teamaround.casework import views as casework
from teamaround.people import queries as people
from teamaround.web.page import bound, done, page, show

from .forms import CloseForm, ContactForm, NotCountersignedForm


@page(Action.CLOSE_EPISODE)
def close(request: HttpRequest, episode: object) -> HttpResponse:
    """Close the episode, or ask the manager to countersign."""
    declined = closing.declined(episode)
    lead = closing.lead_to_ask(episode, request.actor)
    form = bound(CloseForm, request, lead=lead, initial=closing.as_written(declined))
    if request.method == "POST":
        closed = done(
            form,
            lambda: closing.close(episode, reason=form.cleaned_data["reason"], by=request.actor, **form.closure()),
        )
        if closed:
            episode.refresh_from_db()
            messages.success(
                request,
                "The episode is closed" if episode.closed_on else "Your manager is asked to countersign the closure",
            )
            return redirect("child", id=episode.child_id)
    return show(
        request,
        "episodes/close.html",
        form=form,
        episode=episode,
        name=people.name_of(episode.child),
        attempts=casework.contact_attempts(episode),
        declined_because=declined.declined_because if declined else "",
    )


@page(Action.COUNTERSIGN)
def countersign(request: HttpRequest, episode: object) -> HttpResponse:
    """Read the closure and agree to it, or say why not."""
    form = bound(NotCountersignedForm, request)
    if request.method == "POST":
        if "agree" in request.POST:
            closing.countersign(episode, by=request.actor)
            messages.success(request, "The episode is closed")
            return redirect("home")
        if done(form, lambda: closing.decline(episode, **form.cleaned_data, by=request.actor)):
            messages.success(request, "The episode goes on. The coordinator is told why.")
            return redirect("home")
    closure = closing.waiting(episode)
    return show(
        request,
        "episodes/countersign.html",
        form=form,
        episode=episode,
        closure=closure,
        rows=closure_views.rows(closure) if closure else [],
        name=people.name_of(episode.child),
    )


@page(Action.CLOSE_EPISODE)
def contact(request: HttpRequest, episode: object) -> HttpResponse:
    """Record one try to reach the family."""
    form = bound(ContactForm, request)
    if request.method == "POST" and done(
        form, lambda: closing.record_attempt(episode, **form.cleaned_data, by=request.actor)
    ):
        return redirect("close", id=episode.pk)
    return show(
        request,
        "parts/simple.html",
        form=form,
        heading="Record a try to reach the family",
        intro=[],
        back=reverse("close", args=[episode.pk]),
        send="Record it",
    )
