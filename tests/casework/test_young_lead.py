"""A young person who leads, with a practitioner beside them (casework.md 5.2)."""

import pytest

from teamaround.casework import leads
from teamaround.casework.models import Member
from teamaround.index.models import LeadMarker
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from tests import makers
from tests.casework.world import Family

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(reference):
    return Family()


def aged(family, years):
    """Tobi with a birthday so many years ago, and an episode whose team has met."""
    makers.change(family.tobi, born=dates.birthday(dates.today(), -years))
    return family.met()


def test_from_twelve_a_young_person_leads_with_a_practitioner_beside_them(family):
    episode = aged(family, 12)
    young = Member.objects.get(episode=episode, kind="child")
    lead = leads.propose(
        episode,
        candidate=young,
        answers={str(young.pk): {"trust": 3}},
        family_wish="Tobi wants to",
        family_wish_member=young,
        supported_by=family.member(episode, family.ruth),
        by=family.by(family.priya),
    )
    leads.accept(lead, by=family.by(family.ruth))
    assert leads.name_of(leads.active(episode)).startswith("Tobi")
    assert LeadMarker.objects.get(child=family.tobi, to_on=None).involvement is None


def test_a_young_person_does_not_lead_alone(family):
    episode = aged(family, 15)
    with pytest.raises(Refused, match="which practitioner supports"):
        leads.propose(
            episode,
            candidate=Member.objects.get(episode=episode, kind="child"),
            answers={},
            family_wish="Tobi wants to",
            reason="The wish",
            by=family.by(family.priya),
        )


def test_a_child_under_twelve_is_not_among_the_candidates(family):
    episode = aged(family, 11)
    young = Member.objects.get(episode=episode, kind="child")
    assert str(young.pk) not in dict(leads.candidate_choices(episode))
    with pytest.raises(Refused, match="a child from 12 years on"):
        leads.propose(episode, candidate=young, answers={}, family_wish="Tobi", by=family.by(family.priya))
