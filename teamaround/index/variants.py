"""What is known of names: how they are spelt, shortened, carried over from other scripts, and how they sound.

The tables are data (`data/*.json`): a usual form, and the forms that stand for it. They hold the naming cultures of
English towns, not only English names.
"""

import json
import re
import unicodedata
from functools import lru_cache
from importlib.resources import files

_CACHED = 200_000

#: letters that do not fall apart into a base letter and an accent
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "ng"}
)

#: small words that are left out or joined on at will: de Souza, Desouza, Souza
PARTICLES = frozenset(
    {"al", "ap", "bin", "bint", "da", "de", "del", "den", "der", "di", "do", "dos", "du", "el", "ibn"}
    | {"la", "le", "mac", "mc", "o", "st", "ud", "ul", "van", "von"}
)


def _table(name: str) -> dict[str, tuple[str, ...]]:
    text = files("teamaround.index").joinpath("data", f"{name}.json").read_text(encoding="utf-8")
    return {usual: tuple(others.split()) for usual, others in json.loads(text).items()}


def _usual_forms(table: dict[str, tuple[str, ...]]) -> dict[str, frozenset[str]]:
    usual_forms: dict[str, set[str]] = {}
    for usual, others in table.items():
        for other in others:
            usual_forms.setdefault(other, set()).add(usual)
    for usual in table:
        usual_forms.setdefault(usual, {usual})
    return {name: frozenset(usual) for name, usual in usual_forms.items()}


_FORENAMES = _usual_forms(_table("forename_spellings"))
_SURNAMES = _usual_forms(_table("surname_spellings"))
_SHORT_FOR = {
    short: frozenset(full for full, shorts in _table("short_names").items() if short in shorts)
    for shorts in _table("short_names").values()
    for short in shorts
}

#: first forenames that brothers or sisters share, so that they tell nothing without the next one
SHARED_FORENAMES = frozenset({"mohammad", "abdul", "syed"})


@lru_cache(_CACHED)
def plain(text: str) -> str:
    """A name in small letters without accents, apostrophes and points; hyphens become spaces.

    >>> plain("O’Neill-Żółkiewska")
    'oneill zolkiewska'
    """
    apart = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    letters = (
        letter if letter.isalpha() or letter == "*" else " " if letter in " -‐‑–/,\u00a0" else "" for letter in apart
    )
    return " ".join("".join(letters).split())


@lru_cache(_CACHED)
def sound(word: str) -> str:
    """How one plain word sounds to somebody who does not know its spelling: consonants, and whether a vowel starts it.

    >>> sound("mohammed"), sound("muhammad"), sound("smyth"), sound("shaikh"), sound("stephen"), sound("steven")
    ('mhmd', 'mhmd', 'smt', 'Sk', 'stfn', 'stfn')
    """
    heard = word
    for pattern, sounds in _HEARD:
        heard = pattern.sub(sounds, heard)
    # A name in another script has no sound here and stands for itself.
    return (heard or word)[:6]


#: Made by listening to misspelt pairs in English, Urdu, Bengali, Arabic, Polish and Punjabi names. Order matters;
#: capitals are sounds that one letter cannot write (S as in shoe, C as in church).
_HEARD = tuple(
    (re.compile(pattern), sounds)
    for pattern, sounds in (
        ("[^a-z]", ""),
        ("^kn|^gn", "n"),
        ("^wr", "r"),
        ("^ps", "s"),
        ("^wh", "w"),
        ("^x", "s"),
        ("^ma?c(?=[bcdfghjklmnpqrstvwxz])", "mk"),
        ("^g(?=e[om]|y)", "j"),
        ("(?<=[aeiou])gh(?=[bcdfjklmnpqrstvwxz]|$)|(?<=hu)gh(?=e)|(?<=lla)gh(?=e)", ""),
        ("ph", "f"),
        ("tch|cz|tsch", "C"),
        ("sch|sh|sz", "S"),
        ("(?<=[a-z])[ct]i(?=[aou])", "S"),
        ("zh|dge|dj|dg(?=[ei])", "j"),
        ("ch(?=[lr])", "k"),
        ("ch", "C"),
        ("ck|kh|q", "k"),
        ("c(?=[eiy])", "s"),
        ("c", "k"),
        ("g(?=e$)", "j"),
        ("x", "ks"),
        ("z", "s"),
        ("v", "f"),
        ("(?<=[aeiouy])w(?=[aeiouy]|sk)", "f"),
        ("(?<=[aeiouy])w", ""),
        ("(?<![aeiouy])(?<!^)h|h(?![aeiouy])", ""),
        ("^[aeiou]+y?|^y(?![aeiou])", "A"),
        ("(?<!^)[aeiouy]+", "-"),
        (r"([a-zSC])\1+", r"\1"),
        ("-", ""),
    )
)


@lru_cache(_CACHED)
def usual_forenames(word: str) -> frozenset[str]:
    """The usual spelling of a forename; several when the spelling serves several names."""
    return _FORENAMES.get(word, frozenset((word,)))


@lru_cache(_CACHED)
def full_forenames(word: str) -> frozenset[str]:
    """The names, in their usual spelling, that this one may be short for.

    >>> sorted(full_forenames("kit"))
    ['christopher', 'katherine']
    """
    return frozenset(usual for full in _SHORT_FOR.get(word, ()) for usual in usual_forenames(full))


@lru_cache(_CACHED)
def usual_surnames(word: str) -> frozenset[str]:
    """The usual spelling of a surname; Polish and Czech daughters and sons meet in one form.

    >>> usual_surnames("kowalska") == usual_surnames("kovalsky")
    True
    """
    known = _SURNAMES.get(word)
    return known if known else frozenset((re.sub("(?<=[sc]k)[ay]$|(?<=zk)[ay]$", "i", word),))


def say_related(one: str, other: str) -> str:
    """In words how two forenames are forms of one name, or nothing when they are not; the words have gaps for both.

    >>> say_related("katie", "katherine")
    '{one} is short for {other}'
    """
    if usual_forenames(one) & usual_forenames(other):
        return "{one} is another spelling of {other}"
    if full_forenames(one) & usual_forenames(other):
        return "{one} is short for {other}"
    if full_forenames(other) & usual_forenames(one):
        return "{other} is short for {one}"
    if full_forenames(one) & full_forenames(other):
        return "{one} and {other} are short for the same name"
    return ""
