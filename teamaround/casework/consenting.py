"""Consent of an episode: the yes that lets the assessment begin, the no that ends it, and changes of sharing."""

from typing import Any

from teamaround.audit import recording
from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.forms import answers
from teamaround.index import markers
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.reference import calendar, periods
from teamaround.sharing import consent, grants
from teamaround.sharing.models import Consent
from teamaround.sharing.terms import ConsentKind
from teamaround.tasks import notices, trays
from teamaround.workforce.models import Agency

from . import moves, teams
from .models import Assessment, Checklist, Closure, Episode
from .terms import ClosureReason

FORM = "common-assessment"


@action("episode.consent-given")
def record(
    episode: Episode,
    *,
    by: Actor,
    recipients: list[Agency],
    excluded: list[Agency],
    share: bool = True,
    **given: Any,
) -> None:
    """T2: consent to hold, and to share with whom is named; on the first, the assessment begins and the index shows it.

    Recorded again later it takes the place of the earlier consent, and access follows at once (CW-4, 24, 38).
    """
    if not moves.is_open(episode):
        raise Refused("The episode is closed")
    child = episode.child
    store = consent.give(child, kind=ConsentKind.STORE, supersedes=episode.store_consent, by=by, **given)
    shared = episode.share_consent
    if share:
        shared = consent.give(
            child,
            kind=ConsentKind.SHARE,
            supersedes=episode.share_consent,
            recipients=recipients,
            excluded=excluded,
            by=by,
            **given,
        )
    first = episode.store_consent_id is None
    episode.store_consent, episode.share_consent = store, shared
    episode.save()
    trays.finish(subject=episode.pk, kind="renew-consent", by=by)
    if first:
        _begin_assessment(episode, by=by)
    elif shared is not None:
        grants.carry_over(episode=episode.pk, consent=shared, next_review_on=episode.next_review_on, by=by)


def _begin_assessment(episode: Episode, *, by: Actor) -> None:
    due = calendar.working_days_after(dates.today(), periods.amount("assessment_wd"))
    moves.move(episode, "T2", by=by, assessment_due_on=due, family_told_of_index=True)
    Assessment.objects.create(
        episode=episode,
        version=1,
        answers=answers.start(FORM, child=episode.child, by=by),
        assessor=episode.coordinator,
        started_on=dates.today(),
    )
    teams.gather_family(episode, by=by)
    markers.assessment_started(
        episode.child, episode=episode.pk, holder=episode.coordinator, on=dates.today(), by=by
    )
    trays.finish(subject=episode.pk, kind="ask-consent", by=by)
    trays.put(
        kind="complete-assessment",
        subject=episode.pk,
        link=f"/episodes/{episode.pk}/assessment/",
        due_on=due,
        child=episode.child,
        practitioner=episode.coordinator,
        by=by,
    )


@action("episode.consent-refused")
def refuse(
    episode: Episode, *, capacity: str, reason: str, safe: str, by: Actor, given_by: Any = None
) -> Consent:
    """T3: they said no. What was written of the concern is deleted, the index is not told, other help goes on (CW-5)."""
    if not moves.can(episode, "T3"):
        raise Refused("Consent was given before. To end the episode because the family wishes it, close it")
    refused = consent.refuse(
        episode.child, kind=ConsentKind.STORE, capacity=capacity, given_by=given_by, reason=reason, by=by
    )
    moves.move(
        episode,
        "T3",
        by=by,
        closed_on=dates.today(),
        closure_reason=ClosureReason.CONSENT_REFUSED,
        reason="",
        over_age_reason="",
        store_consent=refused,
    )
    Closure.objects.create(
        episode=episode,
        reason=ClosureReason.CONSENT_REFUSED,
        safeguarding_considered=f"Sign of risk of harm: {safe}",
        closed_by_id=by.practitioner,
        family_told_on=dates.today(),
    )
    for checklist in Checklist.objects.filter(episode=episode).select_related("answers"):
        answers.purge(checklist.answers, by=by)
        checklist.outcome_reason = checklist.safeguarding_note = ""
        checklist.save()
    trays.drop_all(episode.pk, by=by)
    recording.tell(transition="T3")
    return refused


@action("episode.sharing-withdrawn")
def withdraw_sharing(episode: Episode, *, reason: str, by: Actor) -> None:
    """The family ends the sharing: all access on it ends in the same instant; the coordinator keeps the episode."""
    if episode.share_consent is None:
        raise Refused("There is no consent to share")
    told = [one.practitioner for one in grants.open_of(episode.pk)]
    consent.withdraw(episode.share_consent, reason=reason, by=by)
    for practitioner in told:
        notices.tell(practitioner=practitioner, kind="consent-withdrawn", link="/", child=episode.child, by=by)

