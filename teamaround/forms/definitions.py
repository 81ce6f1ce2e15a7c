"""A form as data: read from its document, whole and strict, and known for ever by its checksum.

>>> form = load('''{"key": "note", "version": "1", "title": "Note", "sections": [{"key": "words", "title": "Words",
...     "concept": "note", "fields": [{"key": "what", "type": "text", "label": "What happened?"}]}]}''')
>>> form.field("note.what").label
'What happened?'
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from hashlib import sha256
from importlib.resources import files
from typing import Any

from teamaround.audit.privacy import CLASSES, P3

from .code_lists import CodeList, CodeLists, by_ref, read_list, shipped_lists
from .conditions import Condition, absolute, concepts, read_condition
from .places import Place, Unreadable, document, meant
from .terms import CODED, KNOWN, PLAIN_CHOICES, TABLES, Needed, Rule, Type, Writer

#: the questions about each person in a list of people, where a form asks no others
ABOUT_PEOPLE: list[dict[str, Any]] = [
    {"key": "name", "type": "text", "label": "Name", "required": "always"},
    {"key": "role", "type": "text", "label": "Role or relationship to the child"},
    {"key": "organisation", "type": "text", "label": "Organisation"},
    {"key": "contact", "type": "text", "label": "Telephone number or email address"},
]

MOST_IN_A_LINE, MOST_IN_A_TEXT = 200, 10_000

#: the words of the language: of a question, a section and a form
QUESTION_WORDS = {"key", "concept", "type", "label", "hint", "required", "codes", "repeat", "max_length", "who_writes"}
QUESTION_WORDS |= {"family_visible", "third_party_possible", "privacy", "known", "visible_if", "when_missing"}
SECTION_WORDS = {"key", "title", "intro", "part", "concept", "prompts", "visible_if", "confidential_class", "fields"}
FORM_WORDS = {"key", "version", "title", "owner", "status", "effective_from", "intro", "outcome_framework", "timers"}
FORM_WORDS |= {"questions", "sections", "rules", "code_lists"}


@dataclass(frozen=True)
class Field:
    """One question of a form. A table holds smaller questions, asked once for each row."""

    key: str
    concept: str
    type: Type
    label: str
    hint: str = ""
    required: Needed = Needed.NEVER
    codes: CodeList | None = None
    fields: tuple["Field", ...] = ()
    least: int = 0
    most: int = 30
    who_writes: tuple[Writer, ...] = (Writer.PRACTITIONER,)
    family_visible: bool = True
    third_party_possible: bool = False
    privacy: str = P3
    known: str = ""
    visible_if: Condition | None = None
    when_missing: str = ""
    max_length: int = MOST_IN_A_LINE

    @property
    def is_table(self) -> bool:
        return self.type in TABLES

    @property
    def is_asked(self) -> bool:
        """Whether a person answers it: a notice is only read, and the system writes some answers itself."""
        return self.type is not Type.NOTICE and self.who_writes != (Writer.SYSTEM,)

    @property
    def choices(self) -> dict[str, str]:
        """The answers to choose from and the words people read."""
        if self.codes is not None:
            return {each.code: each.label for each in self.codes.codes}
        return PLAIN_CHOICES.get(self.type, {})


@dataclass(frozen=True)
class Section:
    """A page of a form."""

    key: str
    title: str
    fields: tuple[Field, ...]
    intro: str = ""
    #: the heading several sections stand under
    part: str = ""
    concept: str = ""
    #: what to look at and ask about
    prompts: tuple[str, ...] = ()
    confidential_class: str = P3
    visible_if: Condition | None = None

    @cached_property
    def by_key(self) -> dict[str, Field]:
        return {each.key: each for each in self.fields}

    @property
    def is_asked(self) -> bool:
        """Whether a person has anything to answer here."""
        return any(each.is_asked for each in self.fields)


@dataclass(frozen=True)
class Together:
    """A rule over several questions, named by patterns of concepts: "caf.*.strengths"."""

    rule: Rule
    of: tuple[str, ...]
    needed: Needed
    sentence: str


@dataclass(frozen=True)
class FormDefinition:
    """One version of one form."""

    key: str
    version: str
    title: str
    sections: tuple[Section, ...]
    owner: str = "national"
    status: str = "draft"
    effective_from: date | None = None
    intro: str = ""
    outcome_framework: str = ""
    timers: Mapping[str, int] = field(default_factory=dict)
    rules: tuple[Together, ...] = ()
    document: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def by_key(self) -> dict[str, Section]:
        return {each.key: each for each in self.sections}

    @cached_property
    def by_concept(self) -> dict[str, tuple[Section, Field]]:
        """Where each question stands; the questions of a table are not here, but in the table's field."""
        return {one.concept: (section, one) for section in self.sections for one in section.fields}

    def section(self, key: str) -> Section:
        if key not in self.by_key:
            raise LookupError(f"the form {self.key} has no section ‘{key}’{meant(key, self.by_key)}")
        return self.by_key[key]

    def field(self, concept: str) -> Field:
        if concept not in self.by_concept:
            raise LookupError(f"the form {self.key} does not ask about ‘{concept}’{meant(concept, self.by_concept)}")
        return self.by_concept[concept][1]

    def every_field(self) -> Iterator[tuple[Section, Field]]:
        """Each question, those of tables too."""
        for section in self.sections:
            for one in section.fields:
                yield section, one
                yield from ((section, inner) for inner in one.fields)

    def lists(self) -> dict[str, CodeList]:
        """The code lists the form uses."""
        return by_ref(one.codes for _, one in self.every_field() if one.codes is not None)

    def as_document(self) -> dict[str, Any]:
        """The whole form with the code lists it uses, so that nothing outside can change what it means."""
        lists = [dict(each.document) for _, each in sorted(self.lists().items())]
        return {**self.document, "code_lists": lists}

    @cached_property
    def checksum(self) -> str:
        """The same for the same form, however it was laid out; its status is no part of it."""
        content = {name: value for name, value in self.as_document().items() if name != "status"}
        text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return sha256(text.encode()).hexdigest()


