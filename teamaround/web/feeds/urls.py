from django.urls import path

from . import pages

urlpatterns = [
    path("stewardship/feeds/", pages.feeds, name="feeds"),
    path("stewardship/feeds/arrange/", pages.arrange, name="arrange_feed"),
    path("stewardship/feeds/<uuid:id>/", pages.feed, name="feed"),
    path("stewardship/feeds/<uuid:id>/send/", pages.send_file, name="send_file"),
    path("stewardship/feeds/<uuid:id>/live/", pages.go_live, name="go_live"),
    path("stewardship/feeds/<uuid:id>/resume/", pages.resume, name="resume_feed"),
    path("stewardship/feeds/<uuid:id>/gap/", pages.accept_gap, name="accept_gap"),
    path("stewardship/feeds/<uuid:id>/quality/", pages.quality, name="feed_quality"),
    path("stewardship/feeds/<uuid:id>/quality.csv", pages.quality_csv, name="feed_quality_csv"),
    path("stewardship/feeds/errands/<uuid:id>/", pages.errand, name="errand"),
    path("stewardship/feeds/files/<uuid:id>/", pages.file, name="file"),
    path("stewardship/feeds/files/<uuid:id>/answers.csv", pages.answers_csv, name="answers_csv"),
    path("stewardship/feeds/files/<uuid:id>/answers.json", pages.answers_json, name="answers_json"),
    path("stewardship/feeds/files/<uuid:id>/take-back/", pages.take_back, name="take_back_file"),
]
