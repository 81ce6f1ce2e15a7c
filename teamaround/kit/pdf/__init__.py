"""Documents as accessible PDF (PDF/UA-1): headings, lists and tables that a screen reader finds its way through."""

import json
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any

import typst

TEMPLATES = files("teamaround.kit.pdf")


def make(template: str, content: Mapping[str, Any]) -> bytes:
    """A PDF from one of the templates of this package; the content is data and never becomes markup."""
    return _compile(template, content, pdf_standards=["ua-1"])


def make_fitting(template: str, contents: Iterable[Mapping[str, Any]]) -> bytes:
    """A PDF of the first of these contents that takes one page, the longest first; of the last if none does."""
    content: Mapping[str, Any] = {}
    for content in contents:
        if pages(template, content) == 1:
            break
    return make(template, content)


def pages(template: str, content: Mapping[str, Any]) -> int:
    """How many pages a content takes."""
    drawn = _compile(template, content, format="svg")
    return len(drawn) if isinstance(drawn, list) else 1


def _compile(template: str, content: Mapping[str, Any], **options: Any) -> Any:
    source = TEMPLATES.joinpath(f"{template}.typ").read_bytes()
    return typst.compile(source, sys_inputs={"content": json.dumps(content, ensure_ascii=False)}, **options)
