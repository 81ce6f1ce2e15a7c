"""What a searcher asks with: read from what was typed, and refused when it is too little to ask with. Pure."""

import re
from dataclasses import dataclass
from datetime import date

from teamaround.kit.identifiers import NotValid, parse_index_number, parse_nhs_number, parse_upn
from teamaround.kit.refused import Refused

from .identity import Identity, Name, read_postcode

_WHOLE = re.compile(r"(\d{1,2})[\s/.-]+(\d{1,2})[\s/.-]+(\d{4})")
_TURNED = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_MONTH = re.compile(r"(\d{1,2})[\s/.-]+(\d{4})")
_YEAR = re.compile(r"\d{4}")
_WILD = re.compile(r"\*")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What was typed, as it was typed; every part may be empty."""

    given: str = ""
    family: str = ""
    born: str = ""
    sex: str = ""
    postcode: str = ""
    identifier: str = ""


def read_date(text: str) -> tuple[date, str] | None:
    """A date of birth, or a part of one, with its precision; nothing for nothing.

    >>> read_date("4/9/2019"), read_date("09 2019"), read_date("2019")
    ((datetime.date(2019, 9, 4), 'day'), (datetime.date(2019, 9, 1), 'month'), (datetime.date(2019, 1, 1), 'year'))
    """
    typed = text.strip()
    if not typed:
        return None
    try:
        if whole := _WHOLE.fullmatch(typed):
            day, month, year = map(int, whole.groups())
            # 3/27/2019 can only be meant the other way round
            return (date(year, day, month) if month > 12 >= day else date(year, month, day)), "day"
        if turned := _TURNED.fullmatch(typed):
            return date(*map(int, turned.groups())), "day"
        if month_only := _MONTH.fullmatch(typed):
            return date(int(month_only[2]), int(month_only[1]), 1), "month"
        if _YEAR.fullmatch(typed):
            return date(int(typed), 1, 1), "year"
    except ValueError:
        pass
    raise Refused("Enter the date of birth like 4 9 2019, or only the year", field="born")


def read_identifier(text: str) -> tuple[str, str] | None:
    """An NHS, pupil or index number; nothing for nothing."""
    typed = text.strip()
    if not typed:
        return None
    for kind, parse in (("nhs", parse_nhs_number), ("upn", parse_upn), ("index", parse_index_number)):
        try:
            return kind, parse(typed)
        except NotValid:
            continue
    raise Refused("This is not an NHS number, pupil number or index number. Check each character", field="identifier")


def read(asked: Asked) -> Identity:
    """The identity that was asked for; refused, before any data is touched, when it is too little or unreadable.

    Enough is an identifier by itself; or a name (of two letters or more) together with a second fact among the
    other name, the date of birth or its year, and a postcode or its first part; or, without a name, a whole date of
    birth with a postcode (IX-23). A star stands for the rest of a name after three letters, once (IX-24).
    """
    identifier = read_identifier(asked.identifier)
    born = read_date(asked.born)
    postcode = asked.postcode.strip()
    if postcode and read_postcode(postcode) is None:
        raise Refused("Enter a postcode like NM1 1AA, or its first part like NM1", field="postcode")
    for field, name in (("given", asked.given), ("family", asked.family)):
        _check_wildcard(name.strip(), field)
    names = [name for name in (asked.given.strip(), asked.family.strip()) if len(name) > 1]
    facts = len(names) + (born is not None) + bool(postcode)
    whole = born is not None and born[1] == "day" and bool(postcode)
    initial = bool(asked.given.strip() or asked.family.strip())
    if identifier is None and not ((names and facts + (initial and len(names) < 2 and bool(born)) >= 2) or whole):
        raise Refused(
            "Give a little more: two of first name, last name, date of birth and postcode, or an NHS or pupil number"
        )
    return Identity(
        names=(Name(asked.given.strip(), asked.family.strip()),) if initial else (),
        born=born[0] if born else None,
        born_precision=born[1] if born else "day",
        sex=asked.sex,
        postcodes=(postcode.upper(),) if postcode else (),
        identifiers=frozenset([identifier] if identifier else []),
    )


def _check_wildcard(name: str, field: str) -> None:
    stars = len(_WILD.findall(name))
    if stars > 1:
        raise Refused("Use only one star in a name", field=field)
    if stars and (not name.endswith("*") or len(name) < 4):
        raise Refused("A star stands for the rest of a name, after at least three letters", field=field)
