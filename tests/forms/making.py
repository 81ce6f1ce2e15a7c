"""Small forms for tests: `form(text("name"))` is a form with one section of one question."""

import json

from teamaround.forms.definitions import read


def q(key, kind="text", label="", **more):
    """One question."""
    return {"key": key, "type": kind, "label": label or key.replace("_", " ").capitalize(), **more}


def document(*fields, **more):
    """A form with one section that holds these questions."""
    section = {"key": "page", "title": "Page", "concept": "note", "fields": list(fields)}
    return {
        "key": "note",
        "version": "1",
        "title": "Note",
        "effective_from": "2026-01-01",
        "sections": [section],
        **more,
    }


def form(*fields, **more):
    return read(document(*fields, **more))


def text_of(*fields, **more):
    return json.dumps(document(*fields, **more))
