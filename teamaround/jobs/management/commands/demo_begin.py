from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from teamaround.jobs.demonstration import beginning


class Command(BaseCommand):
    help = "Prepare the demonstration: tables, reference data, places, agencies and the people one can sign in as."

    def handle(self, *args: Any, **options: Any) -> None:
        beginning.must_be_demonstration(CommandError)
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False, ignore_patterns=["*.map"])
        call_command("load_reference")
        beginning.begin()
