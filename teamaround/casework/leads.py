"""The lead professional: proposed by stated criteria, accepted by whoever is asked, never two and never a gap.

Candidates are ranked by `lead_choice`, which never appoints; the family's wish, the reason and dissent are kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from teamaround.audit import recording
from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.index import involvement, markers
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.kit.text import listed
from teamaround.people import queries as people
from teamaround.reference import calendar
from teamaround.sharing import consent, grants
from teamaround.sharing.terms import GrantLevel
from teamaround.tasks import notices, trays
from teamaround.workforce import practitioners
from teamaround.workforce.models import Practitioner
from teamaround.workforce.terms import AgencyKind, Module

from . import holds, lead_choice, moves
from .models import Episode, Lead, Member
from .terms import INVOLVED_BY, EnteredStatus, LeadState, MemberKind

#: what somebody must be trained in to lead (casework.md 5.6)
TRAINED_IN = (Module.INTRO_LEAD, Module.LEAD)
#: standings in which a social worker leads and nobody else (CW-47)
SOCIAL_WORKER_LEADS = (EnteredStatus.CHILD_PROTECTION, EnteredStatus.LOOKED_AFTER)
ANSWER_WITHIN = 2


def active(episode: Episode) -> Lead | None:
    """Who leads now."""
    return (
        Lead.objects.select_related("member__practitioner__agency", "member__adult", "deputy")
        .filter(episode=episode, state=LeadState.ACTIVE)
        .first()
    )


def rank(
    episode: Episode, answers: Mapping[str, Mapping[str, int]], *, wish: str = ""
) -> list[lead_choice.Ranked]:
    """The members in the order in which the criteria speak for them, each with reasons and what holds them back."""
    members = Member.objects.filter(episode=episode, left_on=None).exclude(kind=MemberKind.CHILD)
    return lead_choice.rank(
        lead_choice.Candidate(
            member=one.pk,
            answers=_with_wish(answers.get(str(one.pk), {}), str(one.pk) == wish),
            failed=frozenset(_failed(episode, one)),
        )
        for one in members.select_related("practitioner__agency", "adult")
    )


def _with_wish(answers: Mapping[str, int], wished: bool) -> dict[str, int]:
    return {**answers, "wish": max(answers.get("wish", 0), 3)} if wished else dict(answers)


def _failed(episode: Episode, member: Member) -> list[str]:
    """The gates a member does not pass (casework.md 5.2)."""
    failed = []
    who = member.practitioner
    if _statute_names_another(episode, member):
        failed.append("statutory")
    if who is None:
        return failed
    if who.pk != episode.coordinator_id and not consent.names(episode.share_consent, who.agency):
        failed.append("consent")
    if practitioners.missing_modules(who, TRAINED_IN):
        failed.append("training")
    return failed


def _statute_names_another(episode: Episode, member: Member) -> bool:
    """A child on a protection plan or looked after is led by a social worker (CW-47)."""
    bound = holds.statuses(episode.child).filter(status__in=SOCIAL_WORKER_LEADS).exists()
    who = member.practitioner
    return bound and (who is None or who.agency.kind != AgencyKind.SOCIAL_CARE)


@action("lead.proposed")
def propose(
    episode: Episode,
    *,
    candidate: Member,
    answers: Mapping[str, Mapping[str, int]],
    family_wish: str,
    by: Actor,
    family_wish_member: Member | None = None,
    reason: str = "",
    dissent: str = "",
    supported_by: Member | None = None,
    manager_agrees: Practitioner | None = None,
) -> Lead:
    """Propose who leads. Passing over the first in the ranking or the family's wish needs a reason (CW-49).

    Whoever is proposed has to accept; until then the former lead remains (CW-50, 51).
    """
    if not moves.is_open(episode):
        raise Refused("The episode is closed")
    ranking = rank(episode, answers, wish=str(family_wish_member.pk) if family_wish_member else "")
    place = next((one for one in ranking if one.member == candidate.pk), None)
    if place is None:
        raise Refused("Only a member of the team can be proposed", field="candidate")
    blocked = [gate.words for gate in place.failed if not (gate.manager_may_agree and manager_agrees)]
    if blocked:
        raise Refused(f"This member cannot lead: {listed(blocked)}", field="candidate")
    if candidate.practitioner_id is None and supported_by is None:
        raise Refused("Say which practitioner supports the family member who leads", field="supported_by")
    against_wish = family_wish_member is not None and family_wish_member.pk != candidate.pk
    if (place.rank > 1 or against_wish) and not reason.strip():
        what = "not the family's wish" if against_wish else "not the first in the ranking"
        raise Refused(f"This is {what}: enter the reason", field="reason")
    Lead.objects.filter(episode=episode, state=LeadState.PROPOSED).update(
        state=LeadState.WITHDRAWN, answered_at=dates.now()
    )
    lead = Lead.objects.create(
        episode=episode,
        member=candidate,
        supported_by=supported_by,
        ranking=[
            {"member": str(one.member), "rank": one.rank, "score": one.score, "reasons": list(one.reasons)}
            for one in ranking
        ],
        family_wish=family_wish,
        family_wish_member=family_wish_member,
        reason=reason,
        dissent=dissent,
        manager_agrees=manager_agrees,
        proposed_by_id=by.practitioner,
        proposed_at=dates.now(),
    )
    asked = answers_for(lead)
    link = f"/leads/{lead.pk}/answer/"
    trays.put(
        kind="answer-lead",
        subject=lead.pk,
        link=link,
        due_on=calendar.working_days_after(dates.today(), ANSWER_WITHIN),
        child=episode.child,
        practitioner=asked,
        by=by,
    )
    notices.tell(practitioner=asked, kind="lead-proposed", link=link, child=episode.child, by=by)
    recording.tell(rank=place.rank, against_wish=against_wish)
    return lead


def answers_for(lead: Lead) -> Practitioner:
    """Who says yes or no: the practitioner proposed, or the one who supports a family member who leads."""
    return lead.member.practitioner or lead.supported_by.practitioner


@action("lead.accepted")
def accept(lead: Lead, *, by: Actor) -> Lead:
    """Accept to lead: the former lead ends and this one begins in the same instant, here and on the index (CW-46, 50, 51)."""
    episode = lead.episode
    if by.practitioner != answers_for(lead).pk:
        raise Refused("Only whoever is proposed can accept")
    now = dates.now()
    former = active(episode)
    try:
        with transaction.atomic():
            if former is not None:
                _end(former, now)
            changed = Lead.objects.filter(pk=lead.pk, state=LeadState.PROPOSED).update(
                state=LeadState.ACTIVE, answered_at=now, during=DateTimeTZRange(now, None)
            )
    except IntegrityError:
        raise Refused("Somebody else has become lead professional in the meantime") from None
    if not changed:
        raise Refused("This proposal was already answered or withdrawn")
    lead.refresh_from_db()
    _show_and_open(lead, by=by)
    trays.finish(subject=lead.pk, by=by)
    told = {lead.proposed_by, episode.coordinator} | ({former.member.practitioner} if former else set())
    for practitioner in filter(None, told):
        kind = "lead-ended" if former and practitioner == former.member.practitioner else "lead-accepted"
        if practitioner.pk != by.practitioner:
            notices.tell(
                practitioner=practitioner, kind=kind, link=f"/children/{episode.child_id}/", child=episode.child, by=by
            )
    return lead


def _show_and_open(lead: Lead, *, by: Actor) -> None:
    """The index shows who leads, and whoever leads may write."""
    episode, who = lead.episode, answers_for(lead)
    mark = None
    if lead.member.practitioner_id:
        mark = involvement.ensure(episode.child, practitioner=who, role=who.job_title, source=INVOLVED_BY, by=by)
    markers.lead_named(episode.child, involvement=mark, on=dates.today(), by=by)
    if who.pk != episode.coordinator_id:
        grants.give(
            child=episode.child,
            episode=episode.pk,
            practitioner=who,
            level=GrantLevel.WRITE,
            consent=episode.share_consent,
            next_review_on=episode.next_review_on,
            by=by,
        )


@action("lead.declined")
def decline(lead: Lead, *, because: str, by: Actor) -> None:
    """Say no with a reason; the former lead remains (CW-50)."""
    if by.practitioner != answers_for(lead).pk:
        raise Refused("Only whoever is proposed can decline")
    if not because.strip():
        raise Refused("Enter why you cannot lead", field="because")
    changed = Lead.objects.filter(pk=lead.pk, state=LeadState.PROPOSED).update(
        state=LeadState.DECLINED, answered_at=dates.now(), declined_because=because
    )
    if not changed:
        raise Refused("This proposal was already answered or withdrawn")
    trays.finish(subject=lead.pk, by=by)
    notices.tell(
        practitioner=lead.proposed_by,
        kind="lead-declined",
        link=f"/children/{lead.episode.child_id}/",
        child=lead.episode.child,
        by=by,
    )


@action("lead.deputy-set")
def set_deputy(lead: Lead, deputy: Member, *, by: Actor) -> None:
    """Name who stands in; there is one deputy at most (CW-46)."""
    if deputy.pk == lead.member_id:
        raise Refused("The deputy is somebody else than the lead professional")
    lead.deputy = deputy
    lead.save()


@action("lead.ended")
def end(episode: Episode, *, by: Actor) -> None:
    """The episode is over: nobody leads any more, and no proposal waits."""
    now = dates.now()
    for lead in Lead.objects.filter(episode=episode, state=LeadState.ACTIVE):
        _end(lead, now)
    Lead.objects.filter(episode=episode, state=LeadState.PROPOSED).update(
        state=LeadState.WITHDRAWN, answered_at=now
    )
    markers.lead_cleared(episode.child, on=dates.today(), by=by)


def _end(lead: Lead, now: datetime) -> None:
    lead.state = LeadState.ENDED
    lead.during = DateTimeTZRange(lead.during.lower, now)
    lead.save()


@dataclass(frozen=True)
class Proposal:
    """A proposal as the page shows it to whoever is asked."""

    child: UUID
    child_name: str
    member: str
    family_wish: str
    reason: str
    proposed_by: str
    ranking: list[dict[str, Any]]


def view(lead: Lead) -> Proposal:
    """What is proposed, why, and what the family wishes."""
    names = {
        str(one.pk): one.practitioner.name if one.practitioner else f"{one.adult.given} {one.adult.family}"
        for one in Member.objects.filter(episode=lead.episode)
        .exclude(kind=MemberKind.CHILD)
        .select_related("practitioner", "adult")
    }
    return Proposal(
        lead.episode.child_id,
        people.name_of(lead.episode.child),
        names.get(str(lead.member_id), ""),
        lead.family_wish,
        lead.reason,
        lead.proposed_by.name,
        [{**row, "name": names.get(row["member"], "")} for row in lead.ranking],
    )


def name_of(lead: Lead) -> str:
    """Who leads, by name."""
    who = lead.member.practitioner
    return who.name if who else f"{lead.member.adult.given} {lead.member.adult.family}"
