"""Consent: what was agreed to, by whom, with whom it may be shared, until when; and refusal, on as short a path.

Agreement to hold (STORE) and agreement to share (SHARE) are two records. A grant of access lives only while
the consent it stands on does, so ending a consent ends all access at once and there is nothing to clean up.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from teamaround.audit import recording
from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.kit.text import listed
from teamaround.people.models import Adult, Child
from teamaround.reference import periods
from teamaround.workforce.models import Agency

from . import responsibility
from .models import Consent, PrivacyNotice, Recipient
from .terms import COMPETENCE, CONSENT_MOVES, INFORMED, Capacity, ConsentForm, ConsentKind, ConsentState

#: from 16 a young person is presumed able; from 12 they generally are; younger needs a record (casework.md 6.2)
PRESUMED_FROM, RECORD_BELOW = 16, 12


def check_capacity(
    child: Child, *, capacity: str, given_by: Adult | None, competence: dict[str, Any] | None, on: date
) -> None:
    """Refuse unless whoever decides may decide for this child on this day (CW-4, CW-35, CW-36)."""
    age = dates.age_on(child.born, on) if child.born and child.born <= on else None
    match capacity:
        case Capacity.YOUNG_PERSON:
            if age is None or age < PRESUMED_FROM:
                raise Refused(
                    f"Only a young person of {PRESUMED_FROM} or over is presumed able to decide", field="capacity"
                )
        case Capacity.COMPETENT_CHILD:
            _check_competence(age, competence)
        case Capacity.PARENT:
            if given_by is None:
                raise Refused("Select which parent or carer decided", field="given_by")
            responsibility.check(child, given_by)
        case Capacity.AUTHORITY:
            responsibility.check_authority(child)
        case _:
            raise Refused("Select who decides", field="capacity")


def _check_competence(age: int | None, competence: dict[str, Any] | None) -> None:
    """A child under 12 decides alone only with a record of all six answers; older ones may have one (CW-35)."""
    if age is None:
        raise Refused("A child who is not yet born cannot decide", field="capacity")
    shown = set((competence or {}).get("shown", ()))
    if age < RECORD_BELOW and shown != set(COMPETENCE):
        raise Refused(
            f"A child under {RECORD_BELOW} can decide alone only when all {len(COMPETENCE)} points are shown",
            field="competence",
        )


@action("consent.given")
def give(
    child: Child,
    *,
    kind: str,
    capacity: str,
    form: str,
    informed: Sequence[str],
    given_on: date,
    by: Actor,
    given_by: Adult | None = None,
    competence: dict[str, Any] | None = None,
    recipients: Iterable[Agency] = (),
    excluded: Iterable[Agency] = (),
    expires_on: date | None = None,
    notice: PrivacyNotice | None = None,
    supersedes: Consent | None = None,
    **how: Any,
) -> Consent:
    """Record that somebody who may decide has agreed, knowing what to; it takes the place of `supersedes`.

    `how`: place, language, interpreter, witness, sections_left_out, excluded_others.
    """
    allowed, left_out = list(recipients), list(excluded)
    until = dates.months_after(given_on, periods.amount("consent_months"))
    check_capacity(child, capacity=capacity, given_by=given_by, competence=competence, on=given_on)
    check_informed(informed, notice)
    check_when(given_on, expires_on or until, longest=until)
    check_recipients(kind, allowed, left_out)
    if form not in set(ConsentForm):
        raise Refused("Select how they agreed", field="form")
    if form == ConsentForm.SPOKEN and not how.get("witness") and not how.get("place"):
        raise Refused("For spoken consent say where it was given, or who witnessed it", field="place")
    _replace(supersedes)
    consent = Consent.objects.create(
        child=child,
        kind=kind,
        state=ConsentState.GIVEN,
        form=form,
        capacity=capacity,
        given_by=given_by,
        competence=competence,
        informed=list(informed),
        given_on=given_on,
        notice=notice,
        expires_on=expires_on or until,
        taken_by_id=by.practitioner,
        recorded_at=dates.now(),
        supersedes=supersedes,
        **how,
    )
    Recipient.objects.bulk_create(
        [Recipient(consent=consent, agency=one, allowed=True) for one in allowed]
        + [Recipient(consent=consent, agency=one, allowed=False) for one in left_out]
    )
    recording.tell(kind=str(kind), capacity=str(capacity), recipients=len(allowed), left_out=len(left_out))
    return consent


def check_informed(informed: Sequence[str], notice: PrivacyNotice | None) -> None:
    """Refuse unless all was explained and a version of the privacy notice was given (CW-44)."""
    untold = [words for key, words in INFORMED.items() if key not in informed]
    if untold:
        raise Refused(
            f"Consent counts only when all was explained. Still to explain: {listed(untold)}", field="informed"
        )
    if notice is None:
        raise Refused("Give the family the privacy notice first", field="informed")


def check_when(given_on: date, expires_on: date, *, longest: date) -> None:
    """Refuse a consent of tomorrow, one that has run out, and one without end."""
    if given_on > dates.today():
        raise Refused("Consent cannot be given in the future", field="given_on")
    if expires_on < dates.today():
        raise Refused(f"This consent ran out on {dates.say(expires_on)}. Ask the family again", field="given_on")
    if expires_on > longest:
        raise Refused(f"Consent given that day lasts until {dates.say(longest)} at most", field="expires_on")


def check_recipients(kind: str, allowed: list[Agency], left_out: list[Agency]) -> None:
    """Refuse sharing with nobody, and naming an agency on both sides; to hold names no agency."""
    if kind == ConsentKind.SHARE and not allowed:
        raise Refused("Select at least one service it may be shared with", field="recipients")
    if kind == ConsentKind.STORE and (allowed or left_out):
        raise Refused("Services are named in the consent to share", field="recipients")
    both = {one.pk for one in allowed} & {one.pk for one in left_out}
    if both:
        names = listed([one.name for one in allowed if one.pk in both])
        raise Refused(f"{names} cannot be both included and left out", field="excluded")


@action("consent.refused")
def refuse(
    child: Child,
    *,
    kind: str,
    reason: str,
    by: Actor,
    capacity: str = "",
    given_by: Adult | None = None,
    supersedes: Consent | None = None,
) -> Consent:
    """Record that somebody said no, in their words; nothing else has to be asked of them."""
    if not reason.strip():
        raise Refused("Enter what they said", field="reason")
    if capacity == Capacity.PARENT and given_by is None:
        raise Refused("Select which parent or carer decided", field="given_by")
    _replace(supersedes)
    return Consent.objects.create(
        child=child,
        kind=kind,
        state=ConsentState.REFUSED,
        capacity=capacity,
        given_by=given_by,
        given_on=dates.today(),
        reason=reason,
        taken_by_id=by.practitioner,
        recorded_at=dates.now(),
        supersedes=supersedes,
    )


@action("consent.withdrawn")
def withdraw(consent: Consent, *, by: Actor, reason: str = "") -> None:
    """End a consent; every access that stands on it ends in the same instant. Nobody has to say why."""
    _move(consent, ConsentState.WITHDRAWN, ended_reason=reason)


@action("consent.lapsed")
def lapse(consent: Consent, *, on: date, by: Actor) -> None:
    """Let a consent end with what it was given for, where that is sooner than its own end (CW-39)."""
    Consent.objects.filter(pk=consent.pk, state=ConsentState.GIVEN, expires_on__gt=on).update(
        expires_on=on, ended_at=dates.now()
    )
    consent.refresh_from_db()


def _replace(earlier: Consent | None) -> None:
    """Let a later answer take the place of an earlier one; what was withdrawn stays withdrawn."""
    if earlier is not None and ConsentState.SUPERSEDED in CONSENT_MOVES[ConsentState(earlier.state)]:
        _move(earlier, ConsentState.SUPERSEDED)


def _move(consent: Consent, to: str, **more: Any) -> None:
    allowed_from = [state for state, moves in CONSENT_MOVES.items() if to in moves]
    moved = Consent.objects.filter(pk=consent.pk, state__in=allowed_from).update(state=to, ended_at=dates.now(), **more)
    if not moved:
        raise Refused("This consent has already ended")
    consent.refresh_from_db()


def is_live(consent: Consent | None, *, on: date | None = None) -> bool:
    """Whether a consent counts on a day."""
    day = on or dates.today()
    return (
        consent is not None
        and consent.state == ConsentState.GIVEN
        and consent.expires_on is not None
        and consent.expires_on >= day
    )


def names(consent: Consent | None, agency: Agency) -> bool:
    """Whether a live consent allows sharing with an agency (CW-24, CW-38)."""
    return is_live(consent) and Recipient.objects.filter(consent=consent, agency=agency, allowed=True).exists()


def agencies_named(consent: Consent | None) -> list[Agency]:
    """The agencies a consent allows sharing with, while it lives."""
    if not is_live(consent):
        return []
    return list(
        Agency.objects.filter(named_in_consents__consent=consent, named_in_consents__allowed=True).order_by("name")
    )


def agencies_left_out(consent: Consent | None) -> list[Agency]:
    """The agencies a consent leaves out."""
    return list(
        Agency.objects.filter(named_in_consents__consent=consent, named_in_consents__allowed=False).order_by("name")
    )


def expiring(*, within_days: int) -> list[Consent]:
    """The live consents that run out within so many days."""
    today = dates.today()
    last = date.fromordinal(today.toordinal() + within_days)
    return list(
        Consent.objects.filter(state=ConsentState.GIVEN, expires_on__range=(today, last)).order_by("expires_on")
    )
