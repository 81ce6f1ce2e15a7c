"""The database's own guard: records change only inside an action, and events never change."""

from typing import Any

from django.apps import apps
from django.db import connections

from .models import Event
from .records import Record

FUNCTIONS = """
create or replace function teamaround_only_in_an_action() returns trigger language plpgsql as $$
begin
    if coalesce(current_setting('teamaround.action', true), '') = '' then
        raise exception 'the table % was written outside an action', tg_table_name;
    end if;
    return coalesce(new, old);
end $$;
create or replace function teamaround_never_changed() returns trigger language plpgsql as $$
begin
    -- the suite empties its own throw-away database between tests
    if tg_op = 'TRUNCATE' and current_database() like 'test\\_%' then
        return null;
    end if;
    raise exception 'events are never changed or deleted';
end $$;
"""

TRIGGER = """
create or replace trigger only_in_an_action before insert or update or delete on {table}
for each row execute function teamaround_only_in_an_action();
"""

APPEND_ONLY = """
create or replace trigger never_changed before update or delete on {table}
for each row execute function teamaround_never_changed();
create or replace trigger never_emptied before truncate on {table}
for each statement execute function teamaround_never_changed();
"""


def guarded_models() -> list[type[Record]]:
    """Every stored Record, in every app."""
    return [model for model in apps.get_models() if issubclass(model, Record)]


def install(*, using: str = "default", **_: Any) -> None:
    """Put the guard on every table that stands; run after every migration, may be run again."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        cursor.execute(FUNCTIONS)
        for model in guarded_models():
            if model._meta.db_table in tables:
                cursor.execute(TRIGGER.format(table=connection.ops.quote_name(model._meta.db_table)))
        if Event._meta.db_table in tables:
            cursor.execute(APPEND_ONLY.format(table=connection.ops.quote_name(Event._meta.db_table)))
