"""Whoever gets a task or a notice can open what it leads to, whatever their roles; no kind of it leads nowhere."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

import teamaround
from teamaround.access import override
from teamaround.audit.actor import system
from teamaround.casework import (
    assessments,
    closing,
    consenting,
    episodes,
    leads,
    meetings,
    plans,
    reminders,
    teams,
)
from teamaround.index import archive, daily, feeds, involvement, starting, transferring
from teamaround.index.models import Archiving
from teamaround.kit import dates
from teamaround.tasks import trays
from teamaround.tasks.models import Notice
from teamaround.tasks.terms import NOTICES, TASKS
from tests import makers
from tests.casework.world import Family
from tests.index import feed_files
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

CLOCK = system("reminders")


@pytest.fixture
def family(reference):
    return Family()


def everything_opens() -> set[str]:
    """Open every task and notice that waits, each as whoever it is for; the kinds that were opened."""
    opened = set()
    for task in trays.waiting():
        _opens(task, reverse("task", args=[task.pk]))
        opened.add(task.kind)
    for notice in Notice.objects.filter(read_at=None):
        _opens(notice, reverse("notice", args=[notice.pk]))
        opened.add(notice.kind)
    return opened


def _opens(one, address):
    client = sign_in(Client(), one.practitioner)
    answer = client.get(address, follow=True)
    assert answer.status_code == 200, f"{one.kind} leads {one.practitioner.job_title} to {one.link}"


def the_action(episode):
    return plans.agreed(episode).needs.get().outcomes.get().actions.get()


def in_days(days):
    return dates.given(dates.now() + timedelta(days=days))


def test_from_the_start_to_the_response(family):
    episode = family.started()
    assert everything_opens() >= {"ask-consent"}
    consenting.record(episode, **family.consent(), by=family.by(family.priya))
    assert everything_opens() >= {"complete-assessment"}
    family.write(episode)
    assessments.sign_off(episode, level="additional", by=family.by(family.priya))
    assert everything_opens() >= {"decide-response"}
    episodes.respond_with_team(episode, by=family.by(family.priya))
    assert everything_opens() >= {"convene-team"}


def test_after_coordination_was_handed_over(family):
    episode = family.assessed()
    episodes.hand_over_coordination(episode, to=family.ruth, reason="workload", by=family.by(family.priya))
    assert everything_opens() >= {"coordinator-changed", "decide-response"}
    episodes.respond_with_team(episode, by=family.by(family.ruth))
    assert everything_opens() >= {"convene-team"}


def test_meetings_and_minutes(family):
    episode = family.planning()
    by = family.by(family.priya)
    for who in (family.ruth, family.dan):
        teams.join(episode, who, by=by)
    members = [family.member(episode, who) for who in (family.priya, family.ruth, family.dan)]
    when = dates.now() + timedelta(hours=1)
    other = meetings.convene(episode, kind="team", planned_at=when, place="Clinic", members=members, by=by)
    meetings.cancel(other, because="Snow", by=by)
    meeting = meetings.convene(episode, kind="first", planned_at=when, place="School", members=members, by=by)
    assert everything_opens() >= {"joined-team", "invited", "meeting-cancelled", "first-meeting"}
    family.hold(meeting)
    meetings.agree_minutes(meeting, by=by)
    assert everything_opens() >= {"circulate-minutes"}
    meetings.circulate(meeting, by=by)
    assert everything_opens() >= {"minutes"}


def test_who_leads_and_who_does_what(family):
    episode = family.met()
    by = family.by(family.priya)
    ruth = family.member(episode, family.ruth)
    lead = leads.propose(episode, candidate=ruth, answers={str(ruth.pk): {"trust": 3}}, family_wish="Ruth", by=by)
    assert everything_opens() >= {"answer-lead", "lead-proposed"}
    with in_days(10):
        reminders.remind(dates.today(), by=CLOCK)
        assert everything_opens() >= {"lead-unanswered"}
    leads.accept(lead, by=family.by(family.ruth))
    assert everything_opens() >= {"lead-accepted"}
    family.plan(episode, owner=family.dan)
    assert everything_opens() >= {"accept-action", "action-given"}
    plans.decline_action(the_action(episode), because="Not ours", by=family.by(family.dan))
    assert everything_opens() >= {"action-declined"}


def test_reviews_and_what_is_late(family):
    episode = family.delivering()
    plans.accept_action(the_action(episode), by=family.by(family.priya))
    assert everything_opens() >= {"hold-review", "do-action"}
    for days in (10, 15, 42, 43):
        with in_days(days):
            reminders.remind(dates.today(), by=CLOCK)
            everything_opens()
    assert {"action-due", "action-overdue", "review-due", "review-overdue", "report-wanted"} <= told()
    with in_days(345):
        reminders.remind(dates.today(), by=CLOCK)
        assert everything_opens() >= {"renew-consent", "consent-expiring"}


def test_a_closure_that_waits_and_one_that_is_done(family):
    episode = family.planning()
    teams.join(episode, family.ruth, by=family.by(family.priya))
    record = {
        "summary": "Moved on",
        "level_at_end": "none",
        "safeguarding_considered": "Seen at school",
        "family_told_on": dates.today(),
    }
    closing.close(episode, reason="other", by=family.by(family.priya), **record)
    assert everything_opens() >= {"countersign-closure", "closure-to-countersign"}
    closing.countersign(episode, by=family.by(family.jo))
    assert everything_opens() >= {"episode-closed"}


def test_consent_that_is_withdrawn_and_a_team_that_is_left(family):
    episode = family.assessing()
    by = family.by(family.priya)
    for who in (family.ruth, family.dan):
        teams.join(episode, who, by=by)
    teams.leave(family.member(episode, family.dan), by=family.by(family.dan))
    assert everything_opens() >= {"left-team"}
    consenting.withdraw_sharing(episode, by=by)
    assert everything_opens() >= {"consent-withdrawn"}


def test_a_declared_start(family):
    jo = makers.practitioner("Nia Manager", at=family.health, roles=("manager",))
    makers.change(family.ruth, manager=jo)
    starting.declare(family.tobi, search=family.searched(family.ruth), by=family.by(family.ruth))
    assert everything_opens() >= {"follow-up-start"}
    with in_days(2):
        reminders.remind(dates.today(), by=CLOCK)
        assert everything_opens() >= {"check-start", "start-unrecorded"}


def test_births_and_birthdays(family):
    unborn = makers.child("", "baby of Ama", expected=dates.today() + timedelta(days=30))
    born = dates.birthday(dates.today(), -17)
    family.started(child=unborn)
    family.started(child=makers.child("Sol", "Berg", born=born))
    with in_days(200):
        reminders.remind(dates.today(), by=CLOCK)
        assert everything_opens() >= {"record-birth", "check-age"}


def test_an_emergency_is_told_to_reviewers_and_to_the_line_manager(family):
    boss = makers.practitioner(roles=("manager",))
    sam = makers.practitioner(roles=("practitioner", "safeguarding"), manager=boss)
    makers.practitioner(roles=("privacy-officer",))
    family.searched(sam)
    override.open_in_emergency(
        family.tobi, category="hospital", reason="Brought in unconscious, carer not known", by=family.by(sam)
    )
    assert Notice.objects.filter(practitioner=boss, kind="override-used").exists()
    assert everything_opens() >= {"review-override", "override-used"}


def test_a_steward_opens_what_says_that_a_feed_was_paused(family):
    makers.practitioner(roles=("steward",))
    feed = feed_files.live(feeds.arrange(source="school-roll", agency=family.school, by=makers.TESTER))
    feed_files.load(feed, feed_files.WRONG)
    assert everything_opens() == {"feed-paused"}


def test_a_young_person_who_is_to_be_asked_whether_their_record_stays(family):
    born = dates.birthday(dates.today(), -17) - timedelta(days=200)
    makers.practitioner(at=family.school, roles=("steward",))
    makers.child("Ali", "Khan", born=born)
    daily.run(dates.today(), by=CLOCK)
    assert everything_opens() >= {"ask-to-stay"}


def test_an_involvement_that_is_to_be_affirmed_or_was_left_behind(family):
    for who in (family.priya, family.ruth):
        involvement.record(family.tobi, practitioner=who, role="Adviser", from_on=dates.today(), by=CLOCK)
    with in_days(190):
        daily.run(dates.today(), by=CLOCK)
        assert everything_opens() >= {"confirm-involvement"}
        makers.change(family.priya, leaves_on=dates.today() - timedelta(days=1))
        trays.drop_all(involvement.current(family.tobi, family.priya).pk, by=CLOCK)
        daily.run(dates.today(), by=CLOCK)
        assert everything_opens() >= {"place-involvements"}


def test_who_is_responsible_for_a_child(family):
    east = makers.authority("EMR", "Eastmoor")
    boss = makers.practitioner("Bo Manager", at=family.school, roles=("manager",))
    makers.practitioner("Nora North", at=family.school, roles=("steward",), manager=boss)
    ed = makers.practitioner("Ed East", at=makers.agency(authority=east), roles=("steward",))
    asked = transferring.ask(family.tobi, to=east, reason="The family moved", by=family.by(ed))
    assert everything_opens() >= {"answer-transfer"}
    with in_days(20):
        daily.run(dates.today(), by=CLOCK)
        assert everything_opens() >= {"transfer-overdue"}
        transferring.accept(asked, by=family.by(makers.Practitioner.objects.get(name="Nora North")))
        assert everything_opens() >= {"transfer-answered"}


def test_reading_what_has_long_been_archived(family):
    keeper = makers.practitioner("Kai Keeper", roles=("archive-keeper",))
    officer = makers.practitioner("Pia Officer", roles=("privacy-officer",))
    archive.archive(family.tobi, because="left", by=CLOCK)
    makers.change(Archiving.objects.get(), archived_on=dates.today() - timedelta(days=400))
    asked = archive.ask_to_read(family.tobi, ground="court", reason="Order 12 of court", by=family.by(keeper))
    assert everything_opens() >= {"second-archive-read"}
    archive.agree_to_read(asked, by=family.by(officer))
    assert everything_opens() >= {"archive-read-answered"}


def told() -> set[str]:
    return set(Notice.objects.values_list("kind", flat=True))


def test_no_kind_has_words_and_is_never_used():
    code = "".join(one.read_text() for one in Path(teamaround.__file__).parent.rglob("*.py") if one.name != "terms.py")
    assert [kind for kind in (*TASKS, *NOTICES) if f'"{kind}"' not in code] == []
