"""Whether a young person's record stays past 18: asked half a year before, by their own word alone (IX-59, 60)."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from teamaround.audit import recording
from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.people.models import Child
from teamaround.people.terms import ChildState
from teamaround.reference import periods
from teamaround.tasks import trays
from teamaround.tasks.models import Task
from teamaround.workforce import practitioners
from teamaround.workforce.models import Practitioner

from .models import Involvement, LeadMarker, Stay
from .terms import InvolvementState, StayAnswer, StayBasis

ASK = "ask-to-stay"
#: who is asked to ask where nobody works with the young person
STEWARDS = "life.see"


# Rules.


def asked_from(born: date) -> date:
    """The day from which a young person is asked: at 17 years and 6 months."""
    years, months = periods.amounts("age_archive", "stay_asked_months")
    return dates.months_after(born, 12 * years - months)


def check_may_stay(child: Child, *, basis: str, until_age: int, on: date) -> None:
    """Refuse before 17 and a half, without one of the two grounds, and to an age that the rule does not know."""
    if child.born is None or asked_from(child.born) > on:
        raise Refused("A young person is asked from 17 years and 6 months", field="answer")
    if on > dates.today():
        raise Refused("The day they answered is in the future", field="on")
    if basis not in StayBasis.values:
        raise Refused(
            "Select the ground: only care leavers and young people with a learning disability can stay", field="basis"
        )
    least, most = periods.amount("age_archive") + 1, periods.amount("age_max")
    if not least <= until_age <= most:
        raise Refused(f"The record can stay until an age of {least} to {most}", field="until_age")


# Actions.


@action("stay.agreed")
def agree(child: Child, *, basis: str, until_age: int, on: date, by: Actor) -> Stay:
    """The young person wants their record to stay until an age; an earlier consent gives way to this one."""
    check_may_stay(child, basis=basis, until_age=until_age, on=on)
    Stay.objects.filter(child=child, answer=StayAnswer.YES, withdrawn_on=None).update(withdrawn_on=dates.today())
    until = dates.birthday(child.born, until_age)
    if until <= dates.today():
        raise Refused("They are already that old", field="until_age")
    return _record(child, StayAnswer.YES, on=on, basis=basis, until=until, by=by)


@action("stay.declined")
def decline(child: Child, *, answer: str, on: date, by: Actor) -> Stay:
    """The young person does not want to stay, or is not one of those who can."""
    if answer not in (StayAnswer.NO, StayAnswer.NOT_ENTITLED):
        raise Refused("Select what they answered", field="answer")
    if standing(child) is not None:
        raise Refused("They agreed before. Record that they take it back")
    return _record(child, answer, on=on, by=by)


@action("stay.withdrawn")
def withdraw(child: Child, *, by: Actor) -> None:
    """The young person takes their consent back: past the age the record is archived in the night to come (IX-59)."""
    if not Stay.objects.filter(child=child, answer=StayAnswer.YES, withdrawn_on=None).update(
        withdrawn_on=dates.today()
    ):
        raise Refused("There is no consent to stay")


def answer(child: Child, *, answer: str, on: date, by: Actor, basis: str = "", until_age: int = 0) -> None:
    """Record what the young person answered."""
    if answer == StayAnswer.YES:
        agree(child, basis=basis, until_age=until_age, on=on, by=by)
    else:
        decline(child, answer=answer, on=on, by=by)


def _record(child: Child, answer: str, *, on: date, by: Actor, **more: object) -> Stay:
    made = Stay.objects.create(
        child=child, answer=answer, answered_on=on, recorded_by_id=by.practitioner, recorded_at=dates.now(), **more
    )
    trays.finish(subject=child.pk, kind=ASK, by=by)
    recording.tell(answer=str(answer))
    return made


def ask_due(today: date, *, by: Actor) -> int:
    """Have everybody asked who is 17 and a half or older and was never asked; how many."""
    years = periods.amount("age_archive")
    first = dates.months_after(today, periods.amount("stay_asked_months") - 12 * years)
    near = Child.objects.filter(state=ChildState.ACTIVE, born__lte=first, born__gt=dates.birthday(today, -years))
    asked = Task.objects.filter(kind=ASK).values("subject")
    answered = Stay.objects.values("child")
    found = [one for one in near.exclude(pk__in=asked).exclude(pk__in=answered) if asked_from(one.born) <= today]
    for child in found:
        _have_asked(child, by=by)
    return len(found)


@action("stay.asked")
def _have_asked(child: Child, *, by: Actor) -> None:
    for who in _who_asks(child):
        trays.put(
            kind=ASK,
            subject=child.pk,
            link=f"/children/{child.pk}/stay/",
            due_on=dates.birthday(child.born, periods.amount("age_archive")),
            child=child,
            practitioner=who,
            by=by,
        )


def _who_asks(child: Child) -> list[Practitioner]:
    """Whoever leads, else whoever has worked longest with the young person, else the stewards of the authority."""
    led = LeadMarker.objects.filter(child=child, to_on=None).values("involvement")
    working = Involvement.objects.filter(child=child, state=InvolvementState.CURRENT, practitioner__isnull=False)
    one = (
        working.filter(pk__in=led).select_related("practitioner").first()
        or working.select_related("practitioner").order_by("from_on", "pk").first()
    )
    if one is not None:
        return [one.practitioner]
    return list(practitioners.holding(STEWARDS).filter(agency__authority=child.authority_id))


# Questions.


def stay_on(day: date) -> QuerySet[UUID]:
    """The children whose consent to stay is good on a day: it ends on the birthday it names."""
    return Stay.objects.filter(answer=StayAnswer.YES, withdrawn_on=None, until__gt=day).values("child")


def ever_agreed() -> set[UUID]:
    """The children who agreed to stay at some time."""
    return set(Stay.objects.filter(answer=StayAnswer.YES).values_list("child", flat=True))


def standing(child: Child) -> Stay | None:
    """The consent to stay that stands."""
    return Stay.objects.filter(child=child, answer=StayAnswer.YES, withdrawn_on=None).first()


def may_stay(child: Child, day: date) -> bool:
    """Whether somebody is young enough for a live record, or has agreed to stay."""
    young = child.born is None or dates.age_on(child.born, day) < periods.amount("age_archive")
    return young or stay_on(day).filter(child=child).exists()
