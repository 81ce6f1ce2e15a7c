"""T12 and T12b: what stands in the way of closing, who countersigns, and what ends."""

from datetime import date, timedelta

import pytest

from teamaround.audit.models import Event
from teamaround.casework import assessments, closing, consenting, holds, leads, reviews, teams
from teamaround.casework.models import Closure
from teamaround.index import involvement
from teamaround.index.models import AssessmentMarker, Involvement, LeadMarker
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.sharing import grants
from teamaround.tasks import trays
from teamaround.tasks.models import Notice, Task
from tests import makers
from tests.casework.world import Family

JULY_29 = date(2026, 7, 29)


@pytest.fixture(autouse=True)
def on_the_twenty_ninth_of_july():
    with dates.given(JULY_29):
        yield


@pytest.fixture
def family(reference):
    return Family()


def close(family, episode, reason="needs-met", **more):
    record = {
        "summary": "Tobi sleeps and comes on time",
        "level_at_end": "none",
        "child_view": "I like my new bed",
        "parent_view": "We can go on alone",
        "safeguarding_considered": "Seen at home and at school, no concern",
        "family_told_on": JULY_29,
    }
    return closing.close(episode, reason=reason, by=family.by(family.priya), **(record | more))


def tried(family, episode, *attempts):
    """Attempts to reach the family, so many days ago by some method; the episode began before them."""
    makers.change(episode, started_on=JULY_29 - timedelta(days=60))
    for days_ago, method in attempts:
        closing.record_attempt(
            episode, on=JULY_29 - timedelta(days=days_ago), method=method, by=family.by(family.priya)
        )


ENOUGH = ((14, "phone"), (7, "visit"), (0, "letter"))


def test_closing_ends_everything_together(family):
    episode = family.delivering()
    assert grants.live().filter(episode=episode.pk).count() == 2

    close(family, episode)

    assert (episode.state, episode.closed_on, episode.closure_reason) == ("closed", JULY_29, "needs-met")
    assert episode.next_review_on is None
    assert AssessmentMarker.objects.get(episode=episode.pk).to_on == JULY_29
    assert not LeadMarker.objects.filter(child=family.tobi, to_on=None).exists()
    assert not grants.live().filter(episode=episode.pk).exists()
    assert not Involvement.objects.filter(child=family.tobi, state="current").exists()
    assert not Task.objects.filter(child=family.tobi, done_at=None, dropped_at=None).exists()
    assert leads.active(episode) is None
    with dates.given(JULY_29 + timedelta(days=1)):
        assert not any(one.expires_on > JULY_29 for one in (episode.store_consent, episode.share_consent))


def test_closing_leaves_what_a_service_recorded_for_itself(family):
    involvement.record(
        family.tobi, practitioner=family.ruth, role="Health visitor", from_on=JULY_29, by=family.by(family.ruth)
    )

    close(family, family.delivering())

    (still,) = Involvement.objects.filter(child=family.tobi, state="current")
    assert still.practitioner == family.ruth


def test_those_who_had_access_are_told_without_a_word_of_the_case(family):
    close(family, family.delivering())

    told = Notice.objects.filter(kind="episode-closed")
    assert {one.practitioner for one in told} == {family.ruth, family.dan}
    assert {one.link for one in told} == {"/"}


def test_the_closing_is_one_event_with_its_reason_and_no_text(family):
    close(family, family.delivering())

    event = Event.objects.get(action="episode.closed")
    assert event.facts == {"reason": "needs-met"}
    assert "bed" not in f"{event.changes}"


@pytest.mark.parametrize(
    ("left_out", "words"),
    [
        ("summary", "what has changed"),
        ("level_at_end", "level of need"),
        ("child_view", "what the child says"),
        ("parent_view", "what the parents"),
        ("safeguarding_considered", "child is safe"),
    ],
)
def test_an_incomplete_record_keeps_the_episode_open(family, left_out, words):
    episode = family.delivering()

    with pytest.raises(Refused, match=words):
        close(family, episode, **{left_out: " "})
    assert episode.state == "delivering"
    assert not Closure.objects.exists()


def test_the_family_is_told_first_unless_the_child_has_died(family):
    episode = family.delivering()

    with pytest.raises(Refused, match="Tell the family first"):
        close(family, episode, family_told_on=None)
    close(family, episode, reason="died", family_told_on=None, child_view="", parent_view="", level_at_end="")
    assert episode.closure_reason == "died"


def test_cw_12_an_open_review_is_recorded_before_the_episode_ends(family):
    episode = family.delivering()
    reviews.open_review(episode, by=family.by(family.priya))

    with pytest.raises(Refused, match="A review is open"):
        close(family, episode)
    assert episode.state == "reviewing"


