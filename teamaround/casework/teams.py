"""The team around the child: the child and the family are members like any other; practitioners join on consent."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.index import involvement
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.kit.text import listed, plural
from teamaround.people import queries as people
from teamaround.people.models import Adult, Care
from teamaround.people.terms import Relationship
from teamaround.sharing import consent, grants
from teamaround.sharing.terms import GrantLevel
from teamaround.tasks import notices
from teamaround.workforce import practitioners
from teamaround.workforce.models import Practitioner

from . import moves
from .models import Closure, Episode, Lead, Member, PlanAction
from .terms import FINISHED, INVOLVED_BY, LeadState, MemberKind, PlanState

#: the function without which nobody could see what the team is told of
TAKES_PART = "episode.see"


@action("team.gathered")
def gather_family(episode: Episode, *, by: Actor) -> None:
    """The child, whoever cares for the child, and the coordinator are members from the start."""
    today = dates.today()
    Member.objects.get_or_create(episode=episode, kind=MemberKind.CHILD, left_on=None, defaults={"joined_on": today})
    # Somebody whose contact with the child is restricted joins only by a decision of somebody (join_family).
    cares = Care.objects.filter(child=episode.child, to_on=None, has_care=True, contact_restricted=False)
    for care in cares.select_related("adult"):
        join_family(episode, care.adult, by=by)
    Member.objects.get_or_create(
        episode=episode,
        kind=MemberKind.PRACTITIONER,
        practitioner=episode.coordinator,
        left_on=None,
        defaults={"joined_on": today},
    )


@action("team.family-joined")
def join_family(episode: Episode, adult: Adult, *, by: Actor) -> Member:
    """A parent, carer or other adult of the family joins as a full member."""
    member, _ = Member.objects.get_or_create(
        episode=episode, kind=MemberKind.FAMILY, adult=adult, left_on=None, defaults={"joined_on": dates.today()}
    )
    return member


@action("team.joined")
def join(episode: Episode, practitioner: Practitioner, *, by: Actor, contribution: str = "") -> Member:
    """A practitioner joins if the family agreed to share with the agency; access and involvement follow (CW-38)."""
    if not moves.is_open(episode):
        raise Refused("The episode is closed")
    if practitioner.leaves_on is not None and practitioner.leaves_on < dates.today():
        raise Refused(f"{practitioner.name} has left this post", field="practitioner")
    check_role(practitioner, field="practitioner")
    own = practitioner.pk == episode.coordinator_id
    if not own and not consent.names(episode.share_consent, practitioner.agency):
        raise Refused(
            f"The family has not agreed to share with {practitioner.agency.name}. Ask them for their consent first"
        )
    try:
        with transaction.atomic():
            member = Member.objects.create(
                episode=episode,
                kind=MemberKind.PRACTITIONER,
                practitioner=practitioner,
                contribution=contribution,
                joined_on=dates.today(),
            )
    except IntegrityError:
        raise Refused(f"{practitioner.name} is already in the team") from None
    if not own:
        grants.give(
            child=episode.child,
            episode=episode.pk,
            practitioner=practitioner,
            level=GrantLevel.CONTRIBUTE,
            consent=episode.share_consent,
            next_review_on=episode.next_review_on,
            by=by,
        )
        notices.tell(
            practitioner=practitioner,
            kind="joined-team",
            link=f"/children/{episode.child_id}/",
            child=episode.child,
            by=by,
        )
    involvement.ensure(episode.child, practitioner=practitioner, role=practitioner.job_title, source=INVOLVED_BY, by=by)
    return member


def check_role(practitioner: Practitioner, *, field: str = "") -> None:
    """Refuse somebody whose roles would open none of the pages that the team works with."""
    if not practitioners.holding(TAKES_PART).filter(pk=practitioner.pk).exists():
        raise Refused(
            f"{practitioner.name} has no role that takes part in an episode. Their manager can have one given to them",
            field=field,
        )


def ask_in(episode: Episode, *, practitioner: UUID | str, by: Actor, contribution: str = "") -> Practitioner:
    """Have the practitioner with this id join; only those who could join are found."""
    found = _who_could_join(episode).filter(pk=practitioner).first()
    if found is None:
        raise Refused(
            "This practitioner cannot join. The family may have changed what it agrees to", field="practitioner"
        )
    return join(episode, found, contribution=contribution, by=by).practitioner


def check_can_leave(member: Member) -> None:
    """Refuse while the member holds an office or owes the plan an action, naming which."""
    if member.kind == MemberKind.CHILD:
        raise Refused("The child is always in the team")
    if member.left_on is not None:
        raise Refused("This member has already left the team")
    if member.practitioner_id and member.practitioner_id == member.episode.coordinator_id:
        raise Refused("This member coordinates the episode. Hand over the coordination first")
    _check_holds_no_office(member)
    owed = [one.text for one in open_actions(member)]
    if owed:
        raise Refused(f"{plural(len(owed), 'action')} of the plan must be given to somebody else first: {listed(owed)}")


def _check_holds_no_office(member: Member) -> None:
    for lead in Lead.objects.filter(episode=member.episode_id, state__in=(LeadState.ACTIVE, LeadState.PROPOSED)):
        if member.pk == lead.deputy_id:
            raise Refused("This member is the deputy. Name another deputy first")
        if member.pk not in (lead.member_id, lead.supported_by_id):
            continue
        if lead.state == LeadState.PROPOSED:
            raise Refused("This member is part of a proposal to lead that is not answered. Withdraw it first")
        if member.pk == lead.member_id:
            raise Refused("This member leads. Agree who leads from now on first")
        raise Refused("This member supports the family member who leads. Agree who leads from now on first")


@action("team.left")
def leave(member: Member, *, by: Actor) -> None:
    """A member leaves; open actions and the lead are settled first, and access ends in the same instant."""
    check_can_leave(member)
    episode = member.episode
    member.left_on = dates.today()
    member.save()
    if member.practitioner_id is None:
        return
    grants.end(episode=episode.pk, practitioner=member.practitioner, reason="left the team", by=by)
    if episode.coordinator_id != by.practitioner:
        notices.tell(
            practitioner=episode.coordinator,
            kind="left-team",
            link=f"/children/{episode.child_id}/",
            child=episode.child,
            by=by,
        )


@action("team.stepped-out")
def step_out(episode: Episode, practitioner: Practitioner, *, by: Actor) -> None:
    """A former coordinator whose agency the family has not agreed to is no longer in the team, unless they lead."""
    leading = Lead.objects.filter(episode=episode, state=LeadState.ACTIVE).values("member")
    Member.objects.filter(episode=episode, practitioner=practitioner, left_on=None).exclude(pk__in=leading).update(
        left_on=dates.today()
    )


def open_actions(member: Member) -> QuerySet[PlanAction]:
    """The member's unfinished actions in the plan in force and in the draft of the next."""
    in_force = Q(outcome__need__plan__state=PlanState.AGREED)
    # What a draft carries over is counted in the plan it comes from.
    drafted = Q(outcome__need__plan__state=PlanState.DRAFT) & ~Q(carried_from__owner=member)
    return PlanAction.objects.filter(in_force | drafted, owner=member).exclude(state__in=FINISHED)


