"""Episodes: starting one, deciding what follows from the assessment, handing over its coordination.

A child has at most one open episode, whoever races; that is held by the database, not here (CW-2).
"""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from teamaround.audit import recording
from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.index import involvement, markers
from teamaround.index import queries as index
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.kit.text import plural
from teamaround.people.models import Child
from teamaround.people.terms import ChildState
from teamaround.reference import calendar, periods
from teamaround.sharing import consent, grants
from teamaround.sharing.terms import GrantLevel
from teamaround.tasks import notices, trays
from teamaround.workforce import practitioners
from teamaround.workforce.models import Practitioner
from teamaround.workforce.terms import Module

from . import moves, teams
from .models import Checklist, Episode, Plan, PlanAction
from .terms import INVOLVED_BY, OPEN, EpisodeState, HandOverReason, PlanState

#: what somebody must be trained in to start an episode (casework.md 5.6)
TRAINED_IN = (Module.INTRO_CAF, Module.INTRO_SHARING)
#: the function of a role that lets somebody coordinate
COORDINATES = "episode.coordinate"


def open_episode(child: Child) -> Episode | None:
    """The child's open episode, if there is one."""
    return Episode.objects.select_related("coordinator__agency").filter(child=child, state__in=OPEN).first()


def needs_age_reason(child: Child) -> bool:
    """Whether the child is beyond the age without which no reason is needed (CW-7)."""
    return child.born is not None and dates.today() >= dates.birthday(child.born, periods.amount("age_limit"))


def check_can_start(child: Child, practitioner: Practitioner, *, over_age_reason: str = "") -> None:
    """Refuse unless an episode may be started for this child by this practitioner, now (T1)."""
    missing = practitioners.missing_modules(practitioner, TRAINED_IN)
    if missing:
        raise Refused("You need this training first: " + ", ".join(one.label for one in missing))
    if child.state == ChildState.MERGED:
        raise Refused("This record was merged into another. Search again and open the record that is left")
    if child.died is not None or child.state == ChildState.DECEASED:
        raise Refused("An episode cannot be started for a child who has died")
    _check_age(child, over_age_reason)
    if (already := open_episode(child)) is not None:
        raise _already(already)
    if index.searched_lately(practitioner, child) is None:
        raise Refused("Search for the child first, so that an episode that is already open is found")


def _check_age(child: Child, over_age_reason: str) -> None:
    """Beyond 18 with a reason only, beyond 25 not at all; an unborn child may have an episode (CW-6, CW-7)."""
    if child.born is not None and dates.today() >= dates.birthday(child.born, periods.amount("age_max")):
        raise Refused(f"An episode cannot be started after the {periods.amount('age_max')}th birthday")
    if needs_age_reason(child) and not over_age_reason.strip():
        raise Refused(
            f"This young person is over {periods.amount('age_limit')}: give the reason for starting",
            field="over_age_reason",
        )


def _already(episode: Episode | None) -> Refused:
    """Whom to contact about the episode that is open; a sensitive service is not named."""
    if episode is None:
        return Refused("Somebody else has just worked on an episode of this child. Look at the child's page again")
    who = episode.coordinator
    if who.agency.sensitive:
        return Refused(
            "An episode is already open for this child, with a sensitive service."
            " The data stewards of the child index will put you in touch"
        )
    return Refused(
        f"An episode is already open for this child. Contact {who.name}, {who.agency.name},"
        f" {who.phone or who.agency.phone or who.email}"
    )


@action("episode.started")
def start(child: Child, *, reason: str, by: Actor, over_age_reason: str = "") -> Episode:
    """T1: start an episode; whoever starts it coordinates until somebody else does (CW-1, 2, 7)."""
    if not reason.strip():
        raise Refused("Enter what leads you to think an assessment would help", field="reason")
    practitioner = Practitioner.objects.select_related("agency").get(pk=by.practitioner)
    check_can_start(child, practitioner, over_age_reason=over_age_reason)
    search = index.searched_lately(practitioner, child)
    try:
        with transaction.atomic():
            episode = Episode.objects.create(
                child=child,
                authority_id=child.authority_id,
                initiator=practitioner,
                coordinator=practitioner,
                agency=practitioner.agency,
                reason=reason,
                over_age_reason=over_age_reason,
                search=search.pk,
                started_on=dates.today(),
                previous=Episode.objects.filter(child=child).exclude(state__in=OPEN).order_by("-started_on").first(),
            )
    except IntegrityError:
        # Somebody else was faster by an instant; the database let one of us through.
        raise _already(open_episode(child)) from None
    involvement.ensure(child, practitioner=practitioner, role=practitioner.job_title, source=INVOLVED_BY, by=by)
    Checklist.objects.filter(child=child, author=practitioner, episode=None).update(episode=episode, dispose_on=None)
    trays.put(
        kind="ask-consent",
        subject=episode.pk,
        link=f"/episodes/{episode.pk}/consent/",
        due_on=calendar.working_days_after(dates.today(), periods.amount("consent_task_wd")),
        child=child,
        practitioner=practitioner,
        by=by,
    )
    recording.tell(transition="T1", before="", after=str(EpisodeState.INITIATED))
    return episode


