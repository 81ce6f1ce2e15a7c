"""Postcode to ward, locality and area, as it was or is on a day; and loading the table that says so."""

from datetime import date

from django.db.models import Q

from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.kit import dates
from teamaround.kit.text import postcode as tidy

from .models import Area, Authority, Locality, Postcode, Ward


def ward_of(postcode: str, *, on: date | None = None) -> Ward | None:
    """The ward a postcode lies in on a day; None when the table does not know it."""
    day = on or dates.today()
    found = (
        Postcode.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day), postcode=tidy(postcode), valid_from__lte=day
        )
        .select_related("ward__locality__area__authority")
        .order_by("-valid_from")
        .first()
    )
    return found.ward if found else None


def locality_of(postcode: str, *, on: date | None = None) -> Locality | None:
    """The locality a postcode lies in on a day."""
    ward = ward_of(postcode, on=on)
    return ward.locality if ward else None


@action("places.loaded")
def load(rows: list[dict[str, str]], *, valid_from: date, by: Actor) -> int:
    """Load a table of places, one row a postcode: authority, area, locality and ward each by code and name.

    A postcode that moves to another ward ends in the old one the day before. Loading the same table again
    changes nothing. How many postcodes are new or moved.
    """
    made: dict[tuple[str, str], object] = {}

    def place(model: type, code: str, name: str, **above: object) -> object:
        key = (model.__name__, code)
        if key not in made:
            made[key], _ = model.objects.get_or_create(code=code, defaults={"name": name, **above})
        return made[key]

    current = dict(Postcode.objects.filter(valid_to=None).values_list("postcode", "ward__code"))
    new, ended = [], []
    for row in rows:
        authority = place(Authority, row["authority"], row["authority_name"])
        area = place(Area, row["area"], row["area_name"], authority=authority)
        locality = place(Locality, row["locality"], row["locality_name"], area=area)
        ward = place(Ward, row["ward"], row["ward_name"], locality=locality)
        code = tidy(row["postcode"])
        if current.get(code) == row["ward"]:
            continue
        if code in current:
            ended.append(code)
        new.append(Postcode(postcode=code, ward=ward, valid_from=valid_from))
    if ended:
        Postcode.objects.filter(postcode__in=ended, valid_to=None).update(
            valid_to=date.fromordinal(valid_from.toordinal() - 1)
        )
    Postcode.objects.bulk_create(new)
    return len(new)


def authority(code: str) -> Authority:
    """An authority by its code."""
    return Authority.objects.get(code=code)


def locality(code: str) -> Locality:
    """A locality by its code."""
    return Locality.objects.get(code=code)
