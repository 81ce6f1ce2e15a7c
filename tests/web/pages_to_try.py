"""Pages for trying @page itself: one that shows an episode, one that takes a form, and some that fail."""

from django import forms
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import include, path

from teamaround.access.policy import Action
from teamaround.audit.recording import action
from teamaround.kit.refused import Refused
from teamaround.places.models import Authority
from teamaround.web.page import bound, done, page

FORM = """{% load pages %}<form method="post">{% sent_once %}{{ form.words }}{{ form.errors }}</form>"""


class Words(forms.Form):
    words = forms.CharField(widget=forms.Textarea)

    def clean_words(self):
        if self.cleaned_data["words"] == "wrong":
            raise forms.ValidationError("Enter other words")
        return self.cleaned_data["words"]


@action("test.found")
def found(name, *, by):
    """Work that leaves a trace each time it is done."""
    if name == "refused":
        raise Refused("2 actions of the plan are not finished")
    Authority.objects.create(code=f"T{Authority.objects.count()}", name=name)
    if name == "crash":
        raise RuntimeError("after the write")


@page(Action.HOME)
def form_page(request):
    form = bound(Words, request)
    if request.method == "POST" and done(form, lambda: found(form.cleaned_data["words"], by=request.actor)):
        return redirect("/done/")
    status = 422 if form.is_bound and form.errors else 200
    return HttpResponse(engines["django"].from_string(FORM).render({"form": form}, request), status=status)


@page(Action.SEE_EPISODE)
def episode_page(request, episode):
    return HttpResponse(f"reason: {episode.reason}")


@page(Action.SEE_EPISODE)
def failing_page(request, episode):
    raise RuntimeError("after the read")


@page(Action.SEE_EPISODE)
def undone_page(request, episode):
    with connection.cursor() as cursor:
        cursor.execute("select no_such_column")
    return HttpResponse()


@page(Action.HOME)
def done_page(request):
    return HttpResponse("done")


urlpatterns = [
    path("try/", form_page, name="try"),
    path("done/", done_page),
    path("try/<uuid:id>/", episode_page),
    path("try/<uuid:id>/fails/", failing_page),
    path("try/<uuid:id>/undone/", undone_page),
    path("", include("teamaround.config.urls")),
]
handler500 = "teamaround.web.problems.broken"
