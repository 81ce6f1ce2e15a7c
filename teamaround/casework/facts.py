"""What the records already know of a child and whoever writes, for forms that ask it: shown to confirm, not retyped."""

import re
from collections.abc import Iterable
from typing import Any

from teamaround.kit import dates
from teamaround.kit.text import listed
from teamaround.people import queries as people
from teamaround.people.models import Child
from teamaround.people.terms import STANDING_ADDRESS, AddressState, NameKind, Registered, Relationship, UniversalKind
from teamaround.sharing.terms import ConsentForm, ConsentState
from teamaround.workforce.models import Practitioner

from .models import Assessment, Episode

#: how people write a telephone number: what may stand between its digits, and before them
BETWEEN = r"[\s().-]*"
PREFIX = r"(?:\(?(?:\+|00)44\)?|\(?0)?" + BETWEEN


def of(child: Child, writer: Practitioner | None) -> dict[str, Any]:
    """The facts by the names that form definitions use for them (forms.terms.KNOWN); what is unknown is left out.

    How to reach a parent whose contact with the child is restricted is never filled in: a form is read by the other
    parent and by whoever gets a copy, and must not be the way in which an address for contact is passed on.
    """
    name = child.names.filter(kind=NameKind.CURRENT).first()
    others = child.names.exclude(kind=NameKind.CURRENT)
    home = child.addresses.filter(state__in=STANDING_ADDRESS).first()
    known = {
        "child.given_names": name.given if name and name.given else _unborn(child),
        "child.family_name": name.family if name else "",
        "child.also_known_as": ", ".join(f"{one.given} {one.family}".strip() for one in others),
        "child.sex": child.sex,
        "child.date_of_birth": child.born,
        "child.expected_date": child.expected,
        "child.address": home.lines if home else "",
        "child.postcode": home.postcode if home else "",
        "child.no_address": AddressState(home.state).label if home and not home.lines else "",
        "child.first_language": child.first_language,
        "child.index_number": child.index_number,
        **_worker(writer),
        **_universal(child),
        "child.parents": [
            {
                "name": one.name,
                "relationship": one.kind,
                "phone": "" if one.contact_restricted else one.phone,
                "parental_responsibility": "yes" if one.has_responsibility else "no",
            }
            for one in people.carers_of(child)
        ],
    }
    return {key: value for key, value in known.items() if value not in ("", None, [])}


def not_to_print(child: Child) -> list[str]:
    """The telephone numbers of parents whose contact with the child is restricted."""
    return [one.phone for one in people.carers_of(child) if one.contact_restricted and one.phone]


def leave_out(text: str, numbers: Iterable[str]) -> str:
    """A text for print without these telephone numbers, whoever typed them and however.

    >>> leave_out("Ring (+44) 7700 900-101 after six", ["07700 900101"])
    'Ring (number not printed) after six'
    """
    for number in numbers:
        local = re.sub(r"\D", "", number)[-10:]
        text = re.sub(PREFIX + BETWEEN.join(local), "(number not printed)", text)
    return text


def _unborn(child: Child) -> str:
    """A child without a first name goes by the mother's (casework.md 1.2)."""
    mother = next((one.name for one in people.carers_of(child) if one.kind == Relationship.MOTHER), "")
    return f"Unborn baby of {mother}" if mother else "Unborn baby"


def _worker(writer: Practitioner | None) -> dict[str, str]:
    if writer is None:
        return {}
    return {
        "worker.name": writer.name,
        "worker.role": writer.job_title,
        "worker.agency": writer.agency.name,
        "worker.phone": writer.phone or writer.agency.phone,
        "worker.email": writer.email or writer.agency.email,
        "worker.address": writer.agency.postcode,
    }


def of_assessment(assessment: Assessment, *, level: str = "") -> dict[str, Any]:
    """What only the system writes into an assessment: which version it is, on what consent, what was said of it."""
    episode = assessment.episode
    known = {
        "form.started_on": assessment.started_on,
        "form.assessment_version": assessment.version,
        "form.reference": str(episode.pk)[:8],
        "form.definition": f"{assessment.answers.form.title}, {assessment.answers.form.version}",
        "form.search_made": "yes",
        "episode.consent": _consent(episode),
        "assessment.level": level,
        "form.completed_on": dates.today() if level else "",
        **_comment(assessment, "child"),
        **_comment(assessment, "parent"),
    }
    return {key: value for key, value in known.items() if value}


def _consent(episode: Episode) -> str:
    given = episode.store_consent
    if given is None or given.state != ConsentState.GIVEN:
        return ""
    return f"{ConsentForm(given.form).label}, {dates.say(given.given_on)}"


def _comment(assessment: Assessment, who: str) -> dict[str, str]:
    """What was said, all of it in the order it was said; where nothing was, why."""
    said = list(assessment.comments.filter(who=who).select_related("typed_by").order_by("recorded_at"))
    if not said:
        return {}
    return {
        f"comment.{who}.mode": said[-1].mode,
        f"comment.{who}.words": "\n".join(one.text for one in said if one.text),
        f"comment.{who}.typed_by": listed(sorted({one.typed_by.name for one in said})),
        f"comment.{who}.reason_not_obtained": "\n".join(one.reason_not_obtained for one in said if not one.text),
    }


def _universal(child: Child) -> dict[str, str]:
    names = {UniversalKind.EDUCATION: "child.school", UniversalKind.GP: "child.gp"}
    current = child.universal_services.filter(to_on=None, registered=Registered.REGISTERED).select_related("agency")
    return {names[UniversalKind(one.kind)]: one.agency.name for one in current}
