"""Scenario A of the domain page with its dates, through the browser: one family from first concern to closure.

The panel, spending, a missed action and the reopening (steps 8 to 10 and 13) are not built yet.
"""

from datetime import date

import pytest

from teamaround.casework import birth, teams
from teamaround.index import registering
from teamaround.index.models import AssessmentMarker, LeadMarker
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.people.models import Child
from tests import makers

from .assessing import agree, open_tobi, write_and_sign
from .finding import (
    a_second_practitioner_is_told_whom_to_contact,
    fill_in_the_checklist,
    find_tobi_though_misspelt,
    record_the_unborn_sister,
    start_the_episode,
)
from .planning import PLAN, begin, owners_accept, print_it, report, review, write_the_plan
from .teaming import agree_the_lead, call_the_team, hold_the_meeting

pytestmark = [
    pytest.mark.journey,
    pytest.mark.enable_socket,
    pytest.mark.django_db(transaction=True, databases=["default", "audit"]),
]


def test_one_familys_story_from_first_concern_to_closure(story, visitor, at):
    priya, ruth, dan, ivy = visitor(story.priya), visitor(story.ruth), visitor(), visitor()
    find_tobi_though_misspelt(priya)
    fill_in_the_checklist(priya)
    start_the_episode(priya, "Often late and very tired since the move")
    a_second_practitioner_is_told_whom_to_contact(ruth)
    sister = expect_a_sister(priya, story)

    at(2026, 4, 1)
    assert not AssessmentMarker.objects.exists()
    families_consent(priya.be(story.priya))
    assert held_by(story.tobi, sister) == [story.priya, story.priya]
    ruth.be(story.ruth).go(f"/children/{story.tobi.pk}/").see("Assessment exists", "Priya Deol").not_see("The plan")

    at(2026, 4, 20)
    write_and_sign(priya.be(story.priya))

    at(2026, 4, 28)
    call_the_team(priya.be(story.priya), date(2026, 5, 6))
    whom_the_family_left_out_stays_out(ivy.be(story.worker), story)

    at(2026, 5, 6, 15)
    hold_the_meeting(priya.be(story.priya), date(2026, 5, 6))
    assert not LeadMarker.objects.exists()
    agree_the_lead(priya)
    assert LeadMarker.objects.get(child=story.tobi, to_on=None).involvement.practitioner == story.priya

    at(2026, 5, 8)
    write_the_plan(priya.be(story.priya))
    owners_accept(priya, ruth.be(story.ruth), dan.be(story.dan))
    begin(priya, date(2026, 6, 17))
    priya.go("/").has_no_barriers().picture("home", also=390, readme=True)
    open_tobi(priya)
    priya.see("0 of 4 actions done").has_no_barriers().picture("child", also=390, readme=True)
    print_it(priya)

    at(2026, 6, 17)
    they_report(ruth.be(story.ruth), dan.be(story.dan))
    review(priya.be(story.priya), date(2026, 6, 17), next_on=date(2026, 7, 29), look=True)
    at(2026, 7, 29)
    review(priya.be(story.priya), date(2026, 7, 29), next_on=date(2026, 9, 23))
    at(2026, 8, 3)
    the_sister_is_born(priya.be(story.priya), sister)
    at(2026, 9, 23)
    all_is_done(priya.be(story.priya))
    review(priya, date(2026, 9, 23), next_on=None)
    the_index_shows_the_end(priya, story)
    ruth.be(story.ruth).go(f"/children/{story.tobi.pk}/").see("Page not found")


def expect_a_sister(priya, story):
    """Steps 2 and 3: the unborn baby has a record and an episode of her own, linked with her brother's."""
    record_the_unborn_sister(priya)
    priya.click("Start an episode")
    start_the_episode(priya, "A baby expected in two rooms")
    sister = Child.objects.get(expected=date(2026, 8, 12))
    registering.link_siblings(story.tobi, sister, source="test", by=makers.TESTER)
    return sister


def families_consent(priya):
    for name, interpreter in (("Unborn", ""), ("Tobi", "Lena Berg")):
        priya.go("/").click(name).click("Ask for consent")
        agree(priya, date(2026, 4, 1), interpreter=interpreter)
    priya.has_no_barriers().picture("child-assessing")


def held_by(*children):
    """Who is shown as the one to speak to about each child's assessment."""
    return [AssessmentMarker.objects.get(child=one, to_on=None).holder for one in children]


def whom_the_family_left_out_stays_out(ivy, story):
    """Step 7: the adult mental-health worker is not offered, is refused by the rule, and finds nothing."""
    episode = story.tobi.episodes.get()
    with pytest.raises(Refused, match="The family has not agreed to share with Northmoor Minds"):
        teams.join(episode, story.worker, by=makers.actor(story.priya))
    meeting = episode.meetings.get()
    for address in (f"/children/{story.tobi.pk}/", f"/episodes/{episode.pk}/plan/", f"/meetings/{meeting.pk}/"):
        ivy.go(address).see("Page not found").not_see("Tobi")
        assert ivy.status == 404
    ivy.has_no_barriers()


def the_sister_is_born(priya, sister):
    """Step 11: the same episode goes on, with the date of birth in place of the expected one."""
    birth.record(sister, on=dates.today(), sex="F", given="Freya", by=makers.TESTER)
    priya.go("/").click("Freya").see("3 August 2026").not_see("12 August 2026")
    sister.refresh_from_db()
    assert (sister.expected, sister.episodes.get().state) == (None, "assessing")


def they_report(ruth, dan):
    for one, part in ((ruth, PLAN[3]), (dan, PLAN[1])):
        open_tobi(one)
        one.click("Open the plan")
        report(one, part.action, "Done", "Done as agreed, and told the family")


def all_is_done(priya):
    open_tobi(priya)
    priya.click("Open the plan")
    for part in (PLAN[0], PLAN[2]):
        report(priya, part.action, "Done", "It is a habit now")
    priya.see("4 of 4 actions done")


def the_index_shows_the_end(priya, story):
    """The review closes the episode, and what the index showed of it ends the same day."""
    day = date(2026, 9, 23)
    episode = story.tobi.episodes.get()
    assert (episode.state, episode.closed_on, episode.closure_reason) == ("closed", day, "needs-met")
    assert AssessmentMarker.objects.get(child=story.tobi).to_on == day
    assert LeadMarker.objects.get(child=story.tobi).to_on == day
    priya.not_see("Assessment exists").see("the episode was closed on 23 September 2026")
    priya.has_no_barriers().picture("child-closed")
