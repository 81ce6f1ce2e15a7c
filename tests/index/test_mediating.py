"""Searching on behalf of another practitioner: IX-19."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from teamaround.access import door
from teamaround.access.policy import Action
from teamaround.audit.models import Event
from teamaround.index import mediating, registering, searching
from teamaround.index.asking import Asked
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from tests import makers
from tests.index import children
from tests.signing_in import account_of, sign_in
from tests.web.sending import send, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

TYPED = {"given": "Katherine", "family": "Smith", "born": "4 9 2019"}


@pytest.fixture
def child():
    return children.register()


@pytest.fixture
def mei():
    return makers.practitioner("Mei Tan")


@pytest.fixture
def ruth():
    made = makers.practitioner("Ruth Amis")
    account_of(made)
    return made


def find(mei, ruth):
    return mediating.find(Asked(**TYPED), requester=ruth.email, reason="contact", by=makers.actor(mei))


def test_ix_19_the_record_of_the_search_names_both(child, mei, ruth):
    assert find(mei, ruth).found == [child.pk]
    event = Event.objects.get(action="index.search")
    assert (event.practitioner, event.on_behalf_of, event.about) == (mei.pk, ruth.pk, [child.pk])


def refused(mei, ruth, says):
    with pytest.raises(Refused, match=says):
        find(mei, ruth)
    assert not Event.objects.filter(action="index.search").exists()


def test_ix_19_whoever_may_not_search_today_is_not_searched_for(child, mei, ruth):
    makers.change(ruth, cleared_on=dates.today() - timedelta(days=1200))
    refused(mei, ruth, "may not search the index today")


def test_ix_19_whoever_has_left_or_has_no_account_in_use_is_not_searched_for(child, mei, ruth):
    account = account_of(ruth)
    type(account).objects.filter(pk=account.pk).update(is_active=False)
    ruth.refresh_from_db()
    refused(mei, ruth, "no account in use")
    type(account).objects.filter(pk=account.pk).update(is_active=True, last_seen_at=dates.now() - timedelta(days=46))
    refused(mei, ruth, "no account in use")


def test_ix_19_without_the_function_nobody_gets_by_another_what_they_may_not_get_themselves(child, mei):
    manager = makers.practitioner(roles=("manager",))
    account_of(manager)
    refused(mei, manager, "may not search")


def test_ix_19_nobody_mediates_for_themselves_or_for_a_stranger(child, mei):
    account_of(mei)
    refused(mei, mei, "for yourself")
    with pytest.raises(Refused, match="No practitioner"):
        mediating.find(Asked(**TYPED), requester="no@example.org", reason="contact", by=makers.actor(mei))


def test_ix_19_the_one_who_searches_gets_no_access_of_their_own_by_it(child, mei, ruth):
    made = find(mei, ruth)
    for action in (Action.OPEN_FOUND, Action.SEE_CHILD, Action.OVERRIDE):
        assert not door.visible(makers.actor(mei), action).exists()
    with pytest.raises(Refused, match="for somebody else"):
        searching.none_of_these(made, by=makers.actor(mei))
    with pytest.raises(Refused):
        registering.register(children.details(), search=made, by=makers.actor(mei))
    later = dates.now() + timedelta(minutes=16)
    assert door.visible(makers.actor(mei), Action.SEE_FOR_OTHER).exists()
    with dates.given(later):
        assert not door.visible(makers.actor(mei), Action.SEE_FOR_OTHER).exists()


def test_ix_19_the_other_sees_it_in_their_own_activity_and_nobody_else_does(child, mei, ruth):
    client = sign_in(Client(), mei)
    typed = {"given": "Katherine", "family": "Smith", "born": "4 9 2019", "reason": "contact"}
    results = send(client, reverse("search_for_other"), requester=ruth.email, **typed).url
    page = text(client.get(results))
    address = reverse("see_for_other", args=[child.pk])
    assert address in page and reverse("open_found", args=[child.pk]) not in page
    assert "You see this for Ruth Amis" in text(client.get(address))

    mine = text(sign_in(Client(), ruth).get(reverse("in_my_name")))
    assert mine.count("Mei Tan") == 2 and "Looked at a record" in mine and "To contact another" in mine
    assert "Katherine" not in mine
    assert "Nothing was done in your name" in text(client.get(reverse("in_my_name")))


def test_ix_19_a_look_is_refused_when_the_other_was_suspended_in_the_meantime(child, mei, ruth):
    find(mei, ruth)
    makers.change(ruth, agreed_terms_on=None)
    answer = sign_in(Client(), mei).get(reverse("see_for_other", args=[child.pk]))
    assert answer.status_code == 409 and "Katherine" not in text(answer)


def test_a_wrong_address_keeps_what_was_typed(child, mei):
    typed = {"given": "Katherine", "family": "Smith", "reason": "contact"}
    answer = send(sign_in(Client(), mei), reverse("search_for_other"), requester="no@example.org", **typed)
    assert answer.status_code == 409
    assert "No practitioner has this e-mail address" in text(answer) and "no@example.org" in text(answer)
