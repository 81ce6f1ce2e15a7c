"""No word of a case reaches PostgreSQL's log, whatever goes wrong with a statement."""

import os
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from teamaround.audit import checks
from teamaround.audit.recording import action
from teamaround.places.models import Authority
from tests import makers

pytestmark = pytest.mark.django_db


def ask(question):
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


def log_of_server() -> Path | None:
    """The log of the private server, if it is one: it stands beside the socket's folder."""
    named = os.environ.get("TEAMAROUND_PG_LOG")
    if named:
        return Path(named)
    folder = parse_qs(urlsplit(os.environ["DATABASE_URL"]).query).get("host", [""])[0]
    log = Path(folder).parent / "log"
    return log if folder and log.is_file() else None


def run(statement, *values):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


@action("test.add-authority")
def add(code, *, by):
    Authority.objects.create(code=code, name="Twice")


def everything_goes_wrong(marker):
    """A value that breaks a rule, one that does not fit, one in a broken statement, and one nobody may write."""
    add(marker, by=makers.TESTER)
    with pytest.raises(DatabaseError), transaction.atomic():
        add(marker, by=makers.TESTER)
    run("select %s::integer", marker)
    run(f"select '{marker}' frm nothing")
    run("update places_authority set name = %s", marker)


def test_the_log_holds_no_value_of_a_failed_statement():
    marker = f"M{uuid4().hex[:7]}"
    everything_goes_wrong(marker)
    log = log_of_server()
    if log is None:
        # A server of somebody else's, whose log we cannot read: then its settings must be those that keep it out.
        assert checks.database_is_safe(None, databases=["default"]) == []
    else:
        assert marker not in log.read_text(errors="replace")


def test_values_travel_apart_from_the_statement():
    assert connection.settings_dict["OPTIONS"]["server_side_binding"] is True
    with connection.cursor() as cursor:
        cursor.execute("select %s::text", ["a word"])
        assert b"a word" not in cursor.cursor._query.query


def test_a_server_that_logs_what_people_wrote_stops_the_start(monkeypatch):
    good = {name: (ask(f"show {name}"),) for name in checks.QUIET}
    monkeypatch.setattr(checks, "QUIET", good)
    assert checks.database_is_safe(None, databases=["default"]) == []
    monkeypatch.setattr(checks, "QUIET", good | {"log_statement": ("impossible",)})
    (problem,) = checks.database_is_safe(None, databases=["default"])
    assert problem.is_serious()
    assert "alter role" in problem.hint


def test_the_check_is_left_out_where_no_database_is_asked_for():
    assert checks.database_is_safe(None) == []
