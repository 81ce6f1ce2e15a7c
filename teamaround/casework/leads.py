"""The lead professional: proposed by stated criteria, accepted by whoever is asked, never two and never a gap.

Candidates are ranked by `lead_choice`, which never appoints; the family's wish, the reason and dissent are kept.
"""

from collections.abc import Collection, Mapping
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
from teamaround.people.models import Child
from teamaround.reference import calendar, periods
from teamaround.sharing import consent, grants
from teamaround.sharing.terms import GrantLevel
from teamaround.tasks import notices, trays
from teamaround.workforce.models import Practitioner

from . import lead_choice, lead_gates, teams
from .models import Episode, Lead, Member
from .terms import INVOLVED_BY, LEAD_MOVES, EpisodeState, LeadState, MemberKind

Answers = Mapping[str, Mapping[str, int]]
Judged = Mapping[str, Collection[str]]

#: the states of an episode in which somebody can lead
LED_IN = (EpisodeState.ASSESSED, EpisodeState.PLANNING, EpisodeState.DELIVERING, EpisodeState.REVIEWING)
#: working days in which whoever is proposed should answer
ANSWER_WITHIN = 2
#: what the family's wish counts on its criterion
MOST = len(lead_choice.LEVELS) - 1


def active(episode: Episode) -> Lead | None:
    """Who leads now."""
    return (
        Lead.objects.select_related("member__practitioner__agency", "member__adult", "deputy")
        .filter(episode=episode, state=LeadState.ACTIVE)
        .first()
    )


def rank(
    episode: Episode,
    answers: Answers,
    *,
    wish: str = "",
    judged: Judged | None = None,
) -> list[lead_choice.Ranked]:
    """The members in the order in which the criteria speak for them, each with reasons and what holds them back.

    `answers` and `judged` go by a member's id as text: criterion to 0 to 3, and those of lead_gates.JUDGED that
    the team says apply. `wish` is the id of the member whom the family would like.
    """
    members = who_could_lead(episode)
    failed = lead_gates.failed(episode, members, judged or {})
    return lead_choice.rank(
        lead_choice.Candidate(
            member=one.pk,
            answers=_with_wish(answers.get(str(one.pk), {}), wished=str(one.pk) == wish),
            failed=failed[one.pk],
        )
        for one in members
    )


def who_could_lead(episode: Episode) -> list[Member]:
    """The members who may lead: the adults, and from 12 the young person too (casework.md 5.2)."""
    old_enough = _is_old_enough(episode.child)
    return [one for one in teams.current(episode) if one.kind != MemberKind.CHILD or old_enough]


def candidate_choices(episode: Episode) -> list[tuple[str, str]]:
    """The members who may lead, to choose from."""
    may = {str(one.pk) for one in who_could_lead(episode)}
    return [(id, name) for id, name in teams.choices(episode) if id in may]


def _is_old_enough(child: Child) -> bool:
    return child.born is not None and dates.age_on(child.born, dates.today()) >= periods.amount("lead_age")


def _with_wish(answers: Mapping[str, int], *, wished: bool) -> dict[str, int]:
    return {**answers, "wish": MOST} if wished else dict(answers)


@action("lead.proposed")
def propose(
    episode: Episode,
    *,
    candidate: Member | UUID | str,
    answers: Answers,
    family_wish: str,
    by: Actor,
    family_wish_member: Member | UUID | str | None = None,
    reason: str = "",
    dissent: str = "",
    supported_by: Member | UUID | str | None = None,
    manager_agrees: bool = False,
    judged: Judged | None = None,
) -> Lead:
    """Propose who leads. Passing over the first in the ranking or the family's wish needs a reason (CW-49).

    Whoever is proposed has to accept; until then the former lead remains (CW-50, 51). A proposal that still waits
    is withdrawn by this one. Members are given as they are stored, or by their ids.
    """
    _check_can_be_led(episode)
    chosen = _member(episode, candidate)
    wished, supporter = _member(episode, family_wish_member), _member(episode, supported_by)
    ranking = rank(episode, answers, wish=str(wished.pk) if wished else "", judged=judged)
    place = next((one for one in ranking if chosen is not None and one.member == chosen.pk), None)
    if chosen is None or place is None:
        raise Refused(
            f"Only a member of the team can be proposed, and a child from {periods.amount('lead_age')} years on",
            field="candidate",
        )
    _check_support(chosen, supporter)
    manager = _manager_who_agrees(place, chosen) if manager_agrees else None
    _check_gates(place, manager)
    against_wish = wished is not None and wished.pk != chosen.pk
    if (place.rank > 1 or against_wish) and not reason.strip():
        what = "not the family's wish" if against_wish else "not the first in the ranking"
        raise Refused(f"This is {what}: enter the reason", field="reason")
    leading = active(episode)
    if leading is not None and leading.member_id == chosen.pk:
        raise Refused("This member leads already", field="candidate")
    for waiting in Lead.objects.filter(episode=episode, state=LeadState.PROPOSED):
        withdraw(waiting, by=by)
    try:
        with transaction.atomic():
            lead = Lead.objects.create(
                episode=episode,
                member=chosen,
                supported_by=supporter,
                ranking=[_keep(one) for one in ranking],
                family_wish=family_wish,
                family_wish_member=wished,
                reason=reason,
                dissent=dissent,
                manager_agrees=manager,
                proposed_by_id=by.practitioner,
                proposed_at=dates.now(),
            )
    except IntegrityError:
        raise Refused("Somebody else has just been proposed") from None
    _ask(lead, by=by)
    recording.tell(rank=place.rank, against_wish=against_wish)
    return lead


