from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from teamaround.access import door
from teamaround.access.policy import Action
from teamaround.casework import queries as casework
from teamaround.index import queries as index
from teamaround.index import renewing
from teamaround.people import queries as people
from teamaround.tasks import notices, trays
from teamaround.tasks import queries as tasks
from teamaround.web.page import page, show

#: tasks and news on the landing page; the others are one press away
SHOWN = 6


@page(Action.HOME, methods=("GET",))
def home(request: HttpRequest) -> HttpResponse:
    """My children, what is due, invitations and notices: where the day starts."""
    me = request.actor.practitioner
    children = casework.my_children(me)
    due, news = tasks.open_tasks(me, request.actor.team)[:SHOWN], tasks.unread(me)
    names = _names(request, [*due, *news])
    return show(
        request,
        "home/home.html",
        children=children,
        reviews=casework.reviews_due(children),
        tasks=tasks.named(due, names),
        invitations=casework.invitations(me),
        news=tasks.named(news[:SHOWN], names),
        older=tasks.named(news[SHOWN:], names),
        may_search=door.may(request.actor, Action.SEARCH),
    )


def _names(request: HttpRequest, lines: list[tasks.Due | tasks.Told]) -> dict[UUID, str]:
    """The names of the children in these lines whose records whoever looks may see; the others stay without."""
    seen = door.visible(request.actor, Action.SEE_CHILD).filter(pk__in={one.child for one in lines if one.child})
    return people.names_of(list(seen.values_list("pk", flat=True)))


@page(Action.HOME, methods=("GET",))
def my_tasks(request: HttpRequest) -> HttpResponse:
    """Everything that waits for me or stands in my team's tray."""
    due = tasks.open_tasks(request.actor.practitioner, request.actor.team)
    return show(request, "home/tasks.html", tasks=tasks.named(due, _names(request, due)))


@page(Action.DO_TASK)
def task(request: HttpRequest, task: object) -> HttpResponse:
    """Go to where a task is done; a task that is only a reminder can be ticked off here."""
    if request.method == "POST":
        trays.do(task, by=request.actor)
        return redirect("tasks")
    return redirect(task.link)


@page(Action.READ_NOTICE)
def notice(request: HttpRequest, notice: object) -> HttpResponse:
    """Go to what a notice is about; it is read now."""
    notices.read(notice, by=request.actor)
    return redirect(notice.link or "home")


@page(Action.SEE_TEAM_WORK, methods=("GET",))
def team_work(request: HttpRequest) -> HttpResponse:
    """The work of those I manage: what each coordinates and leads, and what is overdue."""
    me = request.actor.practitioner
    return show(
        request,
        "home/team_work.html",
        workers=casework.work_of_those_managed(me),
        starts=index.unanswered_starts(me),
        left_behind=renewing.to_place(me),
    )
