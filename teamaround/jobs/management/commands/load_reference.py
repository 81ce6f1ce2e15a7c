from typing import Any

from django.core.management.base import BaseCommand

from teamaround.audit.actor import system
from teamaround.forms import publishing
from teamaround.reference import loading


class Command(BaseCommand):
    help = "Load the words, periods, bank holidays, roles, outcome frameworks and forms that the product ships."

    def handle(self, *args: Any, **options: Any) -> None:
        by = system("set-up")
        loading.load_shipped(by=by)
        publishing.load_shipped(by=by)
