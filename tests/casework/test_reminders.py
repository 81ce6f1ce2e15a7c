"""What is chased every morning: in stages, each once, and nothing is ever locked (CW-14, CW-39; casework.md 5.5)."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from teamaround.audit.actor import system
from teamaround.casework import closing, leads, meetings, plans, reminders, reviews
from teamaround.casework.models import Episode
from teamaround.index import starting
from teamaround.kit import dates
from teamaround.outbox.models import Message
from teamaround.sharing.models import Consent
from teamaround.tasks import notices
from teamaround.tasks.models import Notice, Task
from teamaround.tasks.terms import NOTICES, TASKS
from tests import makers
from tests.casework.world import Family, at

pytestmark = pytest.mark.django_db

CLOCK = system("reminders")
#: help begins on this day, the first review is 42 days later, the action is due 14 days later
BEGUN, REVIEW, ACTION = date(2026, 5, 6), date(2026, 6, 17), date(2026, 5, 20)


@pytest.fixture
def family(reference):
    with dates.given(BEGUN):
        return Family()


@pytest.fixture
def episode(family):
    with dates.given(BEGUN):
        return family.delivering()


def remind(day):
    with dates.given(day):
        return reminders.remind(day, by=CLOCK)


def told(kind, who=None):
    """The days on which somebody was told of a kind of thing."""
    found = Notice.objects.filter(kind=kind).order_by("told_at")
    if who is not None:
        found = found.filter(practitioner=who)
    return [one.told_at.astimezone(dates.LONDON).date() for one in found]


def read_all(day):
    with dates.given(day):
        for one in Notice.objects.filter(read_at=None):
            notices.read(one, by=CLOCK)


def every_morning(first, last):
    """Every morning from a day to a day, each notice read in the evening."""
    day = first
    while day <= last:
        remind(day)
        read_all(datetime.combine(day, datetime.min.time(), tzinfo=dates.LONDON) + timedelta(hours=18))
        day += timedelta(days=1)


def test_a_review_is_told_10_5_and_0_days_before_and_once_when_it_is_late(family, episode):
    every_morning(REVIEW - timedelta(days=14), REVIEW + timedelta(days=9))
    assert told("review-due", family.priya) == [REVIEW - timedelta(days=days) for days in (10, 5, 0)]
    assert told("review-overdue", family.priya) == [REVIEW + timedelta(days=1)]


def test_whoever_leads_is_told_of_a_review_as_well(family):
    with dates.given(BEGUN):
        episode = family.led(who=family.ruth)
        family.plan(episode)
        plans.start_delivery(episode, next_review_on=REVIEW, by=family.by(family.priya))
    remind(REVIEW)
    assert told("review-due", family.priya) == told("review-due", family.ruth) == [REVIEW]
    assert told("review-due", family.dan) == []


def test_running_twice_on_a_day_tells_nobody_twice(family, episode):
    assert remind(REVIEW) > 0
    before = (Notice.objects.count(), Task.objects.count(), Message.objects.count())
    assert remind(REVIEW) == 0
    read_all(at(REVIEW, 12))
    assert remind(REVIEW) == 0
    assert (Notice.objects.count(), Task.objects.count(), Message.objects.count()) == before


def test_what_waits_to_be_read_is_not_told_again(family, episode):
    for days in (10, 5, 0):
        remind(REVIEW - timedelta(days=days))
    assert told("review-due", family.priya) == [REVIEW - timedelta(days=10)]


def test_after_mornings_that_were_missed_only_what_stands_today_is_told(family, episode):
    remind(REVIEW + timedelta(days=3))
    assert told("review-due", family.priya) == []
    assert told("review-overdue", family.priya) == [REVIEW + timedelta(days=3)]


def test_cw_14_a_late_review_is_chased_and_can_be_held_all_the_same(family, episode):
    day = REVIEW + timedelta(days=30)
    remind(day)
    with dates.given(day):
        reviews.record(
            reviews.open_review(episode, by=family.by(family.priya)),
            held_on=day,
            outcome="continue",
            notes="Summer was quiet",
            level_now="additional",
            consent_rechecked=True,
            lead_confirmed=True,
            child_says=("Fine", ""),
            parent_says=("Fine", ""),
            next_review_on=day + timedelta(days=42),
            by=family.by(family.priya),
        )
    assert Episode.objects.get(pk=episode.pk).state == "delivering"


def test_t10_a_review_that_falls_due_is_opened_by_the_day_and_the_team_asked_for_reports(family, episode):
    remind(REVIEW - timedelta(days=1))
    assert not episode.reviews.exists()
    remind(REVIEW)
    remind(REVIEW + timedelta(days=1))
    episode.refresh_from_db()
    assert (episode.state, episode.reviews.get().opened_on) == ("reviewing", REVIEW)
    assert told("report-wanted", family.ruth) == told("report-wanted", family.dan) == [REVIEW]
    assert told("report-wanted", family.priya) == []


def test_t10_while_a_manager_is_asked_to_countersign_no_review_is_opened(family, episode):
    with dates.given(REVIEW - timedelta(days=1)):
        record = {"summary": "Better", "level_at_end": "none", "child_view": "Good", "parent_view": "Good"}
        safe = {"safeguarding_considered": "Seen", "family_told_on": dates.today()}
        closing.close(episode, reason="other", **record, **safe, by=family.by(family.priya))
    remind(REVIEW)
    assert not episode.reviews.exists()


def test_before_a_review_meeting_those_who_have_not_said_they_come_are_asked_for_a_report_once(family, episode):
    day = REVIEW - timedelta(days=20)
    with dates.given(day):
        when = dates.now() + timedelta(days=9)
        meeting = meetings.convene(episode, kind="review", planned_at=when, place="School", by=family.by(family.priya))
        for who, reply in ((family.ruth, "cannot"), (family.dan, "coming")):
            meetings.reply(meeting.invited.get(member__practitioner=who), reply=reply, by=family.by(who))
    every_morning(day, day + timedelta(days=8))
    assert told("report-wanted", family.ruth) == [day + timedelta(days=2)]
    assert told("report-wanted", family.dan) == told("report-wanted", family.priya) == []


def test_an_action_is_told_before_its_day_on_it_and_one_and_five_days_after(family, episode):
    every_morning(ACTION - timedelta(days=8), ACTION + timedelta(days=12))
    assert told("action-due", family.priya) == [ACTION - timedelta(days=5), ACTION]
    assert told("action-overdue", family.priya) == [ACTION + timedelta(days=1), ACTION + timedelta(days=5)]


def test_an_action_that_is_finished_is_not_chased(family, episode):
    with dates.given(BEGUN):
        one = plans.agreed(episode).needs.get().outcomes.get().actions.get()
        plans.report(one, state="done", by=family.by(family.priya))
    remind(ACTION)
    assert told("action-due") == []


def test_the_owner_of_an_action_is_told_and_for_somebody_who_lost_access_the_coordinator_is(family):
    with dates.given(BEGUN):
        episode = family.led()
        family.plan(episode, owner=family.ruth)
    remind(ACTION)
    assert (told("action-due", family.ruth), told("action-due", family.priya)) == ([ACTION], [])
    makers.change(episode.share_consent, state="withdrawn")
    remind(ACTION + timedelta(days=1))
    assert told("action-overdue", family.ruth) == []
    assert told("action-overdue", family.priya) == [ACTION + timedelta(days=1)]


def test_an_action_of_the_family_is_told_to_the_coordinator(family):
    with dates.given(BEGUN):
        episode = family.led(who=family.ruth)
        family.plan(episode, owner=family.ama)
    remind(ACTION)
    assert told("action-due", family.priya) == [ACTION]


def test_a_proposal_that_nobody_answers_is_chased_with_both(family):
    with dates.given(BEGUN):
        episode = family.met()
        ruth = family.member(episode, family.ruth)
        answers = {str(ruth.pk): {"trust": 3}}
        lead = leads.propose(episode, candidate=ruth, answers=answers, family_wish="Ruth", by=family.by(family.priya))
    late = Task.objects.get(subject=lead.pk, kind="answer-lead").due_on + timedelta(days=1)
    assert late == date(2026, 5, 9)
    every_morning(BEGUN, late + timedelta(days=1))
    assert told("lead-unanswered", family.ruth) == told("lead-unanswered", family.priya) == [late]
    with dates.given(late):
        leads.accept(lead, by=family.by(family.ruth))
    every_morning(late + timedelta(days=2), late + timedelta(days=9))
    assert len(told("lead-unanswered", family.ruth)) == 1


def test_cw_39_a_consent_is_told_28_days_ahead_and_its_renewal_is_a_task(family, episode):
    makers.change(episode.share_consent, expires_on=date(2026, 9, 1))
    first = date(2026, 9, 1) - timedelta(days=28)
    every_morning(first - timedelta(days=2), first + timedelta(days=3))
    assert told("consent-expiring", family.priya) == [first]
    task = Task.objects.get(kind="renew-consent")
    assert (task.subject, task.practitioner, task.due_on) == (episode.pk, family.priya, date(2026, 9, 1))


def test_a_consent_of_an_episode_that_is_closed_is_not_chased(family, episode):
    makers.change(episode, state="closed", closed_on=date(2026, 8, 1), closure_reason="needs-met", next_review_on=None)
    makers.change(Consent.objects.get(pk=episode.share_consent_id), expires_on=date(2026, 9, 1))
    remind(date(2026, 8, 20))
    assert told("consent-expiring") == []


def test_a_declared_start_is_told_on_its_last_day_and_the_day_after(family):
    with dates.given(BEGUN):
        search = family.searched(family.ruth)
        start = starting.declare(family.tobi, search=search, by=family.by(family.ruth))
    last = start.follow_up_by
    every_morning(BEGUN, last + timedelta(days=4))
    assert told("start-unrecorded", family.ruth) == [last, last + timedelta(days=1)]


def test_a_birth_is_asked_for_from_the_expected_day(family):
    with dates.given(BEGUN):
        unborn = makers.child(given="", expected=date(2026, 8, 12))
        episode = family.started(child=unborn)
    remind(date(2026, 8, 11))
    assert not Task.objects.filter(kind="record-birth").exists()
    for day in (12, 13):
        remind(date(2026, 8, day))
    assert Task.objects.get(kind="record-birth").subject == episode.pk


def test_everything_that_is_told_or_set_has_words(family, episode):
    every_morning(REVIEW - timedelta(days=1), REVIEW + timedelta(days=1))
    assert set(Notice.objects.values_list("kind", flat=True)) <= set(NOTICES)
    assert set(Task.objects.values_list("kind", flat=True)) <= set(TASKS)


def test_what_is_due_is_looked_up_in_a_fixed_number_of_questions(family, episode):
    remind(REVIEW)
    with CaptureQueriesContext(connection) as few:
        assert remind(REVIEW) == 0
    with dates.given(BEGUN):
        for n in range(3):
            family.tobi = makers.child(f"Child {n}", "Marsh")
            family.ama = makers.parent(family.tobi)
            family.nils = makers.parent(family.tobi, "Nils", "Marsh", responsible=False)
            family.delivering()
    remind(REVIEW)
    with CaptureQueriesContext(connection) as many:
        assert remind(REVIEW) == 0
    assert len(many) == len(few)
