"""The list of sections leads somewhere, for whoever writes and for whoever reads."""

import re

import pytest

from tests import makers
from tests.casework.world import Family
from tests.signing_in import sign_in
from tests.web.sending import text

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
