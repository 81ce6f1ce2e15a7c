"""The server refuses to start with an address that declares neither an action of the policy nor why it needs none."""

from collections.abc import Iterator
from typing import Any

from django.core import checks
from django.urls import URLPattern, URLResolver, get_resolver

from teamaround.access.policy import TABLE

from .open_addresses import OPEN_ADDRESSES


def patterns(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the server, with its whole path."""
    for one in (resolver or get_resolver()).url_patterns:
        path = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from patterns(one, path)
        else:
            yield path, one


def undeclared(found: Iterator[tuple[str, URLPattern]] | None = None) -> list[str]:
    """The addresses that declare nothing, or an action that is not in the table."""
    return [
        path
        for path, one in found or patterns()
        if getattr(one.callback, "action", None) not in TABLE and one.name not in OPEN_ADDRESSES
    ]


def every_address_declares_an_action(app_configs: Any, **_: Any) -> list[checks.CheckMessage]:
    """One error for each address that declares nothing."""
    return [
        checks.Error(
            f"/{path} declares no action",
            hint="Put @page(Action...) on its view, or list its name with the reason in web/open_addresses.py.",
            id="teamaround.E001",
        )
        for path in undeclared()
    ]
