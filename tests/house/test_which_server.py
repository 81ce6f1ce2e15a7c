"""The suite runs on the server it was told to, and on one that is new enough.

A server that something else started in the meantime once made a run on PostgreSQL 15 a run on 18 in silence.
"""

import os
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection

from teamaround.audit import checks
from teamaround.kit.embedded_postgres import EXTENSIONS, OLDEST

pytestmark = pytest.mark.django_db


def ask(question: str):
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


def test_the_suite_runs_on_the_version_that_it_was_told_to():
    major = int(ask("show server_version_num")) // 10000
    assert major >= OLDEST
    assert str(major) == os.environ.get("TEAMAROUND_EXPECT_PG_MAJOR", str(major))


def test_the_suite_runs_on_the_server_that_the_environment_names():
    address = urlsplit(os.environ["DATABASE_URL"])
    named = parse_qs(address.query).get("host", [address.hostname])[0]
    connection.ensure_connection()
    assert connection.connection.info.host == named


def test_the_application_is_no_superuser():
    assert ask("select current_setting('is_superuser')") == "off"


def test_a_role_above_its_guards_stops_the_start():
    above = ask("select rolname from pg_roles where rolsuper limit 1")
    (problem,) = checks.above_its_guards("default", above)
    assert problem.is_serious()
    assert "create role" in problem.hint
    assert checks.above_its_guards("default", ask("select current_user")) == []


def test_the_server_has_the_extensions():
    assert set(EXTENSIONS) <= set(ask("select array_agg(extname::text) from pg_extension"))
