"""How strongly two identities point to one child, and because of what. Pure.

The arithmetic is that of record linkage (Fellegi and Sunter), its words are splink's: comparison, level, match weight.
The weights of the levels that were found add up; a missing value weighs nothing. The table is in `levels`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from itertools import product
from typing import NamedTuple

from rapidfuzz.distance import OSA, Jaro

from .identity import Identity, Name, Postcode, Word
from .levels import HAND_SET, IDENTIFIERS, TWIN_CEILING, Model
from .variants import say_related, sound, usual_surnames


class Reason(NamedTuple):
    """One field's part in a weight. `str(reason)` says it in words, with names in them: for a page, never for a log."""

    comparison: str
    level: str
    weight: float
    agrees: bool
    fuzzy: bool
    template: str
    words: Mapping[str, str]

    def __str__(self) -> str:
        return self.template.replace("{relation}", self.words.get("relation", "")).format_map(self.words)


@dataclass(frozen=True)
class Weight:
    """How strongly two identities point to one child, and because of what."""

    because: tuple[Reason, ...]
    prior: float = HAND_SET.prior

    @cached_property
    def total(self) -> float:
        """Match weight in bits, more for more alike; 0 when nothing could be compared."""
        return sum(reason.weight for reason in self.because)

    @cached_property
    def probability(self) -> float:
        """The probability that both are one child."""
        odds = 2.0 ** min(self.total + self.prior, 60.0)
        probability = odds / (1 + odds)
        held = self.level("forename") == "different" and not self._an_identifier("same")
        return min(probability, TWIN_CEILING) if held else probability

    @property
    def is_fuzzy(self) -> bool:
        """Whether something agrees only nearly: such a hit is labelled (IX-28)."""
        return any(reason.fuzzy for reason in self.because)

    @property
    def agrees_in_full(self) -> bool:
        """Whether everything that could be compared is the same."""
        return bool(self.because) and all(reason.agrees and not reason.fuzzy for reason in self.because)

    def level(self, comparison: str) -> str:
        """The level a comparison found, or nothing where a value was missing."""
        return next((reason.level for reason in self.because if reason.comparison == comparison), "")

    def _an_identifier(self, level: str) -> bool:
        return any(self.level(comparison) == level for comparison in IDENTIFIERS.values())


def is_strong(weight: Weight, review: float = 0.80) -> bool:
    """A hit that counts (IX-25): probably the child, or the same in everything that was asked.

    The second half matters where little was asked: hundreds of children may have just the names that were typed, none
    of them probable, and the answer must be "refine" rather than any ten of them.
    """
    return weight.probability >= review or weight.agrees_in_full


def may_match_automatically(weight: Weight, auto: float = 0.98) -> bool:
    """Whether a feed's row may be taken for a record without a person looking (IX-79).

    Name and date of birth alone never suffice: two strangers share them sooner or later. Beside them the postcode or
    an identifier must agree. Twins share everything but the forename, so without an identifier the forename must be
    the very same, and an identifier counts only if the name or the birthday is not of somebody else.
    """
    if weight.probability < auto or weight._an_identifier("different"):
        return False
    names_differ = weight.level("forename") in {"", "different"}
    born_differs = weight.level("date of birth") in {"", "different"}
    if weight._an_identifier("same"):
        return not names_differ and not born_differs
    return (
        weight.level("forename") == "same"
        and weight.level("other forenames") in {"", "same"}
        and weight.level("surname") in {"same", "former", "part"}
        and weight.level("date of birth") == "same"
        and weight.level("sex") != "different"
        and weight.level("postcode") in {"same", "former"}
    )


