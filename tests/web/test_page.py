"""@page: who may, what is recorded, and that no word is lost and nothing is done twice."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from teamaround.accounts import sending
from teamaround.accounts.models import Draft, SentOnce
from teamaround.audit.models import Event, Kind
from teamaround.kit import dates
from teamaround.places.models import Authority
from tests import makers
from tests.access.test_door import make_episode
from tests.signing_in import account_of, show_factor, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.pages_to_try")]
FOR_REAL = pytest.mark.django_db(transaction=True, databases=["default", "audit"])


def token_on(page):
    return re.search(r'name="form_token" value="([^"]+)"', page.content.decode()).group(1)


def fresh(client):
    return token_on(client.get("/try/"))


def send(client, words, token=None):
    return client.post("/try/", {"form_token": token or fresh(client), "words": words})


def times(words):
    return Authority.objects.filter(name=words).count()


def test_what_is_sent_is_done(client, priya):
    assert send(client, "hello").url == "/done/"
    assert times("hello") == 1


def test_the_same_form_sent_twice_is_done_once_and_gets_the_same_answer(client, priya):
    token = fresh(client)
    assert send(client, "hello", token).url == send(client, "hello", token).url == "/done/"
    assert times("hello") == 1


def test_other_words_under_the_same_key_are_refused_and_kept(client, priya):
    token = fresh(client)
    send(client, "hello", token)
    answer = send(client, "something else", token)
    assert answer.status_code == 409
    assert times("something else") == 0
    assert "something else" in client.get("/try/").content.decode()


def test_the_key_of_a_form_stays_for_as_long_as_the_form_can_be_sent(client, priya):
    token = fresh(client)
    send(client, "hello", token)
    with dates.given(dates.now() + timedelta(days=14)):
        sending.forget_old()
        assert SentOnce.objects.count() == 1
    with dates.given(dates.now() + timedelta(days=16)):
        sending.forget_old()
        assert not SentOnce.objects.exists()


@FOR_REAL
def test_the_same_form_sent_twice_at_once_is_done_once(client, priya):
    token = fresh(client)
    cookies, start = client.cookies, Barrier(4)

    def sender():
        one = Client()
        one.cookies = cookies
        start.wait()
        try:
            return send(one, "at once", token)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        answers = [each.result() for each in [pool.submit(sender) for _ in range(4)]]
    assert {one.url for one in answers} == {"/done/"}
    assert times("at once") == 1
    assert SentOnce.objects.count() == 1


def test_somebody_elses_form_is_refused(client, priya, world):
    other = sign_in(Client(), world.dan)
    assert send(other, "hello", fresh(client)).status_code == 403
    assert times("hello") == 0
    assert not Draft.objects.exists()


def test_a_form_of_another_page_is_refused(client, priya):
    page = client.get("/try/")
    token = token_on(page)
    assert client.post("/done/", {"form_token": token}).status_code == 403


def test_a_form_without_a_token_is_refused(client, priya):
    assert client.post("/try/", {"words": "hello"}).status_code == 403
    assert times("hello") == 0


def test_words_that_are_in_error_are_kept_and_shown_again(client, priya):
    answer = send(client, "wrong")
    assert answer.status_code == 422
    assert "Enter other words" in answer.content.decode()
    page = client.get("/try/").content.decode()
    assert "wrong" in page
    assert "Enter other words" not in page, "a draft is checked when it is sent"


def test_a_character_that_cannot_be_held_is_told_and_the_words_round_it_are_kept(client, priya):
    answer = send(client, "before\0after")
    assert answer.status_code == 422
    assert "beforeafter" in client.get("/try/").content.decode()


def test_an_answer_longer_than_there_is_room_for_is_told_and_kept(client, priya):
    answer = send(client, "x" * 20_000)
    assert answer.status_code == 422 and "longer than there is room for" in answer.content.decode()
    assert "x" * 20_000 in client.get("/try/").content.decode()


def test_words_that_a_rule_refuses_are_kept_and_the_reason_is_shown(client, priya):
    answer = send(client, "refused")
    assert "2 actions of the plan are not finished" in answer.content.decode()
    assert "refused" in client.get("/try/").content.decode()


def test_words_that_were_sent_are_not_shown_again(client, priya):
    send(client, "wrong")
    send(client, "hello")
    assert "hello" not in client.get("/try/").content.decode()
    assert not Draft.objects.exists()


def test_a_crash_undoes_the_work_and_keeps_the_words(client, priya):
    client.raise_request_exception = False
    answer = send(client, "crash")
    assert answer.status_code == 500
    assert "What you typed is kept" in answer.content.decode()
    assert times("crash") == 0
    assert "crash" in client.get("/try/").content.decode()


def test_a_lost_session_loses_no_word(client, priya):
    token = fresh(client)
    with dates.given(dates.now() + timedelta(minutes=20)):
        answer = send(client, "a long story", token)
        assert answer.url == f"{reverse('account_login')}?next=%2Ftry%2F"
        assert "What you typed is kept" in client.get(answer.url).content.decode()
        sign_in(client, priya)
        assert "a long story" in client.get("/try/").content.decode()


def test_words_kept_in_a_lost_session_are_shown_to_their_owner_only(client, priya, world):
    token = fresh(client)
    client.logout()
    send(client, "a long story", token)
    sign_in(client, world.dan)
    assert "a long story" not in client.get("/try/").content.decode()


def test_a_failed_csrf_check_loses_no_word(priya, world):
    strict = sign_in(Client(enforce_csrf_checks=True), priya)
    answer = send(strict, "a long story", fresh(strict))
    assert answer.status_code == 403
    assert "What you typed is kept" in answer.content.decode()
    assert times("a long story") == 0
    assert "a long story" in strict.get("/try/").content.decode()


def test_what_is_typed_is_kept_while_typing_even_when_the_session_has_ended(client, priya):
    token = fresh(client)
    client.logout()
    assert client.post(reverse("keep"), {"form_token": token, "words": "half a sen"}).status_code == 204
    sign_in(client, priya)
    assert "half a sen" in client.get("/try/").content.decode()


def test_passwords_and_tokens_are_never_kept(client, priya):
    typed = {"form_token": fresh(client), "words": "hello", "password": "secret", "code": "123456"}
    client.post(reverse("keep"), typed)
    assert set(Draft.objects.get().typed) == {"words"}


def test_a_look_is_recorded(client, world, priya):
    episode = make_episode(world, makers.child())
    assert b"attendance" in client.get(f"/try/{episode.pk}/").content
    look = Event.objects.get(kind=Kind.DISCLOSURE)
    assert look.about == [episode.child_id]
    assert look.practitioner == priya.pk
    assert look.record_id == episode.pk


@FOR_REAL
@pytest.mark.parametrize("way", ["fails", "undone"])
def test_a_page_that_fails_after_the_read_still_leaves_its_event(client, world, priya, way):
    episode = make_episode(world, makers.child())
    client.raise_request_exception = False
    assert client.get(f"/try/{episode.pk}/{way}/").status_code == 500
    assert Event.objects.filter(kind=Kind.DISCLOSURE, record_id=episode.pk).count() == 1
    assert client.post(f"/try/{episode.pk}/{way}/", {"form_token": "none"}).status_code == 403


@FOR_REAL
def test_nothing_is_shown_when_the_look_cannot_be_written(client, world, priya):
    episode = make_episode(world, makers.child())
    client.raise_request_exception = False
    with connections["audit"].cursor() as cursor:
        cursor.execute("set default_transaction_read_only = on")
    try:
        answer = client.get(f"/try/{episode.pk}/")
    finally:
        connections["audit"].close()
    assert answer.status_code == 500
    assert b"attendance" not in answer.content
    assert not Event.objects.filter(kind=Kind.DISCLOSURE).exists()


def test_what_does_not_exist_and_what_may_not_be_seen_get_the_same_answer(client, world, priya):
    episode = make_episode(world, makers.child())
    theirs = sign_in(Client(), world.dan)
    hidden = theirs.get(f"/try/{episode.pk}/")
    absent = theirs.get(f"/try/{world.dan.pk}/")
    assert hidden.status_code == absent.status_code == 404
    masked = [re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", one.content) for one in (hidden, absent)]
    assert masked[0] == masked[1]


def test_ix_12_whoever_is_not_in_order_sees_no_record_and_is_told_why(client, world):
    sam = makers.practitioner("Sam", at=world.school, cleared_on=None)
    sign_in(client, sam)
    answer = client.get("/try/")
    assert answer.status_code == 403
    assert "Your clearance is missing" in answer.content.decode()


def test_ix_11_a_session_without_a_second_factor_gets_no_page(client, world):
    account = account_of(world.priya)
    client.force_login(account)
    assert client.get("/try/").url == reverse("mfa_index")
    show_factor(client, account)
    assert client.get("/try/").status_code == 200


def test_another_method_is_not_allowed(client, priya):
    answer = client.put("/try/")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, POST"
