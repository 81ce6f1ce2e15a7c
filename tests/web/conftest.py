import pytest
from django.core.cache import cache

from tests.signing_in import sign_in


@pytest.fixture(autouse=True)
def _nobody_has_tried_yet():
    """Rate limits are counted in the cache."""
    cache.clear()


@pytest.fixture
def priya(client, world):
    """Priya, signed in."""
    sign_in(client, world.priya)
    return world.priya
