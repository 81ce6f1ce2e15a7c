from importlib import import_module

from django.apps import AppConfig
from django.core import checks


class WebConfig(AppConfig):
    name = "teamaround.web"
    label = "web"

    def ready(self) -> None:
        # The check needs the policy and its models, which do not exist yet when this file is read.
        found = import_module("teamaround.web.checks")
        checks.register(found.every_address_declares_an_action, checks.Tags.urls)
