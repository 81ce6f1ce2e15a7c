"""Assessment and plan on one page: what matters, in one look, also where much was written."""

from types import SimpleNamespace

import pytest

from teamaround.casework import one_page
from teamaround.casework.models import Comment, Need, Outcome, PlanAction
from teamaround.forms.models import AnswerSet, PublishedForm
from teamaround.kit import pdf
from teamaround.people.models import Adult, Care
from teamaround.web.episodes import one_page as printed
from tests import makers
from tests.casework.world import Family
from tests.signing_in import sign_in
from tests.web.sending import text

pytestmark = pytest.mark.django_db

LONG = "Every morning somebody has to wake him twice, and on two of five days the bus has gone. " * 12


@pytest.fixture
def family(reference):
    return Family()


def delivering(family, **sections):
    """Help has begun, and these sections of the common assessment were written."""
    episode = family.delivering()
    makers.shipped_forms()
    national = PublishedForm.objects.exclude(version="test").get(key="common-assessment")
    makers.change(AnswerSet.objects.get(assessment__episode=episode), form=national, answers=sections)
    return episode


def test_the_page_tells_what_led_to_it_what_goes_well_whose_words_and_who_does_what(client, family):
    episode = delivering(
        family,
        assessment={"reason": "Often late"},
        housing={"strengths": "Close to school", "needs": "Two rooms for four"},
        conclusions={"what_needs_to_change": "Sleep", "needs": "Said again"},
    )
    page = text(sign_in(client, family.ruth).get(f"/episodes/{episode.pk}/one-page/"))
    action = PlanAction.objects.filter(outcome__need__plan__episode=episode).first()
    for words in ("Often late", "Close to school", "Two rooms for four", "Sleep", action.text, "Printed by Ruth Amis"):
        assert words in page
    assert "Said again" not in page


def test_the_words_of_child_and_family_are_their_newest_and_never_a_reason_why_there_are_none(family):
    episode = delivering(family)
    for one in Comment.objects.filter(episode=episode, who="parent"):
        makers.change(one, text="", reason_not_obtained="Not at home")
    sheet = one_page.of(episode, most=300)
    assert sheet.child_says == Comment.objects.filter(episode=episode, who="child").latest("recorded_at").text
    assert sheet.family_says == ""


def test_a_number_of_restricted_contact_is_not_printed(family):
    episode = delivering(family, assessment={"reason": "Ring 07700 900101 after six"})
    makers.change(Care.objects.get(child=family.tobi, adult=family.ama), contact_restricted=True)
    makers.change(Adult.objects.get(pk=family.ama.pk), phone="07700 900101")
    assert "900101" not in one_page.of(episode, most=300).led_to_it


def test_however_much_was_written_it_fits_one_page(family):
    elements = ("housing", "participation", "general_health", "behaviour", "wider_family", "guidance", "community")
    episode = delivering(family, **{one: {"strengths": LONG, "needs": LONG} for one in elements})
    for record in (*Comment.objects.filter(episode=episode), *Outcome.objects.all(), *Need.objects.all()):
        makers.change(record, text=LONG)
    asked = SimpleNamespace(practitioner=family.priya)
    longest, *_, shortest = (printed.document(asked, episode, most) for most in printed.LENGTHS)
    assert pdf.pages("one_page", longest) > 1
    assert pdf.pages("one_page", shortest) == 1


def test_of_a_case_that_has_hardly_begun_the_page_says_so(client, family):
    episode = family.assessing()
    page = text(sign_in(client, family.priya).get(f"/episodes/{episode.pk}/one-page/"))
    assert page.count("Not written yet") >= 4 and "There is no plan yet" in page
    assert sign_in(client, family.priya).get(f"/episodes/{episode.pk}/one-page.pdf").status_code == 200
