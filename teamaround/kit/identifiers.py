"""Numbers that stand for a child: NHS number, unique pupil number (UPN), and our own index number.

Each `parse_` function takes what a person or a feed typed and gives the one stored form, or raises NotValid
with a reason to show beside the field. Numbers are text, never integers: a leading zero counts.
"""

from collections.abc import Iterable
from random import Random


class NotValid(ValueError):
    """The text is not such a number. The reason is for the person who typed it and never repeats the number."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


# ── NHS number ───────────────────────────────────────────────────────────────────────────────


def parse_nhs_number(text: str) -> str:
    """The ten digits of an NHS number.

    >>> parse_nhs_number("943 476-5919")
    '9434765919'
    """
    number = _without_spaces_and_hyphens(text)
    if not (number.isascii() and number.isdigit()) or len(number) != 10:
        raise NotValid("An NHS number has 10 digits, like 943 476 5919")
    # All ten repdigits satisfy the check digit, and are what people type to get past a form.
    if len(set(number)) == 1:
        raise NotValid("An NHS number cannot be the same digit ten times")
    if _nhs_check_digit(number[:9]) != number[9]:
        raise NotValid("The NHS number is not valid. Check each digit: one may be wrong, or two may be swapped")
    return number


def show_nhs_number(number: str) -> str:
    """An NHS number as it is written on letters.

    >>> show_nhs_number("9434765919")
    '943 476 5919'
    """
    return f"{number[:3]} {number[3:6]} {number[6:]}"


def is_test_number(number: str) -> bool:
    """Numbers from 999 are never given to a patient: a demonstration uses only these, a live service refuses them."""
    return number.startswith("999")


def nhs_number_from(stem: str) -> str:
    """The whole number for its first nine digits; NotValid for the one stem in eleven that can never be used."""
    check = _nhs_check_digit(stem)
    if check is None:
        raise NotValid("No NHS number starts with these nine digits")
    return stem + check


def _nhs_check_digit(stem: str) -> str | None:
    total = sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), stem, strict=True))
    check = -total % 11
    return None if check == 10 else str(check)


# ── Unique pupil number ──────────────────────────────────────────────────────────────────────

#: A letter's place here is its value in the sum. I, O and S look like digits and are never used.
UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"

#: The Department for Education's three-digit codes of local authorities in England, past and present.
KNOWN_AUTHORITIES = frozenset(
    code
    for first, last in (
        (201, 213),
        (301, 320),
        (330, 336),
        (340, 344),
        (350, 359),
        (370, 373),
        (380, 384),
        (390, 394),
        (420, 420),
        (800, 803),
        (805, 808),
        (810, 813),
        (815, 816),
        (820, 823),
        (825, 826),
        (830, 831),
        (835, 841),
        (845, 846),
        (850, 852),
        (855, 857),
        (860, 861),
        (865, 874),
        (876, 896),
        (901, 903),
        (905, 906),
        (908, 909),
        (911, 913),
        (915, 916),
        (918, 919),
        (921, 921),
        (923, 923),
        (925, 926),
        (928, 929),
        (931, 931),
        (933, 933),
        (935, 938),
        (940, 943),
    )
    for code in range(first, last + 1)
)

#: No authority has these: invented authorities use them, as invented people use NHS numbers from 999.
INVENTED_AUTHORITIES = frozenset({997, 998})


def parse_upn(text: str, *, authorities: Iterable[int] = KNOWN_AUTHORITIES | INVENTED_AUTHORITIES) -> str:
    """The thirteen characters of a permanent or temporary unique pupil number.

    >>> parse_upn("b8012 0000 5001")
    'B801200005001'
    """
    number = _without_spaces_and_hyphens(text).upper()
    if len(number) != 13 or not number.isascii() or not number[1:12].isdigit() or not number.isalnum():
        raise NotValid("A UPN is a letter, then 12 digits (a temporary one ends in a letter), like B801200005001")
    letters = number[0] + number[12] if number[12].isalpha() else number[0]
    if any(letter not in UPN_LETTERS for letter in letters):
        raise NotValid("A UPN starts with a letter, and never uses the letters I, O and S")
    if int(number[1:4]) not in authorities:
        raise NotValid("The first three digits of the UPN are not the code of a local authority")
    if upn_check_letter(number[1:]) != number[0]:
        raise NotValid("The UPN is not valid. Check each character: one may be wrong, or two may be swapped")
    return number


def is_temporary_upn(number: str) -> bool:
    """A temporary number ends in a letter and is replaced once the earlier school has answered."""
    return number[12].isalpha()


def is_test_upn(number: str) -> bool:
    """Whether an invented authority gave the number: a live service refuses it."""
    return int(number[1:4]) in INVENTED_AUTHORITIES


def upn_check_letter(stem: str) -> str:
    """The letter that goes before the other twelve characters.

    Vendors' help pages work the stem 207000016049 out to Q; the sum is 266, so the letter is P.

    >>> upn_check_letter("207000016049")
    'P'
    """
    total = sum(
        position * (int(character) if character.isdigit() else UPN_LETTERS.index(character))
        for position, character in enumerate(stem, start=2)
    )
    return UPN_LETTERS[total % 23]


# ── Index number ─────────────────────────────────────────────────────────────────────────────

#: Crockford's base 32: no I, L, O or U, so that a number read out or written by hand comes back the same.
INDEX_SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0"})


def new_index_number(random: Random) -> str:
    """Ten random symbols and a check symbol. It says nothing about the child, not even when the record was made."""
    while True:
        stem = "".join(random.choice(INDEX_SYMBOLS) for _ in range(10))
        # A remainder of 32 to 36 would need the extra symbols * ~ $ = U, which nobody can read out: draw again.
        if _index_remainder(stem) < 32:
            return stem + INDEX_SYMBOLS[_index_remainder(stem)]


def parse_index_number(text: str) -> str:
    """The eleven symbols of an index number; small letters and the letters I, L and O are read as they were meant.

    >>> parse_index_number("oooo-oooo-oll")
    '00000000011'
    """
    number = _without_spaces_and_hyphens(text).upper().translate(_READ_AS)
    if len(number) != 11 or any(symbol not in INDEX_SYMBOLS for symbol in number):
        raise NotValid("An index number has 11 letters and digits")
    # 37 is prime and larger than the alphabet, so one wrong symbol or two swapped ones are always noticed.
    if _index_remainder(number[:10]) != INDEX_SYMBOLS.index(number[10]):
        raise NotValid("The index number is not valid. Check each character")
    return number


def show_index_number(number: str) -> str:
    """An index number in groups that can be read out.

    >>> show_index_number("7ZK4M2QD9XB")
    '7ZK4-M2QD-9XB'
    """
    return f"{number[:4]}-{number[4:8]}-{number[8:]}"


def _index_remainder(stem: str) -> int:
    value = 0
    for symbol in stem:
        value = value * 32 + INDEX_SYMBOLS.index(symbol)
    return value % 37


def _without_spaces_and_hyphens(text: str) -> str:
    return "".join(character for character in text if not character.isspace() and character not in "-‐‑–")
