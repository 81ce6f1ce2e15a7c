"""The pages of the data steward, and of opening a record in an emergency."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from teamaround.access.models import Override
from teamaround.index import feeds as partners
from teamaround.index import worklist
from teamaround.index.models import WorkItem
from teamaround.index.terms import Decision, WorkKind
from teamaround.kit import dates
from tests import makers
from tests.index import children
from tests.signing_in import PASSWORD, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]

WHY = "Brought in unconscious, carer not known"


def signed_in(*roles):
    who = makers.practitioner(roles=roles)
    return sign_in(Client(), who), who


def send(client, address, **typed):
    page = client.get(address)
    assert page.status_code == 200
    return client.post(address, {"form_token": token_on(page), **typed})


def token_on(page):
    return re.search(r'name="form_token" value="([^"]+)"', page.content.decode()).group(1)


def text(page):
    return page.content.decode()


@pytest.fixture
def child():
    return children.register()


@pytest.fixture
def item(child):
    other = children.register(given="Kathryn", postcode="NM7 7ZZ")
    return ask(child, other)


@makers.action("test.asked")
def _ask(child, other, *, by):
    received = {"kind": "upn", "value": "B801200005001", "source": "test"}
    because = ["Both records claim one pupil number"]
    return worklist.put(WorkKind.CLASH, child=child, other=other, received=received, because=because)


def ask(child, other):
    return _ask(child, other, by=makers.TESTER)


@makers.action("test.asked-missing")
def _ask_missing(child, *, by):
    return worklist.put(WorkKind.MISSING, child=child, received={"missing from": "school-roll:T00001"})


def ask_missing(child):
    return _ask_missing(child, by=makers.TESTER)


@pytest.mark.parametrize(
    ("name", "role"), [("steward", "steward"), ("feeds", "steward"), ("overrides", "privacy-officer")]
)
def test_a_page_is_there_for_its_role_only(name, role):
    assert signed_in(role)[0].get(reverse(name)).status_code == 200
    assert signed_in("practitioner")[0].get(reverse(name)).status_code == 404


def test_a_steward_sees_the_reasons_and_both_records_and_decides(item):
    client, who = signed_in("steward")
    assert "Both records claim one pupil number" in text(client.get(reverse("steward")))
    address = reverse("work_item", args=[item.pk])
    page = text(client.get(address))
    assert "Katherine Smith" in page and "Kathryn Smith" in page
    assert send(client, address, decision="different").url == reverse("steward")
    decided = WorkItem.objects.get(pk=item.pk)
    assert (decided.decision, decided.decided_by_id) == (Decision.DIFFERENT, who.pk)


def test_a_decision_that_does_not_fit_the_question_is_not_taken(item):
    client, _ = signed_in("steward")
    assert send(client, reverse("work_item", args=[item.pk]), decision="left").status_code == 422
    assert worklist.waiting().filter(pk=item.pk).exists()


def test_when_a_missing_child_left_is_asked_before_it_is_recorded(child):
    item = ask_missing(child)
    client, _ = signed_in("steward")
    address = reverse("work_item", args=[item.pk])
    answer = send(client, address, decision="left")
    assert answer.status_code == 409 and "Enter the date the child left" in text(answer)
    assert send(client, address, decision="dismissed").url == reverse("steward")
    assert WorkItem.objects.get(pk=item.pk).decision == Decision.DISMISSED


def test_only_a_steward_decides(item):
    client, _ = signed_in("practitioner")
    assert client.get(reverse("work_item", args=[item.pk])).status_code == 404


def test_a_paused_feed_says_why():
    agency = makers.agency("Harbour Junior School")
    feed = partners.arrange(source="school-roll", agency=agency, by=makers.TESTER)
    makers.change(feed, live=True, last_sequence=7, paused_because="9 of 10 rows of file 7 were rejected")
    page = text(signed_in("steward")[0].get(reverse("feeds")))
    assert "Harbour Junior School" in page and "9 of 10 rows of file 7 were rejected" in page


def test_ix_17_an_emergency_opens_the_record_and_somebody_else_reviews_it(child):
    client, sam = signed_in("practitioner", "safeguarding")
    found = children.search(sam)
    address = reverse("override", args=[child.pk])
    assert address in text(client.get(reverse("results", args=[found.pk])))
    answer = send(client, address, category="hospital", reason=WHY)
    assert answer.url == reverse("child", args=[child.pk])
    assert client.get(answer.url).status_code == 200

    officer, noor = signed_in("privacy-officer")
    opened = Override.objects.get()
    assert sam.name in text(officer.get(reverse("overrides")))
    review = reverse("review_override", args=[opened.pk])
    assert WHY in text(officer.get(review))
    assert send(officer, review, finding="training", note="").status_code == 409
    assert send(officer, review, finding="justified", note="Rightly so").url == reverse("overrides")
    opened.refresh_from_db()
    assert (opened.finding, opened.reviewed_by_id) == ("justified", noor.pk)


def test_a_short_reason_opens_nothing(child):
    client, sam = signed_in("practitioner", "safeguarding")
    children.search(sam)
    answer = send(client, reverse("override", args=[child.pk]), category="hospital", reason="urgent")
    assert answer.status_code == 409 and not Override.objects.exists()


def test_an_emergency_is_offered_to_whoever_holds_the_function_only(child):
    client, who = signed_in("practitioner")
    found = children.search(who)
    assert "emergency" not in text(client.get(reverse("results", args=[found.pk])))
    assert client.get(reverse("override", args=[child.pk])).status_code == 404


def test_nobody_reviews_what_they_opened(child):
    client, both = signed_in("practitioner", "safeguarding", "privacy-officer")
    children.search(both)
    send(client, reverse("override", args=[child.pk]), category="missing", reason=WHY)
    assert client.get(reverse("review_override", args=[Override.objects.get().pk])).status_code == 404


def test_an_emergency_is_opened_only_by_somebody_who_has_just_shown_who_they_are(child):
    client, sam = signed_in("practitioner", "safeguarding")
    children.search(sam)
    address = reverse("override", args=[child.pk])
    token = token_on(client.get(address))
    later = dates.now() + timedelta(minutes=6)
    with dates.given(later):
        answer = client.post(address, {"form_token": token, "category": "hospital", "reason": WHY})
        assert answer.url.startswith(reverse("account_reauthenticate"))
        assert not Override.objects.exists()
        confirmed = client.post(answer.url, {"password": PASSWORD})
        assert confirmed.url == address
    assert WHY in text(client.get(address))
