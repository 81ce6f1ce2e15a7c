"""Every change to who a child is goes through here, so that what finds the child is fresh in the same transaction."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from teamaround.audit import recording
from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.kit.text import postcode as tidy_postcode
from teamaround.kit.text import tidy
from teamaround.people import families, numbers, records
from teamaround.people.families import Carer
from teamaround.people.models import Adult, Care, Child
from teamaround.people.models import Name as ChildName
from teamaround.people.records import NewChild, Service
from teamaround.people.terms import NOT_FOUND, STANDING_ADDRESS, AddressState, IdentifierKind, NameKind, Registered
from teamaround.reference import periods
from teamaround.workforce.models import Agency

from . import starting, worklist
from .identity import Identity, Name
from .keys import Key, keys_for
from .models import Compared, Search, SearchKey
from .terms import WorkKind


def check_none_of_these(search: Search | None, *, by: Actor) -> None:
    """Refuse a new record unless its maker looked first, and said that none of what was found is the child (IX-32)."""
    if search is None or search.practitioner_id != by.practitioner:
        raise Refused("Search for the child first")
    if search.too_many:
        raise Refused("Too many children fit. Refine the search first")
    if not search.none_of_these:
        raise Refused("Look at the results first, and say that none of them is the child")


@action("child.registered")
def register(details: NewChild, *, by: Actor, search: Search | None = None, carers: tuple[Carer, ...] = ()) -> Child:
    """Make a record. A practitioner may only after a search that found none of these (IX-32), and by making it starts
    to work with the child (IX-17 b); a feed has its own matching."""
    if by.practitioner is not None:
        check_none_of_these(search, by=by)
    records.check_young_enough(details.born, most=periods.amount("age_max"))
    child = make(details, carers)
    if search is not None:
        Search.objects.filter(pk=search.pk).update(found=[*search.found, child.pk])
        starting.declare(child, search=search, by=by)
    return child


def make(details: NewChild, carers: Iterable[Carer] = ()) -> Child:
    """Make the record inside an action under way, when somebody has made sure that there is none."""
    carers = list(carers)
    child = records.create(details)
    held = numbers.claim_first(child, details.identifiers, source=details.source)
    for kind, holder in held.items():
        _ask_who_holds(child, holder, kind=kind, value=details.identifiers[kind], source=details.source)
    families.add_first(child, carers, source=details.source)
    # What was just written is not read again: a feed makes thousands of records.
    own = {kind: value for kind, value in details.identifiers.items() if kind not in held}
    _keep(
        child,
        Identity(
            names=(
                Name(tidy(details.given), tidy(details.family)),
                *(Name(tidy(given), tidy(family), kind) for kind, given, family in details.other_names),
            ),
            born=child.born,
            born_precision=child.born_precision,
            expected=child.expected,
            sex=child.sex,
            postcodes=(tidy_postcode(details.postcode),) if details.postcode else (),
            identifiers=frozenset(
                [("index", child.index_number), *((kind, numbers.parse(kind, value)) for kind, value in own.items())]
            ),
            parents=tuple(sorted({tidy(carer.family) for carer in carers})),
        ),
        stands={},
    )
    return child


# Changes.


@action("child.renamed")
def rename(
    child: Child,
    *,
    given: str,
    family: str,
    source: str,
    by: Actor,
    on: date | None = None,
    keep_as: str = NameKind.FORMER,
) -> None:
    """Give a new name; the child is found under the old one too."""
    records.rename(child, given=given, family=family, on=on or dates.today(), source=source, keep_as=keep_as)
    refresh(child)


@action("child.name-added")
def add_name(child: Child, *, kind: str, given: str, family: str, source: str, by: Actor) -> None:
    """Add a former name, one the child is known as, or another spelling."""
    records.add_name(child, kind=kind, given=given, family=family, source=source)
    refresh(child)


@action("child.name-ended")
def end_name(name: ChildName, *, on: date, by: Actor) -> None:
    """Say that a child no longer goes by a name; the child is still found under it."""
    records.end_name(name, on=on)


@action("child.moved-house")
def move_house(
    child: Child,
    *,
    source: str,
    by: Actor,
    state: str = AddressState.CURRENT,
    lines: str = "",
    postcode: str = "",
    from_on: date | None = None,
) -> None:
    """Say where the child lives now, or that nobody knows."""
    records.move_house(child, state=state, lines=lines, postcode=postcode, from_on=from_on, source=source)
    refresh(child)


@action("child.address-corrected")
def correct_address(child: Child, *, lines: str, postcode: str, source: str, by: Actor) -> None:
    """Mend an address that was written down wrongly."""
    records.correct_address(child, lines=lines, postcode=postcode, source=source)
    refresh(child)


@action("child.born")
def born(child: Child, *, on: date, sex: str, by: Actor, given: str = "", source: str = "practitioner") -> None:
    """Record the birth of a child who was expected; the sex is asked anew (CW-6)."""
    records.be_born(child, on=on, sex=sex, given=given, source=source)
    refresh(child)


@action("child.corrected")
def correct(child: Child, *, by: Actor, **facts: Any) -> None:
    """Correct the date of birth (`born`, `born_precision`) or `expected` date, the `sex` or the `first_language`."""
    records.check_young_enough(facts.get("born"), most=periods.amount("age_max"))
    records.correct(child, **facts)
    refresh(child)


@action("child.number-added")
def add_identifier(child: Child, *, kind: str, value: str, source: str, by: Actor) -> bool:
    """Add an NHS, pupil or case number; False when another record holds it: then a steward is asked and nothing
    changes (IX-6). A practitioner adds only what their sector may read (IX-8)."""
    if by.practitioner is not None and not numbers.may_read(kind, by.sector):
        raise Refused("Only the services that this number is for can add it", field="identifier")
    added = claim(child, kind=kind, value=value, source=source)
    refresh(child)
    return added


def claim(child: Child, *, kind: str, value: str, source: str) -> bool:
    """Claim a number inside an action under way; False when another record holds it, and a steward is asked (IX-6)."""
    holder = numbers.claim(child, kind=kind, value=value, source=source)
    if holder is not None:
        _ask_who_holds(child, holder, kind=kind, value=value, source=source)
    return holder is None


def _ask_who_holds(child: Child, holder: Child, *, kind: str, value: str, source: str) -> None:
    worklist.put(
        WorkKind.CLASH,
        child=child,
        other=holder,
        received={"kind": kind, "value": numbers.parse(kind, value), "source": source},
        because=[f"Both records claim one {IdentifierKind(kind).label}"],
    )
    recording.tell(clash=kind)


@action("child.universal-set")
def set_universal(
    child: Child,
    *,
    kind: str,
    source: str,
    by: Actor,
    agency: Agency | None = None,
    registered: str = Registered.REGISTERED,
    from_on: date | None = None,
) -> bool:
    """Say which school or GP the child has, or that there is none or it is not known; whether that is news."""
    service = Service(kind=kind, registered=registered, agency=agency, from_on=from_on)
    return records.set_universal(child, service, source=source)


@action("child.universal-left")
def leave_universal(child: Child, *, kind: str, agency: Agency, on: date, source: str, by: Actor) -> bool:
    """Say that the child left a school or practice, and nobody knows yet for which; whether that is news."""
    return records.leave_universal(child, kind=kind, agency=agency, on=on, source=source)


@action("child.carer-added")
def add_carer(child: Child, carer: Carer, *, source: str, by: Actor) -> Adult:
    """Add a parent or carer."""
    adult = families.add_carer(child, carer, source=source)
    _refresh_parent(child, adult)
    return adult


@action("child.carer-shared")
def share_carer(child: Child, adult: Adult, carer: Carer, *, source: str, by: Actor) -> Care:
    """Say what an adult already known, such as a brother's mother, is to this child."""
    care = families.care_for(child, adult, carer, source=source)
    _refresh_parent(child, adult)
    return care


