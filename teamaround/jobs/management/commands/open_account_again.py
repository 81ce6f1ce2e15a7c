from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from teamaround.accounts import opening
from teamaround.audit.actor import system
from teamaround.kit.refused import Refused


class Command(BaseCommand):
    """Open an account again that was suspended because nobody had used it, when its manager vouches for it."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose account."""
        parser.add_argument("email", help="the address the account's holder signs in with")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, or say why it cannot be done."""
        try:
            opening.open_again(options["email"], by=system("administrator"))
        except Refused as refused:
            raise CommandError(refused.reason) from refused
        self.stdout.write("The account is open again.")
