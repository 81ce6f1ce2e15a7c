"""Meetings as pages show them, each in a fixed number of questions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.people import queries as people

from . import teams
from .models import Episode, Invited, Meeting
from .terms import Attendance, MeetingKind, MinutesState, Participation, Reply


@dataclass(frozen=True)
class Guest:
    """Somebody on the list of a meeting."""

    id: UUID
    member: UUID
    name: str
    role: str
    agency: str
    reply: str
    attendance: str
    report: str
    minutes_sent_at: datetime | None
    of_family: bool


@dataclass(frozen=True)
class Point:
    """One point of the minutes."""

    kind: str
    label: str
    text: str


@dataclass(frozen=True)
class MeetingView:
    """A meeting told whole."""

    id: UUID
    episode: UUID
    child: UUID
    name: str
    kind: str
    planned_at: datetime
    place: str
    online: str
    agenda: list[str]
    held_on: date | None
    cancelled_because: str
    chair: str
    note_taker: str
    participation: str
    consent_reminder_given: bool
    beside: list[tuple[str, str]]
    next_note_taker: str
    minutes_state: str
    minutes_label: str
    next_on: date | None
    guests: list[Guest]
    points: list[Point]


def view(meeting: Meeting) -> MeetingView:
    """A meeting in a fixed number of questions, whoever is invited."""
    episode = meeting.episode
    team = {one.id: one for one in teams.everyone(episode)}
    return MeetingView(
        meeting.pk,
        episode.pk,
        episode.child_id,
        people.name_of(episode.child),
        MeetingKind(meeting.kind).label,
        meeting.planned_at,
        meeting.place,
        meeting.online,
        agenda(meeting),
        meeting.held_on,
        meeting.cancelled_because,
        team[meeting.chair_id].name if meeting.chair_id else "",
        team[meeting.note_taker_id].name if meeting.note_taker_id else "",
        Participation(meeting.participation).label if meeting.participation else "",
        meeting.consent_reminder_given,
        beside(meeting),
        team[meeting.next_note_taker_id].name if meeting.next_note_taker_id else "",
        meeting.minutes_state,
        MinutesState(meeting.minutes_state).label,
        meeting.next_on,
        sorted((_guest(one, team[one.member_id]) for one in meeting.invited.all()), key=lambda one: one.name),
        [Point(one.kind, one.get_kind_display(), one.text) for one in meeting.minutes.order_by("position")],
    )


def agenda(meeting: Meeting) -> list[str]:
    """The lines of the agenda."""
    return [line.strip() for line in meeting.agenda.splitlines() if line.strip()]


def beside(meeting: Meeting) -> list[tuple[str, str]]:
    """Who came without being a member, and as what."""
    came = (
        ("For the family", meeting.supporters),
        ("Advocate", meeting.advocate),
        ("Interpreter", meeting.interpreter),
    )
    return [(what, who) for what, who in came if who]


def as_recorded(meeting: Meeting) -> dict[str, object]:
    """What is recorded of a meeting, so that nobody types it twice to change a word."""
    points: dict[str, list[str]] = {}
    for one in meeting.minutes.order_by("position"):
        points.setdefault(one.kind, []).append(one.text)
    names = ("held_on", "participation", "consent_reminder_given", "next_on", "supporters", "advocate", "interpreter")
    return {
        **{name: getattr(meeting, name) for name in names},
        **{name: str(getattr(meeting, f"{name}_id") or "") for name in ("chair", "note_taker", "next_note_taker")},
        **{f"attendance_{one.member_id}": one.attendance for one in meeting.invited.all()},
        "notes": "\n".join(points.get("note", [])),
        "decisions": "\n".join(points.get("decision", [])),
        "dissent": "\n".join(points.get("dissent", [])),
    }


def _guest(invited: Invited, member: teams.InTeam) -> Guest:
    return Guest(
        invited.pk,
        member.id,
        member.name,
        member.role,
        member.agency,
        Reply(invited.reply).label,
        Attendance(invited.attendance).label if invited.attendance else "",
        invited.report,
        invited.minutes_sent_at,
        member.practitioner is None,
    )


@dataclass(frozen=True)
class Listed:
    """A meeting in a list."""

    id: UUID
    kind: str
    on: date
    state: str


def listed(episode: Episode) -> list[Listed]:
    """The meetings of an episode, the latest first; those called off are left out."""
    found = episode.meetings.filter(cancelled_because="").order_by("-planned_at")
    return [
        Listed(
            one.pk,
            MeetingKind(one.kind).label,
            one.held_on or one.planned_at.astimezone(dates.LONDON).date(),
            f"minutes {MinutesState(one.minutes_state).label.lower()}" if one.held_on else "not held yet",
        )
        for one in found
    ]


@dataclass(frozen=True)
class Roll:
    """Who took part in a meeting, for what was agreed there."""

    id: UUID
    kind: str
    held_on: date | None
    present: list[str]
    apologies: list[str]
    reports: list[str]


def roll(meeting: Meeting | None, invited: Iterable[Invited], team: dict[UUID, teams.InTeam]) -> Roll | None:
    """Who was present, sent apologies, sent a report; `team` is everybody of the episode by their id.

    `invited` may be those of further meetings too: they are asked for once, whether or not there is a meeting.
    """
    if meeting is None:
        return None
    asked = [one for one in invited if one.meeting_id == meeting.pk]
    there: dict[str, list[str]] = {}
    for one in asked:
        there.setdefault(one.attendance, []).append(team[one.member_id].name)
    reported = {team[one.member_id].name for one in asked if one.report}
    return Roll(
        meeting.pk,
        MeetingKind(meeting.kind).label,
        meeting.held_on,
        sorted(there.get(Attendance.PRESENT, [])) + [f"{who} ({what.lower()})" for what, who in beside(meeting)],
        sorted(there.get(Attendance.APOLOGIES, [])),
        sorted(reported.union(there.get(Attendance.REPORT, []))),
    )


def held_choices(episode: Episode) -> list[tuple[str, str]]:
    """The meetings that were held, the latest first, to choose from."""
    found = episode.meetings.exclude(held_on=None).order_by("-held_on", "-planned_at")
    return [(str(one.pk), f"{MeetingKind(one.kind).label}, {dates.say(one.held_on)}") for one in found]


def invitation_of(meeting: Meeting, practitioner: UUID | None) -> Invited | None:
    """A practitioner's own invitation to a meeting."""
    return meeting.invited.select_related("member").filter(member__practitioner=practitioner).first()


def invitation_of_family(meeting: Meeting, id: UUID) -> Invited:
    """The invitation of the child or somebody of the family, for whom coordinator and lead record the answer."""
    found = meeting.invited.select_related("member__adult", "member__episode__child")
    one = found.filter(pk=id, member__practitioner=None).first()
    if one is None:
        raise Refused("Only the answers of the child and the family are recorded for them")
    return one


def invited_choices(meeting: Meeting) -> list[tuple[str, str]]:
    """Whom the attendance list asks about: the team of today and whoever was invited."""
    asked = set(meeting.invited.values_list("member", flat=True))
    present = {one.id for one in teams.members(meeting.episode)}
    return [(str(one.id), one.name) for one in teams.everyone(meeting.episode) if one.id in asked | present]