@action("child.carer-corrected")
def correct_carer(care: Care, carer: Carer, *, source: str, by: Actor) -> None:
    """Put right who a parent or carer is, what they are to the child, and their parental responsibility."""
    families.correct_carer(care, carer, source=source)
    # Brothers and sisters are found by the names of their parents too.
    for child in Child.objects.filter(cares__adult=care.adult_id, cares__to_on=None).order_by("pk"):
        refresh(child)


@action("child.care-ended")
def end_care(care: Care, *, on: date, by: Actor) -> None:
    """Say that an adult no longer cares for the child; parental responsibility is not lost by it."""
    families.end_care(care, on=on)
    refresh(care.child)


@action("child.siblings-linked")
def link_siblings(one: Child, other: Child, *, source: str, by: Actor) -> None:
    """Say that two children are brothers or sisters."""
    families.link_siblings(one, other, source=source)


# What finds a child.


def identity_of(child: Child) -> Identity:
    """What is compared of a child."""
    names = sorted(child.names.all(), key=lambda one: one.kind != NameKind.CURRENT)
    addresses = [one for one in child.addresses.all() if one.postcode]
    cares = child.cares.select_related("adult").filter(to_on__isnull=True)
    return Identity(
        names=tuple(Name(one.given, one.family, one.kind) for one in names),
        born=child.born,
        born_precision=child.born_precision,
        expected=child.expected,
        sex=child.sex,
        postcodes=tuple(one.postcode for one in addresses if one.state in STANDING_ADDRESS),
        former_postcodes=tuple(one.postcode for one in addresses if one.state not in STANDING_ADDRESS),
        identifiers=frozenset(
            [("index", child.index_number), *((one.kind, one.value) for one in child.identifiers.all())]
        ),
        parents=tuple(sorted({one.adult.family for one in cares})),
    )


