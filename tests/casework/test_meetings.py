"""Meetings of the team around the child: called, answered, held, minuted (casework.md 5.1)."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from teamaround.audit.models import Event
from teamaround.casework import episodes, meeting_views, meetings, teams
from teamaround.casework.models import Member
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.outbox.models import Message
from teamaround.sharing import consent
from teamaround.tasks.models import Notice, Task
from tests import makers
from tests.casework.world import Family, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(reference):
    return Family()


def called(family, episode=None, *, members=None, kind="first"):
    """A meeting in a week's time with everybody of the team."""
    return meetings.convene(
        episode or family.planning(),
        kind=kind,
        planned_at=dates.now() + timedelta(days=7),
        place="Harbour Primary School",
        members=members,
        by=family.by(family.priya),
    )


def held(family, meeting, present, *, chair=None, note_taker=None, points=(("note", "Sleep is hard"),), **more):
    """The meeting as recorded by Priya, with these people present."""
    attendance = {family.member(meeting.episode, who).pk: "present" for who in present} | more.pop("absent", {})
    return meetings.record(
        meeting,
        held_on=more.pop("held_on", dates.today()),
        chair=family.member(meeting.episode, chair or present[0]).pk,
        note_taker=family.member(meeting.episode, note_taker or present[-1]).pk,
        participation=more.pop("participation", "PN1"),
        attendance=attendance,
        points=list(points),
        by=family.by(family.priya),
        **more,
    )


def test_child_family_and_coordinator_are_invited_from_the_start(family):
    meeting = called(family)
    kinds = list(meeting.invited.values_list("member__kind", flat=True))
    assert sorted(kinds) == ["child", "family", "family", "practitioner"]


def test_the_first_meeting_is_due_fifteen_working_days_after_sign_off(reference):
    with dates.given(date(2026, 4, 20)):
        family = Family()
        episode = family.planning()
        meeting = called(family, episode)
        assert meetings.first_meeting_due_on(episode) == date(2026, 5, 12)
    task = Task.objects.get(subject=meeting.pk, kind="first-meeting")
    assert (task.due_on, task.practitioner) == (date(2026, 5, 12), family.priya)


def test_calling_the_meeting_does_the_task_to_call_it(family):
    episode = family.planning()
    called(family, episode)
    assert Task.objects.get(subject=episode.pk, kind="convene-team").done_at is not None


def test_a_practitioner_invited_is_told_without_a_word_of_the_case(family):
    ruth = makers.practitioner("Ruth Two", at=family.health, account=True)
    episode = family.planning()
    teams.join(episode, ruth, by=family.by(family.priya))
    meeting = called(family, episode)
    notice = Notice.objects.get(practitioner=ruth, kind="invited")
    assert notice.link == f"/meetings/{meeting.pk}/"
    message = Message.objects.get(template="invited")
    assert message.link == f"/notices/{notice.pk}/"


def test_there_is_one_first_meeting(family):
    episode = family.planning()
    meeting = called(family, episode)
    with pytest.raises(Refused, match="already called"):
        called(family, episode)
    meetings.cancel(meeting, because="School is shut", by=family.by(family.priya))
    assert called(family, episode).kind == "first"


def test_the_kind_of_meeting_that_comes_next(family):
    episode = family.planning()
    assert meetings.next_kind(episode) == "first"
    called(family, episode)
    assert meetings.next_kind(episode) == "team"


def test_only_members_of_the_team_are_invited(family):
    meeting = called(family)
    other = episodes.start(_other_child(family), reason="Worried", by=family.by(family.priya))
    teams.gather_family(other, by=family.by(family.priya))
    with pytest.raises(Refused, match="Only members of the team"):
        meetings.invite(meeting, Member.objects.filter(episode=other).first(), by=family.by(family.priya))


def _other_child(family):
    child = makers.child("Edie", "Marsh")
    family.searched(family.priya, child)
    return child


def test_everybody_answers_for_themselves(family):
    episode = family.planning()
    teams.join(episode, family.ruth, by=family.by(family.priya))
    meeting = called(family, episode)
    mine = meeting_views.invitation_of(meeting, family.ruth.pk)
    with pytest.raises(Refused, match="Only the practitioner who is asked"):
        meetings.reply(mine, reply="coming", by=family.by(family.priya))
    meetings.reply(mine, reply="coming", by=family.by(family.ruth))
    mine.refresh_from_db()
    assert mine.reply == "coming"