def same_definition(one: FormDefinition, other: FormDefinition) -> bool:
    """Whether two forms ask the same in the same words."""
    return one.checksum == other.checksum


def load(text: str, lists: CodeLists | None = None) -> FormDefinition:
    """The form a text holds; Unreadable says in plain English what is wrong and where.

    Code lists come with the form, or from `lists`, or from those the product brings along.
    """
    place = document(text, "the form")
    return read(place.content, lists)


def read(content: Mapping[str, Any], lists: CodeLists | None = None) -> FormDefinition:
    """The form a stored document holds."""
    place = Place("", dict(content))
    whole = Place("the form", dict(content))
    whole.knows(*FORM_WORDS)
    own = by_ref(read_list(each) for each in place.each("code_lists", "code list"))
    reading = _Reading({**(shipped_lists() if lists is None else lists), **own}, place.inside("questions", "questions"))
    form = FormDefinition(
        key=whole.text("key"),
        version=whole.text("version"),
        title=whole.text("title"),
        owner=whole.text("owner", "national"),
        status=whole.text("status", "draft"),
        effective_from=whole.day("effective_from", None),
        intro=whole.text("intro", ""),
        outcome_framework=whole.text("outcome_framework", ""),
        timers=whole.numbers("timers"),
        sections=tuple(reading.section(each) for each in place.each("sections", "section")),
        rules=tuple(_together(each) for each in place.each("rules", "rule")),
        document=whole.content,
    )
    _check_conditions(form)
    return form


def _check_conditions(form: FormDefinition) -> None:
    """A condition looks back only, so that a person never waits for a later answer, and no circle can be."""
    asked: set[str] = set()
    for section in form.sections:
        _look_back(section.visible_if, asked, f"section ‘{section.key}’")
        for one in section.fields:
            _look_back(one.visible_if, asked, f"section ‘{section.key}’, question ‘{one.key}’")
            row = set(asked)
            for inner in one.fields:
                _look_back(inner.visible_if, row, f"section ‘{section.key}’, question ‘{one.key}’, ‘{inner.key}’")
                row.add(inner.concept)
            asked.add(one.concept)


def _look_back(condition: Condition | None, asked: set[str], words: str) -> None:
    for concept in sorted(concepts(condition)):
        if concept not in asked:
            near = meant(concept, asked)
            raise Unreadable(f"{words}: ‘visible_if’ names ‘{concept}’, which is not asked before{near}")


@cache
def shipped(name: str) -> FormDefinition:
    """A form that comes with the product, such as common-assessment-2009."""
    return load(files(__package__).joinpath("data", f"{name}.json").read_text("utf-8"))


