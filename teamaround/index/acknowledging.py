"""The answer to a file that a machine reads: one answer for the file, one for each row, and no child (IX-71).

It goes back to whoever sent the file: a row is named by its line, and nothing that stood in it is repeated.
"""

import json
from typing import Any

from teamaround.kit import cells

from .models import Errand, Load
from .terms import ErrandState, LoadState

#: what is said of how many rows there are where the file could not be read (IX-71)
NOT_READ = -1
#: what the file is answered while the service is down and the file waits
DOWN = "down"


def of_load(load: Load) -> dict[str, Any]:
    """The answer to a file that was tried or loaded."""
    feed = load.feed
    rows = load.answers.order_by("number").values_list("number", "answer", "column", "why")
    unreadable = load.state in (LoadState.CORRUPT, LoadState.VERSION)
    return {
        "teamaround-answer": {
            "source": feed.source,
            "version": 1,
            "agency": feed.agency.code,
            "sequence": load.sequence,
            "digest": load.digest,
            "dry": load.dry,
            "answer": load.state,
            "why": load.answer,
            "rows": NOT_READ if unreadable else load.rows,
            "rejected": load.rejected,
            "identified": load.identified,
            "answered_at": load.loaded_at.isoformat(timespec="seconds"),
        },
        "rows": [{"row": row, "answer": answer, "column": column, "why": why} for row, answer, column, why in rows],
    }


def of_errand(errand: Errand) -> dict[str, Any]:
    """The answer to a file that waits, or with which nothing could be done."""
    if errand.load is not None:
        return of_load(errand.load)
    answer = DOWN if errand.state == ErrandState.AGAIN else LoadState.REFUSED.value
    told = {"source": errand.feed.source, "version": 1, "agency": errand.feed.agency.code, "digest": errand.digest}
    return {"teamaround-answer": {**told, "answer": answer, "why": errand.answer, "rows": NOT_READ}, "rows": []}


def of_refusal(why: str, *, digest: str) -> dict[str, Any]:
    """The answer to a file of which nobody knows whose it is."""
    told = {"version": 1, "digest": digest, "answer": LoadState.CORRUPT.value, "why": why, "rows": NOT_READ}
    return {"teamaround-answer": told, "rows": []}


def as_json(answer: dict[str, Any]) -> bytes:
    """The answer as a partner's machine reads it."""
    return json.dumps(answer, indent=1, ensure_ascii=False).encode()


def as_csv(answer: dict[str, Any]) -> bytes:
    """The answer as a spreadsheet reads it; no cell is a formula."""
    told = answer["teamaround-answer"]
    lines = [["row", "answer", "column", "why"], ["file", told["answer"], "", told["why"]]]
    lines += [[one["row"], one["answer"], one["column"], one["why"]] for one in answer["rows"]]
    return cells.written(lines)