# Questions.


@dataclass(frozen=True)
class InTeam:
    """A member as a page shows them."""

    id: UUID
    name: str
    role: str
    agency: str
    kind: str
    phone: str = ""
    leads: bool = False
    deputy: bool = False
    practitioner: UUID | None = None
    contribution: str = ""
    here: bool = True  #: False for those who have left


@dataclass(frozen=True)
class Circle:
    """The team as it is drawn: the child in the middle, the family, the practitioners."""

    child: str
    family: list[InTeam]
    practitioners: list[InTeam]
    child_leads: bool = False


def current(episode: Episode) -> list[Member]:
    """The members of today as they are stored, those who joined first first."""
    found = Member.objects.filter(episode=episode, left_on=None).select_related("practitioner__agency", "adult")
    return list(found.order_by("joined_on", "pk"))


def members(episode: Episode) -> list[InTeam]:
    """The team of today: child, family, practitioners."""
    return _shown(episode, Member.objects.filter(episode=episode, left_on=None))


def everyone(episode: Episode) -> list[InTeam]:
    """Everybody who is or was in the team."""
    return _shown(episode, Member.objects.filter(episode=episode))


def _shown(episode: Episode, found: QuerySet[Member]) -> list[InTeam]:
    """The child, the family with those who hold responsibility first, the practitioners by agency."""
    lead = Lead.objects.filter(episode=episode, state=LeadState.ACTIVE).first()
    if lead is None and episode.closed_on is not None:
        # The team is shown as it was at the end.
        lead = Lead.objects.filter(pk__in=Closure.objects.filter(episode=episode).values("lead")).first()
    cares = {one.adult_id: one for one in Care.objects.filter(child=episode.child_id).order_by("-to_on")}
    child = people.name_of(episode.child)
    order = (MemberKind.CHILD, MemberKind.FAMILY, MemberKind.PRACTITIONER)

    def place(member: Member) -> tuple[Any, ...]:
        care, who = cares.get(member.adult_id), member.practitioner
        responsible = care is not None and care.has_responsibility
        name = (who.agency.name, who.name) if who else (member.adult.given, "") if member.adult else ("", "")
        return order.index(member.kind), not responsible, *name, str(member.pk)

    members = sorted(found.select_related("practitioner__agency", "adult"), key=place)
    return [_in_team(one, child, lead, cares) for one in members]