def agreement(one: Identity, other: Identity, model: Model = HAND_SET) -> Weight:
    """How strongly two identities point to the same child, and because of what; a search is an identity too.

    >>> from .identity import Name
    >>> asked = Identity(names=(Name("Katie", "Smihth"),), born=date(2015, 3, 1))
    >>> child = Identity(names=(Name("Katherine", "Smith"),), born=date(2015, 1, 3), sex="F")
    >>> [str(reason) for reason in agreement(asked, child).because]
    ['Katie is short for Katherine', 'surname one letter off: Smihth, Smith', 'day and month of birth swapped']
    """
    reasons = []
    for comparison, level, words in _findings(one, other, model):
        known = model.levels[comparison][level]
        weight = model.weights[comparison, level]
        reasons.append(Reason(comparison, level, weight, known.agrees, known.fuzzy, known.words, words))
    return Weight(tuple(reasons), model.prior)


class _Finding(NamedTuple):
    comparison: str
    level: str
    words: Mapping[str, str] = {}


def _findings(one: Identity, other: Identity, model: Model) -> Iterator[_Finding]:
    yield from _names(one, other, model)
    yield from _further_forenames(one, other)
    yield from _born(one, other)
    yield from _sex(one, other)
    yield from _postcode(one, other, model)
    yield from _identifiers(one, other)
    yield from _parent(one, other)


def _heaviest(findings: Iterable[_Finding], model: Model) -> _Finding | None:
    return max(findings, key=lambda found: model.weights[found.comparison, found.level], default=None)


def _total(findings: Iterable[_Finding], model: Model) -> float:
    return sum(model.weights[found.comparison, found.level] for found in findings)


# ── Names ────────────────────────────────────────────────────────────────────────────────────

#: levels good enough to believe that forename and surname were typed the other way round
_NEAR = frozenset({"same", "former", "spelling", "short", "part", "one letter", "sound"})


def _names(one: Identity, other: Identity, model: Model) -> list[_Finding]:
    forename = _heaviest(_forenames(one, other), model)
    surname = _heaviest(_surnames(one, other), model)
    straight = [found for found in (forename, surname) if found]
    if len(straight) == 2 and all(found.level != "different" for found in straight):
        return straight
    turned = _turned(one, other, model)
    if turned and _total(turned, model) > _total(straight, model):
        return turned
    if surname and surname.level == "different":
        parents = _surname_of_a_parent(one, other) or _surname_of_a_parent(other, one)
        if parents:
            return [found for found in (forename, parents) if found]
    return straight


def _forenames(one: Identity, other: Identity) -> Iterator[_Finding]:
    for x, y in product(one.names, other.names):
        if x.givens and y.givens:
            for a, b in _forenames_to_compare(x, y):
                yield _finding("forename", _forename_level(a.plain, b.plain), a, b)
            yield from _used_name(x, y)


def _forenames_to_compare(x: Name, y: Name) -> set[tuple[Word, Word]]:
    """First forenames; of Mohammed Hassan and Mohammed Hussain, the names they are called by."""
    if x.called != x.givens[0] and y.called != y.givens[0]:
        return {(x.called, y.called)}
    return set(product({x.givens[0], x.called}, {y.givens[0], y.called}))


def _used_name(x: Name, y: Name) -> Iterator[_Finding]:
    """Somebody known by a second forename, when only one side has the first."""
    for a, b in product(x.givens[:1], y.givens[1:]):
        if a.plain == b.plain and a.plain != y.called.plain:
            yield _Finding("forename", "other name", {"one": a.written})
    for a, b in product(x.givens[1:], y.givens[:1]):
        if a.plain == b.plain and b.plain != x.called.plain:
            yield _Finding("forename", "other name", {"one": b.written})


def _surnames(one: Identity, other: Identity) -> Iterator[_Finding]:
    for a, b in product(one.families, other.families):
        level = _surname_level(a.plain, b.plain)
        if level != "same":
            yield _finding("surname", level, a, b)
        elif a.former or b.former:
            yield _Finding("surname", "former", {"former": a.written if a.former else b.written})
        elif a.is_part or b.is_part:
            part, whole = (a, other.families[0]) if b.is_part else (b, one.families[0])
            yield _Finding("surname", "part", {"part": part.written, "whole": whole.written})
        else:
            yield _finding("surname", level, a, b)


