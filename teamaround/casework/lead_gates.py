"""What holds a member of the team back from leading, as far as records can tell (the gates of casework.md 5.2)."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db.models import Count, Q

from teamaround.kit import dates
from teamaround.sharing import consent
from teamaround.workforce.models import Practitioner, Training
from teamaround.workforce.terms import AgencyKind, Module

from . import caseload, holds
from .models import Episode, Member
from .terms import EnteredStatus

#: what somebody must be trained in to lead (casework.md 5.6)
TRAINED_IN = (Module.INTRO_LEAD, Module.LEAD)
#: standings in which a social worker leads and nobody else (CW-47)
SOCIAL_WORKER_LEADS = (EnteredStatus.CHILD_PROTECTION, EnteredStatus.LOOKED_AFTER)
#: gates that no record tells: the team says who is held back by them
JUDGED = ("veto", "conflict", "cover")


def failed(
    episode: Episode, members: Sequence[Member], judged: Mapping[str, Collection[str]]
) -> dict[UUID, frozenset[str]]:
    """For each member the keys of the gates not passed: what records tell, and of JUDGED what the team says."""
    bound = holds.statuses(episode.child).filter(status__in=SOCIAL_WORKER_LEADS).exists()
    agencies = {one.pk for one in consent.agencies_named(episode.share_consent)}
    workers = [one.practitioner for one in members if one.practitioner is not None]
    trained = _trained(workers)
    carried, limits = caseload.scores([one.pk for one in workers]), caseload.limits(workers)
    found = {}
    for member in members:
        gates = {gate for gate in judged.get(str(member.pk), ()) if gate in JUDGED}
        who = member.practitioner
        if bound and not is_social_worker(who):
            gates.add("statutory")
        if who is not None:
            if who.pk != episode.coordinator_id and who.agency_id not in agencies:
                gates.add("consent")
            if who.pk not in trained:
                gates.add("training")
            if carried[who.pk] >= limits[who.pk]:
                gates.add("caseload")
        found[member.pk] = frozenset(gates)
    return found


def is_social_worker(who: Practitioner | None) -> bool:
    """Whether somebody is a social worker of children's social care, by agency and post."""
    return who is not None and who.agency.kind == AgencyKind.SOCIAL_CARE and "social work" in who.job_title.casefold()


def _trained(workers: Sequence[Practitioner]) -> set[UUID]:
    today = dates.today()
    in_date = Training.objects.filter(
        Q(expires_on=None) | Q(expires_on__gte=today),
        practitioner__in=workers,
        module__in=TRAINED_IN,
        completed_on__lte=today,
    )
    counted = in_date.values("practitioner").annotate(modules=Count("module", distinct=True))
    return {one["practitioner"] for one in counted if one["modules"] == len(TRAINED_IN)}
