"""Consent: who may give it, what it must hold, what it names, and how it ends."""

from datetime import date, timedelta

import pytest

from teamaround.audit.models import Event
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.people.terms import ResponsibilityBasis
from teamaround.sharing import consent
from teamaround.sharing.terms import COMPETENCE, INFORMED, Capacity, ConsentForm, ConsentKind, ConsentState
from tests import makers
from tests.sharing.makers import asked, given

APRIL_1 = date(2026, 4, 1)


@pytest.fixture(autouse=True)
def on_the_first_of_april():
    with dates.given(APRIL_1):
        yield


@pytest.fixture
def tobi(world):
    return makers.child()


@pytest.fixture
def ama(tobi):
    return makers.parent(tobi)


def aged(years: int):
    return makers.child(born=dates.birthday(APRIL_1, -years))


def test_a_parent_with_parental_responsibility_consents_for_twelve_months(world, tobi, ama):
    agreed = given(tobi, ama, by=world.priya)

    assert agreed.state == ConsentState.GIVEN
    assert agreed.expires_on == date(2027, 4, 1)
    assert agreed.taken_by == world.priya
    event = Event.objects.get(action="consent.given")
    assert event.about == [tobi.pk]
    assert "Ama" not in str(event.changes) + str(event.facts)


def test_agreement_to_hold_and_agreement_to_share_are_two_records(world, tobi, ama):
    hold = given(tobi, ama, by=world.priya)
    share = given(tobi, ama, by=world.priya, kind=ConsentKind.SHARE, recipients=[world.health])

    consent.withdraw(share, by=makers.actor(world.priya))
    hold.refresh_from_db()

    assert hold.state == ConsentState.GIVEN


@pytest.mark.parametrize("untold", list(INFORMED))
def test_consent_counts_only_when_every_point_was_explained(world, tobi, ama, untold):
    told = [one for one in INFORMED if one != untold]

    with pytest.raises(Refused, match="Still to explain"):
        given(tobi, ama, by=world.priya, informed=told)


def test_cw_44_the_version_of_the_privacy_notice_is_kept_with_each_consent(world, tobi, ama):
    assert given(tobi, ama, by=world.priya).notice.version == 1

    with pytest.raises(Refused, match="privacy notice"):
        given(tobi, ama, by=world.priya, notice=None)


def test_consent_cannot_be_given_tomorrow_or_for_longer_than_a_year(world, tobi, ama):
    with pytest.raises(Refused, match="future"):
        given(tobi, ama, by=world.priya, given_on=APRIL_1 + timedelta(days=1))
    with pytest.raises(Refused, match="until 1 April 2027 at most"):
        given(tobi, ama, by=world.priya, expires_on=date(2027, 4, 2))
    with pytest.raises(Refused, match="ran out on 31 March 2026"):
        given(tobi, ama, by=world.priya, given_on=date(2025, 3, 31))


def test_spoken_consent_says_where_or_before_whom(world, tobi, ama):
    with pytest.raises(Refused, match="witnessed"):
        given(tobi, ama, by=world.priya, form=ConsentForm.SPOKEN)
    assert given(tobi, ama, by=world.priya, form=ConsentForm.SPOKEN, witness="Ruth Amis").witness == "Ruth Amis"


def test_cw_36_a_stepfather_without_parental_responsibility_cannot_consent(world, tobi):
    nils = makers.parent(tobi, "Nils", "Lindqvist", responsible=False, relationship="stepfather")

    with pytest.raises(Refused, match="parental responsibility"):
        given(tobi, nils, by=world.priya)


def test_cw_36_a_stranger_to_the_child_cannot_consent(world, tobi):
    other = makers.parent(makers.child("Mina", "Brandt"))

    with pytest.raises(Refused, match="parental responsibility"):
        given(tobi, other, by=world.priya)


def test_cw_36_responsibility_of_the_mother_is_the_mothers_only(world, tobi):
    nils = makers.parent(tobi, "Nils", "Lindqvist", responsible=True, relationship="stepfather")

    with pytest.raises(Refused, match="does not give parental responsibility to a stepfather"):
        given(tobi, nils, by=world.priya)


@pytest.mark.parametrize(("born", "counts"), [(date(2003, 11, 30), False), (date(2003, 12, 1), True)])
def test_cw_36_a_certificate_counts_for_a_father_from_december_2003(world, born, counts):
    young = makers.child(born=born)
    father = makers.parent(young, "Per", "Brandt", responsible=False, relationship="father")
    makers.change(father.cares.get(), has_responsibility=True, basis=ResponsibilityBasis.BIRTH_CERTIFICATE)

    if counts:
        assert given(young, father, by=world.priya).given_by == father
    else:
        with pytest.raises(Refused, match="1 December 2003"):
            given(young, father, by=world.priya)


def test_the_authority_decides_only_under_a_care_order(world, tobi, ama):
    with pytest.raises(Refused, match="care order"):
        given(tobi, None, by=world.priya, capacity=Capacity.AUTHORITY)

    carer = makers.parent(tobi, "Ida", "Holm", responsible=False, relationship="foster-carer")
    makers.change(carer.cares.get(), has_responsibility=True, basis=ResponsibilityBasis.CARE_ORDER)

    assert given(tobi, None, by=world.priya, capacity=Capacity.AUTHORITY).state == ConsentState.GIVEN
    with pytest.raises(Refused, match="the authority decides"):
        given(tobi, carer, by=world.priya)


