"""Which authority is responsible for a child: asked by one, answered by the other; never two and never none (IX-65)."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from teamaround.audit import recording
from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.kit.text import tidy
from teamaround.people.models import Child
from teamaround.people.terms import NOT_FOUND
from teamaround.places.models import Authority
from teamaround.reference import calendar, periods
from teamaround.tasks import notices, trays
from teamaround.workforce import practitioners
from teamaround.workforce.models import Agency, Practitioner

from .models import Transfer
from .terms import TransferState

#: who answers for an authority
ANSWERS = "transfer.answer"
LIST = "/stewardship/transfers/"


def check_can_ask(child: Child, to: Authority | None, *, own: Authority, reason: str) -> None:
    """Refuse a request that changes nothing, or is none of the asker's business."""
    if to is None:
        raise Refused("Select the authority", field="to")
    if child.state in NOT_FOUND:
        raise Refused("The record is not live. Bring it back first")
    if to.pk == child.authority_id:
        raise Refused(f"{to.name} is already responsible", field="to")
    if own.pk not in (to.pk, child.authority_id):
        raise Refused("Only the authority that is responsible, or the one that would be, can ask", field="to")
    if not tidy(reason):
        raise Refused("Say why, such as that the family has moved", field="reason")


@action("transfer.asked")
def ask(child: Child, *, to: Authority | None, reason: str, by: Actor) -> Transfer:
    """Ask the other authority. Until it accepts, the one before stays responsible."""
    own = _own(by)
    check_can_ask(child, to, own=own, reason=reason)
    answers = to if own.pk == child.authority_id else child.authority
    due = calendar.working_days_after(dates.today(), periods.amount("transfer_wd"))
    try:
        with transaction.atomic():
            asked = Transfer.objects.create(
                child=child,
                to=to,
                answers=answers,
                reason=tidy(reason),
                asked_by_id=by.practitioner,
                asked_on=dates.today(),
                answer_by=due,
            )
    except IntegrityError:
        raise Refused("A request for this child already waits for an answer") from None
    for who in _who_answers(answers):
        trays.put(
            kind="answer-transfer",
            subject=asked.pk,
            link=f"/transfers/{asked.pk}/",
            due_on=due,
            child=child,
            practitioner=who,
            by=by,
        )
    return asked


@action("transfer.accepted")
def accept(transfer: Transfer, *, by: Actor) -> None:
    """The other authority agrees: from this moment the new one is responsible, and the old one no longer."""
    _answer(transfer, TransferState.ACCEPTED, "", by=by)
    before = transfer.child.authority_id
    if not Child.objects.filter(pk=transfer.child_id, authority=before).update(authority=transfer.to_id):
        raise Refused("Somebody else has changed who is responsible. Look at the record again")
    recording.tell(before=str(before), to=str(transfer.to_id))


@action("transfer.refused")
def refuse(transfer: Transfer, *, because: str, by: Actor) -> None:
    """The other authority does not agree: everything stays as it was."""
    if not tidy(because):
        raise Refused("Say why not", field="because")
    _answer(transfer, TransferState.REFUSED, tidy(because), by=by)


def _answer(transfer: Transfer, state: str, words: str, *, by: Actor) -> None:
    if _own(by).pk != transfer.answers_id:
        raise Refused("The other authority answers this")
    waiting = Transfer.objects.filter(pk=transfer.pk, state=TransferState.WAITING)
    if not waiting.update(state=state, answer=words, answered_by_id=by.practitioner, answered_on=dates.today()):
        raise Refused("This was already answered")
    trays.finish(subject=transfer.pk, by=by)
    notices.tell(practitioner=transfer.asked_by, kind="transfer-answered", link=LIST, child=transfer.child, by=by)


def escalate_due(today: date, *, by: Actor) -> int:
    """Tell, once, the line managers of both sides of requests that nobody answered in time; how many requests."""
    late = Transfer.objects.filter(state=TransferState.WAITING, answer_by__lt=today, escalated_on=None)
    found = list(late.select_related("asked_by__manager", "answers", "child"))
    for one in found:
        _escalate(one, by=by)
    return len(found)


@action("transfer.escalated")
def _escalate(transfer: Transfer, *, by: Actor) -> None:
    Transfer.objects.filter(pk=transfer.pk, escalated_on=None).update(escalated_on=dates.today())
    asked, answerers = transfer.asked_by, list(_who_answers(transfer.answers))
    told = {asked, *answerers, *(one.manager for one in (asked, *answerers) if one.manager)}
    for who in sorted(told, key=lambda one: str(one.pk)):
        stewards = who == asked or who in answerers
        link = LIST if stewards else "/"
        notices.tell(practitioner=who, kind="transfer-overdue", link=link, child=transfer.child, by=by)


def _own(by: Actor) -> Authority:
    return Agency.objects.select_related("authority").get(pk=by.agency).authority


def _who_answers(authority: Authority) -> QuerySet[Practitioner]:
    return practitioners.holding(ANSWERS).filter(agency__authority=authority).select_related("manager")


def of_authority(agency: object) -> QuerySet[Transfer]:
    """The requests that an agency's authority asked or answers, those that wait first."""
    own = Agency.objects.filter(pk=agency).values("authority")
    found = Transfer.objects.filter(to__in=own) | Transfer.objects.filter(answers__in=own)
    found |= Transfer.objects.filter(asked_by__agency__authority__in=own)
    return found.select_related("to", "answers", "child__authority", "asked_by__agency").order_by("-state", "answer_by")


def waiting_of(child: Child) -> Transfer | None:
    """The request that waits for an answer."""
    return Transfer.objects.filter(child=child, state=TransferState.WAITING).select_related("to", "answers").first()


def other_authorities(child: Child, *, own: object) -> list[tuple[str, str]]:
    """To whom responsibility could go: from the asker's authority to any other, else only to the asker's own."""
    mine = Agency.objects.select_related("authority").get(pk=own).authority
    if mine.pk != child.authority_id:
        return [(str(mine.pk), mine.name)]
    return [(str(one.pk), one.name) for one in Authority.objects.exclude(pk=mine.pk).order_by("name")]


def authority(id: str) -> Authority | None:
    """The authority with this id."""
    return Authority.objects.filter(pk=id).first() if id else None


def overdue(transfer: Transfer, today: date) -> bool:
    """Whether an answer is late."""
    return transfer.state == TransferState.WAITING and transfer.answer_by < today
