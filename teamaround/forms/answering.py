"""Answers read under their form: what is asked of this child, what is still missing, and the words to show.

Answers are {section key: {question key: value}}; a table's value is a list of rows. Values are what JSON holds:
text, a code, a list of codes, a whole number, a date as 2026-05-03.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from teamaround.kit import dates

from .conditions import ValueOf
from .definitions import Field, FormDefinition, Section, Together
from .terms import INSISTS, Needed, Rule, Stage, Type

Answers = Mapping[str, Mapping[str, Any]]


class Missing(NamedTuple):
    """An answer that must still be given. In a table `row` counts from nought and `inner` is the question in it."""

    section: str
    field: str
    sentence: str
    row: int | None = None
    inner: str = ""


@dataclass(frozen=True)
class Line:
    """One question as a reader sees it. A table has no text of its own but rows of lines."""

    label: str
    text: str
    concept: str
    rows: tuple[tuple["Line", ...], ...] = ()

    @property
    def is_answered(self) -> bool:
        return bool(self.text or self.rows)


@dataclass(frozen=True)
class ShownSection:
    key: str
    title: str
    part: str
    lines: tuple[Line, ...]

    @property
    def is_answered(self) -> bool:
        return any(line.is_answered for line in self.lines)


@dataclass(frozen=True)
class Sheet:
    """Answers beside their form."""

    form: FormDefinition
    answers: Answers

    def value(self, concept: str) -> Any:
        """What a question was answered with; nothing where it is not asked, whatever was said before."""
        if concept not in self.form.by_concept:
            return None
        section, field = self.form.by_concept[concept]
        return self.given(section, field) if self.asks(section, field) else None

    def given(self, section: Section, field: Field) -> Any:
        return self.answers.get(section.key, {}).get(field.key)

    def shows(self, section: Section) -> bool:
        return section.visible_if is None or section.visible_if.holds(self.value)

    def asks(self, section: Section, field: Field) -> bool:
        return self.shows(section) and (field.visible_if is None or field.visible_if.holds(self.value))

    def fields(self) -> Iterator[tuple[Section, Field]]:
        """Every question that is asked, in order."""
        every = ((section, field) for section in self.form.sections for field in section.fields)
        return ((section, field) for section, field in every if self.asks(section, field))

    def in_row(self, table: Field, row: Mapping[str, Any]) -> tuple[Field, ...]:
        """The questions asked in one row of a table."""
        value_of = self._within(table, row)
        return tuple(one for one in table.fields if one.visible_if is None or one.visible_if.holds(value_of))

    def _within(self, table: Field, row: Mapping[str, Any]) -> ValueOf:
        beside = {one.concept: row.get(one.key) for one in table.fields}
        return lambda concept: beside[concept] if concept in beside else self.value(concept)


def is_empty(value: Any) -> bool:
    return value is None or value == "" or value == []


def is_visible(form: FormDefinition, answers: Answers, section: str, field: str = "") -> bool:
    """Whether a section, or one question of it, is asked after these answers."""
    sheet, page = Sheet(form, answers), form.section(section)
    return sheet.asks(page, page.by_key[field]) if field else sheet.shows(page)


def value_of(form: FormDefinition, answers: Answers, concept: str) -> Any:
    """The answer to a question by its concept, whichever form and section it stands in."""
    return Sheet(form, answers).value(concept)


def visible_only(form: FormDefinition, answers: Answers) -> dict[str, dict[str, Any]]:
    """The answers to the questions that are asked: what is left behind an answer that changed is not kept."""
    kept: dict[str, dict[str, Any]] = {}
    sheet = Sheet(form, answers)
    for section, field in sheet.fields():
        value = sheet.given(section, field)
        if not is_empty(value) and field.type is not Type.NOTICE:
            kept.setdefault(section.key, {})[field.key] = value
    return kept


def prefilled(form: FormDefinition, facts: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The answers the records know already, by the names of terms.KNOWN; people confirm them and need not retype."""
    known: dict[str, dict[str, Any]] = {}
    for section in form.sections:
        for field in section.fields:
            if field.known and not is_empty(facts.get(field.known)):
                known.setdefault(section.key, {})[field.key] = _stored(facts[field.known])
    return known


def _stored(fact: Any) -> Any:
    return fact.isoformat() if isinstance(fact, date) else fact


# ── what is missing ──────────────────────────────────────────────────────────────────────────


