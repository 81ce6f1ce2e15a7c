"""Reading a partner's file, CSV or JSON, from its bytes. Pure.

Nothing that somebody sends brings the reader down: a file is rows and wrong rows, or it is Corrupt with the reason.
"""

from collections.abc import Iterator
from hashlib import sha256

from . import feed_csv, feed_json
from .feed_rows import Corrupt, File, Header, Row, WrongRow

MOST_BYTES = 50 * 1024 * 1024


def read(data: bytes) -> File:
    """The file with its rows. Corrupt when no line of it can be trusted."""
    header, rows = _opened(data)
    file = File(header, sha256(data).hexdigest())
    for one in rows:
        (file.rows if isinstance(one, Row) else file.wrong).append(one)  # type: ignore[arg-type]  # one or the other
    if not file.count:
        raise Corrupt("The file names no children")
    return file


def read_header(data: bytes) -> Header:
    """What the file says of itself. It says which arrangement the file belongs to."""
    header, _ = _opened(data)
    return header


def is_json(data: bytes) -> bool:
    """Whether a file is written as JSON; anything else is read as CSV."""
    return data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def _opened(data: bytes) -> tuple[Header, Iterator[Row | WrongRow]]:
    text = _decoded(data)
    if is_json(data):
        written = feed_json.document(text)
        header = feed_json.header(written)
        return header, feed_json.rows(written, header)
    header = feed_csv.header(text)
    return header, feed_csv.rows(text, header)


def _decoded(data: bytes) -> str:
    if not data.strip():
        raise Corrupt("The file is empty")
    if len(data) > MOST_BYTES:
        raise Corrupt(f"The file is larger than {MOST_BYTES // 1024 // 1024} MB")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Corrupt("The file is UTF-16. Save it as CSV UTF-8")
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Corrupt("The file is a spreadsheet. Save it as CSV UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
        raise Corrupt(f"Line {line} is not UTF-8. Save the file as CSV UTF-8") from None
