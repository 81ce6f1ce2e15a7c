"""Who works in Northmoor: 25 agencies of all nine sectors and 80 practitioners, every one invented."""

from dataclasses import dataclass

from teamaround.workforce.terms import AgencyKind as Kind
from teamaround.workforce.terms import Sector


@dataclass(frozen=True)
class Agency:
    """One agency, its locality number (0 for the whole authority) and how many practitioners it has."""

    code: str
    name: str
    sector: Sector
    kind: Kind
    locality: int
    staff: int
    posts: tuple[str, ...]
    sensitive: bool = False
    authority: str = "NMR"


SCHOOL_POSTS = ("Head of inclusion", "SENCO", "Learning mentor", "Family support worker")
GP_POSTS = ("General practitioner", "Practice nurse")

AGENCIES = (
    Agency("NMR-S01", "Harbour Primary School", Sector.EDUCATION, Kind.SCHOOL, 1, 4, SCHOOL_POSTS),
    Agency("NMR-S02", "Castle Street Primary School", Sector.EDUCATION, Kind.SCHOOL, 5, 4, SCHOOL_POSTS),
    Agency("NMR-S03", "Fellside Primary School", Sector.EDUCATION, Kind.SCHOOL, 7, 4, SCHOOL_POSTS),
    Agency("NMR-S04", "Orchard Primary School", Sector.EDUCATION, Kind.SCHOOL, 11, 4, SCHOOL_POSTS),
    Agency("NMR-S05", "Northmoor Academy", Sector.EDUCATION, Kind.SCHOOL, 4, 4, SCHOOL_POSTS),
    Agency("NMR-S06", "Greenwood High School", Sector.EDUCATION, Kind.SCHOOL, 13, 4, SCHOOL_POSTS),
    Agency("NMR-N01", "Little Acorns Nursery", Sector.EARLY_YEARS, Kind.NURSERY, 3, 3, ("Manager", "Nursery nurse")),
    Agency(
        "NMR-C01",
        "Millbrook Children's Centre",
        Sector.EARLY_YEARS,
        Kind.CENTRE,
        10,
        4,
        ("Centre manager", "Outreach worker"),
    ),
    Agency("NMR-G01", "Quayside Surgery", Sector.HEALTH, Kind.GP, 2, 2, GP_POSTS),
    Agency("NMR-G02", "Market Place Practice", Sector.HEALTH, Kind.GP, 4, 2, GP_POSTS),
    Agency("NMR-G03", "Beacon Medical Centre", Sector.HEALTH, Kind.GP, 8, 2, GP_POSTS),
    Agency(
        "NMR-H01",
        "Northmoor 0-19 Health Service",
        Sector.HEALTH,
        Kind.HEALTH_SERVICE,
        0,
        6,
        ("Team leader", "Health visitor", "School nurse"),
    ),
    Agency(
        "NMR-H02",
        "Northmoor Minds",
        Sector.HEALTH,
        Kind.MENTAL_HEALTH,
        0,
        3,
        ("Team leader", "Adult mental health worker", "Therapist"),
        sensitive=True,
    ),
    Agency(
        "NMR-D01",
        "Turning Tide Drug and Alcohol Service",
        Sector.DRUG_AND_ALCOHOL,
        Kind.DRUG_AND_ALCOHOL,
        0,
        3,
        ("Service manager", "Young people's worker"),
        sensitive=True,
    ),
    Agency(
        "NMR-K01",
        "Northmoor Children's Social Care",
        Sector.SOCIAL_CARE,
        Kind.SOCIAL_CARE,
        0,
        5,
        ("Team manager", "Social worker"),
    ),
    Agency(
        "NMR-E01",
        "Northmoor Early Help",
        Sector.SOCIAL_CARE,
        Kind.EARLY_HELP,
        0,
        5,
        ("Service manager", "Family support worker", "Common assessment administrator"),
    ),
    Agency(
        "NMR-P01", "Northmoor Police", Sector.YOUTH_OFFENDING, Kind.POLICE, 0, 3, ("Sergeant", "Safer schools officer")
    ),
    Agency(
        "NMR-Y01",
        "Northmoor Youth Offending Team",
        Sector.YOUTH_OFFENDING,
        Kind.YOUTH_OFFENDING,
        0,
        2,
        ("Team manager", "Officer"),
    ),
    Agency(
        "NMR-Y02", "Northmoor Youth Service", Sector.YOUTH_SUPPORT, Kind.YOUTH, 0, 3, ("Area manager", "Youth worker")
    ),
    Agency(
        "NMR-R01", "Northmoor Homes", Sector.THIRD_SECTOR, Kind.HOUSING, 0, 3, ("Housing manager", "Housing officer")
    ),
    Agency(
        "NMR-F01",
        "Family Information Service",
        Sector.THIRD_SECTOR,
        Kind.INFORMATION,
        0,
        2,
        ("Manager", "Information officer"),
    ),
    Agency(
        "NMR-V01", "Home Together", Sector.THIRD_SECTOR, Kind.VOLUNTARY, 0, 3, ("Coordinator", "Family volunteer lead")
    ),
    Agency(
        "NMR-L01",
        "Northmoor Sport and Play",
        Sector.SPORT_PLAY_LEISURE,
        Kind.LEISURE,
        0,
        2,
        ("Play manager", "Play worker"),
    ),
    Agency(
        "NMR-A01",
        "Northmoor Council",
        Sector.SOCIAL_CARE,
        Kind.COUNCIL,
        0,
        2,
        ("Data steward", "Privacy officer"),
    ),
    Agency(
        "EVL-E01",
        "Eastvale Early Help",
        Sector.SOCIAL_CARE,
        Kind.EARLY_HELP,
        0,
        1,
        ("Service manager",),
        authority="EVL",
    ),
)


GIVEN = [
    "Aisha",
    "Alan",
    "Bethan",
    "Callum",
    "Carys",
    "Daniel",
    "Dorota",
    "Ellen",
    "Emeka",
    "Farah",
    "Fiona",
    "Gareth",
    "Grace",
    "Hamid",
    "Helen",
    "Ioan",
    "Imran",
    "Jack",
    "Jasmin",
    "Kofi",
    "Laura",
    "Liam",
    "Maria",
    "Marek",
    "Mohsin",
    "Nia",
    "Oliver",
    "Patrick",
    "Pooja",
    "Rachel",
    "Rhys",
    "Rosa",
    "Samira",
    "Simon",
    "Tanya",
    "Tom",
    "Uche",
    "Vera",
    "Wendy",
    "Yusuf",
    "Zofia",
]
FAMILY = [
    "Ashdown",
    "Barrowby",
    "Calder",
    "Dunmore",
    "Elsworth",
    "Fenwick",
    "Garside",
    "Holroyd",
    "Iveson",
    "Jessop",
    "Kershaw",
    "Langdale",
    "Marsden",
    "Naylor",
    "Oldfield",
    "Pennock",
    "Quarmby",
    "Ramsden",
    "Stansfield",
    "Thackray",
    "Umpleby",
    "Verity",
    "Wainwright",
    "Yardley",
]


def invented_name(number: int) -> str:
    """A name nobody in the demonstration has twice."""
    return f"{GIVEN[number % len(GIVEN)]} {FAMILY[(number * 7 + number // len(GIVEN)) % len(FAMILY)]}"
