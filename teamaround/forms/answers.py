"""Answers: kept by section, pinned to the version of the form they were given under, frozen when signed."""

import json
from hashlib import sha256
from typing import Any

from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.people.models import Child

from . import publishing
from .models import AnswerSet


class SomebodyWasFaster(Refused):
    """A section was saved by somebody else since it was opened; both texts are to be shown."""

    def __init__(self, theirs: dict[str, Any], version: int) -> None:
        super().__init__("Somebody else saved this part while you were writing. Look at both and save again")
        self.theirs = theirs
        self.version = version


@action("answers.started")
def start(form_key: str, *, child: Child, by: Actor, copy_of: AnswerSet | None = None) -> AnswerSet:
    """An empty set of answers, or a copy of earlier ones, under the version of the form now in force."""
    return AnswerSet.objects.create(
        child=child,
        form=publishing.in_force(form_key),
        answers=copy_of.answers if copy_of else {},
        section_versions=copy_of.section_versions if copy_of else {},
        started_at=dates.now(),
    )


@action("answers.saved")
def save_section(
    answers: AnswerSet, section: str, given: dict[str, Any], *, version: int, by: Actor
) -> AnswerSet:
    """Save one section as it was when `version` of it was opened; a later save by somebody else is never overwritten."""
    locked = AnswerSet.objects.select_for_update().get(pk=answers.pk)
    if locked.frozen_at is not None:
        raise Refused("This version is signed off and cannot be changed. Make a new version")
    now_at = version_of(locked, section)
    if now_at != version:
        raise SomebodyWasFaster(locked.answers.get(section, {}), now_at)
    locked.answers = {**locked.answers, section: given}
    locked.section_versions = {**locked.section_versions, section: now_at + 1}
    locked.save()
    return locked


@action("answers.frozen")
def freeze(answers: AnswerSet, *, by: Actor) -> str:
    """Close a set of answers for ever; its digest proves later that nothing was changed (CW-8)."""
    locked = AnswerSet.objects.select_for_update().get(pk=answers.pk)
    if locked.frozen_at is not None:
        raise Refused("This version is already signed off")
    locked.frozen_at = dates.now()
    locked.digest = digest_of(locked)
    locked.save()
    return locked.digest


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
