"""Opening a record in an emergency: by a named role, with a reason, one child, for an hour, to read only, and looked
at by somebody else within two working days (IX-17 c, D7)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet, TextChoices

from teamaround.audit import recording
from teamaround.audit.actor import Actor
from teamaround.audit.privacy import P1, P3, P4
from teamaround.audit.recording import action
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.kit.text import tidy
from teamaround.people import queries as people
from teamaround.people.models import Child
from teamaround.reference import calendar, periods
from teamaround.tasks import notices, trays
from teamaround.workforce import practitioners
from teamaround.workforce.models import Practitioner

from . import door
from .models import Override
from .policy import Action

#: a reason in fewer letters explains nothing
SHORTEST_REASON = 20


class Category(TextChoices):
    """What kind of emergency it is."""

    PROTECTION = "protection", "Child protection enquiry"
    HOSPITAL = "hospital", "Child in hospital"
    CUSTODY = "custody", "Child in custody"
    MISSING = "missing", "Missing child"
    DUTY = "duty", "Emergency duty, out of hours"


class Finding(TextChoices):
    """What the review found."""

    JUSTIFIED = "justified", "Justified"
    NOT_JUSTIFIED = "not-justified", "Not justified"
    TRAINING = "training", "Needs training"


def check_may_open(*, category: str, reason: str, by: Actor) -> None:
    """Refuse without the role, the kind of emergency, and a reason that says something."""
    if not door.may(by, Action.OVERRIDE):
        raise Refused("Your role does not open records in an emergency. Ask your safeguarding lead")
    if category not in Category.values:
        raise Refused("Select what kind of emergency it is", field="category")
    if len(tidy(reason)) < SHORTEST_REASON:
        raise Refused(f"Say why in at least {SHORTEST_REASON} characters", field="reason")


@action("override.opened")
def open_in_emergency(child: Child, *, category: str, reason: str, by: Actor) -> Override:
    """Open one record for an hour; those who review are told at once, without a name."""
    check_may_open(category=category, reason=reason, by=by)
    live = live_of(by).filter(child=child).first()
    if live is not None:
        return live
    practitioner = Practitioner.objects.select_related("manager").get(pk=str(by.practitioner))
    override = Override.objects.create(
        child=child,
        practitioner=practitioner,
        category=category,
        reason=tidy(reason),
        opened_at=dates.now(),
        until=dates.now() + timedelta(minutes=periods.amount("override_minutes")),
        review_by=calendar.working_days_after(dates.today(), periods.amount("override_review_wd")),
    )
    _tell(override, by=by)
    recording.tell(category=category)
    return override


def _tell(override: Override, *, by: Actor) -> None:
    """Ask every reviewer, and let the line manager know. Whoever opened it reviews nothing of their own."""
    link = f"/overrides/{override.pk}/"
    reviewers = practitioners.holding(Action.REVIEW_OVERRIDE).exclude(pk=override.practitioner_id)
    for reviewer in reviewers:
        trays.put(
            kind="review-override",
            subject=override.pk,
            link=link,
            due_on=override.review_by,
            practitioner=reviewer,
            by=by,
        )
        notices.tell(practitioner=reviewer, kind="override-used", link=link, by=by)
    manager = override.practitioner.manager
    if manager is not None and manager not in reviewers:
        # A manager need not be one who reviews, and then sees of it only that somebody they manage did it.
        notices.tell(practitioner=manager, kind="override-used", link="/my-team/", by=by)


def check_may_review(override: Override, *, finding: str, note: str, by: Actor) -> None:
    """Refuse a review of one's own, and one that explains nothing."""
    if override.practitioner_id == by.practitioner:
        raise Refused("Somebody else reviews what you opened")
    if finding not in Finding.values:
        raise Refused("Select what you found", field="finding")
    if finding != Finding.JUSTIFIED and not tidy(note):
        raise Refused("Say what you found and what follows", field="note")


@action("override.reviewed")
def review(override: Override, *, finding: str, by: Actor, note: str = "") -> None:
    """Say whether opening the record was justified."""
    check_may_review(override, finding=finding, note=note, by=by)
    reviewed = Override.objects.filter(pk=override.pk, reviewed_at__isnull=True).update(
        reviewed_at=dates.now(), reviewed_by=by.practitioner, finding=finding, finding_note=tidy(note)
    )
    if not reviewed:
        raise Refused("This was already reviewed")
    trays.finish(subject=override.pk, by=by)
    recording.tell(finding=finding)


def live_of(actor: Actor) -> QuerySet[Override]:
    """The actor's overrides whose hour is not over."""
    return Override.objects.filter(practitioner=actor.practitioner, until__gt=dates.now())


def to_review(actor: Actor) -> QuerySet[Override]:
    """What waits for a review by somebody like the actor, the oldest first."""
    waiting = Override.objects.filter(reviewed_at__isnull=True).exclude(practitioner=actor.practitioner)
    return waiting.select_related("practitioner__agency").order_by("opened_at")


@dataclass(frozen=True)
class Opening:
    """An emergency opening as whoever reviews it sees it; the child and the reason only when it is looked at."""

    id: UUID
    who: str
    agency: str
    category: str
    opened_at: datetime
    review_by: date
    overdue: bool
    child: str = ""
    reason: str = ""


def openings(actor: Actor) -> list[Opening]:
    """What waits for the actor's review, without whose record it was."""
    return [_opening(one) for one in to_review(actor)]


def look_at(override: Override, *, by: Actor) -> Opening:
    """All that a review needs; the look is recorded first."""
    recording.disclose(
        Action.REVIEW_OVERRIDE.value,
        by=by,
        about=override.about(),
        record=override._meta.label,
        record_id=override.pk,
        classes=[P1, P3, P4],
    )
    return _opening(override, child=people.name_of(override.child), reason=override.reason)


def waiting_for_review(id: UUID, *, by: Actor) -> Override:
    """An opening that the actor may review; NotThere when it is reviewed, their own, or none."""
    found = to_review(by).filter(pk=id).first() if door.may(by, Action.REVIEW_OVERRIDE) else None
    if found is None:
        raise door.NotThere(Action.REVIEW_OVERRIDE.value)
    return found


def _opening(one: Override, *, child: str = "", reason: str = "") -> Opening:
    return Opening(
        one.pk,
        one.practitioner.name,
        one.practitioner.agency.name,
        Category(one.category).label,
        one.opened_at,
        one.review_by,
        one.review_by < dates.today(),
        child,
        reason,
    )
