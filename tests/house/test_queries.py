"""No page asks the database more because there is more: its questions are counted in a small world and a larger one."""

from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from teamaround.access import door
from teamaround.access.policy import TABLE
from teamaround.audit.records import Record
from teamaround.casework.models import Member
from teamaround.kit import dates
from teamaround.web import checks
from tests import makers
from tests.house.busy import Busy
from tests.signing_in import sign_in

#: the most that one page may ask, in any world
BUDGET = 60
#: how many times as much there is in the larger world
TIMES = 5

#: what stands in an address besides the record's own id, by its name there, or by the page's and its name
PARTS = {
    "change_service kind": lambda world: "gp",
    "change_number kind": lambda world: "upn",
    "name": lambda world: world.tobi.names.filter(kind="known-as", to_on=None).first().pk,
    "care": lambda world: world.tobi.cares.first().pk,
    "status": lambda world: world.status.pk,
    "invited": lambda world: world.invited.pk,
    "one": lambda world: world.part.pk,
    "section": lambda world: "reason",
    "version": lambda world: 1,
    "who": lambda world: "child",
    "need": lambda world: world.need.pk,
    "outcome": lambda world: world.outcome.pk,
    "part": lambda world: world.part.pk,
    "opening": lambda world: world.opening.pk,
    "member": lambda world: Member.objects.get(episode=world.episode, practitioner=world.dan).pk,
}


def pages():
    """Every address that declares an action, by its name."""
    return {one.name: one for _, one in checks.patterns() if hasattr(one.callback, "action")}


def addresses(page, who, world) -> Iterator[str]:
    """What somebody could open of a page, Tobi's first."""
    rule = TABLE[page.callback.action]
    known = {
        name: PARTS.get(f"{page.name} {name}") or PARTS.get(name) for name in set(page.pattern.converters) - {"id"}
    }
    assert all(known.values()), f"Say in PARTS what stands for the parts of “{page.name}”: {known}"
    parts = {name: stands(world) for name, stands in known.items()}
    if rule.model is None:
        yield reverse(page.name, kwargs=parts)
        return
    records = door.visible(makers.actor(who), page.callback.action)
    for record in sorted(records, key=lambda one: (world.tobi.pk not in about(one), str(one.pk))):
        yield reverse(page.name, kwargs={"id": record.pk, **parts})


def about(record) -> set:
    return record.about() if isinstance(record, Record) else set()


def opened(page, world, clients):
    """Who can open a page where: a whole page where there is one, else one that leads on to another."""
    leads_on = None
    for who, client in clients.items():
        for address in addresses(page, who, world):
            status = client.get(address).status_code
            if status == 405:
                return None
            if status == 200:
                return who, address
            if status == 302:
                leads_on = leads_on or (who, address)
    assert leads_on, f"Nobody in tests/house/busy.py can open “{page.name}”. Put into that world what it shows"
    return leads_on


def questions(client, address) -> int:
    """How many questions an address asks that was opened just before."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code in (200, 302), address
    return len(asked)


def asked_in(world, clients, kept) -> dict[str, int]:
    """How many questions each page asks; who asked where is `kept`, so that it is the same in the larger world."""
    asked = {}
    for name, page in pages().items():
        found = kept.get(name)
        if found is None or clients[found[0]].get(found[1]).status_code not in (200, 302):
            found = opened(page, world, {found[0]: clients[found[0]]} if found else clients)
        if found is not None:
            kept[name] = found
            asked[name] = questions(clients[found[0]], found[1])
    return asked


@pytest.fixture
def still():
    """The clock stands still: a session's sign of life, written now and then, is no question of a page."""
    with time_machine.travel(dates.now(), tick=False):
        yield


@pytest.mark.django_db
@pytest.mark.usefixtures("reference", "still")
def test_no_page_asks_more_where_there_is_more_and_none_asks_more_than_the_budget():
    world = Busy()
    clients = {who: sign_in(Client(), who) for who in world.people}
    kept = {}
    few = asked_in(world, clients, kept)
    world.grow(TIMES)
    many = asked_in(world, clients, kept)
    assert {name: (few[name], many[name]) for name in few if many[name] > few[name]} == {}
    assert {name: asked for name, asked in many.items() if asked > BUDGET} == {}
