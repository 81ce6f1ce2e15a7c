"""Questions others ask of the index."""

from datetime import timedelta
from uuid import UUID

from teamaround.kit import dates

from .models import Search

#: how long a search counts as made before a record is opened or an episode started (CW-1)
SEARCH_COUNTS_FOR = timedelta(minutes=15)


def shown_lately(practitioner: UUID | None) -> set[UUID]:
    """The children that the practitioner's searches of the last 15 minutes showed."""
    found = Search.objects.filter(
        practitioner=practitioner, made_at__gte=dates.now() - SEARCH_COUNTS_FOR
    ).values_list("found", flat=True)
    return {child for children in found for child in children}
