"""Consent of an episode: the yes that lets the assessment begin, the no that ends it, and changes of sharing."""

from typing import Any

from teamaround.accounts import drafts
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

from . import assessments, facts, moves, retention, teams
from .models import Assessment, Checklist, Closure, Episode
from .terms import ClosureReason, EpisodeState

FORM = "common-assessment"
#: what is kept as said where a family names no service to share with
NOBODY = "Agreed to the assessment, and to sharing it with nobody"


@action("episode.consent-given")
def record(
    episode: Episode,
    *,
    by: Actor,
    recipients: list[Agency],
    excluded: list[Agency],
    family_told_of_index: bool = True,
    **given: Any,
) -> None:
    """T2: consent to hold, and to share with whom is named; on the first, the assessment begins and the index shows it.

    Naming nobody means no to sharing. Recorded again later it takes the place of the earlier consent, and access
    follows at once (CW-4, 24, 38).
    """
    if not moves.is_open(episode):
        raise Refused("The episode is closed")
    left_out = {name: given.pop(name) for name in ("sections_left_out", "excluded_others") if name in given}
    store = consent.give(episode.child, kind=ConsentKind.STORE, supersedes=episode.store_consent, by=by, **given)
    _keep(episode, store_consent=store)
    if episode.state == EpisodeState.INITIATED:
        _begin_assessment(episode, family_told_of_index=family_told_of_index, by=by)
    if recipients:
        share(episode, recipients=recipients, excluded=excluded, by=by, **given, **left_out)
    else:
        refuse_sharing(episode, reason=NOBODY, capacity=given["capacity"], given_by=given.get("given_by"), by=by)
    trays.finish(subject=episode.pk, kind="renew-consent", by=by)


@action("episode.sharing-agreed")
def share(episode: Episode, *, recipients: list[Agency], excluded: list[Agency], by: Actor, **given: Any) -> Consent:
    """Consent to share, by itself: with more services, or fewer, than before; whoever is not named loses access."""
    _check_asked(episode)
    agreed = consent.give(
        episode.child,
        kind=ConsentKind.SHARE,
        supersedes=episode.share_consent,
        recipients=recipients,
        excluded=excluded,
        by=by,
        **given,
    )
    _keep(episode, share_consent=agreed)
    grants.carry_over(episode=episode.pk, consent=agreed, next_review_on=episode.next_review_on, by=by)
    return agreed


@action("episode.sharing-refused")
def refuse_sharing(episode: Episode, *, reason: str, by: Actor, capacity: str = "", given_by: Any = None) -> Consent:
    """They agree to the assessment and to sharing it with nobody; the service goes on alone."""
    _check_asked(episode)
    refused = consent.refuse(
        episode.child,
        kind=ConsentKind.SHARE,
        reason=reason,
        capacity=capacity,
        given_by=given_by,
        supersedes=episode.share_consent,
        by=by,
    )
    _keep(episode, share_consent=refused)
    grants.end_all(episode=episode.pk, reason="sharing refused", by=by)
    return refused


def shared_with(episode: Episode) -> dict[str, Any]:
    """With whom the consent in force shares, to be asked about again: adding one service must not lose another."""
    agreed = episode.share_consent
    if not consent.is_live(agreed):
        return {}
    return {
        "recipients": [str(one.pk) for one in consent.agencies_named(agreed)],
        "excluded": [str(one.pk) for one in consent.agencies_left_out(agreed)],
        "excluded_others": agreed.excluded_others,
    }


def _check_asked(episode: Episode) -> None:
    if not moves.is_open(episode):
        raise Refused("The episode is closed")
    if episode.state == EpisodeState.INITIATED:
        raise Refused("Record first whether the family agrees to the assessment itself")


def _keep(episode: Episode, **consents: Consent) -> None:
    """Only these fields: the episode may have moved on since it was read."""
    Episode.objects.filter(pk=episode.pk).update(**consents)
    for name, one in consents.items():
        setattr(episode, name, one)


def _begin_assessment(episode: Episode, *, family_told_of_index: bool, by: Actor) -> None:
    due = calendar.working_days_after(dates.today(), periods.amount("assessment_wd"))
    moves.move(episode, "T2", by=by, assessment_due_on=due, family_told_of_index=family_told_of_index)
    first = Assessment.objects.create(
        episode=episode,
        version=1,
        answers=answers.start(FORM, child=episode.child, facts=facts.of(episode.child, episode.coordinator), by=by),
        assessor=episode.coordinator,
        started_on=dates.today(),
    )
    teams.gather_family(episode, by=by)
    markers.assessment_started(episode.child, episode=episode.pk, holder=episode.coordinator, on=dates.today(), by=by)
    trays.finish(subject=episode.pk, kind="ask-consent", by=by)
    assessments.chase(first, due_on=due, by=by)


@action("episode.consent-refused")
def refuse(episode: Episode, *, reason: str, safe: str, by: Actor, capacity: str = "", given_by: Any = None) -> Consent:
    """T3: they said no. What was written of the concern is deleted, the index is not told, other help goes on (CW-5).

    Two questions only: what they said, and whether there is any sign of harm (`safe`).
    """
    if not moves.can(episode, "T3"):
        raise Refused("Consent was given before. To end the episode because the family wishes it, close it")
    if not safe:
        raise Refused("Select whether there is a sign of harm", field="safe")
    refused = consent.refuse(
        episode.child, kind=ConsentKind.STORE, capacity=capacity, given_by=given_by, reason=reason, by=by
    )
    moves.move(
        episode,
        "T3",
        by=by,
        closed_on=dates.today(),
        closure_reason=ClosureReason.CONSENT_REFUSED,
        keep_until=retention.keep_refused_until(dates.today()),
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
    _purge_checklists(episode, by=by)
    drafts.forget_under(f"/episodes/{episode.pk}/")
    trays.drop_all(episode.pk, by=by)
    recording.tell(transition="T3")
    return refused


def _purge_checklists(episode: Episode, *, by: Actor) -> None:
    """The checklist that led here loses what was written in it; other notes and records of any service stay."""
    for checklist in Checklist.objects.filter(episode=episode).select_related("answers"):
        answers.purge(checklist.answers, by=by)
        drafts.forget_under(f"/checklists/{checklist.pk}/")
        checklist.outcome_reason = checklist.safeguarding_note = ""
        checklist.dispose_on = dates.months_after(dates.today(), periods.amount("checklist_months"))
        checklist.save()


@action("episode.sharing-withdrawn")
def withdraw_sharing(episode: Episode, *, by: Actor, reason: str = "") -> None:
    """The family ends the sharing: all access on it ends in the same instant; the coordinator keeps the episode."""
    if episode.share_consent is None:
        raise Refused("There is no consent to share")
    told = [one.practitioner for one in grants.open_of(episode.pk).filter(consent=episode.share_consent)]
    consent.withdraw(episode.share_consent, reason=reason, by=by)
    for practitioner in told:
        notices.tell(practitioner=practitioner, kind="consent-withdrawn", link="/", child=episode.child, by=by)
