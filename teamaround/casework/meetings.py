"""Meetings of the team around the child: called, answered, held, minuted; minutes go only where the family agreed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max

from teamaround.audit import recording
from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.kit.text import listed
from teamaround.reference import calendar, periods
from teamaround.sharing import consent
from teamaround.tasks import notices, trays
from teamaround.workforce.models import Practitioner

from . import moves, speaking, teams
from .models import Episode, Invited, Meeting, Member, Minute
from .terms import MINUTES_MOVES, Attendance, EpisodeState, MeetingKind, MinutesState, Participation, Reply

#: from how many people on the chair does not also take the notes (CW-54)
TWO_HANDS_FROM = 3
#: who may come to a meeting without being a member of the team
BESIDE = ("supporters", "advocate", "interpreter")


# Calling a meeting.


def next_kind(episode: Episode) -> str:
    """The kind of meeting that comes next."""
    if episode.state == EpisodeState.REVIEWING:
        return MeetingKind.REVIEW
    first = episode.meetings.filter(kind=MeetingKind.FIRST, cancelled_because="").exists()
    return MeetingKind.TEAM if first else MeetingKind.FIRST


def first_meeting_due_on(episode: Episode) -> date | None:
    """The day by which the team should have met, so many working days after the assessment was signed off."""
    signed = episode.assessments.aggregate(last=Max("signed_on"))["last"]
    return signed and calendar.working_days_after(signed, periods.amount("first_meeting_wd"))


@action("meeting.convened")
def convene(
    episode: Episode,
    *,
    kind: str,
    planned_at: datetime,
    place: str,
    by: Actor,
    online: str = "",
    agenda: str = "",
    members: Iterable[Member] | None = None,
) -> Meeting:
    """Call a meeting and invite members, everybody in the team where none are named."""
    if not moves.is_open(episode):
        raise Refused("The episode is closed")
    if kind == MeetingKind.FIRST and episode.meetings.filter(kind=kind, cancelled_because="").exists():
        raise Refused("The first meeting is already called. Choose another kind", field="kind")
    if planned_at.astimezone(dates.LONDON).date() < episode.started_on:
        raise Refused(f"The episode was started on {dates.say(episode.started_on)}. Choose a later day", field="on")
    teams.gather_family(episode, by=by)
    asked = teams.current(episode) if members is None else list(members)
    if not asked:
        raise Refused("Invite at least one member of the team", field="members")
    meeting = Meeting.objects.create(
        episode=episode,
        kind=kind,
        planned_at=planned_at,
        place=place,
        online=online,
        agenda=agenda,
        convened_by_id=by.practitioner,
    )
    for member in asked:
        invite(meeting, member, by=by)
    trays.finish(subject=episode.pk, kind="convene-team", by=by)
    if kind == MeetingKind.FIRST:
        _chase_first(meeting, by=by)
    recording.tell(kind=str(kind), invited=len(asked))
    return meeting


def _chase_first(meeting: Meeting, *, by: Actor) -> None:
    trays.put(
        kind="first-meeting",
        subject=meeting.pk,
        link=f"/meetings/{meeting.pk}/minutes/",
        due_on=first_meeting_due_on(meeting.episode) or meeting.planned_at.astimezone(dates.LONDON).date(),
        child=meeting.episode.child,
        practitioner=Practitioner.objects.get(pk=by.practitioner),
        by=by,
    )


@action("meeting.invited")
def invite(meeting: Meeting, member: Member, *, by: Actor) -> Invited:
    """Invite one member of the team; a practitioner is told, the family is asked in person or by letter."""
    _check_ahead(meeting)
    if member.episode_id != meeting.episode_id or member.left_on is not None:
        raise Refused("Only members of the team can be invited")
    invited, new = Invited.objects.get_or_create(meeting=meeting, member=member)
    if new and member.practitioner_id and member.practitioner_id != by.practitioner:
        _tell(meeting, member, "invited", by=by)
    return invited


def _tell(meeting: Meeting, member: Member, kind: str, *, by: Actor) -> None:
    notices.tell(
        practitioner=member.practitioner,
        kind=kind,
        link=f"/meetings/{meeting.pk}/",
        child=meeting.episode.child,
        by=by,
    )


def _check_ahead(meeting: Meeting) -> None:
    if meeting.cancelled_because:
        raise Refused("This meeting was called off")
    if meeting.held_on is not None:
        raise Refused("This meeting has been held")


@action("meeting.answered")
def reply(invited: Invited, *, reply: str, by: Actor, report: str = "") -> Invited:
    """Answer an invitation; coordinator and lead professional answer for the family when asked to."""
    _check_ahead(invited.meeting)
    speaking.check_speaks_for(invited.member, by=by)
    if reply == Reply.NONE:
        raise Refused("Select whether you will come", field="reply")
    invited.reply = reply
    invited.report = report or invited.report
    invited.save()
    _chase_report(invited, by=by)
    recording.tell(reply=str(reply))
    return invited


def _chase_report(invited: Invited, *, by: Actor) -> None:
    """A report that is promised is due on the day of the meeting."""
    meeting = invited.meeting
    if invited.reply != Reply.REPORT or invited.report or invited.member.practitioner is None:
        trays.finish(subject=invited.pk, kind="send-report", by=by)
        return
    trays.put(
        kind="send-report",
        subject=invited.pk,
        link=f"/meetings/{meeting.pk}/",
        due_on=meeting.planned_at.astimezone(dates.LONDON).date(),
        child=meeting.episode.child,
        practitioner=invited.member.practitioner,
        by=by,
    )


@action("meeting.called-off")
def cancel(meeting: Meeting, *, because: str, by: Actor) -> Meeting:
    """Call a meeting off and tell the practitioners invited."""
    _check_ahead(meeting)
    if not because.strip():
        raise Refused("Enter why it is called off", field="because")
    meeting.cancelled_because = because
    meeting.save()
    trays.drop_all(meeting.pk, by=by)
    for invited in meeting.invited.select_related("member__practitioner"):
        trays.drop_all(invited.pk, by=by)
        if invited.member.practitioner_id and invited.member.practitioner_id != by.practitioner:
            _tell(meeting, invited.member, "meeting-cancelled", by=by)
    return meeting


# Holding it.


def check_can_record(
    meeting: Meeting, *, held_on: date, chair: UUID, note_taker: UUID, attendance: Mapping[UUID, str]
) -> None:
    """Refuse a record that cannot be: a day to come, nobody present, one person in two offices (CW-54)."""
    if meeting.cancelled_because:
        raise Refused("This meeting was called off")
    if meeting.minutes_state != MinutesState.DRAFT:
        raise Refused("The minutes are agreed and are not changed any more")
    if held_on > dates.today():
        raise Refused("A meeting cannot be recorded before it is held", field="held_on")
    if held_on < meeting.episode.started_on:
        raise Refused(f"The episode was started on {dates.say(meeting.episode.started_on)}", field="held_on")
    present = {member for member, how in attendance.items() if how == Attendance.PRESENT}
    if not present:
        raise Refused("Select who was present")
    for field, office, member in (("chair", "chaired", chair), ("note_taker", "took notes", note_taker)):
        if member not in present:
            raise Refused(f"Whoever {office} was present", field=field)
    if len(present) >= TWO_HANDS_FROM and chair == note_taker:
        raise Refused(
            f"With {TWO_HANDS_FROM} or more people present, somebody other than the chair takes the notes",
            field="note_taker",
        )


@action("meeting.recorded")
def record(
    meeting: Meeting,
    *,
    held_on: date,
    chair: UUID | str,
    note_taker: UUID | str,
    participation: str,
    attendance: Mapping[UUID | str, str],
    points: Sequence[tuple[str, str]],
    by: Actor,
    reports: Mapping[UUID | str, str] | None = None,
    consent_reminder_given: bool = False,
    next_on: date | None = None,
    next_note_taker: UUID | str | None = None,
    **beside: str,
) -> Meeting:
    """Record who was there, how the child took part, and what was said and decided; anew until the minutes are agreed.

    Members are named by their ids; a point is its kind (note, decision, dissent) and its words. `beside` are those
    who came without being members: supporters, advocate, interpreter.
    """
    was_there = {_id(member): how for member, how in attendance.items()}
    chair, note_taker = _id(chair), _id(note_taker)
    check_can_record(meeting, held_on=held_on, chair=chair, note_taker=note_taker, attendance=was_there)
    if participation not in Participation.values:
        raise Refused("Select how the child took part", field="participation")
    if next_on is not None and next_on <= held_on:
        raise Refused("The next meeting is after this one", field="next_on")
    if participation == Participation.PN2 and not beside.get("advocate", "").strip():
        raise Refused("Enter the name of the advocate who spoke", field="advocate")
    next_taker = _id(next_note_taker) if next_note_taker else None
    if next_taker is not None and next_taker not in was_there:
        raise Refused("Whoever takes notes next time is on the list of this meeting", field="next_note_taker")
    _record_attendance(meeting, was_there, {_id(one): text for one, text in (reports or {}).items()}, by=by)
    meeting.held_on = held_on
    meeting.chair_id, meeting.note_taker_id = chair, note_taker
    meeting.participation = participation
    meeting.consent_reminder_given = consent_reminder_given
    meeting.next_on, meeting.next_note_taker_id = next_on, next_taker
    for name in BESIDE:
        setattr(meeting, name, beside.get(name, ""))
    meeting.save()
    Minute.objects.filter(meeting=meeting).delete()
    Minute.objects.bulk_create(
        [Minute(meeting=meeting, kind=kind, text=text, position=n) for n, (kind, text) in enumerate(points)]
    )
    trays.finish(subject=meeting.pk, kind="first-meeting", by=by)
    _chase_minutes(meeting, by=by)
    recording.tell(participation=participation, points=len(points))
    return meeting


def _id(member: UUID | str) -> UUID:
    return member if isinstance(member, UUID) else UUID(member)


def _record_attendance(
    meeting: Meeting, attendance: Mapping[UUID, str], reports: Mapping[UUID, str], *, by: Actor
) -> None:
    """Who was there. Somebody of the team who came uninvited is put on the list."""
    known = {one.member_id: one for one in meeting.invited.all()}
    team = set(meeting.episode.members.values_list("pk", flat=True))
    if not attendance.keys() <= team:
        raise Refused("Only members of the team can be put on the attendance list")
    for member, how in attendance.items():
        invited = known.get(member) or Invited(meeting=meeting, member_id=member)
        invited.attendance = how
        invited.report = reports.get(member, invited.report)
        invited.save()
        trays.drop_all(invited.pk, by=by)


def _chase_minutes(meeting: Meeting, *, by: Actor) -> None:
    """Minutes go out the same day (casework.md 5.1)."""
    if by.practitioner:
        trays.put(
            kind="circulate-minutes",
            subject=meeting.pk,
            link=f"/meetings/{meeting.pk}/",
            due_on=dates.today(),
            child=meeting.episode.child,
            practitioner=Practitioner.objects.get(pk=by.practitioner),
            by=by,
        )


# Minutes.


@action("minutes.agreed")
def agree_minutes(meeting: Meeting, *, by: Actor) -> None:
    """The minutes are agreed: from now on they stay as they are."""
    if meeting.held_on is None:
        raise Refused("Record the meeting first")
    if not meeting.minutes.exists():
        raise Refused("The minutes hold no note and no decision yet")
    _move(meeting, MinutesState.AGREED, minutes_agreed_at=dates.now())


@action("minutes.circulated")
def circulate(meeting: Meeting, *, by: Actor) -> str:
    """Send agreed minutes to the family and to agencies the consent names; which agencies are left out (CW-55)."""
    _move(meeting, MinutesState.CIRCULATED, circulated_at=dates.now())
    named = {one.pk for one in consent.agencies_named(meeting.episode.share_consent)}
    left_out = set()
    for invited in meeting.invited.select_related("member__practitioner__agency"):
        if not may_read(meeting, invited.member, named):
            left_out.add(invited.member.practitioner.agency.name)
            continue
        invited.minutes_sent_at = dates.now()
        invited.save()
        if invited.member.practitioner_id and invited.member.practitioner_id != by.practitioner:
            _tell(meeting, invited.member, "minutes", by=by)
    trays.finish(subject=meeting.pk, kind="circulate-minutes", by=by)
    recording.tell(left_out=len(left_out))
    return listed(sorted(left_out))


def may_read(meeting: Meeting, member: Member, named: set[UUID]) -> bool:
    """Whether minutes may go to a member: family, the coordinator, and whose agency is named."""
    who = member.practitioner
    return who is None or who.pk == meeting.episode.coordinator_id or who.agency_id in named


def _move(meeting: Meeting, to: MinutesState, **more: datetime) -> None:
    froms = [state for state, moves_to in MINUTES_MOVES.items() if to in moves_to]
    moved = Meeting.objects.filter(pk=meeting.pk, minutes_state__in=froms).update(minutes_state=to, **more)
    meeting.refresh_from_db()
    if not moved:
        raise Refused(f"This cannot be done while the minutes are at “{MinutesState(meeting.minutes_state).label}”")
