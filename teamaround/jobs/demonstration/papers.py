"""The files that schools and surgeries of the demonstration send: written to a folder, then loaded like any other."""

import csv
from collections.abc import Callable, Iterable
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from teamaround.audit.actor import Actor
from teamaround.index import feeds
from teamaround.index import queries as index
from teamaround.kit.refused import Refused
from teamaround.workforce import queries as workforce

from .neighbours import arrived_on, home_on, started_school
from .population import Adult, Child, Household

ROLL, LIST = "school-roll", "gp-list"
NUMBER = {ROLL: "upn", LIST: "nhs_number"}
COLUMNS = (
    "family_name", "given_names", "known_as", "former_family_name", "born", "sex", "address", "postcode",
    "first_language", "started_on", "carer_given_names", "carer_family_name", "carer_relationship",
    "carer_responsibility", "carer_phone",
)  # fmt: skip


class Paper:
    """One partner's file in the making; remembers which child stands in which line."""

    def __init__(self, source: str, agency: str, made_on: date) -> None:
        self.source, self.agency, self.made_on = source, agency, made_on
        self.children: list[Child] = []
        self.rows: list[dict[str, str]] = []

    def add(self, child: Child, carer: Adult, started_on: date) -> None:
        """Put a child into the file with the carer the partner knows."""
        home = home_on(child, self.made_on)
        self.children.append(child)
        self.rows.append(
            {
                NUMBER[self.source]: child.upn if self.source == ROLL else child.nhs_number,
                "family_name": child.family,
                "given_names": child.given,
                "known_as": child.known_as,
                "former_family_name": child.former_family,
                "born": str(child.born),
                "sex": child.sex,
                "address": home.lines,
                "postcode": home.postcode,
                "first_language": child.language,
                "started_on": str(started_on),
                "carer_given_names": carer.given,
                "carer_family_name": carer.family,
                "carer_relationship": carer.relationship,
                "carer_responsibility": carer.basis,
                "carer_phone": carer.phone,
            }
        )

    def text(self, rows: int | None = None) -> bytes:
        """The file as it is sent; with `rows`, a shorter one to try, of rows that have their number."""
        out = StringIO()
        kept = self.rows if rows is None else [one for one in self.rows if one[NUMBER[self.source]]][:rows]
        out.write(f"#teamaround,{self.source},1,{self.agency},1,{self.made_on}\n")
        writer = csv.DictWriter(out, (NUMBER[self.source], *COLUMNS), lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept)
        out.write(f"#end,{len(kept)}\n")
        return out.getvalue().encode()


def write(families: Iterable[Household], *, made_on: date) -> list[Paper]:
    """Rolls and lists of the children who lived here on the day the files were made; rolls first."""
    papers: dict[tuple[str, str], Paper] = {}
    for family in families:
        carer = family.adults[0]
        for child in family.children:
            for source, agency, since in _where(child):
                if agency and since is not None and since <= made_on and arrived_on(child) <= made_on:
                    paper = papers.setdefault((source, agency), Paper(source, agency, made_on))
                    paper.add(child, carer, since)
    return [papers[key] for key in sorted(papers, key=lambda key: (key[0] == LIST, key[1]))]


def _where(child: Child) -> list[tuple[str, str, date | None]]:
    if child.born is None:
        return []
    school = max(started, arrived_on(child)) if (started := started_school(child)) else None
    return [(ROLL, child.school, school), (LIST, child.doctor, arrived_on(child))]


#: how many rows are tried before a source goes live
TRIED = 10


def send(paper: Paper, folder: Path, *, step: Callable[[], None], by: Actor) -> dict[int, Any]:
    """Put a file into the folder and load it: first arranged, tried and live; the children by their own numbers.

    Sent before, a file changes nothing; what it made then is given back.
    """
    data = paper.text()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{paper.source}-{paper.agency}-1.csv").write_bytes(data)
    agency = workforce.agencies_by_code()[paper.agency]
    feed = feeds.arrange(source=paper.source, agency=agency, by=by)
    if not feed.live:
        feeds.dry_run(feed, paper.text(TRIED), by=by)
        feeds.go_live(feed, by=by)
    done = feeds.load(feed, data, by=by, progress=lambda *_: step())
    if done.state not in ("full", "partial", "refused"):
        raise Refused(done.answer or f"The file of {paper.agency} could not be loaded")
    # The first child stands in the third line, below the first line and the names of the columns.
    lines = index.children_of_feed(feed)
    return {child.number: lines[line] for line, child in enumerate(paper.children, 3) if line in lines}
