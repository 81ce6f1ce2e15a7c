"""Reviews: opened, held, and ended in exactly one of a next date or a closure (CW-12 to 14; T10 to T12)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from teamaround.audit.models import Event
from teamaround.casework import assessments, leads, meetings, plans, reviews, teams
from teamaround.casework.models import Comment, Episode, PlanAction, Review
from teamaround.index.models import AssessmentMarker, LeadMarker
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.sharing import grants
from teamaround.tasks.models import Notice, Task
from tests import makers
from tests.casework.world import Family

pytestmark = pytest.mark.django_db

SAFE = {"summary": "He sleeps and comes on time", "safeguarding_considered": "Seen twice alone, no concern"}


@pytest.fixture
def family(reference):
    return Family()


@pytest.fixture
def episode(family):
    """Help has begun; Priya leads, Ruth and Dan are in the team."""
    return family.delivering()


def by_priya(family):
    return family.by(family.priya)


def in_days(count):
    return dates.today() + timedelta(days=count)


def answers(**more):
    """What a review that goes on says, unless the test says otherwise."""
    given = {
        "held_on": dates.today(),
        "outcome": "continue",
        "notes": "He comes on time most days",
        "level_now": "additional",
        "consent_rechecked": True,
        "lead_confirmed": True,
        "child_says": ("I sleep", ""),
        "parent_says": ("", "At work today"),
        "next_review_on": in_days(42),
    }
    return given | more


def reviewed(family, episode, **more):
    return reviews.record(reviews.open_review(episode, by=by_priya(family)), **answers(**more), by=by_priya(family))


def closing(**more):
    return answers(outcome="close", next_review_on=None, closure_reason="needs-met", closure=SAFE, **more)


# Opening.


def test_t10_opening_asks_the_team_for_reports_and_tells_nobody_else(family, episode):
    review = reviews.open_review(episode, by=by_priya(family))
    assert (episode.state, review.opened_on, review.kind) == ("reviewing", dates.today(), "team")
    told = set(Notice.objects.filter(kind="report-wanted").values_list("practitioner__name", flat=True))
    assert told == {"Ruth Amis", "Dan Cole"}


def test_an_open_review_is_given_back_and_there_is_one_at_a_time(family, episode):
    review = reviews.open_review(episode, by=by_priya(family))
    assert reviews.open_review(episode, by=by_priya(family)) == review
    with pytest.raises(IntegrityError, match="one_open_review"), transaction.atomic():
        makers.keep(Review(episode=episode, kind="team", opened_on=dates.today()))


def test_a_review_is_opened_only_while_help_is_given(family):
    with pytest.raises(Refused, match="Planning"):
        reviews.open_review(family.planning(), by=by_priya(family))


# Exactly one of a next date and a closure.


@pytest.mark.parametrize(
    "next_review, reason, allowed",
    [(True, "", True), (False, "needs-met", True), (False, "", False), (True, "needs-met", False)],
)
def test_cw_12_exactly_one_of_next_date_and_closure(next_review, reason, allowed):
    day = date(2026, 7, 29) if next_review else None
    if allowed:
        reviews.check_exactly_one(day, reason)
    else:
        with pytest.raises(Refused):
            reviews.check_exactly_one(day, reason)


def test_cw_12_the_database_holds_it_too(family, episode):
    review = reviewed(family, episode)
    for wrong in ({"next_review_on": None}, {"closure_reason": "needs-met"}):
        with pytest.raises(IntegrityError, match="next_date_or_closure"), transaction.atomic():
            makers.change(review, **wrong)


def test_cw_12_closing_needs_a_reason_and_going_on_has_none(family, episode):
    with pytest.raises(Refused, match="needs the reason, and no other does"):
        reviewed(family, episode, outcome="close")
    with pytest.raises(Refused, match="needs the reason, and no other does"):
        reviewed(family, episode, next_review_on=None, closure_reason="needs-met")


@pytest.mark.parametrize("days, allowed", [(-1, False), (0, False), (1, True), (84, True), (85, False)])
def test_cw_13_the_next_review_is_after_this_one_and_within_84_days(family, episode, days, allowed):
    if allowed:
        reviewed(family, episode, next_review_on=in_days(days))
        assert episode.next_review_on == in_days(days)
    else:
        with pytest.raises(Refused, match="next review must be"):
            reviewed(family, episode, next_review_on=in_days(days))
        assert Episode.objects.get(pk=episode.pk).state == "reviewing"


def test_cw_14_a_late_review_keeps_the_reason_and_is_never_refused(reference):
    with dates.given(date(2026, 5, 6)):
        family = Family()
        episode = family.delivering()
        assert episode.next_review_on == date(2026, 6, 17)
    with dates.given(date(2026, 11, 20)):
        with_words = reviewed(family, episode, late_reason="Nobody could be reached in summer")
        assert (episode.state, with_words.late_reason) == ("delivering", "Nobody could be reached in summer")
        assert Event.objects.filter(action="review.recorded").latest("at").facts["late"] is True


def test_cw_14_a_late_review_needs_no_excuse_and_gives_the_team_its_access_back(reference):
    with dates.given(date(2026, 5, 6)):
        family = Family()
        episode = family.delivering()
    with dates.given(date(2026, 7, 20)):
        ruths = grants.live_for(family.ruth.pk, family.ruth.agency_id)
        assert not ruths.exists()
        reviewed(family, episode)
        assert episode.state == "delivering"
        assert grants.live_for(family.ruth.pk, family.ruth.agency_id).exists()


def test_a_review_is_not_held_in_the_future_nor_before_the_last(family, episode):
    with pytest.raises(Refused, match="in the future"):
        reviewed(family, episode, held_on=in_days(1))
    with pytest.raises(Refused, match="cannot have been held before"):
        reviewed(family, episode, held_on=in_days(-1))


# What it must hold.


@pytest.mark.parametrize("who", ["child", "parent"])
def test_both_comments_or_the_reasons_for_their_absence_are_needed(family, episode, who):
    with pytest.raises(Refused, match="or why it is not known") as refused:
        reviewed(family, episode, **{f"{who}_says": (" ", "")})
    assert refused.value.field == f"{who}_comment"


def test_what_child_and_parent_say_is_kept_with_the_review(family, episode):
    review = reviewed(family, episode)
    kept = {one.who: (one.mode, one.text, one.reason_not_obtained) for one in Comment.objects.filter(review=review)}
    assert kept == {"child": ("own-words", "I sleep", ""), "parent": ("not-obtained", "", "At work today")}


def test_how_words_were_given_and_whose_they_are_is_kept_with_them(family, episode):
    nils = reviews.Says("Dziękuję", mode="interpreter", interpreter="Ewa Nowak", language="Polish", adult=family.nils)
    review = reviewed(family, episode, parent_says=nils, child_says=reviews.Says("A big bed", mode="drawing"))
    child, parent = Comment.objects.filter(review=review).order_by("who")
    assert (child.mode, parent.mode, parent.adult) == ("drawing", "interpreter", family.nils)
    assert (parent.interpreter, parent.language, parent.typed_by) == ("Ewa Nowak", "Polish", family.priya)


@pytest.mark.parametrize(
    "says, field, reason",
    [
        (reviews.Says("A house", mode="interpreter"), "child_interpreter", "the interpreter's name"),
        (reviews.Says("He plays", mode="observed"), "child_mode", "is asked, not only observed"),
        (reviews.Says("I am fine", mode="declined"), "child_reason", "why it was not obtained"),
        (reviews.Says(reason="Asleep", mode="own-words"), "child_comment", "what they said"),
    ],
)
def test_what_does_not_fit_the_way_it_was_given_is_sent_back_at_its_question(family, episode, says, field, reason):
    with pytest.raises(Refused, match=reason) as refused:
        reviewed(family, episode, child_says=says)
    assert refused.value.field == field


def test_next_steps_are_kept_with_the_review(family, episode):
    assert reviewed(family, episode, next_steps="Ruth visits on Monday").next_steps == "Ruth visits on Monday"


def test_a_review_is_of_the_kind_it_was_opened_as(family, episode):
    with pytest.raises(Refused, match="what kind of review"):
        reviews.open_review(episode, kind="jury", by=by_priya(family))
    assert reviews.open_review(episode, kind="extraordinary", by=by_priya(family)).kind == "extraordinary"


def test_consent_is_asked_about_again(family, episode):
    with pytest.raises(Refused, match="still agrees to the sharing"):
        reviewed(family, episode, consent_rechecked=False)


def test_a_lead_who_does_not_stay_is_changed(family, episode):
    with pytest.raises(Refused, match="select “Change the lead professional”"):
        reviewed(family, episode, lead_confirmed=False)
    reviewed(family, episode, lead_confirmed=False, outcome="change-lead")
    assert leads.active(episode).member.practitioner == family.priya
    task = Task.objects.get(subject=episode.pk, kind="agree-lead")
    ruth = family.member(episode, family.ruth)
    lead = leads.propose(
        episode, candidate=ruth, answers={str(ruth.pk): {"trust": 3}}, family_wish="Ruth", by=by_priya(family)
    )
    leads.accept(lead, by=family.by(family.ruth))
    task.refresh_from_db()
    assert task.done_at is not None


def test_cw_46_help_does_not_go_on_without_a_lead(family, episode):
    leads.end(episode, by=by_priya(family))
    with pytest.raises(Refused, match="Somebody must lead before help goes on"):
        reviewed(family, episode)


def test_cw_11_one_agency_alone_goes_on_without_a_lead(family):
    episode = family.assessed()
    teams.gather_family(episode, by=by_priya(family))
    family.plan(episode)
    plans.start_delivery(episode, next_review_on=in_days(42), by=by_priya(family))
    review = reviewed(family, episode, lead_confirmed=False)
    assert (review.kind, episode.state) == ("single-agency", "delivering")


# What it changes.


def only_action(plan):
    return PlanAction.objects.get(outcome__need__plan=plan)


def test_what_is_said_of_each_action_and_outcome_is_kept(family, episode):
    one = only_action(plans.agreed(episode))
    reviewed(
        family,
        episode,
        progress={one.pk: ("done", "The flat in Mill Lane is theirs")},
        scores={one.outcome_id: 7},
    )
    one.refresh_from_db()
    assert (one.state, one.progress, one.outcome.score_now) == ("done", "The flat in Mill Lane is theirs", 7)


def test_t11_nothing_changes_so_the_plan_goes_on_as_the_next_version(family, episode):
    before = plans.agreed(episode)
    reviewed(family, episode)
    now = plans.agreed(episode)
    assert (before.version, now.version, plans.draft(episode)) == (1, 2, None)
    assert only_action(now).carried_from == only_action(before)
    waiting = Task.objects.filter(done_at=None, dropped_at=None, kind__in=("accept-action", "do-action"))
    assert list(waiting.values_list("subject", flat=True)) == [only_action(now).pk]


@pytest.mark.parametrize("outcome", ["amend-plan", "reassess"])
def test_t11_something_changes_so_a_draft_of_the_next_version_begins(family, episode, outcome):
    reviewed(family, episode, outcome=outcome)
    assert (plans.agreed(episode).version, plans.draft(episode).version) == (1, 2)
    assert episode.state == "delivering"


def test_t11_a_draft_that_was_begun_before_the_review_is_the_next_version(family, episode):
    draft = plans.begin_draft(episode, by=by_priya(family))
    reviewed(family, episode)
    assert (plans.agreed(episode).version, plans.draft(episode)) == (1, draft)


def test_t11_assessing_again_begins_a_new_version_and_help_goes_on(family, episode):
    signed = episode.assessments.get()
    reviewed(family, episode, outcome="reassess", new_needs="He has stopped eating at school")
    made = episode.assessments.get(version=2)
    assert (episode.state, made.signed_on, made.assessor) == ("delivering", None, family.priya)
    assert made.new_version_reason == "He has stopped eating at school"
    assert Task.objects.filter(subject=episode.pk, kind="complete-assessment", done_at=None).exists()
    assert assessments.in_force(episode) == signed


def test_t11_signing_the_new_version_off_leaves_help_going_on(family, episode):
    reviewed(family, episode, outcome="reassess")
    family.write(episode)
    made = assessments.sign_off(episode, level="complex", by=by_priya(family))
    episode.refresh_from_db()
    assert (episode.state, made.version, assessments.in_force(episode)) == ("delivering", 2, made)
    assert not Task.objects.filter(subject=episode.pk, kind="decide-response", done_at=None).exists()
    assert not Task.objects.filter(subject=episode.pk, kind="complete-assessment", done_at=None).exists()


def test_cw_8_the_signed_version_stays_as_it_was_while_the_new_one_is_written(family, episode):
    before = episode.assessments.get().answers.answers
    reviewed(family, episode, outcome="reassess")
    made = assessments.under_way(episode)
    assert made.answers.answers["reason"] == before["reason"]
    assessments.save_section(
        episode,
        "reason",
        {"why": "Not eating"},
        version=made.answers.section_versions.get("reason", 0),
        by=by_priya(family),
    )
    assert episode.assessments.get(version=1).answers.answers == before


def test_assessing_again_while_a_new_version_is_written_goes_on_with_that(family, episode):
    for _ in range(2):
        reviewed(family, episode, outcome="reassess")
    assert episode.assessments.count() == 2


def test_a_version_that_was_not_finished_is_not_written_after_the_end(family, episode):
    reviewed(family, episode, outcome="reassess")
    reviews.record(reviews.open_review(episode, by=by_priya(family)), **closing(), by=by_priya(family))
    episode.refresh_from_db()
    with pytest.raises(Refused, match="The episode is closed"):
        assessments.under_way(episode)


def test_assessing_again_says_what_calls_for_it(family, episode):
    with pytest.raises(Refused, match="what calls for a new assessment"):
        reviewed(family, episode, outcome="reassess", notes="")


def test_t11_the_next_review_is_chased_and_the_one_held_is_not(family, episode):
    reviewed(family, episode, next_review_on=in_days(70))
    tasks = Task.objects.filter(subject=episode.pk, kind="hold-review").order_by("due_on")
    assert [(one.due_on, one.done_at is not None) for one in tasks] == [(in_days(42), True), (in_days(70), False)]
    ends = {one.expires_on for one in grants.open_of(episode.pk)}
    assert ends == {in_days(84)}


def test_a_review_is_recorded_once(family, episode):
    review = reviewed(family, episode)
    with pytest.raises(Refused, match="already recorded"):
        reviews.record(review, **answers(), by=by_priya(family))


def test_the_review_meeting_of_the_team_is_kept_with_the_review(family, episode):
    review = reviews.open_review(episode, by=by_priya(family))
    assert meetings.next_kind(episode) == "review"
    meeting = meetings.convene(episode, kind="review", planned_at=dates.now(), place="School", by=by_priya(family))
    family.hold(meeting)
    reviews.record(review, **answers(), by=by_priya(family))
    assert review.meeting == meeting
    assert reviewed(family, episode).meeting is None


# Closing.


def test_t12_a_review_closes_the_episode_and_everything_ends_with_it(family, episode):
    review = reviews.open_review(episode, by=by_priya(family))
    reviews.record(review, **closing(), by=by_priya(family))
    episode.refresh_from_db()
    assert (episode.state, episode.closure_reason, review.closure_reason) == ("closed", "needs-met", "needs-met")
    assert (episode.closure.child_view, episode.closure.parent_view) == ("I sleep", "At work today")
    assert not grants.open_of(episode.pk).exists()
    assert not Task.objects.filter(child=family.tobi, done_at=None, dropped_at=None).exists()
    assert AssessmentMarker.objects.get(episode=episode.pk).to_on == dates.today()
    assert not LeadMarker.objects.filter(child=family.tobi, to_on=None).exists()


def test_t12_what_stands_in_the_way_of_closing_undoes_the_review_as_well(family, episode):
    review = reviews.open_review(episode, by=by_priya(family))
    with pytest.raises(Refused, match="made sure the child is safe"):
        reviews.record(review, **(closing() | {"closure": {"summary": "Well"}}), by=by_priya(family))
    assert Review.objects.get(pk=review.pk).held_on is None
    assert not Comment.objects.filter(review=review).exists()


def test_a_closure_that_waits_for_a_countersignature_can_be_followed_by_another_review(family, episode):
    review = reviews.open_review(episode, by=by_priya(family))
    given = closing() | {"closure_reason": "other"}
    reviews.record(review, **given, by=by_priya(family))
    episode.refresh_from_db()
    assert episode.state == "reviewing"
    again = reviews.open_review(episode, by=by_priya(family))
    assert again != review
    reviews.record(again, **answers(), by=by_priya(family))
    assert Episode.objects.get(pk=episode.pk).state == "delivering"
