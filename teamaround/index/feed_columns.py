"""What partners' files hold: the sources, the columns of each, and how one value is cleaned. Pure.

From here come the reader of CSV, that of JSON, the published schemas and the page for suppliers, so that none of them
says another thing than the others.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from teamaround.kit import identifiers
from teamaround.kit.text import postcode as tidy_postcode
from teamaround.kit.text import tidy

_FULL_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}")
_DAY_FIRST = re.compile(r"(\d{2})/(\d{2})/(\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
#: what makes a spreadsheet run a cell, also in its wide form (security D10)
_FORMULA = "=+-@＝＋－＠"
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")

Clean = Callable[[str], object]


class Wrong(ValueError):
    """One value is not as the format says."""


@dataclass(frozen=True)
class Column:
    """One column: how its values are cleaned, and what a supplier reads about it."""

    name: str
    clean: Clean
    says: str
    needed: bool = False
    most: int = 0  #: characters, where there is a limit
    words: tuple[str, ...] = ()  #: the only words it takes, where it takes only some


@dataclass(frozen=True)
class Source:
    """One kind of file. `tells` is what a row tells besides who the child is."""

    code: str
    number: str  #: the column of the source's own number of a child
    number_kind: str
    tells: str  #: "education" or "gp", a universal service; "involvement"; or nothing, ""
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column | None:
        return next((one for one in self.columns if one.name == name), None)

    @property
    def is_whole(self) -> bool:
        """Whether each file holds every child, so that absence from it means something (IX-74)."""
        return bool(self.tells)


# One value.


def _text(most: int, *, needed: bool = False, may_begin_with: str = "") -> Clean:
    def clean(value: str) -> str:
        if _TURNS.search(value):
            raise Wrong("holds marks that turn the direction of writing. Take them out")
        cleaned = tidy(value)
        if needed and not any(one.isalpha() for one in cleaned):
            raise Wrong("is missing")
        if len(cleaned) > most:
            raise Wrong(f"is longer than {most} characters")
        if cleaned[:1] in set(_FORMULA) - set(may_begin_with):
            raise Wrong("begins with a sign that makes it a formula of a spreadsheet")
        return cleaned

    return clean


def day(value: str) -> date | None:
    """A day, written either way; nothing where nothing stands."""
    typed = tidy(value)
    if not typed:
        return None
    try:
        if turned := _DAY_FIRST.fullmatch(typed):
            of_month, month, year = map(int, turned.groups())
            return date(year, month, of_month)
        if plain := _YEAR_FIRST.fullmatch(typed):
            return date(*map(int, plain.groups()))
    except ValueError:
        raise Wrong("is no day of the calendar") from None
    raise Wrong("must be a date like 2019-09-04 or 04/09/2019")


def needed_day(value: str) -> date:
    """A day that must stand there."""
    found = day(value)
    if found is None:
        raise Wrong("is missing")
    return found


def _sex(value: str) -> str:
    sex = tidy(value).upper()
    if sex not in SEXES:
        raise Wrong("must be F, M, U (not known) or X (not specified)")
    return sex


def _postcode(value: str) -> str:
    code = tidy_postcode(tidy(value))
    if code and not _FULL_POSTCODE.fullmatch(code):
        raise Wrong("must be a full postcode, like NM1 4QT")
    return code


def _one_of(words: tuple[str, ...], *, needed: bool = False) -> Clean:
    def clean(value: str) -> str:
        word = tidy(value).lower().replace(" ", "-")
        if not word and needed:
            raise Wrong("is missing")
        if word and word not in words:
            raise Wrong(f"must be one of: {', '.join(words)}")
        return word

    return clean


def check_number(kind: str, value: str) -> None:
    """Refuse a number whose check letter or digit is wrong (IX-4, IX-5)."""
    try:
        _PARSERS[kind](value)
    except identifiers.NotValid as wrong:
        raise Wrong(wrong.reason) from None


_PARSERS: dict[str, Callable[[str], str]] = {
    "nhs": identifiers.parse_nhs_number,
    "upn": identifiers.parse_upn,
}


# The columns.

SEXES = ("F", "M", "U", "X")
RELATIONSHIPS = (
    "mother",
    "father",
    "stepmother",
    "stepfather",
    "grandparent",
    "aunt-or-uncle",
    "sibling",
    "foster-carer",
    "guardian",
    "other",
)
BASES = (
    "mother",
    "marriage",
    "birth-certificate",
    "agreement",
    "court-order",
    "adoption",
    "special-guardian",
    "care-order",
)
#: the standings under statute that a social care list may mark; the mark is all that is told
STATUSES = ("assessment", "child-in-need", "child-protection-plan", "looked-after", "care-leaver")


def _limited(name: str, most: int, says: str, *, needed: bool = False, may_begin_with: str = "") -> Column:
    return Column(name, _text(most, needed=needed, may_begin_with=may_begin_with), says, needed=needed, most=most)


def _number(name: str, says: str) -> Column:
    return Column(name, _text(30), f"{says}; may be empty in a row", needed=True, most=30)


WHO = (
    _limited("family_name", 100, "the family name as the partner knows it", needed=True),
    _limited("given_names", 100, "the given names; Baby for a newborn without one", needed=True),
    Column("born", needed_day, "the date of birth", needed=True),
    Column("sex", _sex, "F, M, U (not known) or X (not specified)", needed=True, words=SEXES),
    _limited("known_as", 100, "a name the child goes by; the child is found under it too"),
    _limited("former_family_name", 100, "a family name of before; the child is found under it too"),
    _limited("address", 240, "without an address no address is known"),
    Column("postcode", _postcode, "a whole postcode, like NM1 1AA", most=8),
    _limited("first_language", 60, "the first language at home"),
)
CARER = (
    _limited("carer_given_names", 100, "one parent or carer; with the next two"),
    _limited("carer_family_name", 100, "of the same person"),
    Column(
        "carer_relationship", _one_of(RELATIONSHIPS), "what this person is to the child", most=20, words=RELATIONSHIPS
    ),
    Column(
        "carer_responsibility",
        _one_of(BASES),
        "on what this person holds parental responsibility; empty if they do not, or nobody knows",
        most=20,
        words=BASES,
    ),
    _limited("carer_phone", 30, "a telephone number of this person", may_begin_with="+＋"),
)
_WORK = (
    Column("started_on", needed_day, "the day the work with the child began", needed=True),
    Column("left_on", day, "the day the work ended"),
    _limited("team", 120, "the team that works with the child, by the name it has here", needed=True),
    _limited("phone", 30, "how to reach the team; without it, the agency's number is shown", may_begin_with="+＋"),
)


def _attending(where: str) -> tuple[Column, ...]:
    return (
        Column("started_on", needed_day, f"the day the child joined the {where}", needed=True),
        Column("left_on", day, f"the day the child left the {where}; where the child went is then not known"),
    )


_UPN = _number("upn", "the unique pupil number")
_NHS = _number("nhs_number", "the NHS number")

SOURCES: dict[str, Source] = {
    one.code: one
    for one in (
        Source("school-roll", "upn", "upn", "education", (_UPN, *WHO, *_attending("school"), *CARER)),
        Source("gp-list", "nhs_number", "nhs", "gp", (_NHS, *WHO, *_attending("practice"), *CARER)),
        Source("birth-list", "nhs_number", "nhs", "", (_NHS, *WHO, *CARER)),
        Source(
            "social-care",
            "nhs_number",
            "nhs",
            "involvement",
            (
                _NHS,
                *WHO,
                *_WORK,
                Column("status", _one_of(STATUSES), "a standing under statute; only that mark", words=STATUSES),
            ),
        ),
        Source("early-help-list", "nhs_number", "nhs", "involvement", (_NHS, *WHO, *_WORK)),
        Source("youth-justice", "nhs_number", "nhs", "involvement", (_NHS, *WHO, *_WORK)),
    )
}
