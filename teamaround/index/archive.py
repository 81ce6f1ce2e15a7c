"""The archive: what comes into it every night, who reads it on what ground, how a record comes out (IX-59 to 64)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from teamaround.audit import recording
from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.kit.text import tidy
from teamaround.people.models import Child
from teamaround.people.terms import BornPrecision, ChildState
from teamaround.reference import periods
from teamaround.tasks import notices, trays
from teamaround.workforce import practitioners

from . import registering, staying
from .models import ArchiveRead, Archiving, Involvement, LeadMarker, Leaving, Start
from .terms import ArchiveGround, InvolvementState, Returns, StartOutcome, WhyArchived

#: who reads the archive after its first year, and who agrees to it
KEEPS, AGREES = "archive.keep", "archive.agree"


# What comes into the archive.


def archive_due(today: date, *, by: Actor) -> int:
    """Archive whatever has come to its time, each record in an act of its own; how many. Run twice, it does no more."""
    found = [*_of_age(today), *_dead(today), *_gone(today, by=by)]
    for child, because in found:
        archive(child, because=because, by=by)
    return len(found)


@action("child.archived")
def archive(child: Child, *, because: str, by: Actor) -> None:
    """Put a record into the archive: nobody finds it, nobody is asked about it, and what was open in it ends."""
    today = dates.today()
    if (
        not Child.objects.filter(pk=child.pk)
        .exclude(state__in=(ChildState.ARCHIVED, ChildState.MERGED))
        .update(state=ChildState.ARCHIVED)
    ):
        raise Refused("This record is already in the archive")
    Archiving.objects.create(
        child=child,
        because=because,
        archived_on=today,
        purge_on=dates.birthday(today, periods.amount("archive_years")),
    )
    LeadMarker.objects.filter(child=child, to_on=None).update(to_on=today)
    Involvement.objects.filter(child=child, state=InvolvementState.CURRENT).update(
        state=InvolvementState.ENDED, to_on=today
    )
    Start.objects.filter(child=child, outcome=StartOutcome.WAITING).update(
        outcome=StartOutcome.NO_ACTION, followed_up_at=dates.now()
    )
    rest(child, by=by)
    registering.refresh(child)
    recording.tell(because=str(because))


def rest(child: Child, *, by: Actor) -> None:
    """Let every task and notice about a child stop, this minute (IX-63). Called inside an action."""
    trays.drop_about(child, by=by)
    notices.take_back(child, by=by)


@action("child.brought-back")
def bring_back(child: Child, *, by: Actor) -> None:
    """Take a record out of the archive, under the number it always had; the children it is about are found again."""
    standing = Archiving.objects.filter(child=child, brought_back_on=None).first()
    if standing is None:
        raise Refused("This record is not in the archive")
    if standing.because == WhyArchived.DIED:
        raise Refused("The child has died. If that was recorded in error, say so first")
    if standing.because != WhyArchived.LEFT and not staying.may_stay(child, dates.today()):
        raise Refused("A record ends at the age limit. It comes back only with a consent to stay")
    standing.brought_back_on = dates.today()
    standing.save()
    Child.objects.filter(pk=child.pk).update(state=ChildState.ACTIVE)
    Leaving.objects.filter(child=child, back_on=None).update(back_on=dates.today())
    registering.refresh(child)


def reached(child: Child, years: int) -> date | None:
    """The last day on which somebody can come of an age: where only the month or year of birth is known, its end.

    So nobody's record ends early because little is known of the birth.
    """
    if child.born is None:
        return None
    born = child.born
    if child.born_precision == BornPrecision.YEAR:
        born = date(born.year, 12, 31)
    elif child.born_precision == BornPrecision.MONTH:
        born = dates.months_after(born.replace(day=1), 1) - timedelta(days=1)
    return dates.birthday(born, years)


def _of_age(today: date) -> Iterator[tuple[Child, str]]:
    """Those who have reached the age without a consent to stay (IX-59)."""
    years = periods.amount("age_archive")
    live = (ChildState.ACTIVE, ChildState.LEFT_AREA)
    found = Child.objects.filter(state__in=live, born__lte=dates.birthday(today, -years))
    stayed = staying.ever_agreed()
    for child in found.exclude(pk__in=staying.stay_on(today)):
        day = reached(child, years)
        if day is not None and day <= today:
            yield child, WhyArchived.STAY_ENDED if child.pk in stayed else WhyArchived.AGE


def _dead(today: date) -> Iterator[tuple[Child, str]]:
    """Those whose death was recorded a year ago (IX-63)."""
    before = dates.birthday(today, -periods.amount("death_live_years"))
    for child in Child.objects.filter(state=ChildState.DECEASED, death__recorded_on__lte=before):
        yield child, WhyArchived.DIED


def _gone(today: date, *, by: Actor) -> Iterator[tuple[Child, str]]:
    """Those who left and do not mean to come back, and those who have been gone too long (IX-64).

    Whoever is known to have left without a word of coming back counts from the day we came to know it.
    """
    known = Leaving.objects.filter(back_on=None).values("child")
    for child in Child.objects.filter(state=ChildState.LEFT_AREA).exclude(pk__in=known):
        _note_leaving(child, on=today, by=by)
    hold = dates.birthday(today, -periods.amount("left_hold_years"))
    over = Leaving.objects.filter(Q(returns=Returns.NO) | Q(left_on__lte=hold), back_on=None)
    of_age = {child.pk for child, _ in _of_age(today)}
    for one in over.filter(child__state=ChildState.LEFT_AREA).select_related("child"):
        if one.child_id not in of_age:
            yield one.child, WhyArchived.LEFT


@action("leaving.noted")
def _note_leaving(child: Child, *, on: date, by: Actor) -> None:
    Leaving.objects.create(child=child, left_on=on, returns=Returns.UNKNOWN)


# Reading what is in the archive.


def check_ground(ground: str, reason: str) -> None:
    """Refuse to open the archive without one of its grounds and a reason (IX-61)."""
    if ground not in ArchiveGround.values:
        raise Refused("Select on what ground you must read this record", field="ground")
    if len(tidy(reason)) < 10:
        raise Refused("Say why in at least 10 characters", field="reason")


@action("archive-read.asked")
def ask_to_read(child: Child, *, ground: str, reason: str, by: Actor) -> ArchiveRead:
    """Ask to read an archived record on a ground. In its first year it opens at once for an hour; after that only a
    keeper of the archive may ask, and a second person agrees (IX-61)."""
    check_ground(ground, reason)
    standing = Archiving.objects.filter(child=child, brought_back_on=None).first()
    if standing is None:
        raise Refused("This record is not in the archive")
    alone = dates.today() < dates.birthday(standing.archived_on, periods.amount("archive_steward_years"))
    if not alone and KEEPS not in by.functions:
        raise Refused("This record has been in the archive for over a year. Ask the keeper of the archive")
    read = ArchiveRead.objects.create(
        child=child,
        ground=ground,
        reason=tidy(reason),
        asked_by_id=by.practitioner,
        asked_at=dates.now(),
        needs_second=not alone,
        open_until=_an_hour_on() if alone else None,
    )
    if not alone:
        for who in practitioners.holding(AGREES).exclude(pk=by.practitioner):
            trays.put(
                kind="second-archive-read",
                subject=read.pk,
                link=f"/stewardship/archive/requests/{read.pk}/",
                due_on=dates.today(),
                practitioner=who,
                by=by,
            )
    recording.tell(ground=str(ground), needs_second=not alone)
    return read


def ask_by_number(number: str, ground: str, reason: str, *, by: Actor) -> ArchiveRead:
    """Ask to read the archived record that bears a number."""
    check_ground(ground, reason)
    return ask_to_read(find(number), ground=ground, reason=reason, by=by)


@action("archive-read.agreed")
def agree_to_read(read: ArchiveRead, *, by: Actor) -> None:
    """Let somebody else read an archived record for an hour."""
    _answer(read, by=by, agreed_by_id=by.practitioner, open_until=_an_hour_on())


@action("archive-read.refused")
def refuse_to_read(read: ArchiveRead, *, by: Actor) -> None:
    """Let nobody read an archived record for what was asked."""
    _answer(read, by=by, agreed_by_id=by.practitioner, refused_at=dates.now())


def _answer(read: ArchiveRead, *, by: Actor, **answer: object) -> None:
    if read.asked_by_id == by.practitioner:
        raise Refused("Somebody else agrees to what you asked for")
    waiting = ArchiveRead.objects.filter(pk=read.pk, needs_second=True, agreed_by=None)
    if not waiting.update(**answer):
        raise Refused("This was already answered")
    trays.finish(subject=read.pk, by=by)
    link = "/stewardship/archive/"
    notices.tell(practitioner=read.asked_by, kind="archive-read-answered", link=link, by=by)


def _an_hour_on() -> datetime:
    return dates.now() + timedelta(minutes=periods.amount("archive_read_minutes"))


def open_to(practitioner: UUID | None) -> QuerySet[ArchiveRead]:
    """The requests of a practitioner whose hour is not over."""
    return ArchiveRead.objects.filter(asked_by=practitioner, open_until__gt=dates.now())


def waiting_for_second(practitioner: UUID | None) -> QuerySet[ArchiveRead]:
    """The requests of others that wait for a second person."""
    return ArchiveRead.objects.filter(needs_second=True, agreed_by=None).exclude(asked_by=practitioner)


def find(number: str) -> Child:
    """The archived record that bears an index, NHS or pupil number; the archive is not searched by name."""
    typed = "".join(number.split()).upper().replace("-", "")
    by_number = Q(identifiers__value=typed) | Q(index_number=typed)
    found = Child.objects.filter(by_number, state=ChildState.ARCHIVED).distinct()
    if not typed or len(found) != 1:
        raise Refused("No archived record bears this number. Check each character", field="number")
    return found[0]
