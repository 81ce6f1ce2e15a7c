"""Access stands on a consent: never wider, never longer, and gone in the instant the consent is."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.sharing import consent, grants
from teamaround.sharing.terms import ConsentKind, GrantLevel
from tests import makers
from tests.sharing.makers import asked, given

APRIL_1 = date(2026, 4, 1)


@pytest.fixture(autouse=True)
def on_the_first_of_april():
    with dates.given(APRIL_1):
        yield


class Shared:
    """An episode's id, the child it is about, and a consent that names health and leaves housing out."""

    def __init__(self, world):
        self.world = world
        self.child = makers.child()
        self.ama = makers.parent(self.child)
        self.episode = uuid4()
        self.by = makers.actor(world.priya)
        self.consent = given(
            self.child,
            self.ama,
            by=world.priya,
            kind=ConsentKind.SHARE,
            recipients=[world.health],
            excluded=[world.housing],
            sections_left_out=["housing"],
        )

    def give(self, to, **more):
        return grants.give(
            child=self.child,
            episode=self.episode,
            practitioner=to,
            level=GrantLevel.READ,
            by=self.by,
            **{"consent": self.consent, **more},
        )

    def renewed(self, *recipients):
        return consent.give(
            self.child,
            kind=ConsentKind.SHARE,
            supersedes=self.consent,
            recipients=list(recipients),
            by=self.by,
            **asked(self.ama),
        )

    def may_look(self, who):
        return grants.live_for(who.pk, who.agency_id).filter(episode=self.episode).exists()


@pytest.fixture
def shared(world):
    return Shared(world)


def test_cw_24_an_agency_the_consent_does_not_name_gets_no_access(shared):
    for who in (shared.world.dan, makers.practitioner("Una Vale")):
        with pytest.raises(Refused, match="has not agreed to share with"):
            shared.give(who)


def test_cw_24_no_access_without_any_consent(shared):
    with pytest.raises(Refused, match="has not agreed"):
        shared.give(shared.world.ruth, consent=None)


def test_cw_24_a_part_the_family_left_out_is_not_opened(shared):
    with pytest.raises(Refused, match="left out a part"):
        shared.give(shared.world.ruth, sections=["health", "housing"])


def test_cw_24_access_never_outlasts_the_consent(shared):
    with dates.given(date(2027, 3, 20)):
        grant = shared.give(shared.world.ruth, next_review_on=date(2027, 6, 1))

    assert grant.expires_on == shared.consent.expires_on == date(2027, 4, 1)


def test_access_lasts_two_weeks_past_the_next_review_and_six_months_at_most(shared):
    assert shared.give(shared.world.ruth, next_review_on=date(2026, 6, 17)).expires_on == date(2026, 7, 1)
    assert shared.give(shared.world.ruth, next_review_on=date(2026, 12, 1)).expires_on == date(2026, 10, 1)
    assert shared.give(shared.world.ruth).expires_on == date(2026, 10, 1)


def test_giving_access_again_replaces_it(shared):
    first = shared.give(shared.world.ruth)
    second = shared.give(shared.world.ruth)

    assert list(grants.live_for(shared.world.ruth.pk, shared.world.ruth.agency_id)) == [second]
    first.refresh_from_db()
    assert first.ended_reason == "replaced"


def test_cw_25_expired_access_opens_nothing(shared):
    grant = shared.give(shared.world.ruth)

    with dates.given(grant.expires_on):
        assert shared.may_look(shared.world.ruth)
    with dates.given(grant.expires_on + timedelta(days=1)):
        assert not shared.may_look(shared.world.ruth)


def test_cw_26_withdrawing_consent_ends_access_in_the_same_instant(shared):
    shared.give(shared.world.ruth)

    consent.withdraw(shared.consent, by=shared.by)

    assert not shared.may_look(shared.world.ruth)


def test_access_does_not_follow_a_practitioner_to_another_agency(shared):
    ruth = shared.world.ruth
    shared.give(ruth)
    makers.change(ruth, agency=shared.world.housing)

    assert not shared.may_look(ruth)


def test_a_renewed_consent_carries_over_those_it_still_names(shared):
    una = makers.practitioner("Una Vale", at=shared.world.health)
    shared.give(shared.world.ruth)
    shared.give(una)
    makers.change(una, agency=makers.agency("Northmoor Youth"))

    grants.carry_over(episode=shared.episode, consent=shared.renewed(shared.world.health), by=shared.by)

    assert shared.may_look(shared.world.ruth)
    assert grants.open_of(shared.episode).count() == 1


def test_access_is_not_restored_after_consent_was_withdrawn(shared):
    shared.give(shared.world.ruth)
    consent.withdraw(shared.consent, by=shared.by)

    grants.carry_over(episode=shared.episode, consent=shared.renewed(shared.world.health), by=shared.by)

    assert not shared.may_look(shared.world.ruth)


def test_access_that_ran_out_is_not_restored_by_a_renewed_consent(shared):
    grant = shared.give(shared.world.ruth, next_review_on=date(2026, 4, 10))

    with dates.given(grant.expires_on + timedelta(days=1)):
        grants.carry_over(episode=shared.episode, consent=shared.renewed(shared.world.health), by=shared.by)
        assert not shared.may_look(shared.world.ruth)


def test_at_a_review_access_follows_to_two_weeks_past_the_next_one(shared):
    grant = shared.give(shared.world.ruth, next_review_on=date(2026, 4, 20))

    with dates.given(date(2026, 4, 20)):
        grants.extend(episode=shared.episode, next_review_on=date(2026, 6, 1), by=shared.by)

    grant.refresh_from_db()
    assert grant.expires_on == date(2026, 6, 15)


def test_at_a_review_access_whose_consent_was_withdrawn_is_not_extended(shared):
    shared.give(shared.world.ruth)
    consent.withdraw(shared.consent, by=shared.by)

    assert grants.extend(episode=shared.episode, next_review_on=date(2026, 6, 1), by=shared.by) == 0


def test_ending_all_access_to_an_episode_leaves_other_episodes_alone(shared):
    shared.give(shared.world.ruth)
    other = grants.give(
        child=shared.child,
        episode=uuid4(),
        practitioner=shared.world.ruth,
        level=GrantLevel.READ,
        consent=shared.consent,
        by=shared.by,
    )

    assert grants.end_all(episode=shared.episode, reason="episode closed", by=shared.by) == 1

    assert list(grants.live_for(shared.world.ruth.pk, shared.world.ruth.agency_id)) == [other]
