"""The pages of a record's life: death, leaving and coming back, staying, responsibility, the archive, purges."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from teamaround.audit.models import Event
from teamaround.index import archive, involvement, purging
from teamaround.index.models import Archiving
from teamaround.kit import dates
from tests import makers
from tests.index import children
from tests.signing_in import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


def signed_in(*roles, **more):
    who = makers.practitioner(roles=roles, **more)
    return sign_in(Client(), who), who


def send(client, name, id=None, **typed):
    address = reverse(name, args=[id] if id else [])
    page = client.get(address)
    assert page.status_code == 200, address
    token = re.search(r'name="form_token" value="([^"]+)"', page.content.decode()).group(1)
    return client.post(address, {"form_token": token, **typed})


def text(client, name, id=None):
    return client.get(reverse(name, args=[id] if id else [])).content.decode()


@pytest.fixture
def child():
    return children.register(born=dates.birthday(dates.today(), -17) - timedelta(days=210))


@pytest.fixture
def worker(child):
    client, who = signed_in("practitioner")
    involvement.record(child, practitioner=who, role="Adviser", from_on=dates.today(), by=makers.TESTER)
    return client


def state(child):
    child.refresh_from_db()
    return child.state


def archived(child):
    archive.archive(child, because="left", by=makers.TESTER)
    child.refresh_from_db()


def test_ix_63_a_practitioner_records_a_death_with_its_source_and_every_page_says_so(child, worker):
    answer = send(worker, "death", child.pk, on=dates.today().isoformat(), source="")
    assert answer.status_code == 422 and state(child) == "active"
    answer = send(worker, "death", child.pk, on=dates.today().isoformat(), source="The hospital")
    assert answer.url == reverse("child", args=[child.pk]) and state(child) == "deceased"
    page = text(worker, "child", child.pk)
    assert "Has died" in page and "The child has died" not in page


def test_ix_63_a_steward_takes_a_death_back(child):
    steward, _ = signed_in("steward")
    send(steward, "death", child.pk, on=dates.today().isoformat(), source="The registrar")
    assert "told by The registrar" in text(steward, "life", child.pk)
    assert send(steward, "death_in_error", child.pk).url == reverse("life", args=[child.pk])
    assert state(child) == "active"


def test_ix_64_a_practitioner_records_that_a_child_left_and_came_back(child, worker):
    send(worker, "left", child.pk, on=dates.today().isoformat(), returns="yes")
    assert "Has left the area" in text(worker, "child", child.pk)
    send(worker, "back", child.pk, on=dates.today().isoformat(), lines="2 Mill Lane", postcode="NM2 2BB")
    assert state(child) == "active" and "2 Mill Lane" in text(worker, "child", child.pk)


def test_ix_59_an_answer_is_recorded_and_taken_back(child, worker):
    assert "Whether the record stays after 18" in text(worker, "child", child.pk)
    typed = {"answer": "yes", "on": dates.today().isoformat(), "basis": "care-leaver"}
    assert send(worker, "stay", child.pk, **typed, until_age="30").status_code == 409
    assert send(worker, "stay", child.pk, **typed, until_age="21").status_code == 302
    assert "takes their consent back" in text(worker, "stay", child.pk)
    assert send(worker, "stay", child.pk).status_code == 302
    assert "What did they answer?" in text(worker, "stay", child.pk)


def test_ix_65_one_steward_asks_and_the_other_answers(child):
    east = makers.authority("EMR", "Eastmoor")
    nora, _ = signed_in("steward")
    ed, _ = signed_in("steward", at=makers.agency(authority=east))
    asked = send(nora, "ask_transfer", child.pk, to=str(east.pk), reason="The family moved")
    assert asked.url == reverse("transfers")
    request = child.transfers.get()
    assert nora.get(reverse("answer_transfer", args=[request.pk])).status_code == 404
    assert child.index_number in text(ed, "transfers")
    assert send(ed, "answer_transfer", request.pk, answer="refuse", because="").status_code == 422
    assert send(ed, "answer_transfer", request.pk, answer="accept").url == reverse("transfers")
    child.refresh_from_db()
    assert child.authority == east
    assert nora.get(reverse("life", args=[child.pk])).status_code == 404


def test_a_steward_finds_the_life_of_a_record_from_a_search(child):
    client, steward = signed_in("steward")
    found = children.search(steward, identifier=child.index_number)
    assert reverse("life", args=[child.pk]) in text(client, "results", found.pk)


def test_a_steward_sees_nothing_of_the_records_of_another_authority(child):
    client, _ = signed_in("steward", at=makers.agency(authority=makers.authority("EMR", "Eastmoor")))
    for name in ("life", "death", "left", "stay", "legal_hold"):
        assert client.get(reverse(name, args=[child.pk])).status_code == 404


def test_ix_61_a_steward_asks_by_number_reads_and_every_look_is_recorded(child):
    archived(child)
    client, steward = signed_in("steward")
    assert client.get(reverse("archived", args=[child.pk])).status_code == 404
    typed = {"number": child.index_number, "ground": "court", "reason": "Order 12 of the court"}
    assert send(client, "archive", **(typed | {"number": "nothing"})).status_code == 409
    answer = send(client, "archive", **typed)
    assert answer.url == reverse("archived", args=[child.pk])
    assert "Katherine Smith" in text(client, "archived", child.pk)
    look = Event.objects.filter(action="archive.read", kind="disclosure").latest("at")
    assert (look.practitioner, look.about) == (steward.pk, [child.pk])
    assert client.get(reverse("child", args=[child.pk])).status_code == 404


def test_ix_61_after_a_year_the_keeper_waits_for_a_second_person(child):
    archived(child)
    makers.change(Archiving.objects.get(), archived_on=date(2020, 1, 1))
    keeper, _ = signed_in("archive-keeper")
    officer, _ = signed_in("privacy-officer")
    typed = {"number": child.index_number, "ground": "court", "reason": "Order 12 of the court"}
    assert send(keeper, "archive", **typed).url == reverse("archive")
    assert "Waits for a second person" in text(keeper, "archive")
    read = child.archive_reads.get()
    assert keeper.get(reverse("archive_request", args=[read.pk])).status_code == 404
    page = text(officer, "archive_request", read.pk)
    assert "Order 12 of the court" in page and "Katherine" not in page
    assert send(officer, "archive_request", read.pk, answer="agree").url == reverse("home")
    assert "Katherine Smith" in text(keeper, "archived", child.pk)


def test_ix_64_an_archived_child_who_is_back_goes_on_under_the_old_number(child):
    archived(child)
    client, _ = signed_in("steward")
    send(client, "archive", number=child.index_number, ground="court", reason="Order 12 of the court")
    answer = send(client, "back", child.pk, on=dates.today().isoformat(), lines="2 Mill Lane", postcode="NM2 2BB")
    assert answer.url == reverse("life", args=[child.pk]) and state(child) == "active"


def test_ix_62_one_proposes_a_purge_another_does_it_and_a_certificate_stays(child):
    archived(child)
    makers.change(Archiving.objects.get(), purge_on=dates.today())
    steward, _ = signed_in("steward")
    officer, _ = signed_in("privacy-officer")
    assert child.index_number in text(steward, "purges")
    assert send(steward, "purges").url == reverse("purges")
    purge = purging.waiting()
    assert steward.get(reverse("purge", args=[purge.pk])).status_code == 404
    assert send(officer, "purge", purge.pk).url == reverse("purges")
    page = text(officer, "purges")
    assert purging.digest_of(child.index_number) in page and child.index_number not in page


def test_ix_62_a_hold_in_law_is_placed_and_lifted(child):
    client, _ = signed_in("steward")
    send(client, "legal_hold", child.pk, reason="Proceedings 12")
    assert "Proceedings 12" in text(client, "life", child.pk)
    send(client, "legal_hold", child.pk)
    assert "Proceedings 12" not in text(client, "life", child.pk)
