"""Whom a visitor of the demonstration can be: the demonstration hires them, its sign-in page finds them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Persona:
    """Somebody a visitor can be, with one click, in the demonstration."""

    name: str
    agency: str
    post: str
    roles: tuple[str, ...]
    shows: str


PERSONAS = (
    Persona("Priya Deol", "NMR-S01", "SENCO", ("practitioner",), "Works with children in a school: start here"),
    Persona("Ruth Amis", "NMR-H01", "Health visitor", ("practitioner",), "A health visitor in several teams"),
    Persona("Dan Cole", "NMR-R01", "Housing officer", ("practitioner",), "A housing officer with actions to do"),
    Persona(
        "Jo Prior", "NMR-S01", "Head of inclusion", ("practitioner", "manager"), "Manages Priya, countersigns closures"
    ),
    Persona("Mei Tan", "NMR-E01", "Common assessment administrator", ("practitioner",), "Coordinates for early help"),
    Persona(
        "Sam Whitlock", "NMR-K01", "Social worker", ("practitioner", "safeguarding"), "Opens records in an emergency"
    ),
    Persona("Nadia Farrow", "NMR-A01", "Data steward", ("steward",), "Possible duplicates and partners' files"),
    Persona("Owen Hartley", "NMR-A01", "Privacy officer", ("privacy-officer",), "Reviews emergency openings"),
    Persona("Lena Brandt", "NMR-P01", "Sergeant", ("index-reader",), "No relationship with any child"),
)