def test_cw_12_a_review_that_closes_has_the_reason_and_no_next_date(family):
    episode = family.delivering()
    review = reviews.open_review(episode, by=family.by(family.priya))
    reviews.record(
        review,
        held_on=JULY_29,
        outcome="close",
        notes="All is well",
        level_now="none",
        consent_rechecked=True,
        lead_confirmed=True,
        child_says=("I like my bed", ""),
        parent_says=("We go on alone", ""),
        closure_reason="needs-met",
        closure={"summary": "Sleeps well", "safeguarding_considered": "No concern"},
        by=family.by(family.priya),
    )

    episode.refresh_from_db(), review.refresh_from_db()
    assert (review.closure_reason, review.next_review_on) == ("needs-met", None)
    assert (episode.state, episode.next_review_on) == ("closed", None)


def test_cw_14_what_is_overdue_is_late_and_never_locked(family):
    episode = family.assessing()

    with dates.given(episode.assessment_due_on + timedelta(days=30)):
        family.write(episode)
        assessments.sign_off(episode, level="additional", by=family.by(family.priya))
    assert episode.state == "assessed"
    done = Task.objects.get(subject=episode.pk, kind="complete-assessment")
    assert done.due_on < done.done_at.date()

    with dates.given(JULY_29 + timedelta(days=200)):
        assert trays.waiting().filter(subject=episode.pk, kind="decide-response", due_on__lt=dates.today()).exists()
        close(family, episode, family_told_on=dates.today())
    assert episode.state == "closed"


def test_cw_15_step_up_needs_social_care_to_have_accepted_the_lead(family):
    episode = family.delivering()
    with pytest.raises(Refused, match="when social care has accepted to lead"):
        close(family, episode, reason="step-up")

    holds.enter_status(
        family.tobi, status="social-care-leads", from_on=JULY_29, reference="SC-204", by=family.by(family.priya)
    )
    close(family, episode, reason="step-up")

    assert episode.closure_reason == "step-up"


def test_cw_15_a_lead_of_social_care_that_has_ended_does_not_count(family):
    episode = family.delivering()
    by = family.by(family.priya)
    status = holds.enter_status(
        family.tobi, status="social-care-leads", from_on=JULY_29 - timedelta(days=9), reference="SC-204", by=by
    )
    holds.end_status(status, on=JULY_29 - timedelta(days=1), by=by)

    with pytest.raises(Refused, match="accepted to lead"):
        close(family, episode, reason="step-up")


def test_cw_15_the_case_of_social_care_is_named(family):
    with pytest.raises(Refused, match="reference of social care's case"):
        holds.enter_status(family.tobi, status="social-care-leads", from_on=JULY_29, by=family.by(family.priya))


@pytest.mark.parametrize("status", ["in-need-assessment", "in-need", "child-protection", "looked-after"])
def test_cw_16_a_referral_alone_never_closes_an_episode(family, status):
    episode = family.delivering()

    holds.enter_status(family.tobi, status=status, from_on=JULY_29, by=family.by(family.priya))
    episode.refresh_from_db()

    assert episode.state == "delivering"
    with pytest.raises(Refused, match="A referral alone does not end the episode"):
        close(family, episode, reason="step-up")


def test_cw_17_whatever_holds_the_episode_is_listed(family):
    episode = family.delivering()
    by = family.by(family.priya)
    held = [
        holds.place(episode, kind="spending", reason="bunk bed, 380 pounds", by=by),
        holds.place(episode, kind="handover", reason="to the family support team", by=by),
        holds.place(episode, kind="safeguarding", reason="visit of 28 July", by=by),
    ]

    with pytest.raises(Refused, match="3 things must be settled first") as refused:
        close(family, episode)
    for words in ("bunk bed", "family support team", "visit of 28 July"):
        assert words in refused.value.reason

    for hold in held:
        holds.lift(hold, by=by)
    close(family, episode)
    assert episode.state == "closed"


def test_cw_17_a_lead_that_is_not_yet_accepted_is_a_handover_that_waits(family):
    episode = family.delivering()
    ruth = family.member(episode, family.ruth)
    leads.propose(
        episode,
        candidate=ruth,
        answers={str(ruth.pk): {"trust": 3, "fit": 3}},
        family_wish="Ruth",
        by=family.by(family.priya),
    )

    with pytest.raises(Refused, match="1 thing must be settled first: A handover"):
        close(family, episode)


