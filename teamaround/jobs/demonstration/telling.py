"""One episode from the first concern onwards, through the product's own actions, each on its own day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from teamaround.access.standing import standing_of
from teamaround.audit.actor import Actor
from teamaround.casework import (
    assessments,
    closing,
    consenting,
    copies,
    episodes,
    leads,
    meetings,
    plans,
    reviews,
    teams,
)
from teamaround.forms import publishing
from teamaround.index import searching
from teamaround.index.asking import Asked
from teamaround.kit import dates
from teamaround.people import queries as people
from teamaround.sharing import notices
from teamaround.sharing.terms import INFORMED

from . import stories
from .population import Child

#: days from the start to each step
CONSENT, SIGN_OFF, RESPONSE, TEAM, MEETING, LEAD, PLAN, DELIVERY = 2, 13, 15, 16, 26, 27, 28, 29
#: weeks from one review to the next
WEEKS = 8


@dataclass(frozen=True)
class Cast:
    """Who works in an episode; the agencies that the family leaves out."""

    coordinator: Any
    helpers: Sequence[Any]
    leader: int = 0  #: 0 is the coordinator, else the place of a helper
    left_out: Sequence[Any] = ()


class Telling:
    """An episode being told; every step happens on a working day, in working hours, and never after now."""

    def __init__(self, child: Any, person: Child, cast: Cast, *, started_on: date, number: int) -> None:
        self.child, self.person, self.cast, self.number = child, person, cast, number
        self.started_on, self.now = started_on, dates.now()
        self.hour = 9 + number % 7
        with dates.given(self.on(0)):
            self.story = stories.for_child(person.born, number)
        self.episode: Any = None
        self.single = False
        self.actors: dict[UUID, Actor] = {}
        self.actions: list[Any] = []

    # Days and people.

    def on(self, days: int) -> datetime:
        """A moment so many days after the start; from a weekend back to the Friday."""
        day = self.started_on + timedelta(days=days)
        day -= timedelta(days=max(0, day.weekday() - 4))
        return min(datetime.combine(day, time(self.hour, self.number % 60), tzinfo=dates.LONDON), self.now)

    def as_(self, practitioner: Any) -> Actor:
        """The practitioner as they act; what they may do is asked once, and is the same throughout a story."""
        if practitioner.pk not in self.actors:
            self.actors[practitioner.pk] = standing_of(practitioner.account).actor
        return replace(self.actors[practitioner.pk], request=uuid4())

    @property
    def coordinator(self) -> Actor:
        return self.as_(self.cast.coordinator)

    # Steps.

    def start(self) -> None:
        """Search with a reason, find the child, start the episode."""
        with dates.given(self.on(0)):
            self._find()
            self.episode = episodes.start(self.child, reason=self.story.reason, by=self.coordinator)

    def _find(self) -> None:
        person = self.person
        asked = Asked(
            given=person.given, family=person.family, born=str(person.born or ""), postcode=person.home.postcode
        )
        if person.born is not None:
            search = searching.find(asked, reason="assessment", by=self.coordinator)
            if self.child.pk in search.found:
                return
        searching.find(Asked(identifier=self.child.index_number), reason="assessment", by=self.coordinator)

    def refuse(self) -> None:
        """The family says no; what was written is deleted."""
        with dates.given(self.on(CONSENT)):
            reason = stories.REFUSALS[self.number % len(stories.REFUSALS)]
            given_by = self._decider()
            consenting.refuse(
                self.episode,
                reason=reason,
                safe="no",
                capacity="parent" if given_by else "young-person",
                given_by=given_by,
                by=self.coordinator,
            )

    def agree(self, days: int = CONSENT) -> None:
        """The family agrees, to whom is in the cast."""
        with dates.given(self.on(days)):
            agencies = {one.agency_id: one.agency for one in (self.cast.coordinator, *self.cast.helpers)}
            given_by = self._decider()
            consenting.record(
                self.episode,
                capacity="parent" if given_by else "young-person",
                given_by=given_by,
                form="written",
                informed=list(INFORMED),
                given_on=dates.today(),
                notice=notices.current(),
                recipients=list(agencies.values()),
                excluded=[one for one in self.cast.left_out if one.pk not in agencies],
                by=self.coordinator,
            )

    def _decider(self) -> Any:
        """Who decides: a parent, or from 16 the young person."""
        if self.person.born and dates.age_on(self.person.born, dates.today()) >= 16:
            return None
        return people.who_may_decide(self.child)[0]

    def write(self, days: int = 8) -> None:
        """Part of the assessment, as far as it is after a first conversation."""
        with dates.given(self.on(days)):
            self._save("assessment", reason=self.story.reason)
            self._save(self.story.element, strengths=self.story.strengths, needs=self.story.needs)

    def _save(self, section: str, **given: Any) -> None:
        current = assessments.under_way(self.episode).answers
        asked = publishing.definition_of(current.form).section(section).by_key
        before = {key: value for key, value in current.answers.get(section, {}).items() if asked[key].is_asked}
        version = current.section_versions.get(section, 0)
        assessments.save_section(self.episode, section, {**before, **given}, version=version, by=self.coordinator)

    def finish_assessment(self) -> None:
        """The rest of the assessment, what child and parent say, sign-off."""
        story = self.story
        self.write()
        with dates.given(self.on(SIGN_OFF)):
            self._save("child", no_phone="The parents' telephone is used")
            self._save("identity", ethnicity="REFU")
            self._save("access", disability="no", interpreter_required="no", interpreter_arranged="no")
            self._save("conclusions", strengths=story.strengths, needs=story.needs, what_needs_to_change=story.change)
            self._save("goals", how_we_will_know=f"{story.outcome}. {story.measure}")
            self._save("consent", revisited="yes", copy_given="yes")
            little = self.person.born is None or dates.age_on(self.person.born, dates.today()) < 4
            by = self.coordinator
            if self.person.born is None:
                why = "The child is not yet born"
                assessments.comment(self.episode, who="child", mode="not-obtained", reason_not_obtained=why, by=by)
            else:
                mode = "observed" if little else "own-words"
                assessments.comment(self.episode, who="child", mode=mode, text=story.child, by=by)
            assessments.comment(self.episode, who="parent", mode="own-words", text=story.parent, by=by)
            assessments.sign_off(self.episode, level=story.level, by=by)
            copies.give(self.episode, given_on=dates.today(), how="handed", to_whom="The family at home", by=by)

    def call_team(self, meeting_on: datetime | None = None) -> Any:
        """Several services together: who joins, and when they meet first."""
        with dates.given(self.on(RESPONSE)):
            episodes.respond_with_team(self.episode, by=self.coordinator)
        with dates.given(self.on(TEAM)):
            for helper in self.cast.helpers:
                teams.join(self.episode, helper, by=self.coordinator)
            meeting = meetings.convene(
                self.episode,
                kind="first",
                planned_at=meeting_on or self.on(MEETING),
                place=f"{self.cast.coordinator.agency.name}, the small meeting room",
                agenda="How are things? What is good? What would help? Who does what?",
                by=self.coordinator,
            )
        with dates.given(self.on(TEAM + 2)):
            for helper in self.cast.helpers[:1]:
                meetings.reply(self._invited(meeting, helper), reply="coming", by=self.as_(helper))
        return meeting

    def _invited(self, meeting: Any, who: Any) -> Any:
        return next(one for one in meeting.invited.all() if one.member_id == self.member(who).pk)

    def member(self, who: Any) -> Any:
        """The member of the team that a practitioner is."""
        return next(one for one in teams.current(self.episode) if one.practitioner_id == who.pk)

    def meet(self, meeting: Any) -> None:
        """The first meeting, with its minutes."""
        with dates.given(self.on(MEETING)):
            team = teams.current(self.episode)
            family = next((one for one in team if one.kind == "family"), None)
            taker = self.member(self.cast.helpers[0])
            away = {str(taker.pk), str(self.member(self.cast.coordinator).pk)}
            attendance: dict[UUID | str, str] = {
                str(one.pk): "apologies"
                if self.number % 4 == 0 and one.practitioner_id and str(one.pk) not in away
                else "present"
                for one in team
            }
            points = [("note", text) for text in self.story.notes] + [("decision", self.story.decision)]
            if family is not None:
                points.insert(0, ("note", f"Parent or carer: {self.story.parent}"))
            by = self.coordinator
            meetings.record(
                meeting,
                held_on=dates.today(),
                chair=self.member(self.cast.coordinator).pk,
                note_taker=taker.pk,
                participation="PN0" if self._is_little() else "PN1",
                attendance=attendance,
                points=points,
                consent_reminder_given=True,
                by=by,
            )
            meetings.agree_minutes(meeting, by=by)
            meetings.circulate(meeting, by=by)

    def _is_little(self) -> bool:
        return self.person.born is None or dates.age_on(self.person.born, dates.today()) < 4

    def name_lead(self, *, accepted: bool = True) -> None:
        """The team proposes who leads; whoever is asked accepts the next day."""
        who = self._candidates()[self.cast.leader]
        lead = self._propose(who)
        if accepted:
            with dates.given(self.on(LEAD + 1)):
                leads.accept(lead, by=self.as_(who))

    def look_for_lead(self) -> None:
        """A first proposal is taken back for a second, who declines: somebody is still to be found."""
        self.name_lead(accepted=False)
        who = self._candidates()[not self.cast.leader]
        lead = self._propose(who)
        with dates.given(self.on(LEAD + 1)):
            leads.decline(
                lead, because="I change posts in January and would leave them in the middle", by=self.as_(who)
            )

    def _candidates(self) -> tuple[Any, ...]:
        return (self.cast.coordinator, *self.cast.helpers)

    def _propose(self, who: Any) -> Any:
        with dates.given(self.on(LEAD)):
            member = self.member(who)
            return leads.propose(
                self.episode,
                candidate=member,
                answers={str(member.pk): {"trust": 3, "fit": 2, "relationship": 3, "ability": 2}},
                family_wish=f"{who.name}, because we can ring at any time",
                family_wish_member=member,
                manager_agrees=who.manager is not None,
                # Needed where somebody leads so many already that the others come first in the ranking.
                reason="The family knows and trusts them, and their manager has agreed",
                by=self.coordinator,
            )

    def draft(self) -> Any:
        """The delivery plan as it is written, before anybody has agreed to it."""
        story = self.story
        with dates.given(self.on(PLAN)):
            by = self.coordinator
            plan = plans.begin_draft(self.episode, by=by)
            need = plans.add_need(plan, text=story.needs, element=story.element, by=by)
            outcome = plans.add_outcome(need, text=story.outcome, measure=story.measure, score_at_start=3, by=by)
            for place, (whose, text) in enumerate(story.actions):
                owner = self._owner(whose)
                if owner is not None:
                    due = dates.today() + timedelta(days=14 + 21 * place)
                    self.actions.append(plans.add_action(outcome, text=text, owner=owner, by_when=due, by=by))
            return plan

    def plan(self, *, waiting: bool = False) -> None:
        """The plan is agreed; those asked accept their part, unless an answer is still awaited."""
        plan = self.draft()
        with dates.given(self.on(PLAN)):
            plans.agree(plan, by=self.coordinator)
        with dates.given(self.on(PLAN + 1)):
            for one in self.actions[:-1] if waiting else self.actions:
                owner = one.owner.practitioner
                plans.accept_action(one, by=self.as_(owner) if owner else self.coordinator)

    def _owner(self, whose: str) -> Any:
        team = teams.current(self.episode)
        if whose == "family":
            return next((one for one in team if one.kind == "family"), None)
        if whose == "coordinator" or self.single:
            return self.member(self.cast.coordinator)
        helpers = self.cast.helpers
        return self.member(helpers[(int(whose) - 1) % len(helpers)])

    def deliver(self) -> None:
        """Help begins, with the day of the first review."""
        with dates.given(self.on(DELIVERY)):
            plans.start_delivery(self.episode, next_review_on=self.on(DELIVERY + WEEKS * 7).date(), by=self.coordinator)

    def report(self, days: int, share: float = 1) -> None:
        """Whoever owns an action says how it goes; a share of them is done."""
        for place, one in enumerate(self.actions):
            if self.on(days) >= self.now or one.finished_on:
                continue
            owner = one.owner.practitioner
            with dates.given(self.on(days + place)):
                done = place < share * len(self.actions)
                by = self.as_(owner) if owner else self.coordinator
                plans.report(
                    one, state="done" if done else "in-progress", progress="As agreed" if done else "Begun", by=by
                )

    def review(self, days: int, *, reason: str = "", next_in: int = WEEKS * 7, late_reason: str = "") -> None:
        """A review that ends in the next date, or, with a reason, in closure."""
        story = self.story
        with dates.given(self.on(days - 7)):
            opened = reviews.open_review(self.episode, by=self.coordinator)
        with dates.given(self.on(days)):
            reviews.record(
                opened,
                held_on=dates.today(),
                outcome="close" if reason else "continue",
                notes=story.summary if reason else "Better in some things, slow in others. The plan stands.",
                level_now="none" if reason else story.level,
                consent_rechecked=True,
                lead_confirmed=True,
                child_says=(story.child_later, ""),
                parent_says=(story.parent_later, ""),
                next_review_on=None if reason else dates.today() + timedelta(days=next_in),
                closure_reason=reason,
                closure=self._closure() if reason else None,
                late_reason=late_reason,
                by=self.coordinator,
            )

    def _closure(self) -> dict[str, Any]:
        return {
            "summary": self.story.summary,
            "goes_on": "School and surgery as for every child.",
            "named_contact": f"{self.cast.coordinator.name}, {self.cast.coordinator.agency.name}",
            "reopen_advice": "If things get as hard again as in spring: ring, and we start within a week.",
            "lead_agrees": True,
            "safeguarding_considered": "Seen alone and at home; no sign of harm.",
        }

    def close(self, days: int, reason: str, **record: Any) -> Any:
        """An end without a review: the family moves, asks to end, or cannot be reached."""
        with dates.given(self.on(days)):
            heard = {"child_view": self.story.child_later, "parent_view": self.story.parent_later}
            told = {"level_at_end": self.story.level, "family_told_on": dates.today()}
            return closing.close(
                self.episode, reason=reason, by=self.coordinator, **{**self._closure(), **heard, **told, **record}
            )
