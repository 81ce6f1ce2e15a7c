"""The pages of the steward who watches over partners' files; whatever is uploaded, there is a clear answer."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from teamaround.index import errands
from teamaround.index import feeds as partners
from teamaround.index.models import Errand, Feed
from teamaround.index.terms import ErrandState, LoadState
from teamaround.kit import dates
from teamaround.people.models import Child
from tests import makers
from tests.index import feed_files
from tests.index.feed_files import ALI, KATE, WRONG
from tests.signing_in import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]

BY = {"by": makers.TESTER}


@pytest.fixture
def client():
    return sign_in(Client(), makers.practitioner(roles=("steward",)))


@pytest.fixture
def feed():
    return partners.arrange(source="school-roll", agency=makers.agency("Harbour Junior School"), **BY)


@pytest.fixture
def live(feed):
    return feed_files.live(feed)


def of_today(feed, *rows, **more):
    return feed_files.file(feed, *rows, made_on=dates.today().isoformat(), **more)


def token_on(page):
    return re.search(r'name="form_token" value="([^"]+)"', page.content.decode()).group(1)


def send(client, address, **typed):
    page = client.get(address)
    assert page.status_code == 200
    return client.post(address, {"form_token": token_on(page), **typed})


def upload(client, feed, data, kind="try"):
    return send(client, reverse("send_file", args=[feed.pk]), file=SimpleUploadedFile("roll.csv", data), kind=kind)


def text(page):
    return page.content.decode()


def test_a_steward_arranges_a_source_tries_a_file_goes_live_and_loads_it(client):
    school = makers.agency("Harbour Junior School")
    answer = send(client, reverse("arrange_feed"), source="school-roll", agency=str(school.pk))
    feed = Feed.objects.get()
    assert answer.url == reverse("feed", args=[feed.pk])

    tried = upload(client, feed, of_today(feed, KATE))
    assert "Waits for its turn" in text(client.get(tried.url))
    errands.work()
    assert "<strong>1 of 1</strong> done" in text(client.get(tried.url)) and not Child.objects.exists()

    assert send(client, reverse("go_live", args=[feed.pk])).url == reverse("feed", args=[feed.pk])
    loading = send(client, tried.url)
    errands.work()
    assert "Loaded in full" in text(client.get(loading.url)) and Child.objects.count() == 1


def test_ix_75_a_source_that_is_not_ready_does_not_go_live_and_the_page_says_why(client, feed):
    answer = send(client, reverse("go_live", args=[feed.pk]))
    assert answer.status_code == 409 and "Make a dry run first" in text(answer)


def test_ix_73_a_paused_source_is_let_go_on(client, live):
    partners.load(live, of_today(live, WRONG), **BY)
    assert "1 of 1 rows of file 1 were rejected" in text(client.get(reverse("feed", args=[live.pk])))
    send(client, reverse("resume_feed", args=[live.pk]))
    live.refresh_from_db()
    assert live.paused_because == ""
    assert send(client, reverse("resume_feed", args=[live.pk])).status_code == 409


def test_ix_70_a_file_that_never_came_is_left_out(client, live):
    partners.load(live, of_today(live, KATE), **BY)
    address = reverse("accept_gap", args=[live.pk])
    send(client, address, next_sequence="5")
    live.refresh_from_db()
    assert live.last_sequence == 4
    for typed, status in (("", 422), ("five", 422), ("0", 422), ("9" * 40, 422), ("3", 409)):
        assert send(client, address, next_sequence=typed).status_code == status


def test_a_file_is_taken_back_after_a_preview_and_once_only(client, live):
    loaded = partners.load(live, of_today(live, KATE, ALI), **BY)
    address = reverse("take_back_file", args=[loaded.pk])
    assert "2 records that this file made" in text(client.get(address))
    assert send(client, address).status_code == 422
    answer = send(client, address, sure="on")
    assert send(client, address, sure="on").status_code == 409
    errands.work()
    loaded.refresh_from_db()
    assert loaded.state == LoadState.UNDONE and "Taken back" in text(client.get(answer.url))
    assert not Child.objects.exists()
    assert "taken back already" in text(client.get(address))


def test_ix_71_the_answers_go_to_the_partner_as_a_table_and_for_a_machine(client, live):
    loaded = partners.load(live, of_today(live, KATE, WRONG, ALI), **BY)
    page = text(client.get(reverse("file", args=[loaded.pk])))
    assert "family_name is missing" in page and "Smith" not in page
    table = client.get(reverse("answers_csv", args=[loaded.pk]))
    assert table["Content-Disposition"].startswith("attachment") and "4,format,family_name" in text(table)
    read = json.loads(client.get(reverse("answers_json", args=[loaded.pk])).content)
    assert read["teamaround-answer"]["answer"] == "partial"


def test_how_good_the_files_are_is_shown_and_names_no_child(client, live):
    partners.load(live, of_today(live, KATE, WRONG), **BY)
    page = text(client.get(reverse("feed_quality", args=[live.pk])))
    assert "Mend first" in page and "family_name" in page and "Smith" not in page
    assert "fault,family_name" in text(client.get(reverse("feed_quality_csv", args=[live.pk])))


def test_before_a_file_came_there_is_nothing_to_say_of_it(client, feed):
    assert "No file could be read yet" in text(client.get(reverse("feed_quality", args=[feed.pk])))
    assert client.get(reverse("feed_quality_csv", args=[feed.pk])).status_code == 200


def test_only_a_steward_opens_any_of_it(live):
    loaded = partners.load(live, of_today(live, KATE), **BY)
    errand = errands.send(live, of_today(live, KATE, ALI, sequence=2), kind="load", **BY)
    other = sign_in(Client(), makers.practitioner(roles=("practitioner", "manager")))
    of_feed = ("feed", "send_file", "go_live", "resume_feed", "accept_gap", "feed_quality", "feed_quality_csv")
    of_file = ("file", "answers_csv", "answers_json", "take_back_file")
    addresses = [reverse("feeds"), reverse("arrange_feed"), reverse("errand", args=[errand.pk])]
    addresses += [reverse(name, args=[live.pk]) for name in of_feed]
    addresses += [reverse(name, args=[loaded.pk]) for name in of_file]
    assert {other.get(one).status_code for one in addresses} == {404}


def test_what_waits_because_the_service_is_down_is_said(client, live):
    errand = errands.send(live, of_today(live, KATE), kind="load", **BY)
    Errand.objects.filter(pk=errand.pk).update(state=ErrandState.AGAIN, answer="The service failed (OSError)")
    assert "will be tried again" in text(client.get(reverse("errand", args=[errand.pk])))


# Bad input.


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "The file is empty"),
        (b"nonsense", "The first line must start"),
        (b"\xff\xfeabc", "UTF-16"),
        (b"PK\x03\x04abc", "The file is a spreadsheet"),
        (b"#teamaround,school-roll,1,T1,1,2026-11-24\n\xe9", "not UTF-8"),
        (b"#teamaround" + b"," * 1_000_000, "longer than"),
        (b"[" * 100_000, "nested too deeply"),
        (b"#teamaround,school-roll,1,T1,1,2026-11-24\nx\n", "No such file is arranged"),
    ],
)
def test_what_cannot_be_a_file_is_answered_beside_the_field(client, feed, data, says):
    answer = upload(client, feed, data)
    assert answer.status_code == 409 and says in text(answer)
    assert not Errand.objects.exists()


def test_nothing_chosen_and_a_file_too_large_are_said(client, feed, monkeypatch):
    answer = send(client, reverse("send_file", args=[feed.pk]), kind="try")
    assert answer.status_code == 422 and "Select the file" in text(answer)
    monkeypatch.setattr("teamaround.web.feeds.forms.MOST_BYTES", 10)
    answer = upload(client, feed, of_today(feed, KATE))
    assert answer.status_code == 422 and "must be at most" in text(answer)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"upn,born,born\nx", "A column stands twice: born"),
        (b"upn," * 500_000, "The second line is longer than"),
        (b"upn,family_name\nx", "Missing column"),
        (b"", "The second line must name the columns"),
    ],
)
def test_a_file_whose_columns_cannot_be_read_is_answered_when_it_is_tried(client, feed, body, says):
    tried = upload(client, feed, of_today(feed, KATE).split(b"\n")[0] + b"\n" + body)
    errands.work()
    page = text(client.get(tried.url))
    assert "Could not be read" in page and says in page


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=200), after_the_header=st.booleans())
def test_no_upload_brings_the_page_or_the_worker_down(client, feed, data, after_the_header):
    whole = of_today(feed, KATE) + b"\n" + data if after_the_header else data
    answer = upload(client, feed, whole)
    assert answer.status_code in (302, 409, 422)
    errands.work()
    if answer.status_code == 302:
        assert client.get(answer.url).status_code == 200
    assert not Child.objects.exists()
