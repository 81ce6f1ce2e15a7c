"""Access to an episode on a ground; live only while the ground is, so there is no copy to revoke."""

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from teamaround.kit import dates

from .models import Grant, Recipient
from .terms import ConsentState


def live() -> QuerySet[Grant]:
    """Every grant that opens its episode today: not ended, in date, and its consent still names the agency."""
    today = dates.today()
    named = Recipient.objects.filter(
        consent=OuterRef("consent"), agency=OuterRef("practitioner__agency"), allowed=True
    )
    return Grant.objects.filter(
        Exists(named),
        ended_at__isnull=True,
        expires_on__gte=today,
        consent__state=ConsentState.GIVEN,
        consent__expires_on__gte=today,
    )


def live_for(practitioner: UUID | None, agency: UUID | None) -> QuerySet[Grant]:
    """The live grants of one practitioner in their present agency."""
    return live().filter(practitioner=practitioner, practitioner__agency=agency)
