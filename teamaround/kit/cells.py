"""Tables as CSV that no spreadsheet takes for formulas (security D10)."""

import csv
import io
import unicodedata
from collections.abc import Iterable

_RUNS = "=+-@"


def safe(cell: object) -> str:
    """A cell as text: without NUL, and with an apostrophe before what would run.

    Full-width signs count as the plain ones do, and so does a sign behind spaces and characters nobody sees.

    >>> safe("=1+1"), safe(" ＝1+1"), safe("Smith"), safe(-3)
    ("'=1+1", "' ＝1+1", 'Smith', '-3')
    """
    if isinstance(cell, (int, float)):
        return str(cell)
    text = str(cell).replace("\x00", "")
    seen = "".join(one for one in text if one.isprintable() and not one.isspace())
    first = unicodedata.normalize("NFKC", seen[:1])
    return f"'{text}" if first[:1] and first[:1] in _RUNS else text


def written(rows: Iterable[Iterable[object]]) -> bytes:
    """Rows as CSV in UTF-8, with the mark by which spreadsheets know that it is."""
    to = io.StringIO()
    csv.writer(to, lineterminator="\r\n").writerows([safe(cell) for cell in row] for row in rows)
    return "\ufeff".encode() + to.getvalue().encode(errors="replace")
