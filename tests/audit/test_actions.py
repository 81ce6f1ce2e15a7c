"""One act, one transaction, one event."""

import pytest
from django.db import DatabaseError, connection, transaction

from teamaround.audit import recording
from teamaround.audit.actor import system
from teamaround.audit.models import Event, Kind
from teamaround.audit.recording import UnauditedWrite, action
from teamaround.people.models import Child, Name
from tests import makers

pytestmark = pytest.mark.django_db


@action("test.renamed")
def rename(child, *, family, by):
    name = child.names.get()
    name.family = family
    name.save()


@action("test.failed")
def rename_and_fail(child, *, by):
    rename(child, family="Changed", by=by)
    raise ValueError("after the write")


@action("test.outer")
def outer(child, *, by):
    rename(child, family="Changed", by=by)


def test_a_change_leaves_one_event_with_names_of_fields_and_no_values():
    child = makers.child()
    rename(child, family="Secret", by=makers.TESTER)
    event = Event.objects.get(action="test.renamed")
    assert event.kind == Kind.CHANGE
    assert event.about == [child.pk]
    assert event.changes[0]["fields"] == ["family"]
    assert "Secret" not in str(event.changes) + str(event.facts)


def test_an_action_that_fails_leaves_neither_change_nor_event():
    child = makers.child()
    with pytest.raises(ValueError):
        rename_and_fail(child, by=makers.TESTER)
    assert child.names.get().family != "Changed"
    assert not Event.objects.filter(action__startswith="test.re").exists()


def test_an_action_inside_another_is_part_of_its_event():
    child = makers.child()
    outer(child, by=makers.TESTER)
    whole, part = Event.objects.get(action="test.outer"), Event.objects.get(action="test.renamed")
    assert part.part_of == whole.pk and whole.about == [child.pk] and whole.part_of is None


def test_an_action_must_take_a_keyword_only_by():
    with pytest.raises(TypeError, match="keyword-only"):
        action("test.wrong")(lambda child, by: None)


def test_a_write_outside_an_action_is_refused():
    name = makers.child().names.get()
    name.family = "Other"
    with pytest.raises(UnauditedWrite, match="inside|outside"):
        name.save()
    with pytest.raises(UnauditedWrite):
        Name.objects.update(family="Other")


def test_raw_sql_outside_an_action_is_refused_by_the_database():
    child = makers.child()
    wrong = pytest.raises(DatabaseError, match="outside an action")
    with wrong, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("update people_child set sex = 'F' where id = %s", [child.pk])
    assert Child.objects.get(pk=child.pk).sex == "M"


def test_events_are_never_changed_or_deleted():
    makers.child()
    for statement in ("update audit_event set action = 'x'", "delete from audit_event"):
        wrong = pytest.raises(DatabaseError, match="never changed")
        with wrong, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_disclosure_says_who_saw_what():
    child = makers.child()
    recording.disclose("child.see", by=system("test"), about=[child.pk], record="people.Child", record_id=child.pk)
    assert Event.objects.get(kind=Kind.DISCLOSURE).about == [child.pk]
