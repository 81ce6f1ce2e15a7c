"""The plan as pages and prints show it: a tree made in a fixed number of questions."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from uuid import UUID

from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.reference.models import Aim, Framework

from . import assessments, meeting_views, plans, teams
from .models import Episode, Invited, Need, Outcome, Plan, PlanAction
from .terms import ACTION_MOVES, FINISHED, Acceptance, ActionState, PlanState, Priority

Part = TypeVar("Part", Need, Outcome, PlanAction)

KINDS = {
    ActionState.DONE: "good",
    ActionState.PARTLY: "waiting",
    ActionState.IN_PROGRESS: "active",
    ActionState.NOT_ACHIEVED: "alert",
    ActionState.NOT_NEEDED: "closed",
    ActionState.NOT_STARTED: "neutral",
}


@dataclass(frozen=True)
class ActionView:
    """Who does what by when, and how it is going."""

    id: UUID
    text: str
    owner: str
    owner_agency: str
    by_when: date
    priority: str
    resources: str
    state: str
    state_label: str
    state_kind: str
    not_agreed: bool
    declined_because: str
    progress: str
    evidence: str
    finished: bool
    overdue: bool
    next_states: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class OutcomeView:
    """What will be different."""

    id: UUID
    text: str
    measure: str
    aims: list[str]
    score_at_start: int | None
    score_now: int | None
    actions: list[ActionView] = field(default_factory=list)

    @property
    def travelled(self) -> str:
        """How far things have come, in words; nothing where nobody has said where they stand."""
        if self.score_at_start is None or self.score_now is None:
            return ""
        way = self.score_now - self.score_at_start
        said = f"{way} better" if way > 0 else f"{-way} worse" if way < 0 else "no change"
        return f"{self.score_at_start} of {plans.BEST} at the start, {self.score_now} now: {said}"


@dataclass(frozen=True)
class NeedView:
    """What is needed, and the name of the element of the assessment that shows it."""

    id: UUID
    text: str
    element: str
    outcomes: list[OutcomeView] = field(default_factory=list)


@dataclass(frozen=True)
class PlanView:
    """A version of the plan with its progress."""

    id: UUID
    version: int
    state: str
    is_draft: bool
    replaced: bool
    written_on: date
    author: str
    agreed_on: date | None
    meeting: meeting_views.Roll | None
    needs: list[NeedView]

    @property
    def header(self) -> list[tuple[str, str]]:
        """Who wrote it, when it was agreed, and who took part in that, from the record of the meeting."""
        rows = [("Written by", f"{self.author}, {dates.say(self.written_on)}")]
        if self.agreed_on:
            where = f"at the meeting of {dates.say(self.meeting.held_on)}" if self.meeting else "not at a meeting"
            rows.append(("Agreed", f"{dates.say(self.agreed_on)}, {where}"))
        if self.meeting:
            rows += [
                ("Present", "\n".join(self.meeting.present)),
                ("Apologies", "\n".join(self.meeting.apologies) or "None"),
                ("Reports received from", "\n".join(self.meeting.reports) or "Nobody"),
            ]
        return rows

    @property
    def actions(self) -> list[ActionView]:
        return [one for need in self.needs for outcome in need.outcomes for one in outcome.actions]

    @property
    def total(self) -> int:
        return len(self.actions)

    @property
    def done(self) -> int:
        return sum(one.finished for one in self.actions)

    @property
    def overdue(self) -> int:
        return sum(one.overdue for one in self.actions)


def view(plan: Plan, everyone: Iterable[teams.InTeam] | None = None) -> PlanView:
    """A plan told whole; `everyone` who is or was in the team, where that is known already."""
    team = {one.id: one for one in (teams.everyone(plan.episode) if everyone is None else everyone)}
    aims = {one.pk: f"{one.code} {one.title}" for one in Aim.objects.all()}
    elements = dict(assessments.elements(plan.episode))
    needs = plan.needs.order_by("position").prefetch_related("outcomes__actions")
    invited = list(Invited.objects.filter(meeting__plans=plan))
    return PlanView(
        plan.pk,
        plan.version,
        PlanState(plan.state).label,
        plan.state == PlanState.DRAFT,
        plan.state == PlanState.REPLACED,
        plan.written_on,
        plan.author.name,
        plan.agreed_on,
        meeting_views.roll(plan.meeting, invited, team),
        [
            NeedView(
                need.pk,
                need.text,
                elements.get(need.element, ""),
                [
                    OutcomeView(
                        outcome.pk,
                        outcome.text,
                        outcome.measure,
                        [aims[aim] for aim in outcome.aims if aim in aims],
                        outcome.score_at_start,
                        outcome.score_now,
                        [_action(one, team) for one in sorted(outcome.actions.all(), key=lambda one: one.by_when)],
                    )
                    for outcome in need.outcomes.all()
                ],
            )
            for need in needs
        ],
    )


def _action(one: PlanAction, team: dict[UUID, teams.InTeam]) -> ActionView:
    owner = team[one.owner_id]
    finished = one.state in FINISHED
    return ActionView(
        one.pk,
        one.text,
        owner.name,
        owner.agency or owner.role,
        one.by_when,
        Priority(one.priority).label if one.priority else "",
        one.resources,
        one.state,
        ActionState(one.state).label,
        KINDS[ActionState(one.state)],
        one.acceptance != Acceptance.ACCEPTED,
        one.declined_because,
        one.progress,
        one.evidence,
        finished,
        not finished and one.by_when < dates.today(),
        [(to.value, to.label) for to in ActionState if to == one.state or to in ACTION_MOVES[ActionState(one.state)]],
    )


def in_force(episode: Episode) -> PlanView | None:
    """The version in force."""
    plan = plans.agreed(episode)
    return view(plan) if plan else None


def current(episode: Episode, everyone: Iterable[teams.InTeam] | None = None) -> PlanView | None:
    """The version in force, else the draft, else nothing."""
    plan = plans.agreed(episode) or plans.draft(episode)
    return view(plan, everyone) if plan else None


@dataclass(frozen=True)
class Version:
    """A version of the plan that was in force before."""

    number: int
    agreed_on: date | None


def earlier(episode: Episode) -> list[Version]:
    """The versions that were in force before, the latest first."""
    found = Plan.objects.filter(episode=episode, state=PlanState.REPLACED).order_by("-version")
    return [Version(one.version, one.agreed_on) for one in found]


def version(episode: Episode, number: int) -> PlanView:
    """One version that was agreed, in force or replaced, as it was."""
    agreed = Plan.objects.filter(episode=episode, version=number).exclude(state=PlanState.DRAFT)
    plan = agreed.first()
    if plan is None:
        raise Refused("The plan has no such version")
    return view(plan)


def aims_by_heading() -> dict[str, list[tuple[str, str]]]:
    """The aims of the outcome framework to choose from, under their headings."""
    framework = Framework.objects.order_by("-valid_from", "key").first()
    grouped: dict[str, list[tuple[str, str]]] = {}
    if framework is not None:
        for aim in framework.aims.order_by("position"):
            grouped.setdefault(aim.heading, []).append((str(aim.pk), aim.title))
    return grouped


def actions_of(practitioner: UUID | None) -> list[PlanAction]:
    """A practitioner's unfinished actions of plans in force, the most urgent first."""
    found = PlanAction.objects.filter(
        owner__practitioner=practitioner, outcome__need__plan__state=PlanState.AGREED
    ).exclude(state__in=FINISHED)
    return list(found.select_related("outcome__need__plan__episode").order_by("by_when"))


