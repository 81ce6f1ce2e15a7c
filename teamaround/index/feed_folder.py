"""A folder into which partners' files are dropped: each is taken once, and its answer put beside it.

A file is taken by moving it under a name of its own, which one worker of several can do. What lies in `taken` is still
to be answered, also after the machine stopped; the file goes when its answer has been written.
"""

from hashlib import sha256
from pathlib import Path

from teamaround.audit.actor import system
from teamaround.kit import dates
from teamaround.kit.refused import Refused

from . import acknowledging, errands, feeds
from .feed_reading import MOST_BYTES
from .models import Errand
from .terms import ErrandKind, ErrandState

#: what a file may be called; anything else, such as what is still being written, is let lie
ENDS = (".csv", ".json")
#: a file is taken when nobody has written to it for so many seconds
QUIET = 10


def take(folder: Path) -> int:
    """Take what was dropped, and ask for each to be loaded, or tried where its source is not live; how many."""
    taken = folder / "taken"
    taken.mkdir(parents=True, exist_ok=True)
    (folder / "answers").mkdir(exist_ok=True)
    moment = f"{dates.now():%Y%m%dT%H%M%S%f}"
    for dropped in _dropped(folder):
        # The moment makes two files that are dropped under one name, one after the other, two.
        dropped.rename(taken / f"{moment}-{dropped.name}")
    return sum(_ask(file, folder) for file in sorted(taken.iterdir()) if file.is_file())


def answer(folder: Path) -> int:
    """Write the answers to what has been done with; how many. A file that waits gets one that says so."""
    taken = folder / "taken"
    written = 0
    for file in sorted(taken.iterdir()) if taken.exists() else ():
        errand = _errand_of(file)
        if errand is None or errand.state == ErrandState.WAITING:
            continue
        _write(folder, file, acknowledging.as_json(acknowledging.of_errand(errand)))
        written += 1
        if errand.state not in errands.OPEN:
            file.unlink()
    return written


def _dropped(folder: Path) -> list[Path]:
    quiet_since = dates.now().timestamp() - QUIET
    return [
        one
        for one in sorted(folder.iterdir())
        if one.suffix.lower() in ENDS
        and not one.name.startswith(".")
        and one.is_file()
        and not one.is_symlink()
        and one.stat().st_mtime <= quiet_since
    ]


def _ask(file: Path, folder: Path) -> bool:
    """Ask for one file to be done with, once; where it can be nobody's, it is answered at once and goes."""
    if file.stat().st_size > MOST_BYTES:
        return _turn_away(file, folder, f"The file is larger than {MOST_BYTES // 1024 // 1024} MB", digest="")
    if _errand_of(file) is not None:
        return False
    data = file.read_bytes()
    try:
        feed = feeds.arranged(data)
        kind = ErrandKind.LOAD if feed.live else ErrandKind.TRY
        errands.send(feed, data, kind=kind, name=file.name[:200], by=system("feeds"))
    except Refused as refused:
        return _turn_away(file, folder, refused.reason, digest=sha256(data).hexdigest())
    return True


def _turn_away(file: Path, folder: Path, why: str, *, digest: str) -> bool:
    _write(folder, file, acknowledging.as_json(acknowledging.of_refusal(why, digest=digest)))
    file.unlink()
    return False


def _errand_of(file: Path) -> Errand | None:
    """What was asked for with a file that lies in `taken`."""
    return Errand.objects.select_related("feed__agency", "load__feed__agency").filter(name=file.name[:200]).first()


def _write(folder: Path, file: Path, text: bytes) -> None:
    """Put an answer where the partner looks, whole or not at all."""
    dropped_as = file.name.partition("-")[2]
    whole = folder / "answers" / f"{dropped_as}.answer.json"
    part = whole.with_suffix(".part")
    part.write_bytes(text)
    part.replace(whole)
