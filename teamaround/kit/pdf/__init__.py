"""Documents as accessible PDF (PDF/UA-1): headings, lists and tables that a screen reader finds its way through."""

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import typst

TEMPLATES = files("teamaround.kit.pdf")


def make(template: str, content: Mapping[str, Any]) -> bytes:
    """A PDF from one of the templates of this package; the content is data and never becomes markup."""
    return typst.compile(
        TEMPLATES.joinpath(f"{template}.typ").read_bytes(),
        sys_inputs={"content": json.dumps(content, ensure_ascii=False)},
        pdf_standards=["ua-1"],
    )