def _in_team(member: Member, child: str, lead: Lead | None, cares: dict[UUID, Care]) -> InTeam:
    leads = lead is not None and lead.member_id == member.pk
    deputy = lead is not None and lead.deputy_id == member.pk
    here = member.left_on is None
    if member.kind == MemberKind.CHILD:
        return InTeam(member.pk, child, "The child", "", member.kind, leads=leads, here=here)
    if member.adult is not None:
        care = cares.get(member.adult_id)
        role = Relationship(care.relationship).label if care else "Family"
        name = f"{member.adult.given} {member.adult.family}"
        # A number that must not become a way of contact is not handed round the team.
        phone = "" if care is not None and care.contact_restricted else member.adult.phone
        return InTeam(member.pk, name, role, "", member.kind, phone, leads, deputy, here=here)
    who = member.practitioner
    return InTeam(
        member.pk,
        who.name,
        who.job_title,
        who.agency.name,
        member.kind,
        who.phone,
        leads,
        deputy,
        who.pk,
        member.contribution,
        here,
    )


def circle(episode: Episode, team: Iterable[InTeam] | None = None) -> Circle:
    """The team of today for the picture; before anybody is in it, the coordinator and whoever cares for the child."""
    team = [one for one in (members(episode) if team is None else team) if one.here]
    family = [one for one in team if one.kind == MemberKind.FAMILY]
    workers = [one for one in team if one.kind == MemberKind.PRACTITIONER]
    if not family:
        family = [
            InTeam(one.id, one.name, one.relationship, "", MemberKind.FAMILY) for one in people.carers_of(episode.child)
        ]
    if not workers:
        who = episode.coordinator
        workers = [InTeam(who.pk, who.name, who.job_title, who.agency.name, MemberKind.PRACTITIONER, who.phone)]
    child = next((one for one in team if one.kind == MemberKind.CHILD), None)
    name = child.name if child else people.name_of(episode.child)
    return Circle(name, family, workers, child is not None and child.leads)


def choices(episode: Episode) -> list[tuple[str, str]]:
    """The members to choose from."""
    return [
        (str(one.id), f"{one.name}, {one.role}" + (f", {one.agency}" if one.agency else "")) for one in members(episode)
    ]


def member(episode: Episode, id: UUID | str) -> Member:
    """One present member of the team."""
    found = Member.objects.filter(episode=episode, pk=id, left_on=None).select_related("practitioner__agency").first()
    if found is None:
        raise Refused("This member is no longer in the team")
    return found


def name_of(member: Member) -> str:
    """A member by name."""
    if member.practitioner is not None:
        return member.practitioner.name
    if member.adult is not None:
        return f"{member.adult.given} {member.adult.family}"
    return people.name_of(member.episode.child)


def chosen(episode: Episode, ids: Iterable[UUID | str]) -> list[Member]:
    """The present members with these ids."""
    return list(Member.objects.filter(episode=episode, pk__in=list(ids), left_on=None))


def practitioner_choices(episode: Episode) -> list[tuple[str, str]]:
    """The practitioners of the team to choose from."""
    return [(str(one.id), f"{one.name}, {one.agency}") for one in members(episode) if one.practitioner]


def could_join(episode: Episode) -> list[tuple[str, str]]:
    """The practitioners of agencies that the family agreed to, who are not yet in the team, to choose from."""
    return [(str(one.pk), f"{one.agency.name}: {one.name}, {one.job_title}") for one in _who_could_join(episode)]


def _who_could_join(episode: Episode) -> QuerySet[Practitioner]:
    agencies = [one.pk for one in consent.agencies_named(episode.share_consent)]
    already = Member.objects.filter(episode=episode, left_on=None).exclude(practitioner=None)
    return (
        Practitioner.objects.filter(Q(leaves_on=None) | Q(leaves_on__gte=dates.today()), agency__in=agencies)
        .filter(pk__in=practitioners.holding(TAKES_PART).order_by().values("pk"))
        .exclude(pk__in=already.values("practitioner"))
        .select_related("agency")
        .order_by("agency__name", "name")
    )
