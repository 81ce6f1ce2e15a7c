"""What an actor can be to a child, an episode or a piece of work: each one filter, for lists and single records."""

from collections.abc import Callable

from django.db.models import Q, QuerySet

from teamaround.audit.actor import Actor
from teamaround.casework.models import Assessment, Checklist, Episode, Lead, PlanAction
from teamaround.casework.terms import LeadState
from teamaround.index import archive, mediating, renewing
from teamaround.index import queries as index
from teamaround.index.models import (
    ArchiveRead,
    Errand,
    Feed,
    Involvement,
    Load,
    Purge,
    Search,
    Start,
    Transfer,
    WorkItem,
)
from teamaround.index.staying import STEWARDS
from teamaround.index.terms import InvolvementState, StartOutcome, TransferState
from teamaround.kit import dates
from teamaround.people.models import Child
from teamaround.people.terms import NOT_FOUND, ChildState
from teamaround.sharing import grants
from teamaround.sharing.terms import GrantLevel
from teamaround.tasks.models import Notice, Task
from teamaround.workforce.models import Practitioner

from .models import Override

Relation = Callable[[Actor], QuerySet]


# To a child.


def _not_archived() -> QuerySet[Child]:
    """An archived record is nobody's to open in the course of work (IX-31, IX-61)."""
    return Child.objects.exclude(state=ChildState.ARCHIVED)


def agency_works_with(actor: Actor) -> QuerySet[Child]:
    """My agency has an open involvement with the child, or is its school or GP (IX-17 a)."""
    return _not_archived().filter(
        Q(involvements__agency=actor.agency, involvements__state=InvolvementState.CURRENT)
        | Q(universal_services__agency=actor.agency, universal_services__to_on__isnull=True)
    )


def started_to_work_with(actor: Actor) -> QuerySet[Child]:
    """I declared that I start to work with the child, and the days to follow that up are not over (IX-17 b)."""
    return _not_archived().filter(
        starts__practitioner=actor.practitioner,
        starts__outcome=StartOutcome.WAITING,
        starts__follow_up_by__gte=dates.today(),
    )


def in_the_episode(actor: Actor) -> QuerySet[Child]:
    """I coordinate, lead or take part in an episode of the child."""
    episodes = coordinates(actor) | leads(actor) | granted(actor) | manages_coordinator(actor)
    return Child.objects.filter(episodes__in=episodes)


def found_by_search(actor: Actor) -> QuerySet[Child]:
    """A search of mine in the last 15 minutes showed the child."""
    return _not_archived().filter(pk__in=index.shown_lately(actor.practitioner))


def overrode(actor: Actor) -> QuerySet[Child]:
    """I opened the record in an emergency, and the hour is not over (IX-17 c)."""
    live = Override.objects.filter(practitioner=actor.practitioner, until__gt=dates.now())
    return _not_archived().filter(pk__in=live.values("child"))


def found_for_other(actor: Actor) -> QuerySet[Child]:
    """A search I made on behalf of somebody else in the last 15 minutes showed the child (IX-19)."""
    return _not_archived().filter(pk__in=mediating.found_for_others(actor.practitioner))


def stewards_authority(actor: Actor) -> QuerySet[Child]:
    """I am a data steward of the authority that is responsible for the child, and the record is live."""
    if STEWARDS not in actor.functions:
        return Child.objects.none()
    return Child.objects.filter(authority__agencies=actor.agency).exclude(state__in=NOT_FOUND)


def reads_archive(actor: Actor) -> QuerySet[Child]:
    """I asked on a ground to read the archived record, nobody else need agree or somebody has, and the hour is not
    over (IX-61)."""
    asked = archive.open_to(actor.practitioner)
    return Child.objects.filter(pk__in=asked.values("child"), state=ChildState.ARCHIVED)


# To an episode.


def coordinates(actor: Actor) -> QuerySet[Episode]:
    """I am the episode's coordinator."""
    return Episode.objects.filter(coordinator=actor.practitioner)


def leads(actor: Actor) -> QuerySet[Episode]:
    """I am the lead professional, or support a family member who leads."""
    live = Lead.objects.filter(state=LeadState.ACTIVE).filter(
        Q(member__practitioner=actor.practitioner) | Q(supported_by__practitioner=actor.practitioner)
    )
    return Episode.objects.filter(pk__in=live.values("episode"))


def granted(actor: Actor) -> QuerySet[Episode]:
    """I hold a grant whose ground is live."""
    return Episode.objects.filter(pk__in=grants.live_for(actor.practitioner, actor.agency).values("episode"))


def granted_to_write(actor: Actor) -> QuerySet[Episode]:
    """I hold a live grant that lets me write."""
    live = grants.live_for(actor.practitioner, actor.agency).filter(level=GrantLevel.WRITE)
    return Episode.objects.filter(pk__in=live.values("episode"))


def assessed(actor: Actor) -> QuerySet[Episode]:
    """I did the assessment and still have access: whoever did it calls the first meeting (casework.md 5.1)."""
    signed = Assessment.objects.filter(assessor=actor.practitioner).exclude(signed_on=None)
    return granted(actor).filter(pk__in=signed.values("episode"))


