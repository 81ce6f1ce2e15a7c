from django.urls import path

from . import offices, pages

urlpatterns = [
    path("episodes/<uuid:id>/team/", pages.team, name="team"),
    path("episodes/<uuid:id>/team/<uuid:member>/leave/", pages.leave, name="leave_team"),
    path("episodes/<uuid:id>/meetings/new/", pages.convene, name="convene"),
    path("episodes/<uuid:id>/hand-over/", offices.hand_over, name="hand_over"),
    path("episodes/<uuid:id>/lead/", pages.propose, name="propose_lead"),
    path("episodes/<uuid:id>/lead/deputy/", offices.deputy, name="deputy"),
    path("episodes/<uuid:id>/lead/withdraw/", offices.withdraw, name="withdraw_lead"),
    path("meetings/<uuid:id>/", pages.meeting, name="meeting"),
    path("meetings/<uuid:id>/answers/<uuid:invited>/", offices.family_reply, name="family_reply"),
    path("meetings/<uuid:id>/minutes/", pages.minutes, name="minutes"),
    path("meetings/<uuid:id>/minutes/agree/", pages.agree_minutes, name="agree_minutes"),
    path("meetings/<uuid:id>/minutes/circulate/", pages.circulate_minutes, name="circulate_minutes"),
    path("meetings/<uuid:id>/cancel/", pages.cancel, name="cancel_meeting"),
    path("leads/<uuid:id>/answer/", pages.answer, name="answer_lead"),
]
