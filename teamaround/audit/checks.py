"""What must be true of the database before the server starts: no case text in its log, no role above its guards."""

from typing import Any

from django.core import checks
from django.db import connections

#: settings of PostgreSQL that keep what people wrote out of its log, with the values that do
QUIET = {
    "log_error_verbosity": ("terse",),
    "log_min_messages": ("log", "fatal", "panic"),
    "log_min_error_statement": ("log", "fatal", "panic"),
    "log_parameter_max_length_on_error": ("0",),
    "log_statement": ("none", "ddl"),
    "log_min_duration_statement": ("-1",),
}


def database_is_safe(app_configs: Any, databases: Any = None, **_: Any) -> list[checks.CheckMessage]:
    """One error for each thing that is not as it must be, with the cure."""
    return [problem for alias in databases or () for problem in (*_log(alias), *_role(alias))]


def _log(alias: str) -> list[checks.CheckMessage]:
    with connections[alias].cursor() as cursor:
        cursor.execute("select name, setting from pg_settings where name = any(%s)", [list(QUIET)])
        found = dict(cursor.fetchall())
    return [
        checks.Error(
            f"The database may write case text to its log: {name} is {found[name]}",
            hint=f"As a superuser: alter role <the role of DATABASE_URL> set {name} = '{good[0]}';",
            id="teamaround.E003",
        )
        for name, good in QUIET.items()
        if found[name] not in good
    ]


def _role(alias: str) -> list[checks.CheckMessage]:
    with connections[alias].cursor() as cursor:
        cursor.execute("select current_user")
        return above_its_guards(alias, cursor.fetchone()[0])


def above_its_guards(alias: str, role: str) -> list[checks.CheckMessage]:
    """An error where a role is a superuser, bypasses row security, or can become a role that does."""
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "select exists(select from pg_roles"
            " where (rolsuper or rolbypassrls) and pg_has_role(%s::name, oid, 'member'))",
            [role],
        )
        above = cursor.fetchone()[0]
    if not above:
        return []
    return [
        checks.Error(
            "The role of DATABASE_URL is a superuser or bypasses row security, or can become a role that does",
            hint="Make a role of its own: create role teamaround login; and let it own the database.",
            id="teamaround.E002",
        )
    ]
