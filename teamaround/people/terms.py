"""The words of people: kinds of name, states of an address, relationships, identifiers (domain/index.md 1)."""

from django.db.models import TextChoices

from teamaround.workforce.terms import AgencyKind


class Sex(TextChoices):
    FEMALE = "F", "Female"
    MALE = "M", "Male"
    UNKNOWN = "U", "Not known"
    UNSPECIFIED = "X", "Not specified"


class BornPrecision(TextChoices):
    DAY = "day", "Exact"
    MONTH = "month", "Month and year known"
    YEAR = "year", "Year known"


class ChildState(TextChoices):
    ACTIVE = "active", "Active"
    LEFT_AREA = "left-area", "Left the area"
    DECEASED = "deceased", "Has died"
    MERGED = "merged", "Merged into another record"
    ARCHIVED = "archived", "Archived"


#: records in these states are in nobody's search (IX-31)
NOT_FOUND = (ChildState.MERGED, ChildState.ARCHIVED)
#: about children in these states nobody is prompted (IX-63)
AT_REST = (ChildState.DECEASED, ChildState.ARCHIVED)


class NameKind(TextChoices):
    CURRENT = "current", "Name"
    FORMER = "former", "Former name"
    KNOWN_AS = "known-as", "Known as"
    SPELLING = "spelling", "Other spelling"


class AddressState(TextChoices):
    CURRENT = "current", "Current address"
    LAST_KNOWN = "last-known", "Last known address"
    NONE = "none", "No known address"
    LEFT = "left", "Has left the area"
    FORMER = "former", "Former address"


#: what a child's record says of where the child lives: exactly one of these at a time (IX-2)
STANDING_ADDRESS = (AddressState.CURRENT, AddressState.LAST_KNOWN, AddressState.NONE, AddressState.LEFT)


class IdentifierKind(TextChoices):
    NHS = "nhs", "NHS number"
    UPN = "upn", "Unique pupil number"
    CASE = "case", "Local case number"


#: which sectors may see an identifier; others may search by one they already hold (IX-8)
READ_BY_SECTOR = {IdentifierKind.NHS: "health", IdentifierKind.UPN: "education"}


class UniversalKind(TextChoices):
    EDUCATION = "education", "School or early years"
    GP = "gp", "GP practice"


#: what kinds of agency are such a service
OFFERED_BY = {
    UniversalKind.EDUCATION: (AgencyKind.SCHOOL, AgencyKind.NURSERY),
    UniversalKind.GP: (AgencyKind.GP,),
}


class Registered(TextChoices):
    REGISTERED = "registered", "Registered"
    NONE = "none", "Not registered anywhere"
    UNKNOWN = "unknown", "Not known"


class Relationship(TextChoices):
    MOTHER = "mother", "Mother"
    FATHER = "father", "Father"
    STEPMOTHER = "stepmother", "Stepmother"
    STEPFATHER = "stepfather", "Stepfather"
    GRANDPARENT = "grandparent", "Grandparent"
    AUNT_OR_UNCLE = "aunt-or-uncle", "Aunt or uncle"
    SIBLING = "sibling", "Brother or sister"
    FOSTER_CARER = "foster-carer", "Foster carer"
    GUARDIAN = "guardian", "Guardian"
    OTHER = "other", "Other carer"


class ResponsibilityBasis(TextChoices):
    """On what someone holds parental responsibility (casework.md 6.2)."""

    MOTHER = "mother", "Mother"
    MARRIAGE = "marriage", "Married to the mother"
    BIRTH_CERTIFICATE = "birth-certificate", "Father named on the birth certificate since 1 December 2003"
    AGREEMENT = "agreement", "Parental responsibility agreement"
    COURT_ORDER = "court-order", "Court order"
    ADOPTION = "adoption", "Adoption"
    SPECIAL_GUARDIAN = "special-guardian", "Special guardian"
    CARE_ORDER = "care-order", "Care order held by the authority"
