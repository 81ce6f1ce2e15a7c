"""The vocabulary in force, so that an area can change the words without changing the program."""

from django.db.models import Q

from teamaround.kit import dates

from .models import Word


def vocabulary() -> dict[str, tuple[str, str]]:
    """Every term in force today: key -> (singular, plural)."""
    today = dates.today()
    words = Word.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today), valid_from__lte=today).order_by(
        "valid_from"
    )
    return {one.key: (one.singular, one.plural) for one in words}


def say(key: str, *, plural: bool = False) -> str:
    """One term as it is said here: say("lead_professional") is "lead professional" unless the area says otherwise."""
    known = vocabulary().get(key)
    return known[plural] if known else key.replace("_", " ")
