"""Northmoor with 5 constituency areas and 14 localities, and Eastvale next door; all invented."""

from itertools import product

#: area -> localities, each with two wards; the locality's number is its postcode district
NORTHMOOR = {
    "Northmoor Harbour": ["Harbour", "Quayside", "Saltmarsh"],
    "Northmoor Central": ["Market", "Castle", "Canal"],
    "Northmoor Hills": ["Fellside", "Beacon", "Heather"],
    "Northmoor Vale": ["Millbrook", "Orchard", "Lowfields"],
    "Northmoor Forest": ["Greenwood", "Charcoal Lane"],
}
EASTVALE = {"Eastvale": ["Ferry", "Abbey"]}
LETTERS = "ABDEFGH"


def table() -> list[dict[str, str]]:
    """One row a postcode, as places.lookup.load reads it; 14 districts NM1 to NM14, and EV1 and EV2."""
    return [*_rows("NMR", "Northmoor", "NM", NORTHMOOR), *_rows("EVL", "Eastvale", "EV", EASTVALE)]


def _rows(code: str, name: str, district: str, areas: dict[str, list[str]]) -> list[dict[str, str]]:
    rows, number = [], 0
    for area_number, (area, localities) in enumerate(areas.items(), 1):
        for locality in localities:
            number += 1
            for sector, (first, second) in product(range(1, 5), product(LETTERS, LETTERS)):
                side = 1 if sector <= 2 else 2
                rows.append(
                    {
                        "authority": code,
                        "authority_name": name,
                        "area": f"{code}-A{area_number}",
                        "area_name": area,
                        "locality": f"{code}-L{number:02d}",
                        "locality_name": locality,
                        "ward": f"{code}-W{number:02d}{side}",
                        "ward_name": f"{locality} {'East' if side == 1 else 'West'}",
                        "postcode": f"{district}{number} {sector}{first}{second}",
                    }
                )
    return rows
