"""`python -m teamaround check_feed FILE`: what a supplier runs before sending. It needs no settings and no database."""

import argparse
from pathlib import Path

from teamaround.index import feed_checking


def main(arguments: list[str]) -> int:
    """Print what was found, row by row, without anything of what is in the file; 0 when all is well, 1 when not."""
    parser = argparse.ArgumentParser(
        prog="python -m teamaround check_feed",
        description="Check a file for the child index before sending it. Nothing leaves this machine.",
    )
    parser.add_argument("file", type=Path, help="the file, CSV or JSON (docs/how-to/feed-files.md)")
    asked = parser.parse_args(arguments)
    try:
        data = asked.file.read_bytes()
    except OSError as missing:
        parser.error(f"the file cannot be opened: {missing.strerror}")
    checked = feed_checking.check(data)
    print(feed_checking.report(checked))
    return 0 if checked.is_well else 1
