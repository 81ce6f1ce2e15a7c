"""Assessment and plan on paper and as PDF, what happened in full, and the short way to an episode's child."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from teamaround.access.policy import Action
from teamaround.casework import assessments, chronology, leads, plan_views, record_views
from teamaround.casework import facts as case_facts
from teamaround.casework import views as casework
from teamaround.kit import dates, pdf
from teamaround.people import queries as people
from teamaround.web.page import page, show

#: lines of what happened on one page
PAGE = 30


@page(Action.SEE_EPISODE, methods=("GET",))
def episode(request: HttpRequest, episode: object) -> HttpResponse:
    """An episode is shown on its child's page."""
    return redirect("child", id=episode.child_id)


@page(Action.SEE_EPISODE, methods=("GET",))
def chronology_page(request: HttpRequest, episode: object) -> HttpResponse:
    """Everything that happened, a page at a time."""
    told = chronology.page(episode, most=PAGE, mark=request.GET.get("before", ""))
    return show(
        request,
        "episodes/chronology.html",
        episode=episode,
        name=people.name_of(episode.child),
        lines=told.lines,
        older=told.older,
    )


@page(Action.SEE_EPISODE, methods=("GET",))
def record(request: HttpRequest, episode: object) -> HttpResponse:
    """The record of the episode: what was said at each decision."""
    return show(
        request,
        "episodes/record.html",
        episode=episode,
        name=people.name_of(episode.child),
        parts=record_views.told(episode),
    )


@page(Action.PRINT_EPISODE, methods=("GET",))
def print_page(request: HttpRequest, episode: object) -> HttpResponse:
    """Assessment and plan to print from the browser."""
    return show(request, "episodes/print.html", episode=episode, document=_document(request, episode))


@page(Action.PRINT_EPISODE, methods=("GET",))
def pdf_file(request: HttpRequest, episode: object) -> HttpResponse:
    """Assessment and plan as an accessible PDF."""
    response = HttpResponse(pdf.make("document", _document(request, episode)), content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="assessment-and-plan.pdf"'
    return response


def _document(request: HttpRequest, episode: object) -> dict[str, object]:
    """The print's content, the same for paper and PDF; who printed it and when stands on every page."""
    child, lead = episode.child, leads.active(episode)
    current = assessments.in_force(episode)
    facts = [
        ["Name", people.name_of(child)],
        ["Born", dates.say(child.born) if child.born else f"expected {dates.say(child.expected)}"],
        ["Coordinator", f"{episode.coordinator.name}, {episode.coordinator.agency.name}"],
        ["Leads", leads.name_of(lead) if lead else "Not agreed yet"],
        ["Next review", dates.say(episode.next_review_on) or "Not set"],
        ["Assessment", _version(current)],
    ]
    hidden = case_facts.not_to_print(child)
    sections = [
        {
            "title": one.title,
            "rows": [
                [line.label, case_facts.leave_out(assessments.said(line), hidden)]
                for line in one.lines
                if line.is_answered
            ],
        }
        for one in casework.assessment_text(episode)
    ]
    said = [
        [f"{one.who}, {dates.say(one.on)}", case_facts.leave_out(one.words, hidden)]
        for one in casework.comments(episode)
    ]
    if said:
        sections.append({"title": "What the child and the family say", "rows": said})
    plan = plan_views.current(episode)
    if plan:
        sections.append({"title": f"Plan, version {plan.version}", "rows": [list(row) for row in plan.header]})
    rows = [
        [
            _need(need),
            outcome.text,
            _lines(one.text, ("It takes", one.resources)),
            f"{one.owner}, {one.owner_agency}",
            _lines(dates.say(one.by_when), ("", one.priority)),
            _lines(one.state_label, ("", one.progress), ("What shows it", one.evidence)),
        ]
        for need in (plan.needs if plan else [])
        for outcome in need.outcomes
        for one in outcome.actions
    ]
    return {
        "title": f"Assessment and plan: {people.name_of(child)}",
        "subtitle": f"Printed on {dates.say(dates.today())}",
        "facts": facts,
        "sections": sections,
        "tables": [
            {
                "title": "What is needed, and who does what",
                "head": ["Need", "What will be different", "Action", "Who", "By when", "How it is going"],
                "widths": [3, 3, 4, 3, 2, 2],
                "rows": [[case_facts.leave_out(cell, hidden) for cell in row] for row in rows],
                "empty": "There is no plan yet.",
            }
        ],
        "note": "Keep this safe. It is about a family and belongs to them.",
        "footer": f"Printed by {request.practitioner.name}, {request.practitioner.agency.name},"
        f" {dates.say_moment(dates.now())}",
    }


def _need(need: plan_views.NeedView) -> str:
    return f"{need.text} ({need.element})" if need.element else need.text


def _lines(first: str, *more: tuple[str, str]) -> str:
    """A cell of several lines: what is empty is left out."""
    return "\n".join([first, *(f"{label}: {text}" if label else text for label, text in more if text)])


def _version(assessment: object) -> str:
    if assessment is None:
        return "Not begun"
    signed = f"signed off on {dates.say(assessment.signed_on)}" if assessment.signed_on else "not signed off yet"
    return f"version {assessment.version}, {signed}"