def _check_can_be_led(episode: Episode) -> None:
    if not Episode.objects.filter(pk=episode.pk, state__in=LED_IN).exists():
        raise Refused("Somebody can lead from the assessment's sign-off until the episode ends")


def _member(episode: Episode, who: Member | UUID | str | None) -> Member | None:
    return teams.member(episode, who.pk if isinstance(who, Member) else who) if who else None


def _check_support(chosen: Member, supporter: Member | None) -> None:
    """Somebody of the family who leads, the young person too, has a practitioner beside them; a practitioner needs
    none (casework.md 5.2)."""
    if chosen.practitioner_id is not None and supporter is not None:
        raise Refused("Only a family member who leads is supported by a practitioner", field="supported_by")
    if chosen.practitioner_id is None and (supporter is None or supporter.practitioner_id is None):
        raise Refused("Say which practitioner supports the family member who leads", field="supported_by")


def _manager_who_agrees(place: lead_choice.Ranked, chosen: Member) -> Practitioner | None:
    """The line manager of whoever is proposed, where there is something to agree to."""
    if not any(gate.manager_may_agree for gate in place.failed):
        return None
    if chosen.practitioner is None or chosen.practitioner.manager is None:
        raise Refused("No line manager is recorded who could agree", field="manager_agrees")
    return chosen.practitioner.manager


def _check_gates(place: lead_choice.Ranked, manager: Practitioner | None) -> None:
    shut = [gate.words for gate in place.failed if not gate.manager_may_agree]
    if shut:
        raise Refused(f"This member cannot lead: {listed(shut)}", field="candidate")
    if place.failed and manager is None:
        raise Refused(
            f"This member can lead only when their manager agrees: {listed([gate.words for gate in place.failed])}",
            field="manager_agrees",
        )


def _keep(ranked: lead_choice.Ranked) -> dict[str, Any]:
    """A place in the ranking as it is kept with the proposal."""
    return {
        "member": str(ranked.member),
        "rank": ranked.rank,
        "score": ranked.score,
        "reasons": list(ranked.reasons),
        "failed": [gate.words for gate in ranked.failed],
    }


def _ask(lead: Lead, *, by: Actor) -> None:
    asked, episode = answers_for(lead), lead.episode
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
    if asked.pk != by.practitioner:
        notices.tell(practitioner=asked, kind="lead-proposed", link=link, child=episode.child, by=by)


@action("lead.withdrawn")
def withdraw(lead: Lead, *, by: Actor) -> None:
    """Take a proposal back before it is answered; the former lead remains."""
    _answer(lead, LeadState.WITHDRAWN)
    trays.drop_all(lead.pk, by=by)


def answers_for(lead: Lead) -> Practitioner:
    """Who says yes or no: the practitioner proposed, or the one who supports a family member who leads."""
    return lead.member.practitioner or lead.supported_by.practitioner


@action("lead.accepted")
def accept(lead: Lead, *, by: Actor) -> Lead:
    """Accept to lead: the former lead ends and this one begins in the same instant, and the index shows it
    (CW-46, 50, 51)."""
    if by.practitioner != answers_for(lead).pk:
        raise Refused("Only whoever is proposed can accept")
    _check_may_still_lead(lead)
    now = dates.now()
    former = active(lead.episode)
    try:
        with transaction.atomic():
            if former is not None:
                _end(former, now)
            _answer(lead, LeadState.ACTIVE, during=DateTimeTZRange(now, None))
    except IntegrityError:
        raise Refused("Somebody else has become lead professional in the meantime") from None
    _show_and_open(lead, by=by)
    if former is not None:
        _step_back(former, lead, by=by)
    trays.finish(subject=lead.pk, by=by)
    trays.finish(subject=lead.episode_id, kind="agree-lead", by=by)
    for practitioner in {lead.proposed_by, lead.episode.coordinator}:
        _tell(lead, practitioner, "lead-accepted", by=by)
    return lead


def _check_may_still_lead(lead: Lead) -> None:
    """What may have changed since the proposal: the team, and the child's standing by law (CW-47)."""
    _check_can_be_led(lead.episode)
    for member in filter(None, (lead.member, lead.supported_by)):
        if member.left_on is not None:
            raise Refused("Whoever is proposed has left the team in the meantime")
    if "statutory" in lead_gates.failed(lead.episode, [lead.member], {})[lead.member_id]:
        raise Refused("The child's standing by law now says who leads, and it is another role")


