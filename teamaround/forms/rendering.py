"""A form definition as a page: one Django form for a section, or for a whole short form.

A table is as many rows as were answered; "Add another" posts `add_another` with the table's name and works
without a script. A row left empty is not kept. What a person typed and what the definition asks are compared in
`cleaning` and `answering`, so that a page and a machine are told the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from teamaround.kit.govuk.forms import Form, revealed_names

from .answering import Answers, Sheet, is_empty, missing
from .cleaning import Problem, Unclear, clean
from .conditions import Answered, concepts
from .definitions import Field, FormDefinition, Section
from .questions import django_field, opens_inside
from .terms import Stage, Type

ADD = "add_another"
CHECK_KNOWN = "From the record: check it, and change what is wrong."


def with_check(hint: str) -> str:
    """A hint, followed by the sentence that asks to check what the record knows.

    >>> with_check("As on the birth certificate"), with_check("")
    ('As on the birth certificate. From the record: check it, and change what is wrong.', \
'From the record: check it, and change what is wrong.')
    """
    return f"{hint.removesuffix('.')}. {CHECK_KNOWN}" if hint else CHECK_KNOWN


@dataclass(frozen=True)
class Row:
    """One row of a table on a page."""

    title: str
    questions: tuple[BoundField, ...]


@dataclass(frozen=True)
class Block:
    """One thing after another on the page: a question, a table of rows, or a notice."""

    field: Field
    name: str
    question: BoundField | None = None
    rows: tuple[Row, ...] = ()
    may_add: bool = False


@dataclass(frozen=True)
class Page:
    section: Section
    blocks: tuple[Block, ...]


class AnswersForm(Form):
    """The questions of some sections. `answers()` gives what was answered once the form is valid."""

    def __init__(
        self,
        definition: FormDefinition,
        sections: Sequence[Section],
        answers: Answers | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        self.definition, self.sections = definition, tuple(sections)
        self.stored = {key: dict(value) for key, value in (answers or {}).items()}
        self.alone = len(self.sections) == 1
        self.adding = str((data or {}).get(ADD) or "")
        self.given: dict[str, dict[str, Any]] = {}
        super().__init__(self._counted(data), use_required_attribute=False)
        for section in self.sections:
            for field in self.asked(section):
                self._ask(section, field)

    # ── which questions ─────────────────────────────────────────────────────────────────────

    def asked(self, section: Section) -> list[Field]:
        """The questions on the page: those whose condition depends on an answer of this page are always there."""
        sheet = Sheet(self.definition, self.stored)
        here = {field.concept for each in self.sections for field in each.fields}
        return [
            field
            for field in section.fields
            if (field.is_asked or field.type is Type.NOTICE)
            and (concepts(field.visible_if) & here or sheet.asks(section, field) or concepts(section.visible_if) & here)
        ]

    def name(self, section: Section, field: Field) -> str:
        return field.key if self.alone else f"{section.key}-{field.key}"

    def row_name(self, section: Section, table: Field, row: int, inner: str) -> str:
        return f"{self.name(section, table)}-{row}-{inner}"

    def tables(self) -> Iterator[tuple[Section, Field]]:
        return ((section, field) for section in self.sections for field in section.fields if field.is_table)

    def _stored(self, section: Section, field: Field) -> Any:
        return self.stored.get(section.key, {}).get(field.key)

    # ── rows ────────────────────────────────────────────────────────────────────────────────

    def _counted(self, data: Mapping[str, Any] | None) -> Any:
        """What was sent, with the number of rows that are to be shown now."""
        if data is None:
            return None
        counted = data.copy() if hasattr(data, "copy") else dict(data)
        for section, table in self.tables():
            name = self.name(section, table)
            counted[f"{name}-rows"] = str(self._rows_sent(table, name, data))
        return counted

    def _rows_sent(self, table: Field, name: str, data: Mapping[str, Any]) -> int:
        sent = str(data.get(f"{name}-rows") or "1")
        rows = int(sent) if sent.isdecimal() else 1
        return max(1, min(rows + (self.adding == name), table.most))

    def rows(self, section: Section, table: Field) -> int:
        """How many rows the page shows; an empty table shows one to begin with."""
        if self.is_bound:
            return int(self.data[f"{self.name(section, table)}-rows"])
        return max(1, table.least, len(self._stored(section, table) or []))

    def wants_another(self, data: Mapping[str, Any]) -> bool:
        """Whether a further row is asked for, so that nothing is to be saved yet."""
        return bool(data.get(ADD))

    # ── asking ──────────────────────────────────────────────────────────────────────────────

    def _ask(self, section: Section, field: Field) -> None:
        name = self.name(section, field)
        if field.is_table:
            self._ask_rows(section, field, name)
        elif field.is_asked:
            value = self._stored(section, field)
            opened = {code: [self.name(section, one) for one in inner] for code, inner in self._opened(section, field)}
            hint = with_check(field.hint) if field.known and not is_empty(value) else field.hint
            self.fields[name] = django_field(field, value, hint=hint, reveals=opened)

    def _ask_rows(self, section: Section, table: Field, name: str) -> None:
        self.fields[f"{name}-rows"] = forms.CharField(widget=forms.HiddenInput, required=False)
        self.initial[f"{name}-rows"] = str(self.rows(section, table))
        stored = self._stored(section, table) or []
        for row in range(self.rows(section, table)):
            values = stored[row] if row < len(stored) else {}
            for inner in table.fields:
                self.fields[self.row_name(section, table, row, inner.key)] = django_field(
                    inner, values.get(inner.key), hint=inner.hint, reveals={}, in_row=True
                )

    def _opened(self, section: Section, field: Field) -> Iterator[tuple[str, list[Field]]]:
        """The questions that one answer alone opens: they stand under it. Others follow on the page."""
        for code in field.choices if opens_inside(field) else ():
            alone = Answered(field.concept, frozenset({code}))
            inner = [one for one in section.fields if one.visible_if == alone and one.is_asked and not one.is_table]
            if inner:
                yield code, inner

    # ── what was answered ───────────────────────────────────────────────────────────────────

    def full_clean(self) -> None:
        """A page that only grows by a row is shown again as it is: nothing in it is wrong yet."""
        if self.adding:
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for section in self.sections:
            self._understand(section)
        self._miss()
        return cleaned

    def _understand(self, section: Section) -> None:
        try:
            self.given[section.key] = clean(self.definition, section.key, self._raw(section))
        except Unclear as unclear:
            for problem in unclear.problems:
                self._point_at(section, problem)

    def _raw(self, section: Section) -> dict[str, Any]:
        raw: dict[str, Any] = {}
        for field in self.asked(section):
            if field.is_table:
                raw[field.key] = [self._raw_row(section, field, row) for row in range(self.rows(section, field))]
            elif field.is_asked:
                raw[field.key] = self.cleaned_data.get(self.name(section, field))
        return raw

    def _raw_row(self, section: Section, table: Field, row: int) -> dict[str, Any]:
        return {
            inner.key: self.cleaned_data.get(self.row_name(section, table, row, inner.key)) for inner in table.fields
        }

    def _point_at(self, section: Section, problem: Problem) -> None:
        field = section.by_key[problem.field]
        name = self.name(section, field)
        if problem.row is not None:
            name = self.row_name(section, field, problem.row, problem.inner)
        self._say(name, problem.sentence)

    def _say(self, name: str, sentence: str) -> None:
        """Say it beside the question, unless something is said there already."""
        if name not in self.errors:
            self.add_error(name if name in self.fields else None, sentence)

    def _miss(self) -> None:
        here = {section.key: section for section in self.sections}
        for gap in missing(self.definition, {**self.stored, **self.given}, Stage.SAVE):
            if gap.section in here:
                field = here[gap.section].by_key[gap.field]
                rows = self._rows_answered(here[gap.section], field) if gap.row is not None else []
                name = self.name(here[gap.section], field)
                self._say(f"{name}-{rows[gap.row]}-{gap.inner}" if gap.row is not None else name, gap.sentence)

    def _rows_answered(self, section: Section, table: Field) -> list[int]:
        """Where on the page the kept rows stand; rows left empty were dropped between them."""
        rows = ((row, self._raw_row(section, table, row)) for row in range(self.rows(section, table)))
        return [row for row, values in rows if any(not is_empty(value) for value in values.values())]

    def answers(self) -> dict[str, Any]:
        """The answers of the section, by question; of a whole form {section: answers}."""
        return self.given.get(self.sections[0].key, {}) if self.alone else self.given

    # ── showing ─────────────────────────────────────────────────────────────────────────────

    def pages(self) -> list[Page]:
        inside = revealed_names(self)
        return [Page(section, tuple(self._blocks(section, inside))) for section in self.sections]

    def _blocks(self, section: Section, inside: set[str]) -> Iterator[Block]:
        for field in self.asked(section):
            if self.name(section, field) not in inside:
                yield self._block(section, field)

    def _block(self, section: Section, field: Field) -> Block:
        name = self.name(section, field)
        if not field.is_table:
            return Block(field, name, self[name] if name in self.fields else None)
        rows = tuple(self._row(section, field, row) for row in range(self.rows(section, field)))
        return Block(field, name, self[f"{name}-rows"], rows, len(rows) < field.most)

    def _row(self, section: Section, table: Field, row: int) -> Row:
        questions = tuple(self[self.row_name(section, table, row, one.key)] for one in table.fields)
        return Row(f"{table.label}, {row + 1}", questions)

    @property
    def body(self) -> SafeString:
        """The questions as they stand on the page, tables with their buttons; the page adds the form and its button."""
        return SafeString(render_to_string("answers/body.html", {"pages": self.pages(), "alone": self.alone}))


def section_form(
    definition: FormDefinition, section_key: str, answers: Answers | None = None, data: Mapping[str, Any] | None = None
) -> AnswersForm:
    """The form of one section, with the answers given so far, or with what was sent."""
    return AnswersForm(definition, [definition.section(section_key)], answers, data)


def whole_form(
    definition: FormDefinition, answers: Answers | None = None, data: Mapping[str, Any] | None = None
) -> AnswersForm:
    """A short form on one page, such as a checklist."""
    return AnswersForm(definition, definition.sections, answers, data)


def answers_from(form: AnswersForm) -> dict[str, Any]:
    """The answers of a valid form."""
    return form.answers()
