"""The further pages of an episode, looked at in a browser at both widths: no barriers, nothing beyond the edge."""

import pytest

from teamaround.casework import closing, meetings, plans, reviews
from teamaround.casework.models import Outcome, PlanAction
from teamaround.kit import dates
from tests import makers
from tests.casework.planning import by_priya, in_days
from tests.casework.test_reviews import answers
from tests.casework.world import Family

pytestmark = [
    pytest.mark.journey,
    pytest.mark.enable_socket,
    pytest.mark.django_db(transaction=True, databases=["default", "audit"]),
]


@pytest.fixture
def family(reference):
    return Family()


def look(one, path, name):
    one.go(path).has_no_barriers().picture(name)
    too_wide = one.page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert not too_wide, f"{path} is wider than {one.page.viewport_size['width']} pixels"


def test_offices_changes_reviews_and_countersigning_at_both_widths(visitor, family):
    episode = family.delivering()
    by = by_priya(family)
    base, child = f"/episodes/{episode.pk}", f"/children/{episode.child_id}/"
    makers.change(Outcome.objects.get(), score_at_start=3, score_now=5)
    meeting = meetings.convene(episode, kind="team", planned_at=dates.now(), place="School", by=by)
    visitors = [visitor(family.priya), visitor(family.priya, width=390)]
    for priya in visitors:
        look(priya, child, "child-delivering")
        look(priya, f"{base}/team/", "team-with-offices")
        look(priya, f"{base}/hand-over/", "hand-over")
        look(priya, f"/meetings/{meeting.pk}/", "meeting-ahead")
    draft = plans.begin_draft(episode, by=by)
    outcome = Outcome.objects.get(need__plan=draft)
    makers.change(episode, next_review_on=in_days(-3))
    for priya in visitors:
        look(priya, f"{base}/plan/", "plan-draft")
        look(priya, f"{base}/plan/outcome/{outcome.pk}/", "change-outcome")
        look(priya, "/", "home-overdue")
    reviews.open_review(episode, by=by)
    for priya in visitors:
        look(priya, f"{base}/review/", "review")
    makers.remove(episode.reviews.all())
    closing.close(
        episode,
        by=by,
        reason="other",
        summary="They moved in with the grandparents",
        level_at_end="none",
        child_view="Fine",
        parent_view="Thank you",
        safeguarding_considered="Seen at home",
        family_told_on=dates.today(),
    )
    for width in (1280, 390):
        look(visitor(family.jo, width=width), f"{base}/countersign/", "countersign")
    closing.decline(episode, because="Speak with Ama first", by=family.by(family.jo))
    for priya in visitors:
        look(priya, f"{base}/close/", "close-declined")


def test_what_is_written_of_plan_meeting_review_and_end_at_both_widths(visitor, family):
    episode = family.delivering()
    by = by_priya(family)
    base = f"/episodes/{episode.pk}"
    makers.change(PlanAction.objects.get(), priority="first", resources="A van for a day", evidence="The keys")
    meeting = meetings.convene(
        episode,
        kind="review",
        planned_at=dates.now(),
        place="School",
        online="https://meet.example.org/tobi",
        agenda="Sleep\nThe new flat",
        by=by,
    )
    visitors = [visitor(family.priya), visitor(family.priya, width=390)]
    for priya in visitors:
        look(priya, f"{base}/copy/", "family-copy")
        look(priya, f"{base}/review/", "open-review")
        look(priya, f"{base}/assessment/", "assessment-signed")
        look(priya, f"/meetings/{meeting.pk}/minutes/", "minutes")
        look(priya, f"{base}/meetings/new/", "convene")
    review = reviews.open_review(episode, by=by)
    family.hold(meeting)
    says = reviews.Says("A big bed", mode="drawing")
    reviews.record(review, **answers(child_says=says, next_steps="Ruth visits", outcome="reassess"), by=by)
    draft = plans.draft(episode)
    one = PlanAction.objects.get(outcome__need__plan=draft)
    for priya in visitors:
        look(priya, f"{base}/plan/", "plan-two-versions")
        look(priya, f"{base}/plan/action/{one.pk}/", "change-action")
        look(priya, f"{base}/reviews/", "reviews-held")
        look(priya, f"{base}/assessment/says/parent/", "parent-says")
        look(priya, f"/meetings/{meeting.pk}/", "meeting-held")
    plans.agree(draft, meeting=meeting.pk, by=by)
    for priya in visitors:
        look(priya, f"{base}/plan/", "plan-agreed-at-a-meeting")
        look(priya, f"{base}/plan/versions/1/", "plan-version")
        look(priya, f"{base}/close/", "close")
    closing.close(
        episode,
        by=by,
        reason="needs-met",
        summary="He sleeps",
        level_at_end="none",
        child_view="Fine",
        parent_view="Thank you",
        safeguarding_considered="Seen at home",
        named_contact="Ruth Amis, 01632 960144",
        family_told_on=dates.today(),
    )
    for priya in visitors:
        look(priya, f"{base}/record/", "record")
        look(priya, f"/children/{episode.child_id}/", "child-closed")
        look(priya, f"{base}/print/", "print")
