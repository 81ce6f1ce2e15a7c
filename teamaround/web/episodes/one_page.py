"""Assessment and plan on one page, for the fridge door and the folder: from the browser, or as an accessible PDF."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from teamaround.access.policy import Action
from teamaround.casework import leads, one_page
from teamaround.kit import dates, pdf
from teamaround.people import queries as people
from teamaround.web.page import page, show

#: how long a text may be on the page; the first of these with which everything fits is taken
LENGTHS = (600, 400, 260, 170, 110, 70)
#: in the browser, whose page has no end, texts are as long as they mostly are on paper
ON_SCREEN = 260


@page(Action.PRINT_EPISODE, methods=("GET",))
def one_page_print(request: HttpRequest, episode: object) -> HttpResponse:
    """The page to print from the browser."""
    return show(request, "episodes/one_page.html", episode=episode, document=document(request, episode, ON_SCREEN))


@page(Action.PRINT_EPISODE, methods=("GET",))
def one_page_pdf(request: HttpRequest, episode: object) -> HttpResponse:
    """The page as a PDF, its texts as long as one page allows."""
    response = HttpResponse(
        pdf.make_fitting("one_page", (document(request, episode, most) for most in LENGTHS)),
        content_type="application/pdf",
    )
    response["Content-Disposition"] = 'attachment; filename="one-page.pdf"'
    return response


def document(request: HttpRequest, episode: Any, most: int) -> dict[str, Any]:
    """The print's content, each text of at most so many characters; who printed it and when stands at the foot."""
    child, lead = episode.child, leads.active(episode)
    sheet = one_page.of(episode, most=most)
    return {
        "title": f"Assessment and plan: {people.name_of(child)}",
        "facts": [
            ["Born", dates.say(child.born) if child.born else f"expected {dates.say(child.expected)}"],
            ["Coordinator", f"{episode.coordinator.name}, {episode.coordinator.agency.name}"],
            ["Leads", leads.name_of(lead) if lead else "Not agreed yet"],
            ["Next review", dates.say(episode.next_review_on) or "Not set"],
        ],
        "told": [
            ["What led to this", sheet.led_to_it],
            ["What needs to change", sheet.to_change],
            ["How we will know", sheet.how_we_know],
        ],
        "voices": [["The child says", sheet.child_says], ["The family says", sheet.family_says]],
        "elements": [[one.title, one.strengths, one.needs] for one in sheet.rows],
        "steps": [[one.outcome, one.action, one.who, one.by_when, one.state] for one in sheet.steps],
        "footer": f"Printed by {request.practitioner.name}, {request.practitioner.agency.name},"
        f" {dates.say_moment(dates.now())}. Texts that end in … are longer in the full print.",
    }
