from importlib import import_module

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "teamaround.audit"
    label = "audit"

    def ready(self) -> None:
        # These need the models, which do not exist yet when this file is read.
        post_migrate.connect(import_module("teamaround.audit.guard").install)
        checks.register(import_module("teamaround.audit.checks").database_is_safe, checks.Tags.database)
