"""Children as the index knows them, for its tests: registered through its own action, with keys to be found by."""

from datetime import date

from teamaround.index import registering, searching
from teamaround.index.asking import Asked
from teamaround.index.models import Search
from teamaround.people.models import Child
from teamaround.people.records import NewChild
from teamaround.people.terms import AddressState
from tests import makers


def details(given="Katherine", family="Smith", born=date(2019, 9, 4), **more) -> NewChild:
    known = {
        "sex": "F",
        "authority": makers.authority(),
        "source": "test",
        "address": AddressState.CURRENT,
        "lines": "1 Harbour Street",
        "postcode": "NM1 1AA",
        **more,
    }
    if known["address"] not in (AddressState.CURRENT, AddressState.LAST_KNOWN):
        known["lines"] = known["postcode"] = ""
    return NewChild(given=given, family=family, born=born, **known)


def register(given="Katherine", family="Smith", born=date(2019, 9, 4), *, carers=(), **more) -> Child:
    return registering.register(details(given, family, born, **more), carers=carers, by=makers.TESTER)


def search(who, *, reason="starting", **asked) -> Search:
    asked = asked or {"given": "Katherine", "family": "Smith", "born": "4 9 2019"}
    return searching.find(Asked(**asked), reason=reason, by=makers.actor(who))


def finds(who, **asked) -> list:
    return search(who, **asked).found
