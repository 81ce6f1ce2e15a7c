import hypothesis
import pytest
from django.conf import settings
from django.db import connection

from tests import makers

# Speed is measured in benchmarks/ and never in tests: a busy machine is no reason for a property to fail.
hypothesis.settings.register_profile("untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("untimed")

#: ends every other session on the database of the tests, and waits until they have ended
END_OTHERS = """
select pg_terminate_backend(pid, 10000) from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid()
"""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """A browser that has gone may leave its last request behind, and a database in use cannot be dropped."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(END_OTHERS)


@pytest.fixture(autouse=True)
def _disclosures_join_the_test(request, monkeypatch):
    """A test that is rolled back cannot see a second connection, so there disclosures go over the first.

    Tests marked `transaction=True` keep the second connection, as production has it.
    """
    marker = request.node.get_closest_marker("django_db")
    apart = marker is not None and marker.kwargs.get("transaction")
    if not apart and "live_server" not in request.fixturenames:
        monkeypatch.setattr(settings, "AUDIT_DATABASE", "default")


@pytest.fixture
def reference(db):
    """The shipped words, periods, holidays, roles and outcome framework."""
    makers.reference()


@pytest.fixture
def world(reference):
    """Northmoor with a school, a health service, housing and a manager; see makers.World."""
    return makers.World()
