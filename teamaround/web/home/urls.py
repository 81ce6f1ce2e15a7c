from django.urls import path

from . import pages, team

urlpatterns = [
    path("", pages.home, name="home"),
    path("tasks/", pages.my_tasks, name="tasks"),
    path("tasks/<uuid:id>/", pages.task, name="task"),
    path("notices/<uuid:id>/", pages.notice, name="notice"),
    path("my-team/involvements/<uuid:id>/", team.place_involvement, name="place_involvement"),
    path("my-team/<uuid:id>/leaves/", team.end_post, name="end_post"),
    path("my-team/", pages.team_work, name="team_work"),
]
