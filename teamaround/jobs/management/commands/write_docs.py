from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from teamaround.jobs import writing_docs


class Command(BaseCommand):
    help = "Print the documents that come from the code, or with --check say whether they are up to date."
    requires_system_checks = ()

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail if a document is out of date")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["check"]:
            for path in writing_docs.write():
                self.stdout.write(f"Written: {_said(path)}")
            return
        stale = [_said(one) for one in writing_docs.out_of_date()]
        if stale:
            raise CommandError(f"Out of date: {', '.join(stale)}. Run: python -m teamaround write_docs")


def _said(path: Path) -> str:
    return f"docs/{path.relative_to(writing_docs.DOCS).as_posix()}"
