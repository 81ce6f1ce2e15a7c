"""How far a long work is that pages may speak of, such as loading the demonstration."""

from django.core.cache import cache

KEY = "demonstration-loading"


def say(percent: int | None) -> None:
    """Let every page know how far it is; None when there is nothing to wait for any more."""
    if percent is None:
        cache.delete(KEY)
    else:
        cache.set(KEY, percent, timeout=600)


def percent() -> int | None:
    """How far it is, from 0 to 100; None when nothing is under way, or nobody has heard of it for ten minutes."""
    return cache.get(KEY)
