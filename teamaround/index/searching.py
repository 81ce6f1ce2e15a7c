"""Search: what is asked and why is recorded before anything is answered, and every hit says why it is one."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from teamaround.audit import recording
from teamaround.audit.actor import Actor
from teamaround.audit.models import Kind
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.people import queries as people
from teamaround.people.models import Child
from teamaround.people.terms import NOT_FOUND, STANDING_ADDRESS
from teamaround.reference import periods

from .asking import Asked, read
from .candidates import find_candidates
from .identity import Identity, read_postcode
from .keys import Key, keys_asked
from .levels import HAND_SET
from .matching import Reason as Because
from .matching import Weight, agreement
from .models import Search
from .showing import meant
from .terms import EXPLAINED, Reason

#: the planner's own estimate: how surely a hit is the child depends on how many children it could be
ABOUT_HOW_MANY = "select reltuples::bigint from pg_class where oid = 'index_compared'::regclass"
FEWEST = 1_000


@dataclass(frozen=True)
class Said:
    """One reason of a hit, in words; `kind` is agrees, nearly or differs."""

    text: str
    kind: str


@dataclass(frozen=True)
class Hit:
    """One child that a search found, with no more than is needed to tell children apart."""

    child: UUID
    name: str
    facts: str
    fuzzy: bool
    reasons: list[Said]


class Near(NamedTuple):
    """A child who may be meant, how strongly, and what was compared."""

    child: UUID
    weight: Weight
    known: Identity


def find(asked: Asked, *, reason: str, by: Actor, reason_text: str = "") -> Search:
    """Search the index. Too little, or no reason, is refused before any data is touched (IX-23, IX-16).

    What was asked, why, and the ids found in their order are written and committed first; if they cannot be
    written there is no answer (IX-26). Searches that find nobody are written as well (IX-27).
    """
    if reason not in set(Reason):
        raise Refused("Select why you are searching", field="reason")
    if reason in EXPLAINED and not reason_text.strip():
        raise Refused("Say why you are searching", field="reason_text")
    identity = read(asked)
    likely = meant(ranked(identity), float(periods.exact("match_review")))
    too_many = len(likely) > periods.amount("search_max")
    found = [] if too_many else likely
    criteria = {name: value for name, value in asdict(asked).items() if value}
    recording.disclose(
        "index.search",
        by=by,
        kind=Kind.SEARCH,
        about=found,
        query=criteria,
        reason=str(reason),
        results=[str(child) for child in found],
        count=len(likely),
    )
    return Search.objects.create(
        practitioner_id=by.practitioner,
        criteria=criteria,
        reason=reason,
        reason_text=reason_text,
        found=found,
        too_many=too_many,
        made_at=dates.now(),
    )


def ranked(identity: Identity) -> list[tuple[UUID, Weight]]:
    """The children who share a key with what was asked, the likeliest first."""
    return [(one.child, one.weight) for one in near(identity, keys_asked(identity, on=dates.today()))]


def near(identity: Identity, keys: Iterable[Key]) -> list[Near]:
    """The children who share a key, the likeliest first."""
    with connection.cursor() as cursor:
        candidates = find_candidates(cursor, keys)
        cursor.execute(ABOUT_HOW_MANY)
        model = HAND_SET.among(max(cursor.fetchone()[0], FEWEST))
    weighed = [Near(child, agreement(identity, known, model), known) for child, known in candidates]
    return sorted(weighed, key=lambda one: (-one.weight.total, str(one.child)))


def hits(search: Search) -> list[Hit]:
    """What a search found, as it stands now, each with the reasons in words (IX-28)."""
    identity = read(Asked(**search.criteria))
    children = {one.pk: one for one in _shown(search.found)}
    names = people.names_of(children)
    weights = dict(ranked(identity))
    places = _districts(children)
    return [
        Hit(
            pk,
            names.get(pk, ""),
            " · ".join(filter(None, [_born(child), _sex(child), places.get(pk, ""), child.authority.name])),
            weights[pk].is_fuzzy,
            [_said(one) for one in weights[pk].because],
        )
        for pk in search.found
        if (child := children.get(pk)) is not None and pk in weights
    ]


def _shown(ids: list[UUID]) -> list[Child]:
    return list(Child.objects.filter(pk__in=ids).exclude(state__in=NOT_FOUND).select_related("authority"))


def _said(reason: Because) -> Said:
    kind = "differs" if not reason.agrees else "nearly" if reason.fuzzy else "agrees"
    text = str(reason)
    return Said(text[:1].upper() + text[1:], kind)


def _born(child: Child) -> str:
    return f"born {dates.say(child.born)}" if child.born else f"expected {dates.say(child.expected)}"


def _sex(child: Child) -> str:
    return {"F": "female", "M": "male"}.get(child.sex, "")


def _districts(children: dict[UUID, Child]) -> dict[UUID, str]:
    """The first half of each postcode, enough to tell two children apart."""
    standing = Child.objects.filter(pk__in=children, addresses__state__in=STANDING_ADDRESS)
    found = {}
    for pk, text in standing.values_list("pk", "addresses__postcode"):
        if text and (place := read_postcode(text)):
            found[pk] = place.outward
    return found


def none_of_these(search: Search, *, by: Actor) -> None:
    """The searcher looked at what was found and none of it is the child: now a record may be made (IX-32)."""
    if search.on_behalf_of is not None:
        raise Refused("You searched for somebody else. Search for yourself before you make a record")
    if search.too_many:
        raise Refused("Too many children fit. Refine the search first")
    if search.practitioner_id != by.practitioner:
        raise Refused("This is somebody else's search")
    Search.objects.filter(pk=search.pk).update(none_of_these=True)
