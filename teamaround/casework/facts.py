"""What the records already know of a child and whoever writes, for forms that ask it: shown to confirm, not retyped."""

from typing import Any

from teamaround.people import queries as people
from teamaround.people.models import Child
from teamaround.people.terms import STANDING_ADDRESS, NameKind, Registered, UniversalKind
from teamaround.workforce.models import Practitioner


def of(child: Child, writer: Practitioner | None) -> dict[str, Any]:
    """The facts by the names that form definitions use for them (forms.terms.KNOWN); what is unknown is left out."""
    name = child.names.filter(kind=NameKind.CURRENT).first()
    others = child.names.exclude(kind=NameKind.CURRENT)
    home = child.addresses.filter(state__in=STANDING_ADDRESS).first()
    known = {
        "child.given_names": name.given if name else "",
        "child.family_name": name.family if name else "",
        "child.also_known_as": ", ".join(f"{one.given} {one.family}".strip() for one in others),
        "child.sex": child.sex,
        "child.date_of_birth": child.born,
        "child.expected_date": child.expected,
        "child.address": home.lines if home else "",
        "child.postcode": home.postcode if home else "",
        "child.first_language": child.first_language,
        "child.index_number": child.index_number,
        **_worker(writer),
        **_universal(child),
        "child.parents": [
            {
                "name": one.name,
                "relationship": one.kind,
                "phone": one.phone,
                "parental_responsibility": "yes" if one.has_responsibility else "no",
            }
            for one in people.carers_of(child)
        ],
    }
    return {key: value for key, value in known.items() if value not in ("", None, [])}


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


def _universal(child: Child) -> dict[str, str]:
    names = {UniversalKind.EDUCATION: "child.school", UniversalKind.GP: "child.gp"}
    current = child.universal_services.filter(to_on=None, registered=Registered.REGISTERED).select_related("agency")
    return {names[UniversalKind(one.kind)]: one.agency.name for one in current}
