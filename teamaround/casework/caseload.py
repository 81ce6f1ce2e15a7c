"""How much somebody already carries, as a score of casework.md 5.6: it informs a choice and never locks one.

An episode weighs what the child needs, more with every agency round the table and in its first eight weeks.
Leading counts it whole, coordinating without leading half, being in the team two fifths.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Q

from teamaround.kit import dates
from teamaround.reference import periods
from teamaround.workforce.models import Practitioner

from .models import Assessment, Episode, Lead, Member
from .terms import OPEN, LeadState, NeedLevel

WEIGHT = {NeedLevel.NONE: 1, NeedLevel.ADDITIONAL: 1, NeedLevel.COMPLEX: 2, NeedLevel.RISK: 3}
EACH_FURTHER_AGENCY = Decimal("0.25")
WHILE_NEW = Decimal("0.5")
NEW_FOR = timedelta(weeks=8)
LEADS, COORDINATES, TAKES_PART = Decimal(1), Decimal("0.5"), Decimal("0.4")


def limits(practitioners: Collection[Practitioner]) -> dict[UUID, Decimal]:
    """The score from which a manager is asked before each takes on more, by how much of a week they work."""
    full = periods.exact("lead_limit_score")
    return {one.pk: full * one.full_time_equivalent for one in practitioners}


def scores(practitioners: Collection[UUID]) -> dict[UUID, Decimal]:
    """The score of each of these practitioners, in a fixed number of questions."""
    shares = _shares(practitioners)
    weights = _weights({episode for _, episode in shares})
    totals = dict.fromkeys(practitioners, Decimal(0))
    for (practitioner, episode), share in shares.items():
        totals[practitioner] += share * weights[episode]
    return totals


def _shares(practitioners: Collection[UUID]) -> dict[tuple[UUID, UUID], Decimal]:
    """The greatest part each has in each open episode."""
    parts: list[tuple[UUID, UUID, Decimal]] = []
    who = list(practitioners)
    coordinated = Episode.objects.filter(coordinator__in=who, state__in=OPEN).values_list("coordinator", "pk")
    joined = Member.objects.filter(practitioner__in=who, left_on=None, episode__state__in=OPEN)
    led = Lead.objects.filter(member__practitioner__in=who, state=LeadState.ACTIVE, episode__state__in=OPEN)
    parts += [(one, episode, COORDINATES) for one, episode in coordinated]
    parts += [(one, episode, TAKES_PART) for one, episode in joined.values_list("practitioner", "episode")]
    parts += [(one, episode, LEADS) for one, episode in led.values_list("member__practitioner", "episode")]
    shares: dict[tuple[UUID, UUID], Decimal] = defaultdict(Decimal)
    for practitioner, episode, share in parts:
        shares[practitioner, episode] = max(shares[practitioner, episode], share)
    return shares


def _weights(episodes: Collection[UUID]) -> dict[UUID, Decimal]:
    newest_last = Assessment.objects.filter(episode__in=episodes).exclude(level="").order_by("version")
    levels = dict(newest_last.values_list("episode", "level"))
    agencies = Count("members__practitioner__agency", filter=Q(members__left_on=None), distinct=True)
    found = Episode.objects.filter(pk__in=episodes).annotate(agencies=agencies)
    new_since = dates.today() - NEW_FOR
    return {
        one.pk: WEIGHT[NeedLevel(levels.get(one.pk, NeedLevel.ADDITIONAL))]
        + EACH_FURTHER_AGENCY * max(one.agencies - 1, 0)
        + (WHILE_NEW if one.started_on > new_since else 0)
        for one in found
    }
