from django.urls import path

from . import confirming, details, family, pages, statuses

urlpatterns = [
    path("children/<uuid:id>/", pages.child, name="child"),
    path("children/<uuid:id>/involvement/", pages.record_involvement, name="record_involvement"),
    path("children/starts/<uuid:id>/", pages.follow_up, name="follow_up"),
    path("children/involvements/<uuid:id>/end/", pages.end_involvement, name="end_involvement"),
    path("children/involvements/<uuid:id>/confirm/", confirming.confirm, name="confirm_involvement"),
    path("children/<uuid:id>/birth/", details.record_birth, name="record_birth"),
    path("children/<uuid:id>/details/name/", details.name, name="change_name"),
    path("children/<uuid:id>/details/name/other/", details.add_name, name="add_name"),
    path("children/<uuid:id>/details/name/<uuid:name>/end/", details.end_name, name="end_name"),
    path("children/<uuid:id>/details/born/", details.born, name="change_born"),
    path("children/<uuid:id>/details/sex/", details.sex, name="change_sex"),
    path("children/<uuid:id>/details/address/", details.home, name="change_home"),
    path("children/<uuid:id>/details/language/", details.language, name="change_language"),
    path("children/<uuid:id>/details/services/<slug:kind>/", details.service, name="change_service"),
    path("children/<uuid:id>/details/numbers/<slug:kind>/", details.number, name="change_number"),
    path("children/<uuid:id>/carers/new/", family.add_carer, name="add_carer"),
    path("children/<uuid:id>/carers/<uuid:care>/", family.change_carer, name="change_carer"),
    path("children/<uuid:id>/carers/<uuid:care>/end/", family.end_care, name="end_care"),
    path("episodes/<uuid:id>/statutory-status/", statuses.statuses, name="statuses"),
    path("episodes/<uuid:id>/statutory-status/<uuid:status>/end/", statuses.end_status, name="end_status"),
]