def test_cw_35_at_sixteen_a_young_person_is_presumed_able(world):
    alone = {"capacity": Capacity.YOUNG_PERSON}

    assert given(aged(16), None, by=world.priya, **alone).state == ConsentState.GIVEN
    with pytest.raises(Refused, match="16 or over"):
        given(aged(15), None, by=world.priya, **alone)


def test_cw_35_from_twelve_to_fifteen_a_note_on_competence_is_optional(world):
    alone = {"capacity": Capacity.COMPETENT_CHILD}

    for years in (12, 15):
        assert given(aged(years), None, by=world.priya, **alone).competence is None


def test_cw_35_under_twelve_a_child_alone_needs_all_six_answers(world):
    child = aged(11)
    alone = {"capacity": Capacity.COMPETENT_CHILD}

    with pytest.raises(Refused, match="all 6 points"):
        given(child, None, by=world.priya, **alone)
    with pytest.raises(Refused, match="all 6 points"):
        given(child, None, by=world.priya, competence={"shown": list(COMPETENCE)[:5], "note": ""}, **alone)
    whole = {"shown": list(COMPETENCE), "note": "Explained it back to me in her own words"}
    assert given(child, None, by=world.priya, competence=whole, **alone).competence == whole


def test_an_unborn_child_decides_nothing(world):
    unborn = makers.child(expected=date(2026, 8, 12))

    with pytest.raises(Refused, match="not yet born"):
        given(unborn, None, by=world.priya, capacity=Capacity.COMPETENT_CHILD)


def test_to_share_names_at_least_one_service_and_none_on_both_sides(world, tobi, ama):
    share = {"kind": ConsentKind.SHARE}

    with pytest.raises(Refused, match="at least one service"):
        given(tobi, ama, by=world.priya, **share)
    with pytest.raises(Refused, match="both included and left out"):
        given(tobi, ama, by=world.priya, recipients=[world.health], excluded=[world.health], **share)


def test_cw_38_consent_names_an_agency_only_while_it_lives(world, tobi, ama):
    agreed = given(
        tobi, ama, by=world.priya, kind=ConsentKind.SHARE, recipients=[world.health], excluded=[world.housing]
    )

    assert consent.names(agreed, world.health)
    assert not consent.names(agreed, world.housing)
    assert not consent.names(agreed, makers.agency("Harbour Youth"))
    assert not consent.names(None, world.health)
    with dates.given(agreed.expires_on):
        assert consent.names(agreed, world.health)
    with dates.given(agreed.expires_on + timedelta(days=1)):
        assert not consent.names(agreed, world.health)
    consent.withdraw(agreed, by=makers.actor(world.priya))
    assert not consent.names(agreed, world.health)


def test_refusal_needs_what_they_said_and_nothing_else(world, tobi):
    by = makers.actor(world.priya)

    with pytest.raises(Refused, match="what they said"):
        consent.refuse(tobi, kind=ConsentKind.STORE, reason=" ", by=by)
    refused = consent.refuse(tobi, kind=ConsentKind.STORE, reason="We would rather not", by=by)

    assert refused.state == ConsentState.REFUSED
    assert not consent.is_live(refused)


def test_a_later_consent_takes_the_place_of_the_earlier_one(world, tobi, ama):
    first = given(tobi, ama, by=world.priya)
    second = given(tobi, ama, by=world.priya, supersedes=first)

    first.refresh_from_db()
    assert first.state == ConsentState.SUPERSEDED
    assert second.supersedes == first


def test_a_withdrawn_consent_stays_withdrawn_and_cannot_be_withdrawn_twice(world, tobi, ama):
    by = makers.actor(world.priya)
    first = given(tobi, ama, by=world.priya)
    consent.withdraw(first, by=by)

    with pytest.raises(Refused, match="already ended"):
        consent.withdraw(first, by=by)
    again = consent.give(tobi, kind=ConsentKind.STORE, supersedes=first, by=by, **asked(ama))
    first.refresh_from_db()
    assert (first.state, again.state) == (ConsentState.WITHDRAWN, ConsentState.GIVEN)


def test_cw_39_consent_ends_with_what_it_was_given_for(world, tobi, ama):
    agreed = given(tobi, ama, by=world.priya)

    consent.lapse(agreed, on=APRIL_1, by=makers.actor(world.priya))

    assert consent.is_live(agreed, on=APRIL_1)
    assert not consent.is_live(agreed, on=APRIL_1 + timedelta(days=1))


def test_cw_39_consent_that_runs_out_within_28_days_is_found(world, tobi, ama):
    agreed = given(tobi, ama, by=world.priya)

    with dates.given(agreed.expires_on - timedelta(days=29)):
        assert consent.expiring(within_days=28) == []
    with dates.given(agreed.expires_on - timedelta(days=28)):
        assert consent.expiring(within_days=28) == [agreed]