def _surname_of_a_parent(child: Identity, other: Identity) -> _Finding | None:
    shared = [word for word in child.families if word.plain in other.parent_families]
    return _Finding("surname", "parent", {"one": shared[0].written}) if shared else None


def _turned(one: Identity, other: Identity, model: Model) -> list[_Finding] | None:
    """Forename against surname, where both then agree; of the two ways to call it the one that weighs more."""
    crossed = [(one.givens, other.families), (one.families, other.givens)]
    ways = []
    for comparisons in (("surname", "forename"), ("forename", "surname")):
        way = [_Finding("order of names", "turned")]
        for comparison, (ours, theirs) in zip(comparisons, crossed, strict=True):
            found = _heaviest(_crossed(comparison, ours, theirs), model)
            if found and found.level not in _NEAR:
                break
            way += [found] if found else []
        else:
            ways += [way] if len(way) > 1 else []
    return max(ways, key=lambda way: _total(way, model), default=None)


def _crossed(comparison: str, ours: Iterable[Word], theirs: Iterable[Word]) -> Iterator[_Finding]:
    compare = _surname_level if comparison == "surname" else _forename_level
    for a, b in product(ours, theirs):
        yield _finding(comparison, compare(a.plain, b.plain), a, b)


def _finding(comparison: str, level: str, a: Word, b: Word) -> _Finding:
    words = {"one": a.written, "other": b.written}
    if comparison == "forename" and level in {"spelling", "short"}:
        words["relation"] = say_related(a.plain, b.plain)
    return _Finding(comparison, level, words)


@lru_cache(200_000)
def _forename_level(a: str, b: str) -> str:
    if a == b:
        return "same"
    relation = say_related(a, b)
    if "spelling" in relation:
        return "spelling"
    return "short" if relation else _letters_level(a, b)


@lru_cache(200_000)
def _surname_level(a: str, b: str) -> str:
    if a == b:
        return "same"
    return "spelling" if usual_surnames(a) & usual_surnames(b) else _letters_level(a, b)


def _letters_level(a: str, b: str) -> str:
    if "*" in a or "*" in b:
        return "begins" if _fits(a, b) or _fits(b, a) else "different"
    if len(a) == 1 or len(b) == 1:
        return "initial" if a[0] == b[0] else "different"
    shorter = min(len(a), len(b))
    apart = OSA.distance(a, b, score_cutoff=2)
    if apart == 1 and shorter > 2:
        return "one letter"
    # Names that sound alike share letters too; asking first saves most of the time on strangers.
    if Jaro.similarity(a, b) > 0.5 and sound(a) == sound(b):
        return "sound"
    return "two letters" if apart == 2 and shorter > 4 else "different"


def _fits(pattern: str, word: str) -> bool:
    begins, star, ends = pattern.partition("*")
    return bool(star) and len(word) >= len(begins + ends) and word.startswith(begins) and word.endswith(ends)


def _further_forenames(one: Identity, other: Identity) -> Iterator[_Finding]:
    ours, theirs = one.further_givens, other.further_givens
    if ours and theirs:
        same = any(a == b or (1 in {len(a), len(b)} and a[0] == b[0]) for a, b in product(ours, theirs))
        yield _Finding("other forenames", "same" if same else "different")
    elif one.has_shared_forename_alone != other.has_shared_forename_alone:
        yield _Finding("other forenames", "missing")


# ── Date of birth ────────────────────────────────────────────────────────────────────────────


def _born(one: Identity, other: Identity) -> Iterator[_Finding]:
    if one.born and other.born:
        precisions = {one.born_precision, other.born_precision}
        if "year" in precisions:
            level = _year_level(one.born, other.born)
        elif "month" in precisions:
            level = _month_level(one.born, other.born)
        else:
            level = _day_level(one.born, other.born)
        yield _Finding("date of birth", level)
    elif one.expected or other.expected:
        yield from _expected(one.born or one.expected, other.born or other.expected)


