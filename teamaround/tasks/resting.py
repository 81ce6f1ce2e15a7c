"""About a child who has died, or whose record is archived, nobody is asked or told anything (IX-63)."""

from teamaround.people.models import Child
from teamaround.people.terms import AT_REST

from .terms import ABOUT_OUR_WORK


def is_quiet(child: Child | None, kind: str) -> bool:
    """Whether nothing of this kind may be said about a child; asked afresh, whatever the caller still believes."""
    if child is None or kind in ABOUT_OUR_WORK:
        return False
    return Child.objects.filter(pk=child.pk, state__in=AT_REST).exists()
