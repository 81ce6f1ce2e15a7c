"""Questions others ask of the index: what was searched lately, who works with a child, who leads."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Max, Q

from teamaround.kit import dates
from teamaround.people.models import Child
from teamaround.people.terms import Registered, UniversalKind
from teamaround.reference import periods
from teamaround.workforce.models import Practitioner

from .models import AssessmentMarker, Feed, Involvement, LeadMarker, LoadedRow, Search, Start
from .terms import InvolvementState, RowAnswer, StartOutcome

#: how long a search counts as made before a record is opened or an episode started (CW-1)
SEARCH_COUNTS_FOR = timedelta(minutes=15)


def shown_lately(practitioner: UUID | None) -> set[UUID]:
    """The children that the practitioner's searches of the last 15 minutes showed; what was searched for somebody else
    opens nothing to oneself (IX-19)."""
    found = Search.objects.filter(
        practitioner=practitioner, on_behalf_of=None, made_at__gte=dates.now() - SEARCH_COUNTS_FOR
    ).values_list("found", flat=True)
    return {child for children in found for child in children}


def searched_lately(practitioner: Practitioner | UUID | None, child: Child) -> Search | None:
    """The practitioner's latest search of the last 15 minutes that showed the child or led to the child's record."""
    return (
        Search.objects.filter(
            practitioner=practitioner,
            on_behalf_of=None,
            found__contains=[child.pk],
            made_at__gte=dates.now() - SEARCH_COUNTS_FOR,
        )
        .order_by("-made_at")
        .first()
    )


def is_known_to(child: Child, agency: UUID | None) -> bool:
    """Whether an agency works with the child, or is the child's school or GP (IX-17 a)."""
    return (
        Involvement.objects.filter(child=child, agency=agency, state=InvolvementState.CURRENT).exists()
        or child.universal_services.filter(agency=agency, to_on__isnull=True).exists()
    )


@dataclass(frozen=True)
class Works:
    """One line of who works with a child: an agency, perhaps somebody there, how to reach them. No content."""

    agency: str
    name: str
    role: str
    phone: str
    email: str
    since: str
    leads: bool = False
    past: bool = False
    universal: bool = False
    involvement: UUID | None = None
    practitioner: UUID | None = None
    unconfirmed: str = ""  #: since when nobody has said that it still stands

    def mine(self, practitioner: UUID | None) -> bool:
        """Whether this is the current involvement of the practitioner who looks."""
        return not self.past and self.practitioner is not None and self.practitioner == practitioner


@dataclass(frozen=True)
class Marker:
    """That an assessment exists and who can speak to it."""

    holder: str
    agency: str
    contact: str
    since: date


def who_works_with(child: Child) -> list[Works]:
    """Universal services first, then whoever is involved, then who was lately (IX-34); what went unaffirmed through too
    many prompts says since when (IX-35)."""
    months, most_missed = periods.amounts("involvement_visible_months", "involvement_missed")
    seen_until = dates.months_after(dates.today(), -months)
    missed = Count("prompts", filter=Q(prompts__answered_on=None, prompts__answer_by__lt=dates.today()))
    involvements = (
        Involvement.objects.filter(Q(state=InvolvementState.CURRENT) | Q(to_on__gte=seen_until), child=child)
        .exclude(state=InvolvementState.IN_ERROR)
        .select_related("agency", "practitioner", "team")
        .annotate(missed=missed, affirmed_on=Max("prompts__answered_on"))
        .order_by("state", "from_on")
    )
    leading = set(LeadMarker.objects.filter(child=child, to_on=None).values_list("involvement", flat=True))
    silent = {
        one.pk: one.affirmed_on or one.from_on
        for one in involvements
        if one.missed >= most_missed and one.state == InvolvementState.CURRENT
    }
    return [*_universal(child), *(_line(one, leading, silent.get(one.pk)) for one in involvements)]


def who_worked_with(child: Child) -> list[Works]:
    """Everybody who ever worked with a child, for whoever reads the archived record; the latest last."""
    involvements = Involvement.objects.filter(child=child).exclude(state=InvolvementState.IN_ERROR)
    found = involvements.select_related("agency", "practitioner", "team").order_by("from_on", "pk")
    return [*_universal(child), *(_line(one, set()) for one in found)]


def _universal(child: Child) -> list[Works]:
    services = child.universal_services.filter(to_on=None, registered=Registered.REGISTERED).select_related("agency")
    return [
        Works(
            one.agency.name,
            "",
            UniversalKind(one.kind).label,
            one.agency.phone,
            one.agency.email,
            f"since {dates.say(one.from_on)}" if one.from_on else "",
            universal=True,
        )
        for one in services.order_by("kind")
        if one.agency is not None
    ]


def _line(one: Involvement, leading: set[UUID], silent_since: date | None = None) -> Works:
    past = one.state == InvolvementState.ENDED
    since = f"from {dates.say(one.from_on)} to {dates.say(one.to_on)}" if past else f"since {dates.say(one.from_on)}"
    somebody = one.practitioner or one.team
    name = somebody.name if somebody else ""
    return Works(
        one.agency.name,
        name,
        one.role,
        "" if past else one.phone,
        "" if past else one.email,
        since,
        leads=one.pk in leading,
        past=past,
        involvement=one.pk,
        practitioner=one.practitioner_id,
        unconfirmed=dates.say(silent_since),
    )


@dataclass(frozen=True)
class Unanswered:
    """A declared start that nobody followed up in time, as the line manager sees it."""

    who: str
    child: UUID
    declared_at: datetime
    follow_up_by: date


def unanswered_starts(manager: UUID | None) -> list[Unanswered]:
    """The starts of those a manager manages whose days to follow up are over, the oldest first (IX-18)."""
    found = Start.objects.filter(
        practitioner__manager=manager, outcome=StartOutcome.WAITING, follow_up_by__lt=dates.today()
    )
    return [
        Unanswered(one.practitioner.name, one.child_id, one.declared_at, one.follow_up_by)
        for one in found.select_related("practitioner").order_by("follow_up_by", "pk")
    ]


def assessment_of(child: Child) -> Marker | None:
    """The open assessment's marker, if there is one; nothing of what the assessment says."""
    found = (
        AssessmentMarker.objects.filter(child=child, to_on=None, retracted=False)
        .select_related("holder__agency")
        .first()
    )
    if found is None:
        return None
    holder = found.holder
    contact = ", ".join(part for part in (holder.phone or holder.agency.phone, holder.email) if part)
    return Marker(holder.name, holder.agency.name, contact, found.from_on)


def children_of_feed(feed: Feed) -> dict[int, Child]:
    """The children that rows of a feed's files belong to beyond doubt, by the number of the line."""
    sure = (RowAnswer.CREATED, RowAnswer.MATCHED, RowAnswer.UNCHANGED)
    rows = LoadedRow.objects.filter(load__feed=feed, load__dry=False, answer__in=sure, child__isnull=False)
    return {one.number: one.child for one in rows.select_related("child") if one.child is not None}
