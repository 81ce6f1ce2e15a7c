"""How the life of a record is told on a page: where it stands, and what comes of it."""

from dataclasses import dataclass
from datetime import date

from teamaround.kit import dates
from teamaround.people.models import Child
from teamaround.people.terms import ChildState

from . import leaving, purging, staying, transferring
from .models import Archiving, Death, Stay
from .terms import Returns, StayAnswer, StayBasis, WhyArchived


@dataclass(frozen=True)
class Life:
    """What stands of a record's life, for whoever may see it."""

    state: str
    is_live: bool
    has_died: bool
    has_left: bool
    #: one line for the head of a page; empty for a record in ordinary use
    says: str
    rows: list[tuple[str, str]]
    stays: bool
    held: bool
    waits_for_transfer: bool


def said(child: Child) -> str:
    """One line on a child who has died or has left the area; nothing for everybody else."""
    if child.state == ChildState.DECEASED:
        return f"Has died, on {dates.say(child.died)}. Nobody is asked or told anything about this record."
    if child.state == ChildState.LEFT_AREA:
        left = leaving.last_left(child)
        since = f" on {dates.say(left.left_on)}" if left else ""
        return f"Has left the area{since}."
    return ""


def life_of(child: Child) -> Life:
    """Everything about the life of a record."""
    left, stay, held = leaving.last_left(child), staying.standing(child), purging.held(child)
    asked = transferring.waiting_of(child)
    death = Death.objects.filter(child=child).first()
    archived = Archiving.objects.filter(child=child, brought_back_on=None).first()
    rows = [("Index number", child.index_number), ("State", ChildState(child.state).label)]
    rows.append(("Responsible authority", child.authority.name))
    if death is not None:
        rows.append(("Died", f"{dates.say(child.died)}, told by {death.source}"))
    if left is not None:
        rows.append(("Left the area", dates.say(left.left_on)))
        rows.append(("Means to come back", Returns(left.returns).label))
    rows.append(("Stays past 18", _stays(child, stay)))
    if asked is not None:
        rows.append(("Asked", f"{asked.to.name} to be responsible; {asked.answers.name} answers"))
    if archived is not None:
        because = WhyArchived(archived.because).label
        rows.append(("In the archive since", f"{dates.say(archived.archived_on)}: {because.lower()}"))
        rows.append(("Purged from", dates.say(archived.purge_on)))
    if held is not None:
        rows.append(("Held in law", f"since {dates.say(held.placed_on)}: {held.reason}"))
    return Life(
        ChildState(child.state).label,
        child.state in (ChildState.ACTIVE, ChildState.LEFT_AREA),
        child.state == ChildState.DECEASED,
        child.state == ChildState.LEFT_AREA,
        said(child),
        rows,
        stay is not None,
        held is not None,
        asked is not None,
    )


def _stays(child: Child, stay: Stay | None) -> str:
    if stay is not None:
        return f"Until {dates.say(stay.until)}: {StayBasis(stay.basis).label.lower()}"
    last = Stay.objects.filter(child=child).order_by("-recorded_at").first()
    if last is None:
        return "Not asked yet" if may_be_asked(child) else "Not asked before 17 years and 6 months"
    if last.answer == StayAnswer.YES:
        return f"Consent taken back on {dates.say(last.withdrawn_on)}"
    return StayAnswer(last.answer).label


def may_be_asked(child: Child, on: date | None = None) -> bool:
    """Whether somebody is old enough to be asked whether their record stays."""
    return child.born is not None and staying.asked_from(child.born) <= (on or dates.today())


@dataclass(frozen=True)
class Responsibility:
    """A request for responsibility as a steward's list shows it."""

    id: object
    number: str
    now: str
    to: str
    asked_by: str
    asked_on: date
    answer_by: date
    state: str
    waits: bool
    late: bool
    mine: bool
    answer: str


def requests(agency: object, *, own: object) -> list[Responsibility]:
    """The requests an authority has a part in, those that wait first."""
    today = dates.today()
    return [
        Responsibility(
            one.pk,
            one.child.index_number,
            one.child.authority.name,
            one.to.name,
            f"{one.asked_by.name}, {one.asked_by.agency.name}",
            one.asked_on,
            one.answer_by,
            one.get_state_display(),
            one.state == "waiting",
            transferring.overdue(one, today),
            one.state == "waiting" and one.answers_id == own,
            one.answer,
        )
        for one in transferring.of_authority(agency)[:100]
    ]
