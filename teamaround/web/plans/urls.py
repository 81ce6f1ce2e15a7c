from django.urls import path

from . import changing, looking_back, pages

urlpatterns = [
    path("episodes/<uuid:id>/plan/", pages.plan, name="plan"),
    path("episodes/<uuid:id>/plan/draft/", pages.begin_draft, name="begin_draft"),
    path("episodes/<uuid:id>/plan/need/", pages.add_need, name="add_need"),
    path("episodes/<uuid:id>/plan/need/<uuid:need>/outcome/", pages.add_outcome, name="add_outcome"),
    path("episodes/<uuid:id>/plan/outcome/<uuid:outcome>/action/", pages.add_action, name="add_action"),
    path("episodes/<uuid:id>/plan/need/<uuid:need>/", changing.change_need, name="change_need"),
    path("episodes/<uuid:id>/plan/outcome/<uuid:outcome>/", changing.change_outcome, name="change_outcome"),
    path("episodes/<uuid:id>/plan/action/<uuid:one>/", changing.change_action, name="change_action"),
    path("episodes/<uuid:id>/plan/remove/<uuid:part>/", pages.remove, name="remove_part"),
    path("episodes/<uuid:id>/plan/agree/", pages.agree, name="agree_plan"),
    path("episodes/<uuid:id>/plan/begin/", pages.begin, name="begin_delivery"),
    path("episodes/<uuid:id>/plan/versions/<int:version>/", looking_back.plan_version, name="plan_version"),
    path("episodes/<uuid:id>/review/", pages.review, name="review"),
    path("episodes/<uuid:id>/reviews/", looking_back.held_reviews, name="held_reviews"),
    path("actions/<uuid:id>/", pages.plan_action, name="plan_action"),
]
