"""Answers: kept by section, pinned to the version of the form they were given under, frozen when signed."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.people.models import Child

from . import publishing
from .answering import prefilled, visible_only
from .cleaning import Unclear, clean
from .models import AnswerSet, PublishedForm


class SomebodyWasFaster(Refused):
    """A section was saved by somebody else since it was opened; both texts are to be shown."""

    def __init__(self, theirs: dict[str, Any], version: int) -> None:
        super().__init__("Somebody else saved this part while you were writing. Look at both and save again")
        self.theirs = theirs
        self.version = version


@action("answers.started")
def start(
    form_key: str,
    *,
    child: Child,
    by: Actor,
    copy_of: AnswerSet | None = None,
    facts: Mapping[str, Any] | None = None,
) -> AnswerSet:
    """A set of answers under the version of the form now in force, for good.

    It begins with a copy of earlier answers, if given, and with what the records know already: `facts` by the names
    of terms.KNOWN. What somebody answered before stays, unless only the system writes it.
    """
    form = publishing.in_force(form_key)
    return AnswerSet.objects.create(
        child=child,
        form=form,
        answers=_with_facts(form, copy_of.answers if copy_of else {}, facts or {}),
        section_versions=copy_of.section_versions if copy_of else {},
        started_at=dates.now(),
    )


@action("answers.saved")
def save_section(answers: AnswerSet, section: str, given: Mapping[str, Any], *, version: int, by: Actor) -> AnswerSet:
    """Save one section as it was when `version` of it was opened.

    A later save by somebody else is never overwritten: SomebodyWasFaster carries their text, so that both are kept.
    """
    locked = AnswerSet.objects.select_for_update().get(pk=answers.pk)
    check_can_change(locked)
    now_at = version_of(locked, section)
    if now_at != version:
        raise SomebodyWasFaster(locked.answers.get(section, {}), now_at)
    locked.answers = {**locked.answers, section: _cleaned(locked, section, given)}
    locked.section_versions = {**locked.section_versions, section: now_at + 1}
    locked.save()
    return locked


@action("answers.frozen")
def freeze(answers: AnswerSet, *, by: Actor, facts: Mapping[str, Any] | None = None) -> str:
    """Close a set of answers for ever; its digest proves later that nothing was changed (CW-8).

    What only the system writes is filled in from `facts`; answers to questions that are not asked are not kept.
    """
    locked = AnswerSet.objects.select_for_update().get(pk=answers.pk)
    if locked.frozen_at is not None:
        raise Refused("This version is already signed off")
    definition = publishing.definition_of(locked.form)
    locked.answers = visible_only(definition, _with_facts(locked.form, locked.answers, facts or {}))
    locked.frozen_at = dates.now()
    locked.digest = digest_of(locked)
    locked.save()
    return locked.digest


def check_can_change(answers: AnswerSet) -> None:
    """Refuse to change what is signed off."""
    if answers.frozen_at is not None:
        raise Refused("This version is signed off and cannot be changed. Make a new version")


def _cleaned(answers: AnswerSet, section: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """What was given, in the form's own terms, beside what only the system writes."""
    definition = publishing.definition_of(answers.form)
    if section not in definition.by_key:
        raise Refused("The form has no such section")
    own = {one.key for one in definition.section(section).fields if not one.is_asked}
    kept = {key: value for key, value in answers.answers.get(section, {}).items() if key in own}
    try:
        return {**kept, **clean(definition, section, given)}
    except Unclear as unclear:
        raise Refused(". ".join(problem.sentence for problem in unclear.problems)) from unclear


def _with_facts(
    form: PublishedForm, answers: Mapping[str, Mapping[str, Any]], facts: Mapping[str, Any]
) -> dict[str, dict[str, Any]]:
    """Answers with what the records know: people's answers win over facts, facts over the system's earlier ones."""
    definition = publishing.definition_of(form)
    filled = {key: dict(values) for key, values in answers.items()}
    for key, known in prefilled(definition, facts).items():
        section, here = definition.section(key), filled.setdefault(key, {})
        for name, value in known.items():
            if name not in here or not section.by_key[name].is_asked:
                here[name] = value
    return filled


@action("answers.purged")
def purge(answers: AnswerSet, *, by: Actor) -> None:
    """Delete what was written, because the family said no (CW-5)."""
    answers.answers = {}
    answers.save()


def version_of(answers: AnswerSet, section: str) -> int:
    """How often a section has been saved."""
    return answers.section_versions.get(section, 0)


def digest_of(answers: AnswerSet) -> str:
    """A digest of the answers together with the form they were given under."""
    content = {"form": answers.form.checksum, "answers": answers.answers}
    return sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