@pytest.mark.parametrize(
    ("attempts", "words"),
    [
        (ENOUGH[:2], "2 attempts .* 3 are needed"),
        (((14, "phone"), (7, "phone"), (0, "phone")), "2 different ways"),
        (((13, "phone"), (7, "visit"), (0, "letter")), "at least 10 working days"),
        (((30, "phone"), (29, "visit"), (28, "letter")), "at least 10 working days"),
    ],
)
def test_cw_18_out_of_reach_needs_three_tries_by_two_ways_over_ten_working_days(family, attempts, words):
    episode = family.delivering()
    tried(family, episode, *attempts)

    with pytest.raises(Refused, match=words):
        close(family, episode, reason="disengaged")


def test_cw_18_out_of_reach_stays_open_until_the_manager_countersigns(family):
    episode = family.delivering()
    tried(family, episode, *ENOUGH)

    close(family, episode, reason="disengaged", child_view="", parent_view="")
    episode.refresh_from_db()
    assert episode.state == "delivering"
    assert trays.waiting().get(kind="countersign-closure").practitioner == family.jo

    closing.countersign(episode, by=family.by(family.jo))
    assert (episode.state, episode.closure_reason) == ("closed", "disengaged")
    assert Closure.objects.get(episode=episode).countersigned_by == family.jo
    assert not trays.waiting().filter(kind="countersign-closure").exists()


def test_cw_18_nobody_but_the_coordinators_own_manager_countersigns(family):
    episode = family.delivering()
    tried(family, episode, *ENOUGH)
    close(family, episode, reason="disengaged")

    with pytest.raises(Refused, match="cannot countersign it"):
        closing.countersign(episode, by=family.by(family.priya))
    with pytest.raises(Refused, match="Only the line manager"):
        closing.countersign(episode, by=family.by(family.ruth))


def test_another_reason_is_countersigned_too(family):
    episode = family.delivering()

    close(family, episode, reason="other")
    assert episode.state == "delivering"
    closing.countersign(episode, by=family.by(family.jo))

    assert episode.state == "closed"


def test_cw_17_what_came_to_hold_the_episode_stops_the_countersignature(family):
    episode = family.delivering()
    close(family, episode, reason="other")
    holds.place(episode, kind="spending", reason="bunk bed", by=family.by(family.priya))

    with pytest.raises(Refused, match="bunk bed"):
        closing.countersign(episode, by=family.by(family.jo))


def test_before_help_began_an_episode_may_end_when_no_need_is_found(family):
    episode = family.assessing()

    close(family, episode)

    assert Event.objects.filter(action="episode.moved", facts__transition="T12b").count() == 1
    assert episode.state == "closed"


def test_before_help_began_without_the_familys_view_the_manager_countersigns(family):
    episode = family.planning()

    close(family, episode, reason="consent-withdrawn", child_view="", parent_view="")
    assert episode.state == "planning"
    closing.countersign(episode, by=family.by(family.jo))

    assert episode.state == "closed"


def test_before_consent_an_episode_ends_by_recording_the_refusal(family):
    episode = family.started()

    with pytest.raises(Refused, match="consent to be asked"):
        close(family, episode)
    consenting.record(episode, **family.consent(), by=family.by(family.priya))
    with pytest.raises(Refused, match="Record the refusal"):
        close(family, episode, reason="consent-refused")


def test_a_closed_episode_is_closed(family):
    episode = family.delivering()
    close(family, episode)

    with pytest.raises(Refused, match="Closed"):
        close(family, episode)
    with pytest.raises(Refused, match="closed"):
        teams.join(episode, family.ruth, by=family.by(family.priya))
    with pytest.raises(Refused, match="closed"):
        holds.place(episode, kind="spending", reason="bunk bed", by=family.by(family.priya))


def test_a_status_that_would_overlap_itself_is_entered_already(family):
    by = family.by(family.priya)
    holds.enter_status(family.tobi, status="looked-after", from_on=JULY_29, by=by)

    with pytest.raises(Refused, match="already"):
        holds.enter_status(family.tobi, status="looked-after", from_on=JULY_29 - timedelta(days=9), by=by)

    earlier = {"from_on": JULY_29 - timedelta(days=9), "to_on": JULY_29 - timedelta(days=1)}
    holds.enter_status(family.tobi, status="looked-after", by=by, **earlier)


def test_a_status_that_has_ended_does_not_end_again(family):
    by = family.by(family.priya)
    span = {"from_on": JULY_29 - timedelta(days=9), "to_on": JULY_29 - timedelta(days=2)}
    status = holds.enter_status(family.tobi, status="looked-after", by=by, **span)

    with pytest.raises(Refused, match="ended on"):
        holds.end_status(status, on=JULY_29, by=by)