# Parts of the draft, found by the address of a page.


def need(episode: Episode, id: UUID) -> Need:
    """A need of the draft."""
    return _of_draft(Need.objects.filter(pk=id, plan__episode=episode, plan__state=PlanState.DRAFT).first())


def outcome(episode: Episode, id: UUID) -> Outcome:
    """An outcome of the draft."""
    found = Outcome.objects.filter(pk=id, need__plan__episode=episode, need__plan__state=PlanState.DRAFT)
    return _of_draft(found.select_related("need__plan").first())


def action_of_draft(episode: Episode, id: UUID) -> PlanAction:
    """An action of the draft."""
    found = PlanAction.objects.filter(
        pk=id, outcome__need__plan__episode=episode, outcome__need__plan__state=PlanState.DRAFT
    )
    return _of_draft(found.select_related("outcome__need__plan").first())


def part(episode: Episode, id: UUID) -> Need | Outcome | PlanAction:
    """A need, outcome or action of the draft by its id."""
    drafts = {"plan__episode": episode, "plan__state": PlanState.DRAFT}
    for model, path in ((Need, ""), (Outcome, "need__"), (PlanAction, "outcome__need__")):
        found = model.objects.filter(pk=id, **{path + name: value for name, value in drafts.items()}).first()
        if found is not None:
            return found
    return _of_draft(None)


def _of_draft(found: Part | None) -> Part:
    if found is None:
        raise Refused("This part of the plan is no longer in the draft")
    return found
