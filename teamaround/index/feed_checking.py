"""What a supplier can find out about a file before sending it: nothing of the file is repeated. Pure.

What only the receiving side knows, such as whether the agency has an arrangement, is not asked here.
"""

from collections import Counter
from dataclasses import dataclass, field

from teamaround.kit.text import plural

from .feed_columns import SOURCES, Wrong, check_number
from .feed_reading import read
from .feed_rows import Corrupt, Header, Row, WrongRow

#: so many wrong rows are listed one by one
LISTED = 100


@dataclass(frozen=True)
class Checked:
    """What was found: why the file cannot be read, or which rows are wrong and how many have a number."""

    unreadable: str = ""
    header: Header | None = None
    rows: int = 0
    numbered: int = 0
    wrong: list[WrongRow] = field(default_factory=list)

    @property
    def is_well(self) -> bool:
        return not self.unreadable and not self.wrong


def check(data: bytes) -> Checked:
    """Read a file as its receiver would."""
    try:
        file = read(data)
    except Corrupt as corrupt:
        return Checked(unreadable=str(corrupt))
    source = SOURCES[file.header.source]
    wrong, numbered = list(file.wrong), 0
    for row in file.rows:
        faults = _number_fault(row, source.number, source.number_kind)
        wrong.extend(faults)
        numbered += bool(row.identifier) and not faults
    return Checked("", file.header, file.count, numbered, sorted(wrong, key=lambda one: one.number))


def _number_fault(row: Row, column: str, kind: str) -> list[WrongRow]:
    if not row.identifier:
        return []
    try:
        check_number(kind, row.identifier)
    except Wrong as wrong:
        return [WrongRow(row.number, str(wrong), column)]
    return []


def report(checked: Checked) -> str:
    """What was found in words: rows by number, columns by name, reasons."""
    if checked.unreadable or checked.header is None:
        return f"The file cannot be read. {checked.unreadable}."
    header = checked.header
    made_on = header.made_on.isoformat()
    lines = [
        f"{header.source}, number {header.sequence}, made on {made_on}: {plural(checked.rows, 'row')}",
        f"{plural(len(checked.wrong), 'row is', 'rows are')} wrong; {checked.numbered} of {checked.rows} have a number"
        f" that can be right ({checked.numbered * 100 // checked.rows} in 100)",
    ]
    columns = Counter(one.column or "the row itself" for one in checked.wrong)
    lines.extend(f"  {column}: {many}" for column, many in columns.most_common())
    lines.extend(f"row {one.number}: {one.why}" for one in checked.wrong[:LISTED])
    if len(checked.wrong) > LISTED:
        lines.append(f"and {plural(len(checked.wrong) - LISTED, 'more row', 'more rows')}")
    return "\n".join(lines)