def _answer(lead: Lead, to: LeadState, **more: Any) -> None:
    """One conditional update; who comes too late is told."""
    froms = [state for state, moves_to in LEAD_MOVES.items() if to in moves_to]
    moved = Lead.objects.filter(pk=lead.pk, state__in=froms).update(state=to, answered_at=dates.now(), **more)
    lead.refresh_from_db()
    if not moved:
        raise Refused("This proposal was already answered or withdrawn")


def _tell(lead: Lead, practitioner: Practitioner, kind: str, *, by: Actor) -> None:
    child = lead.episode.child
    if practitioner.pk != by.practitioner:
        notices.tell(practitioner=practitioner, kind=kind, link=f"/children/{child.pk}/", child=child, by=by)


def _step_back(former: Lead, lead: Lead, *, by: Actor) -> None:
    """Whoever led stays in the team, and from now on reads and does their own actions."""
    who, episode = answers_for(former), lead.episode
    _tell(lead, who, "lead-ended", by=by)
    stays = who.pk not in (episode.coordinator_id, answers_for(lead).pk)
    if stays and consent.names(episode.share_consent, who.agency):
        _let_in(episode, who, GrantLevel.CONTRIBUTE, by=by)


def _show_and_open(lead: Lead, *, by: Actor) -> None:
    """The index shows who leads, and whoever leads may write."""
    episode, who = lead.episode, answers_for(lead)
    mark = None
    if lead.member.practitioner_id:
        mark = involvement.ensure(episode.child, practitioner=who, role=who.job_title, source=INVOLVED_BY, by=by)
    markers.lead_named(episode.child, involvement=mark, on=dates.today(), by=by)
    if who.pk != episode.coordinator_id:
        _let_in(episode, who, GrantLevel.WRITE, by=by)


def _let_in(episode: Episode, who: Practitioner, level: str, *, by: Actor) -> None:
    grants.give(
        child=episode.child,
        episode=episode.pk,
        practitioner=who,
        level=level,
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
    _answer(lead, LeadState.DECLINED, declined_because=because)
    trays.finish(subject=lead.pk, by=by)
    _tell(lead, lead.proposed_by, "lead-declined", by=by)


@action("lead.deputy-set")
def set_deputy(lead: Lead, deputy: Member | None, *, by: Actor) -> None:
    """Name who stands in, or nobody; there is one deputy at most (CW-46)."""
    if deputy is not None:
        if deputy.episode_id != lead.episode_id or deputy.left_on is not None or deputy.practitioner_id is None:
            raise Refused("Only a practitioner of the team can be deputy", field="deputy")
        if deputy.pk in (lead.member_id, lead.supported_by_id):
            raise Refused("The deputy is somebody else than the lead professional", field="deputy")
    if not Lead.objects.filter(pk=lead.pk, state=LeadState.ACTIVE).update(deputy=deputy):
        raise Refused("This member no longer leads")
    lead.refresh_from_db()
    if deputy is not None and deputy.practitioner is not None:
        _tell(lead, deputy.practitioner, "deputy-set", by=by)


def deputy_choices(lead: Lead) -> list[tuple[str, str]]:
    """The practitioners of the team who could stand in, to choose from."""
    taken = {str(lead.member_id), str(lead.supported_by_id)}
    return [(id, name) for id, name in teams.practitioner_choices(lead.episode) if id not in taken]


def proposed(episode: Episode) -> Lead | None:
    """The proposal that waits for its answer."""
    found = Lead.objects.select_related("member__practitioner", "member__adult")
    return found.filter(episode=episode, state=LeadState.PROPOSED).first()


def who_leads(episode: Episode) -> Lead:
    """Who leads now; refused where nobody does."""
    lead = active(episode)
    if lead is None:
        raise Refused("Nobody leads yet. Agree who leads first")
    return lead


@action("lead.ended")
def end(episode: Episode, *, by: Actor) -> None:
    """The episode is over: nobody leads any more, and no proposal waits."""
    now = dates.now()
    for lead in Lead.objects.filter(episode=episode, state=LeadState.ACTIVE):
        _end(lead, now)
    Lead.objects.filter(episode=episode, state=LeadState.PROPOSED).update(state=LeadState.WITHDRAWN, answered_at=now)
    markers.lead_cleared(episode.child, on=dates.today(), by=by)


def _end(lead: Lead, now: datetime) -> None:
    Lead.objects.filter(pk=lead.pk, state=LeadState.ACTIVE).update(
        state=LeadState.ENDED, during=DateTimeTZRange(lead.during.lower, now)
    )


def name_of(lead: Lead) -> str:
    """Who leads or is proposed, by name."""
    return teams.name_of(lead.member)
