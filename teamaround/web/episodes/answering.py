"""Pages that ask what a form definition asks: with what was typed and not sent, and what the record already knows."""

from typing import Any

from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from teamaround.accounts import drafts
from teamaround.casework import facts
from teamaround.forms import answering, publishing, rendering
from teamaround.web.page import show


def checklist_form(request: HttpRequest, checklist: Any) -> rendering.AnswersForm:
    """The questions of a checklist on one page."""
    definition = publishing.definition_of(checklist.answers.form)
    answers = _with_known(definition, checklist.answers.answers, checklist.child, request)
    return _unchecked(rendering.whole_form(definition, answers, _data(request)), request)


def section_form(request: HttpRequest, answers: Any, section: str) -> rendering.AnswersForm:
    """The questions of one section."""
    definition = publishing.definition_of(answers.form)
    known = _with_known(definition, answers.answers, answers.child, request)
    return _unchecked(rendering.section_form(definition, section, known, _data(request)), request)


def _with_known(definition: Any, answers: dict[str, Any], child: Any, request: HttpRequest) -> dict[str, Any]:
    """The answers given, and where there are none what the record knows: shown to be confirmed, not retyped."""
    known = answering.prefilled(definition, facts.of(child, request.practitioner))
    return {key: {**known.get(key, {}), **answers.get(key, {})} for key in {*known, *answers}}


def _data(request: HttpRequest) -> Any:
    if request.method == "POST":
        return request.POST
    before = drafts.kept(request.user.pk, request.path)
    if before is None:
        return None
    typed, request.kept_at = before
    return typed


def _unchecked(form: rendering.AnswersForm, request: HttpRequest) -> rendering.AnswersForm:
    """A draft is shown as it was left, and a further row is not a reason to check the others."""
    if form.is_bound and (request.method != "POST" or form.wants_another(request.POST)):
        form._errors = ErrorDict()
    return form


def opened_at(form: rendering.AnswersForm, now_at: int) -> int:
    """The version of a section that the words in the form were written on: sent, kept in a draft, or the one now."""
    if not form.is_bound:
        return now_at
    sent = str(form.data.get("version", ""))
    return int(sent) if sent.isdecimal() else 0


def section_page(
    request: HttpRequest,
    episode: Any,
    current: Any,
    section: str,
    form: rendering.AnswersForm,
    *,
    theirs: dict[str, Any] | None,
    version: int,
) -> HttpResponse:
    """The page of one section; with somebody else's newer text beside one's own where both wrote."""
    definition = publishing.definition_of(current.answers.form)
    shown = definition.section(section)
    rows = []
    if theirs is not None:
        sections = answering.show(definition, {section: theirs})
        rows = [(line.label, line.text) for one in sections if one.key == section for line in one.lines if line.text]
    return show(
        request,
        "episodes/section.html",
        form=form,
        episode=episode,
        section=shown,
        caption=shown.part,
        theirs=rows,
        version=version,
        back=reverse("assessment", args=[episode.pk]),
        save_text="Save over theirs" if theirs is not None else "Save and go back",
    )
