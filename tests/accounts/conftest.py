import pytest
from django.core.cache import cache

from tests import makers
from tests.signing_in import account_of


@pytest.fixture(autouse=True)
def _nobody_has_tried_yet():
    """Rate limits are counted in the cache."""
    cache.clear()


@pytest.fixture
def priya(world):
    return world.priya


@pytest.fixture
def account(priya):
    """Priya's account: a password, and as yet no second factor."""
    return account_of(priya)


@pytest.fixture
def stranger(db):
    return makers.practitioner(account=True)