@action("episode.response-decided")
def respond_with_team(episode: Episode, *, by: Actor) -> None:
    """T7: several services together; whoever did the assessment is asked to call the team around the child.

    An assessor who has no access any more cannot call it, so then whoever coordinates is asked.
    """
    others = [one for one in consent.agencies_named(episode.share_consent) if one.pk != episode.agency_id]
    if not others:
        raise Refused("The family has not agreed to share with any other service. Ask them, or answer alone")
    moves.move(episode, "T7", by=by, single_agency=False)
    trays.finish(subject=episode.pk, kind="decide-response", by=by)
    trays.put(
        kind="convene-team",
        subject=episode.pk,
        link=f"/episodes/{episode.pk}/meetings/new/",
        due_on=calendar.working_days_after(dates.today(), periods.amount("convene_wd")),
        child=episode.child,
        practitioner=_who_convenes(episode),
        by=by,
    )


def _who_convenes(episode: Episode) -> Practitioner:
    last = episode.assessments.exclude(signed_on=None).select_related("assessor").order_by("-version").first()
    if last is None or last.assessor_id == episode.coordinator_id:
        return episode.coordinator
    still = grants.live_for(last.assessor_id, last.assessor.agency_id).filter(episode=episode.pk)
    return last.assessor if still.exists() else episode.coordinator


@action("episode.response-decided-alone")
def respond_alone(episode: Episode, *, next_review_on: date, by: Actor) -> None:
    """T8: one agency's own plan; it needs an action, owners of that agency, and a review date."""
    plan = Plan.objects.filter(episode=episode, state=PlanState.AGREED).first()
    actions = PlanAction.objects.filter(outcome__need__plan=plan) if plan else PlanAction.objects.none()
    if not actions.exists():
        raise Refused("Agree a plan with at least one action first")
    others = actions.exclude(owner__practitioner=None).exclude(owner__practitioner__agency=episode.agency_id).count()
    if others:
        raise Refused(
            f"Another agency owns {plural(others, 'action')} of the plan."
            " In a single-agency plan your own agency and the family own them all"
        )
    check_review_date(next_review_on)
    moves.move(episode, "T8", by=by, single_agency=True, next_review_on=next_review_on)
    trays.finish(subject=episode.pk, kind="decide-response", by=by)
    chase_review(episode, by=by)


def check_review_date(day: date, *, after: date | None = None) -> None:
    """Refuse a review date that is not after the last one or further away than allowed (CW-13)."""
    start = after or dates.today()
    most = periods.amount("review_max_days")
    if day <= start:
        raise Refused(f"The next review must be after {dates.say(start)}", field="next_review_on")
    if (day - start).days > most:
        raise Refused(f"The next review must be within {most} days of {dates.say(start)}", field="next_review_on")


def chase_review(episode: Episode, *, by: Actor) -> None:
    """Set the task to hold the next review on whoever coordinates."""
    trays.put(
        kind="hold-review",
        subject=episode.pk,
        link=f"/episodes/{episode.pk}/review/",
        due_on=episode.next_review_on,
        child=episode.child,
        practitioner=episode.coordinator,
        by=by,
    )


