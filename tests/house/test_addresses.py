"""Every address declares what it does, and the server refuses to start with one that does not."""

import runpy
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.urls import path

from teamaround.access.policy import TABLE, Action
from teamaround.web import checks
from teamaround.web.open_addresses import OPEN_ADDRESSES

#: actions that no page declares, each with the reason
WITHOUT_A_PAGE = {
    Action.KEEP_TYPED: "the address `keep` trusts a signed token in place of a session",
    Action.KEEP_ARCHIVE: "whether a second person must agree is asked where the archive is",
    Action.SEE_PLAN_ACTION: "an action of the plan is seen on the page of its plan",
    Action.HOLD_REVIEW: "a review is held on the page of its meeting",
}


def declared():
    return {one.callback.action for _, one in checks.patterns() if hasattr(one.callback, "action")}


def test_every_address_declares_an_action_or_is_listed_with_a_reason():
    assert checks.undeclared() == []


def test_every_listed_address_exists_and_has_a_reason():
    names = {one.name for _, one in checks.patterns()} | {"demonstration"}
    assert set(OPEN_ADDRESSES) <= names
    assert all(len(reason.split()) >= 5 for reason in OPEN_ADDRESSES.values())


def test_a_listed_address_declares_no_action_besides():
    assert [
        one.name for _, one in checks.patterns() if one.name in OPEN_ADDRESSES and hasattr(one.callback, "action")
    ] == []


def test_every_action_is_in_the_table_and_has_a_page_or_a_reason():
    assert set(TABLE) == set(Action)
    assert set(Action) - declared() == set(WITHOUT_A_PAGE)


def bare(request):
    return HttpResponse()


urlpatterns = [path("bare/", bare, name="bare")]


@pytest.mark.urls(__name__)
def test_an_address_that_declares_nothing_is_an_error():
    (error,) = checks.every_address_declares_an_action(None)
    assert error.is_serious()
    assert "/bare/ declares no action" in str(error)


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_the_server_refuses_to_start_with_such_an_address():
    entry = Path(checks.__file__).parents[1] / "config" / "wsgi.py"
    with pytest.raises(ImproperlyConfigured, match="/bare/ declares no action"):
        runpy.run_path(str(entry))
