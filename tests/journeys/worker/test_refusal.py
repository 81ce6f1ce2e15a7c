"""When a family says no: it is as short as a yes, and nothing is left of the concern."""

import pytest

from teamaround.casework.models import Checklist, Episode
from teamaround.index.models import AssessmentMarker
from teamaround.sharing.models import Consent

from .finding import fill_in_the_checklist, look_for, start_the_episode

pytestmark = [
    pytest.mark.journey,
    pytest.mark.enable_socket,
    pytest.mark.django_db(transaction=True, databases=["default", "audit"]),
]

QUESTIONS = "main form .govuk-form-group:not(.govuk-form-group .govuk-form-group)"


def test_cw_5_a_family_says_no_and_only_what_they_said_is_kept(story, visitor):
    priya = visitor(story.priya)
    look_for(priya, given="Tobi", family="Okafor-Lindqvist", born="2019")
    priya.click("Open this record")
    fill_in_the_checklist(priya)
    start_the_episode(priya, "Often late and very tired since the move")
    to_agree = priya.page.locator(QUESTIONS).count()

    priya.click("They said no").see("That is their right").has_no_barriers().picture("refusal")
    assert priya.page.locator(QUESTIONS).count() < to_agree
    priya.choose("Who decided?", "Person with parental responsibility").select("Which parent or carer?", "Ama Okafor")
    priya.fill("What did they say?", "Not now, we have just moved")
    priya.choose("Is there any sign that the child is at risk of harm?", "No").click("Record the refusal")
    priya.see("The refusal is recorded", "Other help goes on").has_no_barriers()

    nothing_is_left_of_the_concern(story)
    the_index_shows_help_and_no_assessment(visitor(story.ruth))
    the_service_goes_on_alone(priya)


def nothing_is_left_of_the_concern(story):
    episode = Episode.objects.get(child=story.tobi)
    assert (episode.state, episode.closure_reason, episode.reason) == ("closed", "consent-refused", "")
    assert Consent.objects.get().reason == "Not now, we have just moved"
    assert Checklist.objects.get().answers.answers == {}
    assert not AssessmentMarker.objects.exists()


def the_index_shows_help_and_no_assessment(ruth):
    """Somebody else sees that the school works with Tobi, and not that anybody was asked."""
    look_for(ruth, given="Tobi", family="Okafor-Lindqvist", born="2019")
    ruth.click("Open this record").see("Harbour Primary School", "Priya Deol", "No common assessment exists")
    ruth.not_see("Not now, we have just moved", "refused", "Consent").has_no_barriers()


def the_service_goes_on_alone(priya):
    """The school still works with Tobi, and may ask again another day."""
    look_for(priya, given="Tobi", family="Okafor-Lindqvist", born="2019")
    priya.click("Open this record").see("Harbour Primary School").not_see("Often late and very tired")
