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
from teamaround.people.models import Adult, Care, Child
from teamaround.people.terms import ResponsibilityBasis
from teamaround.reference import periods
from teamaround.workforce.models import Agency

from .models import Consent, PrivacyNotice, Recipient
from .terms import COMPETENCE, CONSENT_MOVES, INFORMED, Capacity, ConsentForm, ConsentState

#: from 16 a young person is presumed able; from 12 they generally are; younger needs a record (casework.md 6.2)
PRESUMED_FROM, RECORD_BELOW = 16, 12


def check_capacity(
    child: Child, *, capacity: str, given_by: Adult | None, competence: dict[str, Any] | None, on: date
) -> None:
    """Refuse unless whoever decides may decide for this child on this day (CW-4, CW-35, CW-36)."""
    age = dates.age_on(child.born, on) if child.born else None
    if capacity == Capacity.YOUNG_PERSON and (age is None or age < PRESUMED_FROM):
        raise Refused(f"Only a young person of {PRESUMED_FROM} or over is presumed able to decide", field="capacity")
    if capacity == Capacity.COMPETENT_CHILD:
        if age is None:
            raise Refused("A child who is not yet born cannot decide", field="capacity")
        shown = set((competence or {}).get("shown", ()))
        if age < RECORD_BELOW and shown != set(COMPETENCE):
            raise Refused(
                f"A child under {RECORD_BELOW} can decide alone only when all {len(COMPETENCE)} points are shown",
                field="competence",
            )
    if capacity == Capacity.PARENT:
        _check_responsibility(child, given_by, on)


def _check_responsibility(child: Child, given_by: Adult | None, on: date) -> None:
    if given_by is None:
        raise Refused("Select which parent or carer decided", field="given_by")
    care = Care.objects.filter(child=child, adult=given_by, to_on__isnull=True).first()
    if care is None or not care.has_responsibility:
        raise Refused(
            "Only somebody with parental responsibility can decide for the child."
            " If they hold it, record on what in the child's details first",
            field="given_by",
        )
    too_early = child.born is not None and child.born < date(2003, 12, 1)
    if care.basis == ResponsibilityBasis.BIRTH_CERTIFICATE and too_early:
        raise Refused(
            "A father named on a birth certificate before 1 December 2003 does not hold parental responsibility by it",
            field="given_by",
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
    check_capacity(child, capacity=capacity, given_by=given_by, competence=competence, on=given_on)
    untold = [words for key, words in INFORMED.items() if key not in informed]
    if untold:
        raise Refused(f"Consent counts only when all was explained. Still to explain: {listed(untold)}", field="informed")
    if given_on > dates.today():
        raise Refused("Consent cannot be given in the future", field="given_on")
    allowed, left_out = list(recipients), list(excluded)
    both = {one.pk for one in allowed} & {one.pk for one in left_out}
    if both:
        names = listed([one.name for one in allowed if one.pk in both])
        raise Refused(f"{names} cannot be both included and left out", field="excluded")
    if form == ConsentForm.SPOKEN and not how.get("witness") and not how.get("place"):
        raise Refused("For spoken consent say where it was given, or who witnessed it", field="place")
    if supersedes is not None:
        _move(supersedes, ConsentState.SUPERSEDED)
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
        expires_on=expires_on or dates.months_after(given_on, periods.amount("consent_months")),
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


@action("consent.refused")
def refuse(
    child: Child, *, kind: str, capacity: str, reason: str, by: Actor, given_by: Adult | None = None
) -> Consent:
    """Record that somebody said no, in their words."""
    if not reason.strip():
        raise Refused("Enter what they said", field="reason")
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
    )


@action("consent.withdrawn")
def withdraw(consent: Consent, *, reason: str, by: Actor) -> None:
    """End a consent; every access that stands on it ends in the same instant."""
    _move(consent, ConsentState.WITHDRAWN, ended_reason=reason)


def _move(consent: Consent, to: str, **more: Any) -> None:
    allowed_from = [state for state, moves in CONSENT_MOVES.items() if to in moves]
    moved = Consent.objects.filter(pk=consent.pk, state__in=allowed_from).update(
        state=to, ended_at=dates.now(), **more
    )
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