def manages_coordinator(actor: Actor) -> QuerySet[Episode]:
    """I am the line manager of the episode's coordinator."""
    return Episode.objects.filter(coordinator__manager=actor.practitioner)


# To a piece of work.


def own_task(actor: Actor) -> QuerySet[Task]:
    """The task is mine, or stands in my team's tray."""
    mine = Q(practitioner=actor.practitioner)
    return Task.objects.filter(mine | Q(team=actor.team) if actor.team else mine)


def own_notice(actor: Actor) -> QuerySet[Notice]:
    """The notice is to me."""
    return Notice.objects.filter(practitioner=actor.practitioner)


def own_search(actor: Actor) -> QuerySet[Search]:
    """I made the search."""
    return Search.objects.filter(practitioner=actor.practitioner)


def own_start(actor: Actor) -> QuerySet[Start]:
    """I declared the start."""
    return Start.objects.filter(practitioner=actor.practitioner)


def own_agency_involvement(actor: Actor) -> QuerySet[Involvement]:
    """The involvement is my agency's."""
    return Involvement.objects.filter(agency=actor.agency)


def own_involvement(actor: Actor) -> QuerySet[Involvement]:
    """It is I who work with the child."""
    return Involvement.objects.filter(practitioner=actor.practitioner, state=InvolvementState.CURRENT)


def left_behind(actor: Actor) -> QuerySet[Involvement]:
    """Somebody I managed has gone, and their involvement still stands."""
    return renewing.left_behind(dates.today()).filter(practitioner__manager=actor.practitioner)


def manages(actor: Actor) -> QuerySet[Practitioner]:
    """I am their line manager."""
    return Practitioner.objects.filter(manager=actor.practitioner)


def own_checklist(actor: Actor) -> QuerySet[Checklist]:
    """I wrote the checklist."""
    return Checklist.objects.filter(author=actor.practitioner)


def manages_author(actor: Actor) -> QuerySet[Checklist]:
    """I am the line manager of the checklist's author."""
    return Checklist.objects.filter(author__manager=actor.practitioner)


def proposed_to(actor: Actor) -> QuerySet[Lead]:
    """The lead is proposed to me, or I would support the family member it is proposed to."""
    return Lead.objects.filter(state=LeadState.PROPOSED).filter(
        Q(member__practitioner=actor.practitioner) | Q(supported_by__practitioner=actor.practitioner)
    )


def owns_action(actor: Actor) -> QuerySet[PlanAction]:
    """The action is mine, and I may still read the episode; or I coordinate or lead and act for the family."""
    episodes = coordinates(actor) | leads(actor)
    mine = Q(owner__practitioner=actor.practitioner, owner__episode__in=granted(actor))
    led = Q(owner__episode__in=episodes) & (
        Q(owner__practitioner=actor.practitioner) | Q(owner__practitioner__isnull=True)
    )
    return PlanAction.objects.filter(mine | led)


def stewarded(actor: Actor) -> QuerySet[WorkItem]:
    """Every steward may decide every item."""
    return WorkItem.objects.filter(decided_at__isnull=True)


def fed(actor: Actor) -> QuerySet[Feed]:
    """Whoever watches over partners' files watches over every source."""
    return Feed.objects.all()


def fed_by_file(actor: Actor) -> QuerySet[Load]:
    """Whoever watches over partners' files sees every file, and no child of it."""
    return Load.objects.all()


def fed_by_errand(actor: Actor) -> QuerySet[Errand]:
    """Whoever watches over partners' files sees what is being done with each."""
    return Errand.objects.all()


def answers_transfer(actor: Actor) -> QuerySet[Transfer]:
    """My authority is the one that was asked."""
    return Transfer.objects.filter(state=TransferState.WAITING, answers__agencies=actor.agency)


def seconds_archive_read(actor: Actor) -> QuerySet[ArchiveRead]:
    """Somebody else asked, and a second person is needed."""
    return archive.waiting_for_second(actor.practitioner)


def proposed_by_another(actor: Actor) -> QuerySet[Purge]:
    """Somebody else proposed the purge, and it is not done."""
    return Purge.objects.filter(done_on=None).exclude(proposed_by=actor.practitioner)


RELATIONS: dict[str, Relation] = {
    one.__name__: one
    for one in (
        agency_works_with,
        started_to_work_with,
        in_the_episode,
        found_by_search,
        overrode,
        found_for_other,
        stewards_authority,
        reads_archive,
        coordinates,
        leads,
        granted,
        granted_to_write,
        assessed,
        manages_coordinator,
        own_task,
        own_notice,
        own_search,
        own_start,
        own_agency_involvement,
        own_involvement,
        left_behind,
        manages,
        own_checklist,
        manages_author,
        proposed_to,
        owns_action,
        stewarded,
        fed,
        fed_by_file,
        fed_by_errand,
        answers_transfer,
        seconds_archive_read,
        proposed_by_another,
    )
}
