from django.http import HttpRequest, HttpResponse

from teamaround.access.policy import Action
from teamaround.casework import plan_views, review_views
from teamaround.people import queries as people
from teamaround.web.page import page, show


@page(Action.SEE_EPISODE, methods=("GET",))
def held_reviews(request: HttpRequest, episode: object) -> HttpResponse:
    """What was found, said and agreed at each review, the newest first."""
    return show(
        request,
        "plans/held_reviews.html",
        episode=episode,
        name=people.name_of(episode.child),
        reviews=review_views.held(episode),
    )


@page(Action.SEE_EPISODE, methods=("GET",))
def plan_version(request: HttpRequest, episode: object, version: int) -> HttpResponse:
    """One version of the plan as it was agreed, to read."""
    return show(
        request,
        "plans/version.html",
        episode=episode,
        name=people.name_of(episode.child),
        plan=plan_views.version(episode, version),
    )