@dataclass(frozen=True)
class _Reading:
    """What a form's questions may refer to while they are read."""

    lists: CodeLists
    shared: Place

    def section(self, place: Place) -> Section:
        place.knows(*SECTION_WORDS)
        concept = place.text("concept", "")
        privacy = _privacy(place, "confidential_class", P3)
        return Section(
            key=place.text("key"),
            title=place.text("title"),
            intro=place.text("intro", ""),
            part=place.text("part", ""),
            concept=concept,
            prompts=place.texts("prompts", ()),
            confidential_class=privacy,
            visible_if=read_condition(place, "visible_if", within=concept),
            fields=tuple(self.field(each, concept, privacy) for each in self._questions(place)),
        )

    def _questions(self, place: Place) -> Iterator[Place]:
        """The section's own questions, or a set of questions that several sections share."""
        named = place.content.get("fields")
        if not isinstance(named, str):
            return place.each("fields", "question")
        if named not in self.shared:
            raise place.wrong(f"there are no shared questions ‘{named}’{meant(named, self.shared.content)}")
        return Place(place.words, {"fields": self.shared.content[named]}).each("fields", "question")

    def field(self, place: Place, within: str, privacy: str) -> Field:
        place.knows(*QUESTION_WORDS)
        kind = place.one_of("type", Type)
        key = place.text("key")
        concept = absolute(place.text("concept", f".{key}"), within)
        privacy = _privacy(place, "privacy", privacy)
        table = place.inside("repeat", place.words)
        table.knows("min", "max", "fields")
        return Field(
            key=key,
            concept=concept,
            type=kind,
            label=place.text("label", ""),
            hint=place.text("hint", ""),
            required=place.one_of("required", Needed, Needed.NEVER),
            codes=self._codes(place, kind),
            fields=tuple(self.field(each, concept, privacy) for each in self._rows(table, kind)),
            least=table.number("min", 0) or 0,
            most=table.number("max", 30) or 0,
            who_writes=_writers(place),
            family_visible=place.flag("family_visible", True),
            third_party_possible=place.flag("third_party_possible", False),
            privacy=privacy,
            known=_known(place),
            visible_if=read_condition(place, "visible_if", within=within),
            when_missing=place.text("when_missing", ""),
            max_length=place.number("max_length", MOST_IN_A_TEXT if kind is Type.LONG_TEXT else MOST_IN_A_LINE) or 0,
        )

    def _rows(self, table: Place, kind: Type) -> Iterator[Place]:
        if kind not in TABLES:
            if table.content:
                raise table.wrong(f"only a question of type {' or '.join(TABLES)} has ‘repeat’")
            return iter(())
        if kind is Type.REPEAT and "fields" not in table:
            raise table.wrong("‘repeat’ must hold the ‘fields’ of each row")
        return Place(table.words, {"fields": ABOUT_PEOPLE, **table.content}).each("fields", "question")

    def _codes(self, place: Place, kind: Type) -> CodeList | None:
        if kind not in CODED:
            if "codes" in place:
                raise place.wrong(f"only a question of type {' or '.join(CODED)} has ‘codes’")
            return None
        name = place.text("codes")
        if name not in self.lists:
            raise place.wrong(f"the code list ‘{name}’ is not known{meant(name, self.lists)}")
        return self.lists[name]


def _privacy(place: Place, name: str, default: str) -> str:
    value = place.text(name, default)
    if value not in CLASSES:
        raise place.wrong(f"‘{name}’ is ‘{value}’, which is not one of {', '.join(CLASSES)}")
    return value


def _known(place: Place) -> str:
    value = place.text("known", "")
    if value and value not in KNOWN:
        raise place.wrong(f"no record knows ‘{value}’{meant(value, KNOWN)}")
    return value


def _writers(place: Place) -> tuple[Writer, ...]:
    names = place.texts("who_writes", (Writer.PRACTITIONER,))
    wrong = [name for name in names if name not in list(Writer)]
    if wrong:
        raise place.wrong(f"‘{wrong[0]}’ in ‘who_writes’ is not one of {', '.join(Writer)}{meant(wrong[0], Writer)}")
    return tuple(Writer(name) for name in names)


def _together(place: Place) -> Together:
    place.knows("rule", "of", "needed", "sentence")
    return Together(
        rule=place.one_of("rule", Rule),
        of=place.texts("of"),
        needed=place.one_of("needed", Needed, Needed.FINALISE),
        sentence=place.text("sentence"),
    )


__all__ = ["Field", "FormDefinition", "Section", "Together", "Unreadable", "load", "read", "same_definition", "shipped"]
