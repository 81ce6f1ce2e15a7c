"""Access to an episode on a ground; live only while the ground is, so there is no copy to revoke."""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.people.models import Child
from teamaround.reference import periods
from teamaround.workforce.models import Practitioner

from .consent import names
from .models import Consent, Grant, Recipient
from .terms import ConsentState


def live() -> QuerySet[Grant]:
    """Every grant that opens its episode today: not ended, in date, and its consent still names the agency."""
    today = dates.today()
    named = Recipient.objects.filter(consent=OuterRef("consent"), agency=OuterRef("practitioner__agency"), allowed=True)
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


@action("grant.given")
def give(
    *,
    child: Child,
    episode: UUID,
    practitioner: Practitioner,
    level: str,
    consent: Consent | None,
    by: Actor,
    next_review_on: date | None = None,
    sections: list[str] | None = None,
) -> Grant:
    """Let a practitioner into an episode, no wider than the consent goes (CW-24); an earlier grant is replaced."""
    if not names(consent, practitioner.agency):
        raise Refused(
            f"The family has not agreed to share with {practitioner.agency.name}. Ask them for their consent first"
        )
    if set(sections or ()) & set(consent.sections_left_out):
        raise Refused("The family has left out a part that this would open", field="sections")
    end(episode=episode, practitioner=practitioner, reason="replaced", by=by)
    return Grant.objects.create(
        child=child,
        episode=episode,
        practitioner=practitioner,
        level=level,
        sections=sections or [],
        consent=consent,
        granted_by_id=by.practitioner,
        granted_at=dates.now(),
        expires_on=_expiry(consent.expires_on, next_review_on),
    )


def _expiry(consent_ends: date, next_review_on: date | None) -> date:
    """Two weeks past the next review where one is set, never longer than the longest grant or the consent."""
    today = dates.today()
    longest = min(consent_ends, dates.months_after(today, periods.amount("grant_max_months")))
    if next_review_on is None:
        return longest
    return min(longest, next_review_on + timedelta(days=periods.amount("grant_after_review_days")))


@action("grant.ended")
def end(*, episode: UUID, practitioner: Practitioner, reason: str, by: Actor) -> int:
    """End a practitioner's access to an episode; how many grants that were open."""
    return Grant.objects.filter(episode=episode, practitioner=practitioner, ended_at=None).update(
        ended_at=dates.now(), ended_reason=reason
    )


@action("grants.ended")
def end_all(*, episode: UUID, reason: str, by: Actor) -> int:
    """End everybody's access to an episode; coordinator and manager have theirs by their role."""
    return Grant.objects.filter(episode=episode, ended_at=None).update(ended_at=dates.now(), ended_reason=reason)


@action("grants.carried-over")
def carry_over(*, episode: UUID, consent: Consent, by: Actor, next_review_on: date | None = None) -> None:
    """After a renewed consent, stand the open grants on it; who is no longer named loses access.

    What had run out, or stood on a consent that was withdrawn, is not restored: it has to be given anew.
    """
    today = dates.today()
    replaced = consent.supersedes
    renewable = replaced is not None and replaced.state == ConsentState.SUPERSEDED
    for grant in open_of(episode):
        lasts = renewable and grant.consent_id == replaced.pk and grant.expires_on >= today
        if lasts and names(consent, grant.practitioner.agency):
            grant.consent = consent
            grant.expires_on = _expiry(consent.expires_on, next_review_on)
        else:
            grant.ended_at, grant.ended_reason = dates.now(), "not renewed"
        grant.save()


@action("grants.extended")
def extend(*, episode: UUID, next_review_on: date, by: Actor) -> int:
    """At a review, where consent was asked about again, let open access last past the next one; how many."""
    extended = 0
    for grant in open_of(episode):
        if names(grant.consent, grant.practitioner.agency):
            grant.expires_on = _expiry(grant.consent.expires_on, next_review_on)
            grant.save()
            extended += 1
    return extended


def open_of(episode: UUID) -> QuerySet[Grant]:
    """The grants of an episode that nobody has ended, whether or not their ground still lives."""
    return Grant.objects.filter(episode=episode, ended_at=None).select_related("practitioner__agency", "consent")