def _year_level(a: date, b: date) -> str:
    return {0: "same year", 1: "near year"}.get(abs(a.year - b.year), "different")


def _month_level(a: date, b: date) -> str:
    return "same month" if (a.year, a.month) == (b.year, b.month) else "different"


def _day_level(a: date, b: date) -> str:
    if a == b:
        return "same"
    if (a.year, a.month, a.day) == (b.year, b.day, b.month):
        return "turned"
    if abs(a - b) == timedelta(days=1):
        return "day one off"
    same = (a.year == b.year, a.month == b.month, a.day == b.day)
    if same == (True, True, False):
        return "day misread" if OSA.distance(f"{a.day:02}", f"{b.day:02}") == 1 else "day differs"
    if same == (True, False, True):
        return "month one off" if abs(a.month - b.month) == 1 else "month differs"
    if same == (False, True, True):
        return {1: "year one off", 10: "year misread"}.get(abs(a.year - b.year), "different")
    return "different"


def _expected(a: date | None, b: date | None) -> Iterator[_Finding]:
    """Five weeks either way hold nearly all births; a record of the unborn says no more than that."""
    if a and b:
        yield _Finding("date of birth", "expected" if abs(a - b) <= timedelta(days=35) else "different")


# ── Sex, place, numbers, parents ─────────────────────────────────────────────────────────────


def _sex(one: Identity, other: Identity) -> Iterator[_Finding]:
    if {one.sex, other.sex} <= {"F", "M"}:
        yield _Finding("sex", "same" if one.sex == other.sex else "different")


def _postcode(one: Identity, other: Identity, model: Model) -> Iterator[_Finding]:
    levels = [level for x, y in product(one.places, other.places) if (level := _place_level(x, y))]
    for ours, theirs in ((one.places, other.former_places), (one.former_places, other.places)):
        levels += [level for x, y in product(ours, theirs) if (level := _former_place_level(x, y))]
    found = _heaviest((_Finding("postcode", level) for level in levels), model)
    if found:
        yield found


def _place_level(x: Postcode, y: Postcode) -> str:
    if not (x.is_full and y.is_full):
        return "part" if _holds(x, y) else _far_level(x, y)
    if x == y:
        return "same"
    if x.outward != y.outward:
        return _far_level(x, y)
    if OSA.distance(x.inward, y.inward) == 1 and x.inward[0] == y.inward[0]:
        return "one letter"
    return "same sector" if x.inward[0] == y.inward[0] else "same district"


def _far_level(x: Postcode, y: Postcode) -> str:
    return "same area" if x.area == y.area else "elsewhere"


def _former_place_level(x: Postcode, y: Postcode) -> str:
    if x.is_full and y.is_full:
        return "former" if x == y else ""
    return "former part" if _holds(x, y) else ""


def _holds(x: Postcode, y: Postcode) -> bool:
    return x.outward == y.outward and (x.inward.startswith(y.inward) or y.inward.startswith(x.inward))


def _identifiers(one: Identity, other: Identity) -> Iterator[_Finding]:
    if not (one.identifiers and other.identifiers):
        return
    for kind, comparison in IDENTIFIERS.items():
        ours = {number for of, number in one.identifiers if of == kind}
        theirs = {number for of, number in other.identifiers if of == kind}
        if ours and theirs:
            yield _Finding(comparison, "same" if ours & theirs else "different")


def _parent(one: Identity, other: Identity) -> Iterator[_Finding]:
    """A parent's surname tells something only where it is not the child's own."""
    if not (one.parents and other.parents):
        return
    own = {word.plain for word in one.families + other.families}
    shared = sorted((one.parent_families & other.parent_families) - own)
    if shared:
        yield _Finding("parent", "same", {"one": shared[0].title()})
