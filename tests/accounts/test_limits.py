"""How often somebody may try is counted for all processes together, in the database."""

import pytest
from django.core.cache import caches

from teamaround.config import settings as product
from tests.accounts.test_signing_in import enter_password

pytestmark = pytest.mark.django_db

SHARED = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "teamaround_cache"}


@pytest.fixture
def shared_cache(settings):
    settings.CACHES = {"default": SHARED}


def test_the_table_of_the_cache_is_made_by_a_migration(shared_cache):
    assert caches["default"].add("tries", 1)
    assert not caches["default"].add("tries", 1)
    assert caches["default"].get("tries") == 1


def test_tries_are_counted_in_it(shared_cache, client, account):
    for _ in range(5):
        enter_password(client, account, "not the password at all")
    assert "Too many tries" in enter_password(client, account).content.decode()


def test_the_product_names_that_table():
    assert product.CACHES["default"]["LOCATION"] == SHARED["LOCATION"]
