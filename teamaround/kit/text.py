"""Tidying what people type."""

import re

_SPACES = re.compile(r"\s+")


def tidy(text: str) -> str:
    """One line, single spaces, nothing around it, no characters that cannot be seen.

    >>> tidy("  Sam\\u200b   Smith\\n")
    'Sam Smith'
    """
    seen = "".join(one for one in text if one.isprintable() or one.isspace())
    return _SPACES.sub(" ", seen).strip()


def postcode(text: str) -> str:
    """A postcode as it is kept and shown: capitals, one space before the last three.

    >>> postcode("nm11aa")
    'NM1 1AA'
    """
    letters = "".join(one for one in text.upper() if one.isalnum())
    return f"{letters[:-3]} {letters[-3:]}" if len(letters) > 3 else letters


def plural(count: int, one: str, many: str = "") -> str:
    """A count with its noun.

    >>> plural(1, "action"), plural(2, "action")
    ('1 action', '2 actions')
    """
    return f"{count} {one if count == 1 else many or one + 's'}"


def listed(things: list[str]) -> str:
    """Things in a sentence.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    return " and ".join(filter(None, [", ".join(things[:-1]), *things[-1:]]))


def shortened(text: str, most: int) -> str:
    """A text in one line of so many characters, cut between words where it is longer.

    >>> shortened("Visit the flat and report on the damp", 20)
    'Visit the flat and …'
    """
    line = tidy(text)
    if len(line) <= most:
        return line
    return f"{line[: most - 1].rsplit(' ', 1)[0]} …"
