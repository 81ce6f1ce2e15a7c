"""What is chased every morning. Running it twice a day tells nobody twice, and it never locks a record (CW-14)."""

from datetime import date

from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.index import starting
from teamaround.reference import periods
from teamaround.sharing import consent
from teamaround.tasks import notices, trays

from . import birth
from .models import Episode
from .terms import OPEN

#: so many days before a review, and on the day, whoever coordinates is told
BEFORE_REVIEW = (10, 5, 0)


@action("reminders.sent")
def remind(today: date, *, by: Actor) -> int:
    """Chase reviews, consents that run out, births, birthdays and declared starts; how many were told."""
    told = _reviews(today, by=by) + _consents(today, by=by) + _births(today, by=by) + _birthdays(today, by=by)
    return told + starting.alert_unrecorded(by=by)


def _reviews(today: date, *, by: Actor) -> int:
    told = 0
    due = Episode.objects.filter(state__in=OPEN).exclude(next_review_on=None).select_related("coordinator", "child")
    for episode in due:
        days = (episode.next_review_on - today).days
        kind = "review-overdue" if days < 0 else "review-due" if days in BEFORE_REVIEW else ""
        if kind:
            _tell(episode, kind, by=by)
            told += 1
    return told


def _consents(today: date, *, by: Actor) -> int:
    told = 0
    ending = consent.expiring(within_days=periods.amount("consent_warn_days"))
    episodes = Episode.objects.filter(state__in=OPEN).select_related("coordinator", "child")
    for episode in episodes.filter(share_consent__in=ending) | episodes.filter(store_consent__in=ending):
        last = min(one.expires_on for one in ending if one.pk in (episode.share_consent_id, episode.store_consent_id))
        trays.put(
            kind="renew-consent",
            subject=episode.pk,
            link=f"/episodes/{episode.pk}/consent/",
            due_on=last,
            child=episode.child,
            practitioner=episode.coordinator,
            by=by,
        )
        _tell(episode, "consent-expiring", by=by)
        told += 1
    return told


def _births(today: date, *, by: Actor) -> int:
    told = 0
    born = Episode.objects.filter(state__in=OPEN, child__expected__lte=today).select_related("coordinator", "child")
    for episode in born:
        _put(episode, "record-birth", today, by=by)
        told += 1
    return told


def _birthdays(today: date, *, by: Actor) -> int:
    near = birth.to_prompt(today)
    for episode in near:
        birth.prompt(episode, by=by)
    return len(near)


def _put(episode: Episode, kind: str, due_on: date, *, by: Actor) -> None:
    trays.put(
        kind=kind,
        subject=episode.pk,
        link=f"/children/{episode.child_id}/",
        due_on=due_on,
        child=episode.child,
        practitioner=episode.coordinator,
        by=by,
    )


def _tell(episode: Episode, kind: str, *, by: Actor) -> None:
    notices.tell(
        practitioner=episode.coordinator,
        kind=kind,
        link=f"/children/{episode.child_id}/",
        child=episode.child,
        by=by,
    )
