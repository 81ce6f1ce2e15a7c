"""One door to the GOV.UK components' official macros."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader, TemplateNotFound

# The macros import each other by the package's name, so the loader must know them under it.
_macros = Environment(
    loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
    undefined=ChainableUndefined,
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)


@cache
def _macro(name: str) -> Any:
    try:
        template = _macros.get_template(f"govuk_frontend_jinja/components/{name}/macro.html")
    except TemplateNotFound as missing:
        raise LookupError(
            f"There is no GOV.UK component {name!r}; use a name like 'button' or 'summary-list'"
        ) from missing
    return getattr(template.module, "govuk" + "".join(word.capitalize() for word in name.split("-")))


def component(name: str, params: Mapping[str, Any]) -> SafeString:
    """The markup of one GOV.UK component.

    Text is escaped by the macro, unless it is already safe.

    >>> "Find a child" in component("button", {"text": "Find a child"})
    True
    """
    kept: list[str] = []
    markup = str(_macro(name)(_put_aside(params, kept))).strip()
    for number, html in enumerate(kept):
        markup = markup.replace(_token(number), html)
    # Safe: the macros escape every value that is not passed as `html`, and are tested against upstream's fixtures.
    return mark_safe(markup)


def _put_aside(value: Any, kept: list[str]) -> Any:
    """The same parameters with a token for each piece of html.

    The macros indent the html they are given, and with it every line that somebody typed into a text area.
    """
    if isinstance(value, Mapping):
        return {
            key: _set_aside(each, kept) if key == "html" and each else _put_aside(each, kept)
            for key, each in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [_put_aside(each, kept) for each in value]
    return value


def _set_aside(html: object, kept: list[str]) -> str:
    kept.append(str(html))
    return _token(len(kept) - 1)


def _token(number: int) -> str:
    return f"<!--html {number}-->"  # nobody can type one: what is typed is escaped


def joined(parts: Iterable[SafeString]) -> SafeString:
    """Pieces of markup as one."""
    return mark_safe("\n".join(parts))  # safe: each part is


def words_or_html(value: object) -> dict[str, str]:
    """What the macros expect of a value: `html` where it was made safe on purpose, else `text`, which they escape."""
    words = str(value)  # a lazy text becomes what it promises, safe or not
    return {"html": words} if hasattr(words, "__html__") else {"text": words}
