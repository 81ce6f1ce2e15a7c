"""The list of sections leads somewhere, for whoever writes and for whoever reads."""

import re

import pytest

from tests import makers
from tests.casework.world import Family
from tests.signing_in import sign_in
from tests.web.sending import send, send_to, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(reference):
    family = Family()
    makers.shipped_forms()
    return family


def sections(client, episode) -> list[str]:
    page = text(client.get(f"/episodes/{episode.pk}/assessment/"))
    return re.findall(rf'href="(/episodes/{episode.pk}/assessment/(?:read|write)/[^"]+)"', page)


def test_every_section_can_be_opened_by_whoever_writes(client, family):
    episode = family.assessing()
    found = sections(sign_in(client, family.priya), episode)
    assert any("/write/safeguarding/" in one for one in found)
    assert {client.get(one).status_code for one in found} == {200}


def test_every_section_that_is_listed_can_be_opened_by_whoever_reads(client, family):
    episode = family.assessing()
    found = sections(sign_in(client, family.jo), episode)
    assert len(found) > 30 and all("/read/" in one for one in found)
    assert {client.get(one).status_code for one in found} == {200}


def test_a_section_that_does_not_exist_is_not_there(client, family):
    episode = family.assessing()
    assert sign_in(client, family.priya).get(f"/episodes/{episode.pk}/assessment/read/nonsense/").status_code == 404


def words_in(page, name) -> str:
    return re.search(rf'name="{name}"[^>]*>\s*([^<]*)<', text(page)).group(1).strip()


def version_in(page) -> str:
    return re.search(r'name="version" value="(\d+)"', text(page)).group(1)


@pytest.fixture
def two_tabs(client, family):
    """One section open in two tabs; the first has saved, and the second sends its own words now."""
    address = f"/episodes/{family.assessing().pk}/assessment/write/wider_family/"
    second = sign_in(client, family.priya).get(address)
    send(client, address, strengths="Tab one", version="0")
    return address, send_to(client, second, address, strengths="Tab two", version=version_in(second))


def test_whoever_saves_over_newer_words_is_shown_both(client, two_tabs):
    address, answer = two_tabs
    assert answer.status_code == 409
    assert "Tab one" in text(answer) and words_in(answer, "strengths") == "Tab two"
    assert "Save over theirs" in text(answer)
    saved = send_to(client, answer, address, strengths="Both", version=version_in(answer))
    assert saved.status_code == 302 and words_in(client.get(address), "strengths") == "Both"


def test_words_kept_from_before_newer_ones_do_not_replace_them_unseen(client, two_tabs):
    address, _ = two_tabs
    again = client.get(address)
    assert words_in(again, "strengths") == "Tab two"
    answer = send_to(client, again, address, strengths="Tab two", version=version_in(again))
    assert answer.status_code == 409 and "Tab one" in text(answer)


def test_a_form_that_is_not_in_order_keeps_the_version_it_was_opened_at(client, family):
    address = f"/episodes/{family.assessing().pk}/assessment/write/wider_family/"
    opened = sign_in(client, family.priya).get(address)
    send(client, address, strengths="Tab one", version="0")
    answer = send_to(client, opened, address, strengths="x" * 20_000, version=version_in(opened))
    assert (answer.status_code, version_in(answer)) == (422, "0")
