"""What stands between a form and its publication: what it must never lose, and what a reader could not use."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from .answering import matches
from .conditions import Condition
from .definitions import Field, FormDefinition, Section
from .terms import INSISTS, Needed, Stage, Type

#: the stages, from the laxest: a form of an area may ask for an answer sooner than the national one, never later
STRICTNESS = (Needed.NEVER, Needed.FINALISE, Needed.ALWAYS)

LONGEST_LABEL = 150

Protected = Mapping[str, Mapping[str, str]]


@cache
def protected_concepts(key: str) -> Protected:
    """What any form of this key must ask, by kind: {"child view": {concept: when at the latest}}."""
    text = files(__package__).joinpath("data", "protected-concepts.json").read_text("utf-8")
    return json.loads(text).get(key, {})


def problems_to_publish(form: FormDefinition) -> list[str]:
    """What must be mended before the form may be published, as sentences; none means that it may be."""
    return [
        *_protected(form),
        *_twice(form),
        *_sections(form),
        *(problem for section, field in form.every_field() for problem in _field(section, field)),
        *_conditions(form),
        *_rules(form),
    ]


def _protected(form: FormDefinition) -> Iterator[str]:
    for kind, concepts in protected_concepts(form.key).items():
        for concept, needed in concepts.items():
            if concept not in form.by_concept:
                yield f"‘{concept}’ ({kind}) is missing. It may be moved or said in other words, never removed"
            elif STRICTNESS.index(form.field(concept).required) < STRICTNESS.index(Needed(needed)):
                yield f"‘{concept}’ ({kind}) must be required at ‘{needed}’ at the latest"


def _twice(form: FormDefinition) -> Iterator[str]:
    yield from _repeated("section key", [section.key for section in form.sections])
    yield from _repeated("concept", [field.concept for _, field in form.every_field()])
    for section in form.sections:
        yield from _repeated(f"question key in section ‘{section.key}’", [field.key for field in section.fields])
        for table in section.fields:
            yield from _repeated(f"question key in ‘{section.key}.{table.key}’", [one.key for one in table.fields])


def _repeated(what: str, names: list[str]) -> Iterator[str]:
    yield from (f"The {what} ‘{name}’ is used twice" for name, count in Counter(names).items() if count > 1)


def _sections(form: FormDefinition) -> Iterator[str]:
    if not form.sections:
        yield "The form has no sections"
    if form.effective_from is None:
        yield "The form does not say from which day it holds: ‘effective_from’"
    for section in form.sections:
        if not section.fields:
            yield f"Section ‘{section.key}’ has no questions"
        labels = [field.label for field in section.fields if field.label]
        yield from _repeated(f"label in section ‘{section.key}’", labels)


def _field(section: Section, field: Field) -> Iterator[str]:
    """What somebody who only hears the page, or reads slowly, would stumble over; and what cannot be answered."""
    where = f"Question ‘{field.key}’ in section ‘{section.key}’"
    if not field.label.strip():
        yield f"{where} has no label, so that nobody who only hears the page knows what is asked"
    if len(field.label) > LONGEST_LABEL:
        yield f"{where} has a label of {len(field.label)} characters; say it in {LONGEST_LABEL}, the rest in the hint"
    if field.label.isupper() and len(field.label) > 5:
        yield f"{where} shouts: write the label in small letters"
    if field.hint and field.hint == field.label:
        yield f"{where} repeats its label in the hint"
    if field.type is Type.NOTICE and not field.hint:
        yield f"{where} is a notice without words: put them into the hint"
    if field.is_table and (not field.fields or field.most < max(field.least, 1)):
        yield f"{where} is a table that can hold no row"
    if any(inner.is_table for inner in field.fields):
        yield f"{where} is a table within a table"
    if not field.is_asked and field.required in INSISTS[Stage.SAVE]:
        yield f"{where} is required ‘always’, but nobody is asked"


def _conditions(form: FormDefinition) -> Iterator[str]:
    """Conditions name answers that can be given."""
    asked = {field.concept: field for _, field in form.every_field()}
    for where, condition in _places(form):
        for each in condition.questions():
            for code in sorted((each.codes or frozenset()) - set(asked[each.concept].choices)):
                yield f"{where}: ‘visible_if’ waits for ‘{code}’, which is no answer to ‘{each.concept}’"


def _places(form: FormDefinition) -> Iterator[tuple[str, Condition]]:
    for section in form.sections:
        if section.visible_if:
            yield f"Section ‘{section.key}’", section.visible_if
    for section, field in form.every_field():
        if field.visible_if:
            yield f"Question ‘{field.key}’ in section ‘{section.key}’", field.visible_if


def _rules(form: FormDefinition) -> Iterator[str]:
    for number, rule in enumerate(form.rules, start=1):
        for pattern in rule.of:
            if not any(matches(concept, (pattern,)) for concept in form.by_concept):
                yield f"Rule {number} is about ‘{pattern}’, which the form does not ask"
