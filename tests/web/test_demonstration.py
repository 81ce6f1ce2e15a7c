"""One click makes a visitor somebody of the demonstration, and nowhere else."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import NoReverseMatch, include, path, reverse

from teamaround.accounts import signin
from teamaround.audit.models import Event
from teamaround.web import open_addresses
from tests.signing_in import account_of

pytestmark = pytest.mark.django_db

#: as the addresses stand in the demonstration
urlpatterns = [
    path("", include("teamaround.web.demonstration.urls")),
    path("", include("teamaround.config.urls")),
]

ADDRESS = "/demonstration/"


@pytest.fixture
def demonstration(settings):
    settings.DEMONSTRATION = True


@pytest.fixture
def priya(world):
    account_of(world.priya)
    return world.priya


def test_outside_the_demonstration_there_is_no_such_address(client, priya):
    assert client.get(ADDRESS).status_code == 404
    assert client.post(ADDRESS, {"persona": str(priya.pk)}).status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("demonstration")


@pytest.mark.urls(__name__)
def test_outside_the_demonstration_the_page_refuses_even_if_it_had_an_address(client, priya):
    assert client.get(ADDRESS).status_code == 404
    assert client.post(ADDRESS, {"persona": str(priya.pk)}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_outside_the_demonstration_nobody_is_signed_in_as_a_persona(client, priya):
    request = HttpRequest()
    request.session = client.session
    with pytest.raises(PermissionDenied):
        signin.open_as_persona(request, priya.account)
    assert "_auth_user_id" not in request.session


@pytest.mark.urls(__name__)
def test_in_the_demonstration_one_click_is_enough(client, priya, demonstration):
    page = client.get(ADDRESS).content.decode()
    assert "Priya Deol" in page and "SENCO, Harbour Primary School" in page
    assert client.post(ADDRESS, {"persona": str(priya.pk)}).url == "/"
    home = client.get("/")
    assert home.status_code == 200
    assert "Priya Deol" in home.content.decode()
    assert Event.objects.get(action="sign-in.opened").facts == {"methods": ["demonstration"]}


@pytest.mark.urls(__name__)
def test_a_visitor_can_become_somebody_else(client, world, priya, demonstration):
    account_of(world.dan)
    for one in (priya, world.dan):
        client.post(ADDRESS, {"persona": str(one.pk)})
        assert one.name in client.get("/").content.decode()


@pytest.mark.urls(__name__)
def test_only_personas_can_be_chosen(client, world, priya, demonstration):
    world.ruth.name = "Somebody Else"
    account_of(world.ruth)
    assert client.post(ADDRESS, {"persona": str(world.ruth.pk)}).status_code == 404


def test_the_address_is_listed_with_its_reason():
    assert "demonstration only" in open_addresses.OPEN_ADDRESSES["demonstration"]
