"""No write outside an action, by any way that Django or SQL offers; and events never change."""

import inspect
from contextlib import suppress

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models.query import QuerySet

from teamaround.audit import guard
from teamaround.audit.models import Event
from teamaround.audit.recording import ACTIONS, UnauditedWrite, action
from teamaround.people.models import Name
from teamaround.places.models import Authority
from teamaround.workforce.models import Practitioner
from tests import makers
from tests.house.code import import_everything

pytestmark = pytest.mark.django_db


class Things:
    """Records to try to change behind the actions' back."""

    def __init__(self, world):
        self.child = makers.child()
        self.name = self.child.names.get()
        self.jo, self.priya = world.jo, world.priya
        self.world = world

    def new(self, code="XYZ"):
        return Authority(code=code, name="Elsewhere")


WAYS = {
    "save a new one": lambda it: it.new().save(),
    "save a changed one": lambda it: (setattr(it.name, "family", "Other"), it.name.save()),
    "save some fields": lambda it: (setattr(it.name, "family", "Other"), it.name.save(update_fields=["family"])),
    "create": lambda it: Authority.objects.create(code="XYZ", name="Elsewhere"),
    "get_or_create": lambda it: Authority.objects.get_or_create(code="XYZ", defaults={"name": "Elsewhere"}),
    "update_or_create": lambda it: Name.objects.update_or_create(pk=it.name.pk, defaults={"family": "Other"}),
    "update": lambda it: Name.objects.update(family="Other"),
    "bulk_create": lambda it: Authority.objects.bulk_create([it.new()]),
    "bulk_create ignoring conflicts": lambda it: Authority.objects.bulk_create([it.new()], ignore_conflicts=True),
    "bulk_update": lambda it: Name.objects.bulk_update([Name(pk=it.name.pk, family="Other")], ["family"]),
    "delete one": lambda it: it.name.delete(),
    "delete many": lambda it: Name.objects.all().delete(),
    "related create": lambda it: it.child.names.create(family="Other", source="test", recorded_at=it.name.recorded_at),
    "related add one by one": lambda it: it.jo.manages.add(it.world.ruth, bulk=False),
    "related remove": lambda it: it.jo.manages.remove(it.priya),
    "related set": lambda it: it.jo.manages.set([it.world.ruth]),
    "related clear": lambda it: it.jo.manages.clear(),
    "related update": lambda it: it.jo.manages.update(job_title="Other"),
}
BEHIND_DJANGO = {
    "raw update": lambda it: sql("update people_name set family = 'Other'"),
    "raw insert": lambda it: sql(
        "insert into places_authority (id, code, name) values (gen_random_uuid(), 'XYZ', 'E')"
    ),
    "raw delete": lambda it: sql("delete from people_name"),
    "base manager": lambda it: Name._base_manager.filter(pk=it.name.pk).update(family="Other"),
    "related add": lambda it: it.jo.manages.add(it.world.ruth),
    "plain queryset": lambda it: QuerySet(Name).filter(pk=it.name.pk).update(family="Other"),
    "private update": lambda it: Name.objects.filter(pk=it.name.pk)._update(
        [(Name._meta.get_field("family"), None, "Other")]
    ),
    "private delete": lambda it: Name.objects.filter(pk=it.name.pk)._raw_delete("default"),
    "save_base": lambda it: (setattr(it.name, "family", "Other"), it.name.save_base()),
}


def sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def state():
    return (
        list(Name.objects.order_by("pk").values_list("pk", "family")),
        list(Authority.objects.order_by("code").values_list("code", flat=True)),
        list(Practitioner.objects.order_by("pk").values_list("pk", "manager", "job_title")),
        Event.objects.count(),
    )


@pytest.mark.parametrize("way", WAYS)
def test_no_write_outside_an_action(world, way):
    things = Things(world)
    before = state()
    with pytest.raises(UnauditedWrite), transaction.atomic():
        WAYS[way](things)
    assert state() == before


@pytest.mark.parametrize("way", BEHIND_DJANGO)
def test_the_database_refuses_what_goes_behind_django(world, way):
    things = Things(world)
    before = state()
    with pytest.raises(DatabaseError, match="outside an action"), transaction.atomic():
        BEHIND_DJANGO[way](things)
    assert state() == before


@action("test.house-failed")
def fail(*, by):
    Authority.objects.create(code="XYZ", name="Elsewhere")
    raise ValueError("on purpose")


@action("test.house-done")
def done(*, by):
    Authority.objects.create(code="XYZ", name="Elsewhere")


@pytest.mark.parametrize("act", [fail, done])
def test_an_action_that_is_over_leaves_no_door_open_in_its_transaction(world, act):
    makers.child()
    with transaction.atomic():
        with suppress(ValueError):
            act(by=makers.TESTER)
        with pytest.raises(DatabaseError, match="outside an action"), transaction.atomic():
            sql("update people_name set family = 'Other'")
        with pytest.raises(UnauditedWrite):
            Name.objects.update(family="Other")


def triggers(table):
    with connection.cursor() as cursor:
        cursor.execute(
            "select tgname from pg_trigger where tgrelid = %s::regclass and not tgisinternal and tgenabled = 'O'",
            [table],
        )
        return {name for (name,) in cursor.fetchall()}


def test_every_records_table_has_its_guard(db):
    without = [
        one._meta.label for one in guard.guarded_models() if "only_in_an_action" not in triggers(one._meta.db_table)
    ]
    assert without == []
    assert {"never_changed", "never_emptied"} <= triggers(Event._meta.db_table)


@pytest.mark.parametrize("way", ["update", "delete", "save", "raw"])
def test_an_event_never_changes(world, way):
    event = Event.objects.first()
    ways = {
        "update": lambda: Event.objects.update(action="other"),
        "delete": lambda: event.delete(),
        "save": lambda: (setattr(event, "action", "other"), event.save()),
        "raw": lambda: sql("update audit_event set facts = '{}'"),
    }
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        ways[way]()


def test_every_action_takes_a_keyword_only_by():
    import_everything()
    assert len(ACTIONS) > 20
    for name, function in ACTIONS.items():
        parameters = inspect.signature(function).parameters
        assert parameters["by"].kind is inspect.Parameter.KEYWORD_ONLY, name