@action("episode.coordinator-changed")
def hand_over_coordination(episode: Episode, *, to: Practitioner, reason: str, by: Actor) -> None:
    """Make somebody else the coordinator; the index names them from this moment as the one to speak to."""
    former = episode.coordinator
    if reason not in set(HandOverReason):
        raise Refused("Select why you hand over", field="reason")
    check_can_coordinate(episode, to)
    taken = Episode.objects.filter(pk=episode.pk, coordinator=former, state__in=OPEN).update(
        coordinator=to, agency=to.agency
    )
    episode.refresh_from_db()
    if not taken:
        raise Refused(
            "Somebody else coordinates by now" if moves.is_open(episode) else "The episode is closed", field="to"
        )
    grants.end(episode=episode.pk, practitioner=to, reason="coordinates", by=by)
    involvement.ensure(episode.child, practitioner=to, role=to.job_title, source=INVOLVED_BY, by=by)
    markers.assessment_holder_changed(episode.pk, holder=to, by=by)
    _stay_or_leave(episode, former, by=by)
    _pass_tasks_on(episode, former, to, by=by)
    notices.tell(
        practitioner=to, kind="coordinator-changed", link=f"/children/{episode.child_id}/", child=episode.child, by=by
    )
    recording.tell(before=str(former.pk), after=str(to.pk), reason=reason)


def _pass_tasks_on(episode: Episode, former: Practitioner, to: Practitioner, *, by: Actor) -> None:
    """The episode's tasks, and those of the former coordinator about meetings and the family's actions."""
    trays.pass_on(subject=episode.pk, to=to, by=by)
    familys = PlanAction.objects.filter(outcome__need__plan__episode=episode, owner__practitioner=None)
    for found in (episode.meetings, familys):
        for subject in found.values_list("pk", flat=True):
            trays.pass_on(subject=subject, to=to, of=former, by=by)


def could_coordinate(episode: Episode) -> QuerySet[Practitioner]:
    """Who could take the coordination over: in post, in a role that coordinates, of an agency that may be told.

    Before the family was asked that is any agency of the authority (check_can_coordinate).
    """
    holding = practitioners.holding(COORDINATES).exclude(pk=episode.coordinator_id)
    if episode.state == EpisodeState.INITIATED:
        found = holding.filter(agency__authority=episode.authority_id)
    else:
        named = [one.pk for one in consent.agencies_named(episode.share_consent)]
        found = holding.filter(agency__in=[*named, episode.agency_id])
    return found.select_related("agency").order_by("agency__name", "name")


def coordinator_choices(episode: Episode) -> list[tuple[str, str]]:
    """Those who could coordinate, to choose from."""
    return [(str(one.pk), f"{one.agency.name}: {one.name}, {one.job_title}") for one in could_coordinate(episode)]


def coordinator_chosen(episode: Episode, id: UUID | str) -> Practitioner:
    """The one of those who could coordinate who has this id."""
    found = could_coordinate(episode).filter(pk=id).first()
    if found is None:
        raise Refused("This practitioner cannot take over. Choose somebody else", field="to")
    return found


def stays_after_handing_over(episode: Episode) -> bool:
    """Whether whoever coordinates now keeps access as a member of the team."""
    return episode.state != EpisodeState.INITIATED and consent.names(episode.share_consent, episode.coordinator.agency)


def _stay_or_leave(episode: Episode, former: Practitioner, *, by: Actor) -> None:
    """The new coordinator is in the team; the former stays with access where the family agreed to that agency."""
    if episode.state == EpisodeState.INITIATED:
        return
    teams.gather_family(episode, by=by)
    if consent.names(episode.share_consent, former.agency):
        grants.give(
            child=episode.child,
            episode=episode.pk,
            practitioner=former,
            level=GrantLevel.CONTRIBUTE,
            consent=episode.share_consent,
            next_review_on=episode.next_review_on,
            by=by,
        )
    else:
        teams.step_out(episode, former, by=by)


def check_can_coordinate(episode: Episode, to: Practitioner) -> None:
    """Refuse a coordinator who is so already, or whose agency the family has not agreed to.

    Before the family was asked there is nothing to share but the reason for asking, so whoever is to ask may
    be of any agency: the one who starts an episode need not be the one who assesses.
    """
    if to.pk == episode.coordinator_id:
        raise Refused(f"{to.name} coordinates already", field="to")
    if COORDINATES not in practitioners.functions(to) or practitioners.problems(to):
        raise Refused(f"{to.name} may not coordinate at present. Their manager knows why", field="to")
    asked = episode.state != EpisodeState.INITIATED
    if asked and to.agency_id != episode.agency_id and not consent.names(episode.share_consent, to.agency):
        raise Refused(f"The family has not agreed to share with {to.agency.name}", field="to")
