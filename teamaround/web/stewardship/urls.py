from django.urls import path

from . import archives, life, pages, parameters, transfers

urlpatterns = [
    path("stewardship/questions/", pages.steward, name="steward"),
    path("stewardship/questions/<uuid:id>/", pages.work_item, name="work_item"),
    path("overrides/", pages.overrides, name="overrides"),
    path("overrides/<uuid:opening>/", pages.review_override, name="review_override"),
    path("children/<uuid:id>/life/", life.life, name="life"),
    path("children/<uuid:id>/death/", life.death, name="death"),
    path("children/<uuid:id>/death/in-error/", life.death_in_error, name="death_in_error"),
    path("children/<uuid:id>/left/", life.left, name="left"),
    path("children/<uuid:id>/back/", life.back, name="back"),
    path("children/<uuid:id>/stay/", life.stay, name="stay"),
    path("children/<uuid:id>/legal-hold/", life.legal_hold, name="legal_hold"),
    path("children/<uuid:id>/transfer/", transfers.ask_transfer, name="ask_transfer"),
    path("transfers/<uuid:id>/", transfers.answer_transfer, name="answer_transfer"),
    path("stewardship/periods/", parameters.periods, name="periods"),
    path("stewardship/transfers/", transfers.transfers, name="transfers"),
    path("stewardship/archive/", archives.archive, name="archive"),
    path("stewardship/archive/<uuid:id>/", archives.archived, name="archived"),
    path("stewardship/archive/requests/<uuid:id>/", archives.archive_request, name="archive_request"),
    path("stewardship/purges/", archives.purges, name="purges"),
    path("stewardship/purges/<uuid:id>/", archives.purge, name="purge"),
    path("children/<uuid:id>/emergency/", pages.override, name="override"),
]
