from django.urls import path

from . import assessing, closing, one_page, printing, starting

urlpatterns = [
    path("children/<uuid:id>/checklist/", starting.start_checklist, name="start_checklist"),
    path("checklists/<uuid:id>/", starting.checklist, name="checklist"),
    path("checklists/<uuid:id>/outcome/", starting.checklist_outcome, name="checklist_outcome"),
    path("children/<uuid:id>/episode/", starting.start_episode, name="start_episode"),
    path("episodes/<uuid:id>/", printing.episode, name="episode"),
    path("episodes/<uuid:id>/consent/", starting.consent, name="consent"),
    path("episodes/<uuid:id>/consent/refused/", starting.refuse, name="refuse"),
    path("episodes/<uuid:id>/assessment/", assessing.assessment, name="assessment"),
    path("episodes/<uuid:id>/assessment/sign-off/", assessing.sign, name="sign"),
    path("episodes/<uuid:id>/assessment/new-version/", assessing.new_version, name="new_version"),
    path("episodes/<uuid:id>/assessment/says/<slug:who>/", assessing.comment, name="comment"),
    path("episodes/<uuid:id>/assessment/read/<slug:section>/", assessing.read_section, name="read_section"),
    path("episodes/<uuid:id>/assessment/write/<slug:section>/", assessing.section, name="section"),
    path("episodes/<uuid:id>/copy/", assessing.family_copy, name="family_copy"),
    path("episodes/<uuid:id>/response/", assessing.response, name="response"),
    path("episodes/<uuid:id>/close/", closing.close, name="close"),
    path("episodes/<uuid:id>/close/contact/", closing.contact, name="contact"),
    path("episodes/<uuid:id>/countersign/", closing.countersign, name="countersign"),
    path("episodes/<uuid:id>/what-happened/", printing.chronology_page, name="chronology"),
    path("episodes/<uuid:id>/one-page/", one_page.one_page_print, name="one_page"),
    path("episodes/<uuid:id>/one-page.pdf", one_page.one_page_pdf, name="one_page_pdf"),
    path("episodes/<uuid:id>/record/", printing.record, name="record"),
    path("episodes/<uuid:id>/print/", printing.print_page, name="print"),
    path("episodes/<uuid:id>/print.pdf", printing.pdf_file, name="print_pdf"),
]
