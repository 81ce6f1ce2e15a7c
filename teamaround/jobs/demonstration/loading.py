"""The rest of the demonstration: children through partners' files, families and episodes through actions only."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from teamaround.audit.actor import system
from teamaround.casework import queries as casework
from teamaround.kit import dates
from teamaround.people import queries as people
from teamaround.workforce import queries as workforce

from . import casting, neighbours, papers, plots, progress
from .homes import Registrar
from .telling import Telling

#: the partners' files were made so many days ago, before the first episode
FILES_MADE = 400
#: how much work one episode is beside one row of a file
EPISODE_COUNTS = 12


def load(*, children: int, episodes: int, folder: Path | None = None, say: Callable[[str], object] = print) -> None:
    """Load so many children and episodes, with a bar. Stopped in the middle it goes on; done once it does nothing."""
    if people.count_children() >= children and casework.count_episodes() >= episodes:
        say("The demonstration is loaded already.")
        return
    folder = folder or Path(settings.STATIC_ROOT).parent / "partner-files"
    today = first_day(folder)
    families = list(neighbours.families(children, today=today))
    files = papers.write(families, made_on=today - timedelta(days=FILES_MADE))
    scenes = casting.scenes(families, episodes, today=today)
    rows = sum(len(one.rows) for one in files)
    with progress.bar(rows + children + EPISODE_COUNTS * len(scenes)) as bar:
        records = _children(files, families, folder, made_on=today - timedelta(days=FILES_MADE), bar=bar)
        _episodes(scenes, records, bar=bar)
    say(f"The demonstration is loaded: {people.count_children()} children, {casework.count_episodes()} episodes.")


def first_day(folder: Path) -> date:
    """The day on which the demonstration was begun: who lives in it is reckoned from there, also on a later day."""
    kept = folder / "begun-on.txt"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        kept.write_text(str(dates.today()))
    return date.fromisoformat(kept.read_text().strip())


def _children(
    files: list[papers.Paper],
    families: list[neighbours.Household],
    folder: Path,
    *,
    made_on: date,
    bar: progress.Bar,
) -> dict[int, Any]:
    by = system("demonstration")
    known: dict[int, Any] = {}
    for file in files:
        bar.tell(f"Partners' files: {file.source} of {file.agency}")
        with dates.given(made_on):
            known |= papers.send(file, folder, step=bar.step, by=by)
    bar.tell("Families")
    registrar = Registrar(known, made_on=made_on, by=by)
    for family in families:
        registrar.settle(family)
        bar.step(len(family.children))
    return registrar.known


def _episodes(scenes: list[casting.Scene], records: dict[int, Any], *, bar: progress.Bar) -> None:
    agencies = workforce.agencies_by_code()
    company = casting.Company({code: workforce.staff_of(agency) for code, agency in agencies.items()})
    bar.tell("Episodes")
    for scene in casting.turns(scenes):
        child = records[scene.child.number]
        cast = company.cast(scene)
        if not casework.had_episode(child):
            began = dates.today() - timedelta(days=scene.began_days_ago)
            told = Telling(child, scene.child, cast, started_on=began, number=scene.number)
            plots.tell(told, scene.stage, ago=scene.began_days_ago)
        bar.step(EPISODE_COUNTS)
