"""The keys under which a child is found: short texts, each of two facts that few children share. Pure.

A child is stored under some thirty keys; a search asks for some hundred, and whoever shares one is a candidate that
`matching` then scores. Equality on stored keys is all the database does, so the table can be split over servers.

No single mistake may hide a child, so every fact takes part in several kinds, and no kind needs all facts right:

kind  what it is made of                          finds the child although
id    kind and number of an identifier            nothing else is known
ds    date of birth, sound of any name            the other name is wrong, short, changed or swapped
di    date of birth, first letter of any name     both names are misspelt
nn    sounds of both names, year of birth         the date is wrong; one sound may be wrong, too many or too few
np    sounds of both names                        there is neither date nor place to look at
ni    sound of one name, letter of the other,     one name is an initial, cut short, misspelt or not given
      year of birth
pc    postcode                                    names are wrong and the date is missing
os    first half of the postcode, sound of any    only the district is known
      name
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import product
from string import ascii_lowercase
from typing import NamedTuple

from .identity import Identity, Word
from .variants import full_forenames, sound, usual_forenames


class Key(NamedTuple):
    """One way to a child: what kind of key, and its value."""

    kind: str
    value: str


#: About how many bits a shared key of each kind tells. Candidates that share more are scored first.
STRENGTH = {"id": 40.0, "ds": 18.0, "nn": 16.0, "di": 14.0, "pc": 13.0, "np": 12.0, "ni": 12.0, "os": 11.0}

#: Years of birth to try when none is asked: up to 25, and the unborn.
OLDEST = 25


def keys_for(child: Identity) -> set[Key]:
    """The keys a child is stored under. Make them anew whenever the identity changes.

    >>> from .identity import Name
    >>> sam = Identity(names=(Name("Sam", "Lee"),), born=date(2015, 3, 1), postcodes=("NM4 7QT",))
    >>> sorted(f"{key.kind} {key.value}" for key in keys_for(sam) if key.kind in {"di", "os", "pc"})
    ['di 20150301l', 'di 20150301s', 'os NM4l', 'os NM4sm', 'os NM4sml', 'os NM4smnt', 'pc NM47QT']
    """
    keys = set(_identifier_keys(child))
    born = child.born or child.expected
    sounds = _sounds(child)
    if born and (child.expected or child.born_precision == "day"):
        keys |= {Key("ds", _day(born) + heard) for heard in sounds | _heard(child.parent_families)}
        keys |= {Key("di", _day(born) + letter) for letter in _letters(child)}
    keys |= {Key("np", f"{family}.{given}") for family, given in product(_family_sounds(child), _given_sounds(child))}
    if born:
        keys |= set(_pairs_stored(child, born.year))
        keys |= set(_initials(child, [born.year]))
    for place in child.places + child.former_places:
        if place.is_full:
            keys.add(Key("pc", place.outward + place.inward))
        keys |= {Key("os", place.outward + heard) for heard in sounds}
    return keys


def keys_asked(query: Identity, *, on: date) -> list[Key]:
    """The keys to look a search up by, without repeats. `on` is today: it bounds the years tried when none is asked."""
    keys = list(_identifier_keys(query))
    sounds = _sounds(query)
    if query.born and query.born_precision == "day":
        keys += [Key("ds", _day(day) + heard) for day in _days_meant(query.born) for heard in sorted(sounds)]
        keys += [Key("di", _day(query.born) + letter) for letter in sorted(_letters(query))]
    keys += _names_asked(query, on)
    for place in query.places:
        if place.is_full:
            keys.append(Key("pc", place.outward + place.inward))
        # A surname in a district has hundreds behind it: not asked where the names and a year find the child.
        if not (query.born and query.givens and query.families):
            keys += [Key("os", place.outward + heard) for heard in sorted(sounds)]
    return list(dict.fromkeys(keys))


def _identifier_keys(identity: Identity) -> Iterator[Key]:
    return (Key("id", f"{kind}:{number}") for kind, number in sorted(identity.identifiers))


# ── Names ────────────────────────────────────────────────────────────────────────────────────


def _is_cut(word: Word) -> bool:
    return len(word.plain) == 1 or "*" in word.plain


def _heard(words: Iterable[str]) -> set[str]:
    return {sound(word) for word in words if len(word) > 1 and "*" not in word}


def _forename_forms(words: Iterable[Word]) -> set[str]:
    """Forenames, with the full names that they may be short for."""
    return {form for word in words for form in (word.plain, *usual_forenames(word.plain), *full_forenames(word.plain))}


def _given_sounds(identity: Identity) -> set[str]:
    return _heard(_forename_forms(identity.givens)) | _heard(word.plain for word in identity.other_givens)


def _family_sounds(identity: Identity) -> set[str]:
    return _heard(word.plain for word in identity.families)


def _sounds(identity: Identity) -> set[str]:
    return _given_sounds(identity) | _family_sounds(identity)


def _letters(identity: Identity) -> set[str]:
    return {word.plain[0] for word in identity.givens + identity.other_givens + identity.families}


def _pairs_stored(child: Identity, year: int) -> Iterator[Key]:
    """Both names by sound. Slips are stored for the name in use alone: older and longer names must sound right."""
    for family, given in product(_family_sounds(child), _given_sounds(child)):
        yield Key("nn", f"{family}.{given}.{year}")
    current = [word.plain for word in child.families if not word.former]
    for family, given in product(_heard(current), _heard(word.plain for word in child.givens[:1])):
        yield from (Key("nn", f"{slip}.{year}") for slip in _slips(family, given))


def _names_asked(query: Identity, on: date) -> Iterator[Key]:
    """Both names, also the other way round; misspelt in the year that was asked, or in any when nothing else was."""
    families, givens = sorted(_family_sounds(query)), sorted(_given_sounds(query))
    straight = list(product(families, givens))
    turned = list(
        product(
            sorted(_heard(word.plain for word in query.givens)), sorted(_heard(_forename_forms(query.families[:1])))
        )
    )
    born = query.born or query.expected
    every = range(on.year - OLDEST, on.year + 2)
    if born:
        likely = [born.year + slip for slip in ((-1, 1, -10, 10) if query.born_precision == "day" else (-1, 1))]
        yield from _misspelt(straight + turned, [born.year])
        yield from (Key("nn", f"{family}.{given}.{year}") for family, given in straight + turned for year in likely)
    else:
        yield from (Key("np", f"{family}.{given}") for family, given in straight + turned)
        if not query.places:
            yield from _misspelt(straight, every)
    if born or any(_is_cut(word) for word in query.givens + query.families):
        yield from _initials(query, [born.year] if born else every)
    if born and query.born_precision != "day" and not (query.givens and query.families):
        yield from _one_name(query, [born.year, born.year - 1, born.year + 1])


def _one_name(query: Identity, years: Iterable[int]) -> Iterator[Key]:
    """One name and no day: whatever letter the other name begins with."""
    ways = product(sorted(_sounds(query)), ascii_lowercase, years)
    return (Key("ni", f"{heard}.{letter}.{year}") for heard, letter, year in ways)


def _misspelt(pairs: Iterable[tuple[str, str]], years: Iterable[int]) -> Iterator[Key]:
    years = list(years)
    return (Key("nn", f"{slip}.{year}") for family, given in pairs for slip in _slips(family, given) for year in years)


def _slips(family: str, given: str) -> set[str]:
    """The pair with at most one sound left out of one of the names: two pairs that differ by one sound share one."""
    return {f"{slip}.{given}" for slip in _left_out(family)} | {f"{family}.{slip}" for slip in _left_out(given)}


def _left_out(heard: str) -> set[str]:
    # One sound less one is nothing, and would stand for everybody of that surname.
    if len(heard) < 2:
        return {heard}
    return {heard} | {heard[:place] + heard[place + 1 :] for place in range(len(heard))}


def _initials(identity: Identity, years: Iterable[int]) -> list[Key]:
    """The sound of each surname with the letter of each forename, and of each forename with that of each surname."""
    ways = {
        (heard, word.plain[0])
        for sounds, others in (
            (_family_sounds(identity), identity.givens),
            (_heard(word.plain for word in identity.givens), identity.families),
        )
        for heard, word in product(sounds, others)
    }
    return [Key("ni", f"{heard}.{letter}.{year}") for heard, letter in sorted(ways) for year in years]


# ── Dates ────────────────────────────────────────────────────────────────────────────────────


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"


def _days_meant(asked: date) -> list[date]:
    """The day itself, then the days it is taken for by a slip of the hand or the memory."""
    year, month, day = asked.year, asked.month, asked.day
    slips = [
        (year, day, month),
        (year - 1, month, day),
        (year + 1, month, day),
        (year - 10, month, day),
        (year + 10, month, day),
        (year, month - 1, day),
        (year, month + 1, day),
        (year, month, day % 10 * 10 + day // 10),
        (year, month, day - 10),
        (year, month, day + 10),
    ]
    meant = [asked, asked - timedelta(days=1), asked + timedelta(days=1)]
    return list(dict.fromkeys(meant + [slip for parts in slips if (slip := _real_day(*parts))]))


def _real_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