def refresh(child: Child) -> None:
    """Make what finds the child anew; who is merged away or archived is not found (IX-31). Called inside an action."""
    # Two who change one record at once wait for each other here, so that neither forgets what the other wrote.
    child = Child.objects.select_for_update().get(pk=child.pk)
    if child.state in NOT_FOUND:
        SearchKey.objects.filter(child=child).delete()
        Compared.objects.filter(child=child).delete()
        return
    stands = {Key(kind, value): id for id, kind, value in child.search_keys.values_list("id", "kind", "value")}
    _keep(child, identity_of(child), stands=stands)


def refresh_numbers(child: Child) -> None:
    """Make the child findable by numbers just added, where nothing else has changed and the caller holds the record."""
    known = Identity.from_stored(Compared.objects.get(child=child).identity)
    held = frozenset(child.identifiers.values_list("kind", "value"))
    identity = replace(known, identifiers=known.identifiers | held)
    _keep(child, identity, stands=dict.fromkeys(keys_for(known), 0))


def _refresh_parent(child: Child, adult: Adult) -> None:
    """Make the child findable by somebody who cares for it from now on; most are called like those we know."""
    Child.objects.select_for_update().get(pk=child.pk)
    compared = Compared.objects.filter(child=child).first()
    known = Identity.from_stored(compared.identity) if compared else None
    if known is None or adult.family not in known.parents:
        refresh(child)


def _keep(child: Child, identity: Identity, *, stands: dict[Key, int]) -> None:
    """Store what is compared, and the keys that are new; keys that no longer lead to the child go."""
    Compared.objects.bulk_create(
        [Compared(child=child, identity=identity.as_stored())],
        update_conflicts=True,
        unique_fields=["child"],
        update_fields=["identity"],
    )
    wanted = keys_for(identity)
    if gone := [id for key, id in stands.items() if key not in wanted]:
        SearchKey.objects.filter(pk__in=gone).delete()
    SearchKey.objects.bulk_create(
        [SearchKey(child=child, kind=key.kind, value=key.value) for key in sorted(wanted - stands.keys())]
    )
