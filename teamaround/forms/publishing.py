"""Forms in force: published once under a version, never changed after, pinned by the answers given under them."""

from datetime import date
from functools import lru_cache
from uuid import UUID

from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.kit import dates
from teamaround.kit.refused import Refused

from . import definitions
from .definitions import FormDefinition
from .models import PublishedForm
from .publishable import problems_to_publish

#: the forms that come with the product, by their files
SHIPPED = ("common-assessment-2009", "pre-assessment-checklist-2009")


@action("form.published")
def publish(definition: FormDefinition, *, by: Actor, effective_from: date | None = None) -> PublishedForm:
    """Publish one version. The same version again is given back; the same number with other content is refused.

    A form that lost what no area may remove, or that a reader could not use, is refused with all its problems (CW-78).
    """
    there = PublishedForm.objects.filter(key=definition.key, version=definition.version).first()
    if there is not None:
        if there.checksum != definition.checksum:
            raise Refused(
                f"Version {definition.version} of “{definition.title}” is published already and cannot be changed."
                " Give the changed form a new version number"
            )
        return there
    problems = problems_to_publish(definition)
    if problems:
        raise Refused(f"“{definition.title}” cannot be published. {'. '.join(problems)}")
    holds_from = effective_from or definition.effective_from
    assert holds_from is not None, "problems_to_publish refuses a form without its day"
    return PublishedForm.objects.create(
        key=definition.key,
        version=definition.version,
        title=definition.title,
        definition=definition.as_document(),
        checksum=definition.checksum,
        effective_from=holds_from,
        published_at=dates.now(),
    )


def load_shipped(*, by: Actor) -> None:
    """Publish every form that the product ships; those already published stay."""
    for name in SHIPPED:
        publish(definitions.shipped(name), by=by)


def in_force(key: str, *, on: date | None = None) -> PublishedForm:
    """The version of a form that new answers are given under on a day."""
    day = on or dates.today()
    found = (
        PublishedForm.objects.filter(key=key, effective_from__lte=day)
        .exclude(retired_on__lte=day)
        .order_by("-effective_from", "-published_at")
        .first()
    )
    if found is None:
        raise Refused(f"No form “{key}” is in force. Load the forms first: python -m teamaround load_reference")
    return found


def definition_of(form: PublishedForm) -> FormDefinition:
    """The definition of a published version; read once for each checksum."""
    return _read(form.checksum, form.pk)


@lru_cache(64)
def _read(checksum: str, pk: UUID) -> FormDefinition:
    return definitions.read(PublishedForm.objects.values_list("definition", flat=True).get(pk=pk))
