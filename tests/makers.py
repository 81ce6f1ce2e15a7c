"""Small builders: each makes one thing with what it needs, through the product's own actions where there are any."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from itertools import count
from random import SystemRandom
from uuid import uuid4

from django.db import connection, models, transaction

from teamaround.accounts.models import Account
from teamaround.audit.actor import Actor, system
from teamaround.audit.recording import action
from teamaround.forms import publishing
from teamaround.forms.models import PublishedForm
from teamaround.kit import dates
from teamaround.kit.identifiers import new_index_number
from teamaround.people.models import Address, Adult, Care, Child, Name
from teamaround.people.terms import AddressState, NameKind, ResponsibilityBasis
from teamaround.places.models import Area, Authority, Locality, Ward
from teamaround.reference import loading
from teamaround.reference.models import Aim, Code, Framework, Holiday, Period, Role, Word
from teamaround.workforce import agencies, practitioners
from teamaround.workforce.models import Agency, Practitioner
from teamaround.workforce.terms import AgencyKind, Module, Sector

TESTER = system("test")
_number = count(1)


@action("test.put")
def put(record, *, by=TESTER):
    """Store one record as it stands."""
    record.save()
    return record


def keep(record):
    """Store one record in the name of the test."""
    return put(record, by=TESTER)


@action("test.changed")
def _change(record, values, *, by):
    type(record).objects.filter(pk=record.pk).update(**values)
    record.refresh_from_db()
    return record


def change(record, **values):
    """Change a stored record without its rules, to make a world that has gone wrong."""
    return _change(record, values, by=TESTER)


@action("test.removed")
def _remove(records, *, by):
    records.delete()


def remove(records):
    """Take stored records away without their rules."""
    _remove(records, by=TESTER)


def reference() -> None:
    """Store everything that the product ships as reference data."""
    _store(_loaded(loading.load_shipped, Word, Period, Holiday, Role, Framework, Aim, Code), by=TESTER)


def shipped_forms() -> None:
    """Publish the forms that the product ships."""
    _store(_loaded(publishing.load_shipped, PublishedForm), by=TESTER)


# Loading takes most of a second, so it is done once, undone, and its rows are copied into every test that wants them.


@cache
def _loaded(load: Callable[..., None], *kinds: type[models.Model]) -> dict[str, bytes]:
    """The rows that loading makes, by table."""
    with transaction.atomic(), connection.cursor() as cursor:
        before = {kind: list(kind.objects.values_list("pk", flat=True)) for kind in kinds}
        load(by=TESTER)
        rows = {}
        for kind, known in before.items():
            table = kind._meta.db_table
            with cursor.copy(f"copy (select * from {table} where id <> all(%s)) to stdout", [known]) as copy:
                rows[table] = b"".join(copy)
        transaction.set_rollback(True)
    return rows


@action("test.stored")
def _store(rows: dict[str, bytes], *, by: Actor) -> None:
    """Store rows that are not there yet."""
    with connection.cursor() as cursor:
        for table, content in rows.items():
            if not content:
                continue
            cursor.execute(f"select exists (select from {table} where id = %s)", [content.partition(b"\t")[0].decode()])
            if cursor.fetchone()[0]:
                continue
            with cursor.copy(f"copy {table} from stdin") as copy:
                copy.write(content)


def authority(code: str = "NMR", name: str = "Northmoor") -> Authority:
    return Authority.objects.filter(code=code).first() or keep(Authority(code=code, name=name))


def ward(code: str = "NMR-W01") -> Ward:
    found = Ward.objects.filter(code=code).first()
    if found:
        return found
    area = keep(Area(code=f"{code}-A", name="North", authority=authority()))
    locality = keep(Locality(code=f"{code}-L", name="Harbour", area=area))
    return keep(Ward(code=code, name="Harbour East", locality=locality))


def agency(name: str = "", *, sector=Sector.EDUCATION, kind=AgencyKind.SCHOOL, **more) -> Agency:
    n = next(_number)
    defaults = {"phone": "01632 960100", "email": f"office{n}@example.org"}
    return agencies.add_agency(
        name=name or f"Agency {n}",
        code=f"T{n:05d}",
        sector=sector,
        kind=kind,
        authority=more.pop("authority", None) or authority(),
        agreement_until=more.pop("agreement_until", dates.today() + timedelta(days=365)),
        by=TESTER,
        **{**defaults, **more},
    )


def practitioner(
    name: str = "",
    *,
    at: Agency | None = None,
    roles: tuple[str, ...] = ("practitioner",),
    modules: tuple[str, ...] = tuple(Module),
    account: bool = False,
    **more,
) -> Practitioner:
    """Somebody in order to work: cleared, trained, agreed, with a role; each can be taken away by the test."""
    n = next(_number)
    today = dates.today()
    defaults = {
        "job_title": "Practitioner",
        "phone": f"01632 960{n % 1000:03d}",
        "email": f"person{n}@example.org",
        "cleared_on": today - timedelta(days=200),
        "agreed_terms_on": today - timedelta(days=200),
        "starts_on": today - timedelta(days=400),
    }
    if account:
        defaults["account"] = Account.objects.create_user(f"person{n}@example.org", "correct horse battery")
    made = agencies.join(at or agency(), name=name or f"Worker {n}", by=TESTER, **{**defaults, **more})
    for role in roles:
        agencies.give_role(made, role=role, from_on=today - timedelta(days=300), by=TESTER)
    agencies.record_all_trainings(made, modules=modules, completed_on=today - timedelta(days=100), by=TESTER)
    return made


def actor(who: Practitioner) -> Actor:
    """The practitioner as they would act now, with the functions of their roles."""
    return Actor(
        account=who.account_id,
        practitioner=who.pk,
        agency=who.agency_id,
        team=who.team_id,
        sector=who.agency.sector,
        functions=practitioners.functions(who),
        request=uuid4(),
    )


def child(
    given: str = "Tobi",
    family: str = "Okafor-Lindqvist",
    *,
    born: date | None = date(2019, 9, 4),
    expected: date | None = None,
    postcode: str = "NM1 1AA",
    **more,
) -> Child:
    """A child as it would stand after a feed; without search keys, which index.registering makes."""
    made = keep(
        Child(
            index_number=new_index_number(SystemRandom()),
            sex="U" if expected else more.pop("sex", "M"),
            born=None if expected else born,
            expected=expected,
            authority=more.pop("authority", None) or authority(),
            recorded_at=dates.now(),
            source="test",
            **more,
        )
    )
    keep(Name(child=made, kind=NameKind.CURRENT, given=given, family=family, source="test", recorded_at=dates.now()))
    keep(
        Address(
            child=made,
            state=AddressState.CURRENT,
            lines="1 Harbour Street",
            postcode=postcode,
            source="test",
            recorded_at=dates.now(),
        )
    )
    return made


def parent(of: Child, given: str = "Ama", family: str = "Okafor", *, responsible: bool = True, **more) -> Adult:
    """A parent of a child, with parental responsibility as the mother unless said otherwise."""
    adult = keep(Adult(given=given, family=family, source="test", recorded_at=dates.now()))
    keep(
        Care(
            child=of,
            adult=adult,
            relationship=more.pop("relationship", "mother"),
            has_responsibility=responsible,
            basis=ResponsibilityBasis.MOTHER if responsible else "",
            source="test",
            recorded_at=dates.now(),
            **more,
        )
    )
    return adult


class World:
    """Scenario A's people at work: Priya (school), Ruth (health visitor), Dan (housing), Jo (manager), Mei (admin)."""

    def __init__(self) -> None:
        self.authority = authority()
        self.school = agency("Harbour Primary School")
        self.health = agency("Northmoor 0-19 Health", sector=Sector.HEALTH, kind=AgencyKind.HEALTH_SERVICE)
        self.housing = agency("Northmoor Homes", sector=Sector.THIRD_SECTOR, kind=AgencyKind.HOUSING)
        self.jo = practitioner(
            "Jo Prior", at=self.school, roles=("practitioner", "manager"), job_title="Head of inclusion"
        )
        self.priya = practitioner("Priya Deol", at=self.school, manager=self.jo, job_title="SENCO")
        self.ruth = practitioner("Ruth Amis", at=self.health, job_title="Health visitor")
        self.dan = practitioner("Dan Cole", at=self.housing, job_title="Housing officer")
