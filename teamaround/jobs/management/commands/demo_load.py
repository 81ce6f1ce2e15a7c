from typing import Any

from django.core.management.base import BaseCommand, CommandError

from teamaround.jobs.demonstration import beginning, loading


class Command(BaseCommand):
    help = "Load the rest of the demonstration through partners' files and actions, with a progress bar."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--children", type=int, default=3000)
        parser.add_argument("--episodes", type=int, default=150)

    def handle(self, *args: Any, **options: Any) -> None:
        beginning.must_be_demonstration(CommandError)
        beginning.say_how_to_sign_in(self.stdout.write)
        loading.load(children=options["children"], episodes=options["episodes"])