def test_the_coordinator_answers_for_the_family_and_others_do_not(family):
    episode = family.planning()
    teams.join(episode, family.ruth, by=family.by(family.priya))
    meeting = called(family, episode)
    amas = meeting.invited.get(member__adult=family.ama)
    with pytest.raises(Refused, match="Only the coordinator or the lead"):
        meetings.reply(amas, reply="coming", by=family.by(family.ruth))
    assert meetings.reply(amas, reply="coming", by=family.by(family.priya)).reply == "coming"


def test_a_promised_report_is_a_task_until_it_is_sent(family):
    episode = family.planning()
    teams.join(episode, family.dan, by=family.by(family.priya))
    meeting = called(family, episode)
    mine = meeting_views.invitation_of(meeting, family.dan.pk)
    meetings.reply(mine, reply="report", by=family.by(family.dan))
    task = Task.objects.get(subject=mine.pk, kind="send-report")
    assert task.done_at is None and task.practitioner == family.dan
    meetings.reply(mine, reply="report", report="The flat has two rooms", by=family.by(family.dan))
    task.refresh_from_db()
    assert task.done_at is not None


def test_a_record_keeps_who_was_there_how_the_child_took_part_and_what_was_said(family):
    episode = family.planning()
    teams.join(episode, family.dan, by=family.by(family.priya))
    meeting = called(family, episode)
    dan = family.member(episode, family.dan).pk
    held(
        family,
        meeting,
        [family.priya, family.ama],
        participation="PN6",
        absent={dan: "report"},
        reports={dan: "The flat has two rooms"},
        points=[("note", "Sleep is hard"), ("decision", "Ask for a flat"), ("dissent", "Nils would rather stay")],
        consent_reminder_given=True,
        next_on=dates.today() + timedelta(days=42),
    )
    shown = meeting_views.view(meeting)
    assert [(one.kind, one.text) for one in shown.points] == [
        ("note", "Sleep is hard"),
        ("decision", "Ask for a flat"),
        ("dissent", "Nils would rather stay"),
    ]
    assert shown.participation == "Did not attend, sent views"
    guests = {one.name: (one.attendance, one.report) for one in shown.guests}
    assert guests["Dan Cole"] == ("Report sent", "The flat has two rooms")
    assert guests["Priya Deol"] == ("Present", "")
    assert (shown.chair, shown.note_taker, shown.consent_reminder_given) == ("Priya Deol", "Ama Okafor", True)


def test_somebody_of_the_team_who_came_uninvited_is_put_on_the_list(family):
    episode = family.planning()
    teams.gather_family(episode, by=family.by(family.priya))
    meeting = called(family, episode, members=[family.member(episode, family.priya)])
    held(family, meeting, [family.priya, family.ama])
    assert meeting.invited.get(member__adult=family.ama).attendance == "present"


def test_nobody_outside_the_team_is_put_on_the_list(family):
    meeting = called(family)
    other = episodes.start(_other_child(family), reason="Worried", by=family.by(family.priya))
    teams.gather_family(other, by=family.by(family.priya))
    stranger = Member.objects.filter(episode=other, kind="child").get()
    with pytest.raises(Refused, match="Only members of the team"):
        held(family, meeting, [family.priya], absent={stranger.pk: "present"})


def test_a_meeting_is_not_recorded_before_it_is_held(family):
    meeting = called(family)
    with pytest.raises(Refused, match="before it is held"):
        held(family, meeting, [family.priya], held_on=dates.today() + timedelta(days=1))


def test_a_meeting_was_not_held_before_the_episode_was_started(family):
    meeting = called(family)
    with pytest.raises(Refused, match="The episode was started on"):
        held(family, meeting, [family.priya], held_on=meeting.episode.started_on - timedelta(days=1))


def test_chair_and_note_taker_were_present(family):
    episode = family.planning()
    teams.join(episode, family.ruth, by=family.by(family.priya))
    meeting = called(family, episode)
    with pytest.raises(Refused, match="Whoever chaired was present"):
        held(family, meeting, [family.priya, family.ama], chair=family.ruth)


@pytest.mark.parametrize("present, allowed", [(1, True), (2, True), (3, False), (4, False)])
def test_cw_54_from_three_people_on_the_chair_does_not_take_the_notes(family, present, allowed):
    episode = family.planning()
    teams.join(episode, family.ruth, by=family.by(family.priya))
    meeting = called(family, episode)
    people = [family.priya, family.ama, family.ruth, family.nils][:present]
    if allowed:
        assert held(family, meeting, people, chair=family.priya, note_taker=family.priya).held_on
    else:
        with pytest.raises(Refused, match="somebody other than the chair"):
            held(family, meeting, people, chair=family.priya, note_taker=family.priya)
        assert held(family, meeting, people, chair=family.priya, note_taker=family.ama).held_on


