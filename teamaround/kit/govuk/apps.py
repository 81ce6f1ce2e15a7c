from django.apps import AppConfig


class Govuk(AppConfig):
    name = "teamaround.kit.govuk"
    label = "govuk"
    verbose_name = "The look of the product"
