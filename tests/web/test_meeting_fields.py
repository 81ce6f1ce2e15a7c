"""What is asked of a meeting and what can be read of it afterwards (casework.md 5.1)."""

import pytest

from teamaround.casework import meetings
from teamaround.casework.models import Meeting
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from tests.casework.planning import by_priya, in_days
from tests.casework.world import Family
from tests.signing_in import sign_in
from tests.web.sending import send, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(reference):
    return Family()


@pytest.fixture
def episode(family):
    return family.met()


@pytest.fixture
def priya(client, family):
    return sign_in(client, family.priya)


@pytest.fixture
def meeting(family, episode):
    return meetings.convene(
        episode,
        kind="professionals",
        planned_at=dates.now(),
        place="School",
        agenda="Sleep\n\nThe new flat",
        by=by_priya(family),
    )


def record(family, meeting, **more):
    given = {
        "held_on": dates.today(),
        "chair": family.member(meeting.episode, family.priya).pk,
        "note_taker": family.member(meeting.episode, family.ruth).pk,
        "participation": "PN1",
        "attendance": {one.member_id: "present" for one in meeting.invited.all()},
        "points": [("note", "Sleep is better"), ("decision", "Go on"), ("dissent", "Dan would stop")],
    }
    return meetings.record(meeting, **(given | more), by=by_priya(family))


def test_a_meeting_of_professionals_can_be_joined_from_elsewhere(priya, family, episode):
    sent = {
        "kind": "professionals",
        "on": in_days(3).isoformat(),
        "at": "9:38pm",
        "place": "School",
        "online": "https://meet.example.org/tobi",
        "members": [str(family.member(episode, family.ruth).pk)],
    }
    assert send(priya, f"/episodes/{episode.pk}/meetings/new/", **sent).status_code == 302
    shown = text(priya.get(f"/meetings/{Meeting.objects.get(kind='professionals').pk}/"))
    said = ("Meeting of professionals", "9:38pm", 'href="https://meet.example.org/tobi"')
    assert [words for words in said if words not in shown] == []


def test_the_lines_of_the_agenda_stand_beside_the_notes(priya, meeting):
    for address in (f"/meetings/{meeting.pk}/", f"/meetings/{meeting.pk}/minutes/"):
        shown = text(priya.get(address))
        assert "<li>Sleep</li>" in shown and "<li>The new flat</li>" in shown


def test_who_came_beside_the_members_and_what_is_agreed_for_next_time_is_read(priya, family, meeting):
    beside = {"supporters": "Aunt Bisi", "advocate": "Kim Hart", "interpreter": "Ewa Nowak"}
    dan = family.member(meeting.episode, family.dan)
    record(family, meeting, **beside, next_note_taker=dan.pk, consent_reminder_given=True, participation="PN2")
    shown = text(priya.get(f"/meetings/{meeting.pk}/"))
    said = (*beside.values(), "Dan Cole takes notes next time", "Everybody was reminded", "Dan would stop")
    assert [words for words in said if words not in shown] == []


def test_an_advocate_who_spoke_has_a_name(family, meeting):
    with pytest.raises(Refused, match="name of the advocate") as refused:
        record(family, meeting, participation="PN2")
    assert refused.value.field == "advocate"


def test_whoever_takes_notes_next_time_is_on_the_list(family, meeting):
    with pytest.raises(Refused, match="on the list of this meeting"):
        record(family, meeting, next_note_taker=meeting.pk)


def test_to_change_a_word_of_the_minutes_nobody_types_them_again(priya, family, meeting):
    record(family, meeting, supporters="Aunt Bisi")
    shown = text(priya.get(f"/meetings/{meeting.pk}/minutes/"))
    said = ("Sleep is better", "Dan would stop", 'value="Aunt Bisi"', f'value="{dates.today().year}"')
    assert [words for words in said if words not in shown] == []