def test_a_draft_is_recorded_anew_and_agreed_minutes_stay(family):
    meeting = called(family)
    held(family, meeting, [family.priya, family.ama], points=[("note", "First")])
    held(family, meeting, [family.priya, family.ama], points=[("note", "Second")])
    assert list(meeting.minutes.values_list("text", flat=True)) == ["Second"]
    meetings.agree_minutes(meeting, by=family.by(family.priya))
    with pytest.raises(Refused, match="not changed any more"):
        held(family, meeting, [family.priya, family.ama], points=[("note", "Third")])


def test_empty_minutes_are_not_agreed_and_draft_minutes_are_not_sent(family):
    meeting = called(family)
    with pytest.raises(Refused, match="Record the meeting first"):
        meetings.agree_minutes(meeting, by=family.by(family.priya))
    held(family, meeting, [family.priya, family.ama], points=[])
    with pytest.raises(Refused, match="no note and no decision"):
        meetings.agree_minutes(meeting, by=family.by(family.priya))
    with pytest.raises(Refused, match="Draft"):
        meetings.circulate(meeting, by=family.by(family.priya))


def test_cw_55_minutes_go_to_the_family_and_to_consented_agencies_only_and_the_log_stays(family):
    episode = family.planning()
    for who in (family.ruth, family.dan):
        teams.join(episode, who, by=family.by(family.priya))
    meeting = called(family, episode)
    dan = family.member(episode, family.dan).pk
    held(family, meeting, [family.priya, family.ruth, family.ama], note_taker=family.ruth, absent={dan: "apologies"})
    # Housing is no longer among those the family agreed to.
    _share_without_housing(family, episode)
    meetings.agree_minutes(meeting, by=family.by(family.priya))
    assert meetings.circulate(meeting, by=family.by(family.priya)) == "Northmoor Homes"
    sent = set(meeting.invited.exclude(minutes_sent_at=None).values_list("member", flat=True))
    assert sent == set(episode.members.exclude(practitioner=family.dan).values_list("pk", flat=True))
    assert Notice.objects.filter(kind="minutes", practitioner=family.ruth).exists()
    assert not Notice.objects.filter(kind="minutes", practitioner=family.dan).exists()
    assert Event.objects.filter(action="minutes.circulated").latest("at").facts["left_out"] == 1


def _share_without_housing(family, episode):
    """The family renews its consent and leaves housing out."""
    given = family.consent(recipients=[family.school, family.health])
    renewed = consent.give(
        family.tobi, kind="share", supersedes=episode.share_consent, by=family.by(family.priya), **given
    )
    makers.change(episode, share_consent=renewed)


def test_a_meeting_called_off_tells_those_invited_and_can_no_longer_be_held(family):
    episode = family.planning()
    teams.join(episode, family.ruth, by=family.by(family.priya))
    meeting = called(family, episode)
    with pytest.raises(Refused, match="why it is called off"):
        meetings.cancel(meeting, because=" ", by=family.by(family.priya))
    meetings.cancel(meeting, because="The school is shut", by=family.by(family.priya))
    assert Notice.objects.filter(kind="meeting-cancelled", practitioner=family.ruth).exists()
    assert not Task.objects.filter(subject=meeting.pk, dropped_at=None).exists()
    with pytest.raises(Refused, match="called off"):
        held(family, meeting, [family.priya])


def test_no_meeting_is_called_in_a_closed_episode(family):
    episode = family.planning()
    makers.change(episode, state="closed", closed_on=dates.today(), closure_reason="moved-away")
    with pytest.raises(Refused, match="closed"):
        called(family, episode)


def test_a_meeting_is_not_before_the_episode(family):
    with pytest.raises(Refused, match="Choose a later day"):
        meetings.convene(
            family.planning(),
            kind="first",
            planned_at=at(dates.today() - timedelta(days=1)),
            place="School",
            by=family.by(family.priya),
        )


def test_a_meeting_is_shown_in_a_fixed_number_of_questions(family):
    episode = family.planning()
    small = called(family, episode)
    with CaptureQueriesContext(connection) as few:
        meeting_views.view(small)
    for n in range(6):
        teams.join(episode, makers.practitioner(f"Nurse {n}", at=family.health), by=family.by(family.priya))
    large = called(family, episode, kind="team")
    with CaptureQueriesContext(connection) as many:
        meeting_views.view(large)
    assert len(many) == len(few)