def missing(form: FormDefinition, answers: Answers, stage: Stage | str) -> list[Missing]:
    """What must still be answered before this stage, as sentences for the person who answers."""
    insists = INSISTS[Stage(stage)]
    sheet = Sheet(form, answers)
    found = [each for section, field in sheet.fields() for each in _missing_in(sheet, section, field, insists)]
    return found + [each for rule in form.rules if rule.needed in insists for each in _broken(sheet, rule)]


def _missing_in(sheet: Sheet, section: Section, field: Field, insists: tuple[Needed, ...]) -> Iterator[Missing]:
    value = sheet.given(section, field)
    if not field.is_asked:
        return
    if is_empty(value):
        if field.required in insists:
            yield Missing(section.key, field.key, ask_for(field))
        return
    if field.is_table:
        yield from _missing_in_rows(sheet, section, field, value, insists)


def _missing_in_rows(
    sheet: Sheet, section: Section, table: Field, rows: list[Mapping[str, Any]], insists: tuple[Needed, ...]
) -> Iterator[Missing]:
    if len(rows) < table.least:
        yield Missing(section.key, table.key, f"{table.label}: enter at least {table.least}")
    for number, row in enumerate(rows):
        for one in sheet.in_row(table, row):
            if one.required in insists and is_empty(row.get(one.key)):
                sentence = f"{table.label}, {number + 1}: {_lower(ask_for(one))}"
                yield Missing(section.key, table.key, sentence, number, one.key)


def _broken(sheet: Sheet, rule: Together) -> Iterator[Missing]:
    """A rule over several questions, told at the first question it is about."""
    about = [(section, field) for section, field in sheet.fields() if matches(field.concept, rule.of)]
    answered = sum(not is_empty(sheet.given(section, field)) for section, field in about)
    kept = answered == 1 if rule.rule is Rule.EXACTLY_ONE else answered > 0
    if about and not kept:
        section, field = about[0]
        yield Missing(section.key, field.key, rule.sentence)


def matches(concept: str, patterns: tuple[str, ...]) -> bool:
    """
    >>> matches("caf.dev.health.general.needs", ("caf.*.strengths", "caf.*.needs"))
    True
    """
    return any(fnmatchcase(concept, pattern) for pattern in patterns)


def ask_for(field: Field) -> str:
    """What to say where an answer is missing: the form's own words, or words made from the question.

    >>> ask_for(Field("name", "child.name", Type.TEXT, "First name"))
    'Enter first name'
    """
    if field.when_missing:
        return field.when_missing
    if field.label.endswith("?"):
        return f"Answer “{field.label}”"
    verb = "Select" if field.choices else "Enter"
    return f"{verb} {_lower(field.label)}"


def _lower(words: str) -> str:
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


# ── what is shown ────────────────────────────────────────────────────────────────────────────


def for_family(field: Field) -> bool:
    """Whether a family's copy holds the answer."""
    return field.family_visible


def show(
    form: FormDefinition, answers: Answers, fits: Callable[[Field], bool] = lambda field: True
) -> list[ShownSection]:
    """The answers under the words they were given to; of the questions only those that fit.

    show(form, answers, for_family) is the family's copy.
    """
    sheet = Sheet(form, answers)
    shown = [
        ShownSection(section.key, section.title, section.part, tuple(_lines(sheet, section, fits)))
        for section in form.sections
        if sheet.shows(section)
    ]
    return [section for section in shown if section.lines]


def _lines(sheet: Sheet, section: Section, fits: Callable[[Field], bool]) -> Iterator[Line]:
    for field in section.fields:
        if field.type is Type.NOTICE or not fits(field) or not sheet.asks(section, field):
            continue
        value = sheet.given(section, field)
        rows = tuple(_row(sheet, field, row, fits) for row in value or ()) if field.is_table else ()
        yield Line(field.label, "" if field.is_table else said(field, value), field.concept, rows)


def _row(sheet: Sheet, table: Field, row: Mapping[str, Any], fits: Callable[[Field], bool]) -> tuple[Line, ...]:
    return tuple(
        Line(one.label, said(one, row.get(one.key)), one.concept)
        for one in sheet.in_row(table, row)
        if fits(one) and not is_empty(row.get(one.key))
    )


def said(field: Field, value: Any) -> str:
    """An answer in words: codes by their labels, days as people write them.

    >>> said(Field("born", "child.date_of_birth", Type.DATE, "Date of birth"), "2019-09-04")
    '4 September 2019'
    """
    if is_empty(value):
        return ""
    if field.type is Type.DATE:
        return dates.say(date.fromisoformat(value))
    if isinstance(value, list):
        return "; ".join(field.choices.get(each, str(each)) for each in value)
    return field.choices.get(value, str(value)) if field.choices else str(value)
