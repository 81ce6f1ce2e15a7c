"""What files do not tell of families: second parents, brothers and sisters, moves, births, newcomers."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from teamaround.audit.actor import Actor
from teamaround.index import registering
from teamaround.kit import dates
from teamaround.people import queries as people
from teamaround.people.families import Carer
from teamaround.people.records import NewChild, Service
from teamaround.workforce import queries as workforce

from .neighbours import arrived_on, home_on, started_school
from .population import Adult, Child, Household

SOURCE = "demonstration"
#: how long after a birth or a move the record is made
SOON = timedelta(days=10)


class Registrar:
    """Makes families whole; remembers the record of each child by the child's own number."""

    def __init__(self, known: Mapping[int, Any], *, made_on: date, by: Actor) -> None:
        self.known, self.made_on, self.by = dict(known), made_on, by
        self.known |= {int(number): child for number, child in people.recorded_by(SOURCE).items()}
        self.agencies = workforce.agencies_by_code()
        self.authority = self.agencies["NMR-A01"].authority

    def settle(self, family: Household) -> None:
        """Record what is left to record of a family. Done before, it changes nothing."""
        for child in family.children:
            if child.number not in self.known:
                self._register(child, family)
            self._bring_up_to_date(child)
        records = [self.known[child.number] for child in family.children]
        with dates.given(max(self.made_on, *(arrived_on(child) for child in family.children))):
            for adult in family.adults[1:]:
                self._also_cares(adult, records)
            for one, other in combinations(records, 2):
                registering.link_siblings(one, other, source=SOURCE, by=self.by)

    def _register(self, child: Child, family: Household) -> None:
        """A baby, a child who is expected or came lately, or one whom no school and no surgery knows."""
        on = min(max(self.made_on, arrived_on(child)) + SOON, dates.today())
        home = home_on(child, on)
        school = started_school(child)
        services = [("gp", child.doctor, arrived_on(child))] if child.born else []
        if school is not None and school <= on:
            services.append(("education", child.school, max(school, arrived_on(child))))
        details = NewChild(
            given=child.given if child.born else "",
            family=child.family,
            born=child.born,
            expected=child.expected,
            sex=child.sex,
            authority=self.authority,
            source=f"{SOURCE}:{child.number}",
            address="current",
            lines=home.lines,
            postcode=home.postcode,
            identifiers={kind: value for kind, value in (("nhs", child.nhs_number), ("upn", child.upn)) if value},
            first_language=child.language,
            other_names=(("known-as", child.known_as, child.family),) if child.known_as else (),
            services=tuple(
                Service(kind=kind, agency=self.agencies[code], from_on=since) for kind, code, since in services if code
            ),
        )
        with dates.given(on):
            self.known[child.number] = registering.register(details, carers=(_carer(family.adults[0]),), by=self.by)

    def _bring_up_to_date(self, child: Child) -> None:
        """A move or a new school since the child is known; what is so already stays as it is."""
        known_since = max(self.made_on, arrived_on(child))
        if child.home.from_on > known_since:
            with dates.given(child.home.from_on + timedelta(days=1)):
                registering.move_house(
                    self.known[child.number],
                    lines=child.home.lines,
                    postcode=child.home.postcode,
                    from_on=child.home.from_on,
                    source=SOURCE,
                    by=self.by,
                )
        started = started_school(child)
        if started is not None and known_since < started <= dates.today():
            self._start_school(child, started)

    def _start_school(self, child: Child, on: date) -> None:
        record = self.known[child.number]
        with dates.given(on):
            registering.set_universal(
                record, kind="education", agency=self.agencies[child.school], from_on=on, source=SOURCE, by=self.by
            )
            if child.upn:
                registering.add_identifier(record, kind="upn", value=child.upn, source=SOURCE, by=self.by)

    def _also_cares(self, adult: Adult, records: list[Any]) -> None:
        """One adult, who is the same person to all children of the family."""
        first, *others = records
        name = f"{adult.given} {adult.family}"
        if any(name == one.name for one in people.carers_of(first)):
            return
        carer = _carer(adult)
        person = registering.add_carer(first, carer, source=SOURCE, by=self.by)
        for child in others:
            registering.share_carer(child, person, carer, source=SOURCE, by=self.by)


def _carer(adult: Adult) -> Carer:
    return Carer(
        given=adult.given,
        family=adult.family,
        relationship=adult.relationship,
        basis=adult.basis,
        phone=adult.phone,
    )
