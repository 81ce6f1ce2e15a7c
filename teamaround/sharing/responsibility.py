"""Who may decide for a child by law: parental responsibility, and on what it rests (casework.md 6.2, CW-36)."""

from teamaround.kit.refused import Refused
from teamaround.people.families import CERTIFICATE_COUNTS_FROM
from teamaround.people.models import Adult, Care, Child
from teamaround.people.terms import Relationship, ResponsibilityBasis

#: who may hold it by which basis; a basis that is not here may be anybody's
ONLY_FOR = {
    ResponsibilityBasis.MOTHER: {Relationship.MOTHER},
    ResponsibilityBasis.MARRIAGE: {Relationship.FATHER},
    ResponsibilityBasis.BIRTH_CERTIFICATE: {Relationship.FATHER},
}


def check(child: Child, adult: Adult) -> None:
    """Refuse unless the adult holds parental responsibility today, on a basis that counts."""
    care = Care.objects.filter(child=child, adult=adult, to_on__isnull=True).first()
    if care is None or not care.has_responsibility:
        raise Refused(
            "Only somebody with parental responsibility can decide for the child."
            " If they hold it, record on what in the child's details first",
            field="given_by",
        )
    if care.relationship not in ONLY_FOR.get(care.basis, {care.relationship}):
        raise Refused(
            f"“{ResponsibilityBasis(care.basis).label}” does not give parental responsibility to a"
            f" {Relationship(care.relationship).label.lower()}",
            field="given_by",
        )
    if care.basis == ResponsibilityBasis.CARE_ORDER:
        raise Refused("Under a care order the authority decides, beside the parents", field="given_by")
    too_early = child.born is not None and child.born < CERTIFICATE_COUNTS_FROM
    if care.basis == ResponsibilityBasis.BIRTH_CERTIFICATE and too_early:
        raise Refused(
            "A father named on a birth certificate before 1 December 2003 does not hold parental responsibility by it",
            field="given_by",
        )


def check_authority(child: Child) -> None:
    """Refuse unless a care order is recorded: it is what lets the authority decide."""
    orders = Care.objects.filter(child=child, basis=ResponsibilityBasis.CARE_ORDER, to_on__isnull=True)
    if not orders.exists():
        raise Refused(
            "The authority decides only under a care order. Record the order in the child's details first",
            field="capacity",
        )
