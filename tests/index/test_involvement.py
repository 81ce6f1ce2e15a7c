"""Who works with a child, who leads, that an assessment exists: IX-17, 33, 34, 37 to 40."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError

from teamaround.index import involvement, markers, queries, registering
from teamaround.index.models import AssessmentMarker, Involvement, LeadMarker
from teamaround.index.terms import InvolvementState
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from tests import makers
from tests.index import children

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _today():
    with dates.given(TODAY):
        yield


@pytest.fixture
def child():
    return children.register()


@pytest.fixture
def ruth():
    return makers.practitioner("Ruth Amis", modules=())


def record(child, who, *, from_on=TODAY, role="Health visitor"):
    return involvement.record(child, practitioner=who, role=role, from_on=from_on, by=makers.TESTER)


# Involvements.


def test_ix_33_an_involvement_names_agency_practitioner_role_start_and_a_contact(child, ruth):
    made = record(child, ruth)
    assert (made.agency, made.practitioner, made.role, made.from_on) == (ruth.agency, ruth, "Health visitor", TODAY)
    assert made.phone or made.email


def test_ix_33_without_a_contact_that_works_it_is_refused(child, ruth):
    ruth.phone = ruth.email = ruth.agency.phone = ruth.agency.email = ""
    with pytest.raises(Refused, match="telephone number or an e-mail address"):
        record(child, ruth)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"role": " "}, "role"),
        ({"from_on": TODAY + timedelta(days=3)}, "future"),
        ({"from_on": date(2018, 1, 1)}, "40"),
    ],
)
def test_ix_33_without_a_role_or_with_an_impossible_start_it_is_refused(child, ruth, more, says):
    with pytest.raises(Refused, match=says):
        record(child, ruth, **more)


def test_ix_33_the_database_wants_somebody_and_a_contact(child, ruth):
    bare = {"child": child, "agency": ruth.agency, "role": "r", "from_on": TODAY, "source": "t"}
    with pytest.raises(IntegrityError, match="involved_somebody"):
        makers.keep(Involvement(**bare, phone="1", recorded_at=dates.now()))


def test_ix_33_nobody_is_recorded_twice(child, ruth):
    record(child, ruth)
    with pytest.raises(Refused, match="already recorded"):
        record(child, ruth)
    assert involvement.ensure(child, practitioner=ruth, role="x", by=makers.TESTER).role == "Health visitor"


def test_ix_33_an_involvement_ends_by_being_ended(child, ruth):
    made = record(child, ruth)
    involvement.end(made, on=TODAY, by=makers.TESTER)
    made.refresh_from_db()
    assert (made.state, made.to_on) == (InvolvementState.ENDED, TODAY)
    with pytest.raises(Refused, match="already ended"):
        involvement.end(made, on=TODAY, by=makers.TESTER)


def test_ix_33_what_never_was_is_hidden_and_its_record_stays(child, ruth):
    made = record(child, ruth)
    involvement.record_in_error(made, by=makers.TESTER)
    assert Involvement.objects.filter(pk=made.pk, state=InvolvementState.IN_ERROR).exists()
    assert queries.who_works_with(child) == []
    with pytest.raises(Refused, match="already ended"):
        involvement.record_in_error(made, by=makers.TESTER)


def test_ix_34_a_past_involvement_is_seen_for_a_year_and_then_no_more(child, ruth):
    made = record(child, ruth, from_on=date(2025, 1, 10))
    involvement.end(made, on=date(2026, 1, 10), by=makers.TESTER)
    (line,) = queries.who_works_with(child)
    assert line.past and not line.phone and not line.email
    with dates.given(date(2027, 1, 10)):
        assert queries.who_works_with(child)
    with dates.given(date(2027, 1, 11)):
        assert queries.who_works_with(child) == []


def test_who_works_with_a_child_starts_with_the_school_and_says_who_leads(child, ruth):
    school = makers.agency("Harbour Primary School")
    registering.set_universal(
        child, kind="education", agency=school, from_on=date(2024, 9, 1), source="test", by=makers.TESTER
    )
    markers.lead_named(child, involvement=record(child, ruth), on=TODAY, by=makers.TESTER)
    first, second = queries.who_works_with(child)
    assert first.universal and first.agency == "Harbour Primary School"
    assert second.leads and second.name == "Ruth Amis" and second.phone


# IX-17 (a): what opens a record.


def test_ix_17_an_agency_knows_a_child_by_an_open_involvement_or_as_its_school(child, ruth):
    school = makers.agency()
    assert not queries.is_known_to(child, ruth.agency_id)
    made = record(child, ruth)
    assert queries.is_known_to(child, ruth.agency_id)
    involvement.end(made, on=TODAY, by=makers.TESTER)
    assert not queries.is_known_to(child, ruth.agency_id)
    registering.set_universal(
        child, kind="education", agency=school, from_on=date(2024, 9, 1), source="test", by=makers.TESTER
    )
    assert queries.is_known_to(child, school.pk)


# Who leads.


def test_ix_37_at_most_one_leads_and_the_one_before_ends_on_the_same_day(child, ruth):
    first, second = record(child, ruth), record(child, makers.practitioner(modules=()))
    markers.lead_named(child, involvement=first, on=date(2026, 11, 1), by=makers.TESTER)
    markers.lead_named(child, involvement=second, on=TODAY, by=makers.TESTER)
    assert LeadMarker.objects.get(involvement=first).to_on == TODAY
    assert LeadMarker.objects.get(to_on=None).involvement == second


def test_ix_37_the_database_lets_one_lead(child, ruth):
    made = record(child, ruth)
    markers.lead_named(child, involvement=made, on=TODAY, by=makers.TESTER)
    with pytest.raises(IntegrityError, match="one_current_lead_marker"):
        makers.keep(LeadMarker(child=child, involvement=made, from_on=TODAY))


def test_ix_38_whoever_leads_works_with_the_child(child, ruth):
    made = record(child, ruth)
    involvement.end(made, on=TODAY, by=makers.TESTER)
    with pytest.raises(Refused, match="working with the child"):
        markers.lead_named(child, involvement=made, on=TODAY, by=makers.TESTER)
    elsewhere = record(children.register(given="Ruby"), ruth)
    with pytest.raises(Refused, match="working with the child"):
        markers.lead_named(child, involvement=elsewhere, on=TODAY, by=makers.TESTER)


def test_ix_38_whoever_leads_hands_over_before_going(child, ruth):
    made = record(child, ruth)
    markers.lead_named(child, involvement=made, on=TODAY, by=makers.TESTER)
    with pytest.raises(Refused, match="who leads from now on"):
        involvement.end(made, on=TODAY, by=makers.TESTER)
    markers.lead_cleared(child, on=TODAY, by=makers.TESTER)
    involvement.end(made, on=TODAY, by=makers.TESTER)


def test_a_family_member_may_lead(child):
    markers.lead_named(child, involvement=None, on=TODAY, by=makers.TESTER)
    assert LeadMarker.objects.get().family_member_leads


# That an assessment exists.


def test_ix_39_the_marker_says_who_can_speak_to_it_since_when_and_nothing_more(child, ruth):
    markers.assessment_started(child, episode=uuid4(), holder=ruth, on=TODAY, by=makers.TESTER)
    marker = queries.assessment_of(child)
    assert (marker.holder, marker.agency, marker.since) == ("Ruth Amis", ruth.agency.name, TODAY)
    assert ruth.phone in marker.contact
    assert set(vars(marker)) == {"holder", "agency", "contact", "since"}


def test_ix_39_at_most_one_is_open(child, ruth):
    markers.assessment_started(child, episode=uuid4(), holder=ruth, on=TODAY, by=makers.TESTER)
    with pytest.raises(Refused, match="already shows"):
        markers.assessment_started(child, episode=uuid4(), holder=ruth, on=TODAY, by=makers.TESTER)


def test_ix_39_told_twice_of_one_episode_it_stands_once(child, ruth):
    episode = uuid4()
    for _ in range(2):
        markers.assessment_started(child, episode=episode, holder=ruth, on=TODAY, by=makers.TESTER)
    assert AssessmentMarker.objects.count() == 1


def test_ix_39_it_follows_the_holder_and_ends_with_the_episode(child, ruth):
    episode, dan = uuid4(), makers.practitioner("Dan Cole", modules=())
    markers.assessment_started(child, episode=episode, holder=ruth, on=TODAY, by=makers.TESTER)
    markers.assessment_holder_changed(episode, holder=dan, by=makers.TESTER)
    assert queries.assessment_of(child).holder == "Dan Cole"
    markers.assessment_ended(episode, on=TODAY, by=makers.TESTER)
    assert queries.assessment_of(child) is None


# A search before anything.


def test_ix_40_a_search_counts_for_a_quarter_of_an_hour_and_only_if_it_showed_the_child(child, ruth):
    other = children.register(given="Nobody", family="Else", born=date(2012, 1, 1), postcode="NM9 9ZZ")
    with dates.given(dates.now()):
        search = children.search(ruth)
        made_at = search.made_at
        assert queries.searched_lately(ruth, child) == search
        assert queries.searched_lately(ruth, other) is None
        assert queries.searched_lately(makers.practitioner(modules=()), child) is None
    with dates.given(made_at + timedelta(minutes=15, seconds=1)):
        assert queries.searched_lately(ruth, child) is None
