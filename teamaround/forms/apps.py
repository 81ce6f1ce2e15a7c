from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "teamaround.forms"
    label = "assessment_forms"  # Django's own form templates already go by the label "forms"
