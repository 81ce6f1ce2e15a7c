"""What was said at a review is read from the plan, on a desk and on a phone."""

import pytest

from teamaround.casework import reviews
from tests.casework.test_reviews import answers, in_days
from tests.casework.world import Family

pytestmark = [
    pytest.mark.journey,
    pytest.mark.enable_socket,
    pytest.mark.django_db(transaction=True, databases=["default", "audit"]),
]


@pytest.mark.parametrize("width", [1280, 390])
def test_the_team_reads_what_was_said_at_a_review(reference, visitor, width):
    family = Family()
    episode = family.delivering()
    review = reviews.open_review(episode, by=family.by(family.priya))
    words = answers(new_needs="A place to do homework", late_reason="School was shut", next_review_on=in_days(28))
    reviews.record(review, **words, by=family.by(family.priya))
    ruth = visitor(family.ruth, width=width).go(f"/episodes/{episode.pk}/plan/")
    ruth.click("What was said at each review").see("He comes on time most days", "Not known: At work today")
    ruth.has_no_barriers().picture("held-reviews")
