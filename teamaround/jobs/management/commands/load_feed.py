from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.progress import Progress

from teamaround.audit.actor import system
from teamaround.index import feeds, taking_in
from teamaround.kit.refused import Refused


class Command(BaseCommand):
    help = "Take in a partner's file (docs/how-to/feed-files.md), or try it dry."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="answer every row and change nothing")
        parser.add_argument(
            "--go-live", action="store_true", help="let the source load, after a dry run without faults"
        )

    def handle(self, *args: Any, file: Path, dry_run: bool, go_live: bool, **options: Any) -> None:
        by = system("feeds")
        data = file.read_bytes()
        try:
            feed = feeds.arranged(data)
            if go_live:
                feeds.go_live(feed, by=by)
            take = feeds.dry_run if dry_run else feeds.load
            with Progress(transient=True) as progress:
                bar = progress.add_task("Rows")
                done = take(feed, data, by=by, progress=lambda n, of: progress.update(bar, completed=n, total=of))
        except Refused as refused:
            raise CommandError(refused.reason) from None
        except taking_in.Down:
            raise CommandError(
                "The database failed in the middle. Run this again: rows that are done stay done"
            ) from None
        self.stdout.write(feeds.say(done))
