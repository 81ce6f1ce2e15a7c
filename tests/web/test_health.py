"""What a load balancer and a pager are told."""

import pytest
from django.conf import settings
from django.db import connections
from django.urls import reverse

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


@pytest.mark.parametrize("name", ["live", "ready", "writable"])
def test_all_is_well(client, name):
    answer = client.get(reverse(name))
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert client.post(reverse(name)).status_code == 405


def test_a_database_that_cannot_be_written_is_said(client):
    with connections[settings.AUDIT_DATABASE].cursor() as cursor:
        cursor.execute("set transaction_read_only = on")
    assert client.get(reverse("writable")).status_code == 503
    assert client.get(reverse("ready")).status_code == 200


def test_a_database_that_does_not_answer_is_said(client, monkeypatch):
    monkeypatch.setitem(connections["default"].settings_dict, "HOST", "/nowhere")
    connections["default"].close()
    assert client.get(reverse("ready")).status_code == 503
    assert client.get(reverse("live")).status_code == 200
