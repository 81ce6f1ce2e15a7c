"""The lead professional: proposed, accepted, never two and never a gap (casework.md 5.2-5.4; CW-46, 47, 49-51)."""

from contextlib import suppress
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.test.utils import CaptureQueriesContext

from teamaround.casework import caseload, holds, lead_views, leads, teams
from teamaround.casework.models import Lead
from teamaround.index.models import LeadMarker
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.people.models import Adult
from teamaround.tasks.models import Notice, Task
from teamaround.workforce.terms import AgencyKind, Module
from tests import makers
from tests.casework.leading import level_of, proposed, social_care
from tests.casework.world import Family, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(reference):
    return Family()


@pytest.fixture
def episode(family):
    """An episode whose team has met: Priya, Ruth, Dan, Ama and Nils."""
    return family.met()


# Proposing.


def test_a_proposal_keeps_the_ranking_with_reasons_and_asks_the_person(family, episode):
    lead = proposed(family, episode, family.ruth)
    ruth = str(family.member(episode, family.ruth).pk)
    first = lead.ranking[0]
    assert (first["member"], first["rank"], first["score"]) == (ruth, 1, 21)
    assert first["reasons"][0] == "Has built trust with the child or family: fully (12 of 12)"
    assert {one["member"] for one in lead.ranking} == {
        str(one.pk) for one in teams.current(episode) if one.kind != "child"
    }
    task = Task.objects.get(subject=lead.pk, kind="answer-lead")
    assert task.practitioner == family.ruth
    assert Notice.objects.filter(practitioner=family.ruth, kind="lead-proposed").exists()


def test_the_ranking_is_shown_with_names_and_says_what_holds_somebody_back(family, episode):
    untrained = makers.practitioner("Una Trained", at=family.health, modules=())
    teams.join(episode, untrained, by=family.by(family.priya))
    ruth = family.member(episode, family.ruth)
    order = leads.rank(episode, {str(ruth.pk): {"trust": 3}}, judged={str(ruth.pk): ["conflict", "training"]})
    shown = {one.name: one for one in lead_views.places(episode, order)}
    assert shown["Una Trained"].failed == ["has not completed the training for lead professionals"]
    # What records tell, nobody can say by hand.
    assert shown["Ruth Amis"].failed == ["is held back by an allegation or a conflict of interest"]
    assert shown["Priya Deol"].rank == 1


def test_the_familys_wish_weighs_most(family, episode):
    ruth, priya = (str(family.member(episode, one).pk) for one in (family.ruth, family.priya))
    order = leads.rank(episode, {priya: {"trust": 3}}, wish=ruth)
    assert [str(one.member) for one in order[:2]] == [ruth, priya]


def test_cw_49_whoever_is_not_first_in_the_ranking_needs_a_reason(family, episode):
    priya = str(family.member(episode, family.priya).pk)
    answers = {priya: {"trust": 3}}
    with pytest.raises(Refused, match="not the first in the ranking: enter the reason") as refused:
        proposed(family, episode, family.ruth, answers=answers)
    assert refused.value.field == "reason"
    assert proposed(family, episode, family.ruth, answers=answers, reason="Priya is away in June").reason


def test_cw_49_going_against_the_familys_wish_needs_a_reason(family, episode):
    wish = family.member(episode, family.dan)
    member = str(family.member(episode, family.ruth).pk)
    best = {member: dict.fromkeys(("trust", "fit", "responsibility", "relationship"), 3)}
    with pytest.raises(Refused, match="not the family's wish"):
        proposed(family, episode, family.ruth, answers=best, family_wish_member=wish)
    assert (
        proposed(
            family, episode, family.ruth, answers=best, family_wish_member=wish, reason="Dan leaves in May"
        ).family_wish_member
        == wish
    )


def test_the_first_in_the_ranking_whom_the_family_wishes_needs_no_reason(family, episode):
    assert proposed(family, episode, family.ruth, family_wish_member=family.member(episode, family.ruth))


def test_only_an_adult_member_of_the_team_is_proposed(family, episode):
    child = episode.members.get(kind="child")
    with pytest.raises(Refused, match="Only a member"):
        leads.propose(episode, candidate=child, answers={}, family_wish="", by=family.by(family.priya))


def test_without_the_training_the_line_manager_must_agree(family, episode):
    manager = makers.practitioner("Max Field", at=family.health)
    nurse = makers.practitioner("Una Trained", at=family.health, modules=(Module.INTRO_LEAD,), manager=manager)
    teams.join(episode, nurse, by=family.by(family.priya))
    with pytest.raises(Refused, match="only when their manager agrees: has not completed the training"):
        proposed(family, episode, nurse)
    with_reason = {"reason": "She knows the family best", "manager_agrees": True}
    assert proposed(family, episode, nurse, **with_reason).manager_agrees == manager


def test_where_no_line_manager_is_recorded_none_can_agree(family, episode):
    nurse = makers.practitioner("Una Trained", at=family.health, modules=())
    teams.join(episode, nurse, by=family.by(family.priya))
    with pytest.raises(Refused, match="No line manager is recorded"):
        proposed(family, episode, nurse, manager_agrees=True)


def test_a_manager_is_not_noted_where_there_is_nothing_to_agree_to(family, episode):
    assert proposed(family, episode, family.priya, manager_agrees=True).manager_agrees is None


def test_whom_the_family_does_not_want_cannot_be_proposed(family, episode):
    ruth = family.member(episode, family.ruth)
    with pytest.raises(Refused, match="the child or family does not want them"):
        proposed(family, episode, family.ruth, judged={str(ruth.pk): ["veto"]}, reason="She is the nurse")


@pytest.mark.parametrize("status", ["child-protection", "looked-after"])
def test_cw_47_a_social_worker_leads_for_a_child_on_a_protection_plan_or_looked_after(family, episode, status):
    helper = social_care(family, episode, "Family support worker")
    holds.enter_status(family.tobi, status=status, from_on=dates.today(), by=family.by(family.priya))
    for who in (family.priya, helper):
        with pytest.raises(Refused, match="standing by law"):
            proposed(family, episode, who, reason="We know the family", manager_agrees=True)
    makers.change(helper, job_title="Senior social worker")
    assert proposed(family, episode, helper, reason="The law says so")


def test_cw_47_a_youth_offending_officer_does_not_lead_for_a_looked_after_child(family, episode):
    makers.change(family.health, kind=AgencyKind.YOUTH_OFFENDING)
    makers.change(family.ruth, job_title="Supervising officer")
    assert proposed(family, episode, family.ruth)
    holds.enter_status(family.tobi, status="looked-after", from_on=dates.today(), by=family.by(family.priya))
    with pytest.raises(Refused, match="standing by law"):
        proposed(family, episode, family.ruth)


def test_cw_47_a_standing_that_came_after_the_proposal_stops_the_acceptance(family, episode):
    lead = proposed(family, episode, family.ruth)
    holds.enter_status(family.tobi, status="child-protection", from_on=dates.today(), by=family.by(family.priya))
    with pytest.raises(Refused, match="standing by law"):
        leads.accept(lead, by=family.by(family.ruth))


def test_a_standing_that_is_over_binds_nobody(family, episode):
    today = dates.today()
    holds.enter_status(
        family.tobi,
        status="looked-after",
        from_on=today - timedelta(days=90),
        to_on=today - timedelta(days=1),
        by=family.by(family.priya),
    )
    assert proposed(family, episode, family.ruth)


def test_a_new_proposal_withdraws_the_one_that_waits(family, episode):
    first = proposed(family, episode, family.ruth)
    second = proposed(family, episode, family.dan)
    first.refresh_from_db()
    assert (first.state, second.state) == ("withdrawn", "proposed")
    assert not Task.objects.filter(subject=first.pk, dropped_at=None).exists()
    with pytest.raises(Refused, match="already answered or withdrawn"):
        leads.accept(first, by=family.by(family.ruth))


def test_nobody_is_proposed_before_the_assessment_is_signed_off(family):
    early = family.assessing()
    teams.gather_family(early, by=family.by(family.priya))
    with pytest.raises(Refused, match="from the assessment's sign-off"):
        proposed(family, early, family.priya)


# Answering.


def test_cw_50_only_whoever_is_proposed_can_answer(family, episode):
    lead = proposed(family, episode, family.ruth)
    with pytest.raises(Refused, match="Only whoever is proposed can accept"):
        leads.accept(lead, by=family.by(family.priya))
    with pytest.raises(Refused, match="Only whoever is proposed can decline"):
        leads.decline(lead, because="No", by=family.by(family.priya))


def test_on_acceptance_the_index_shows_who_leads_and_the_lead_may_write(family, episode):
    lead = proposed(family, episode, family.ruth)
    assert level_of(episode, family.ruth) == "contribute"
    assert not LeadMarker.objects.filter(child=family.tobi).exists()
    leads.accept(lead, by=family.by(family.ruth))
    assert level_of(episode, family.ruth) == "write"
    marker = LeadMarker.objects.get(child=family.tobi, to_on=None)
    assert marker.involvement.practitioner == family.ruth
    assert Notice.objects.filter(practitioner=family.priya, kind="lead-accepted").exists()
    assert not Task.objects.filter(subject=lead.pk, done_at=None).exists()


def test_cw_50_declining_leaves_the_former_lead_and_tells_the_proposer_why(family, episode):
    family.led(episode, who=family.priya)
    lead = proposed(family, episode, family.ruth)
    with pytest.raises(Refused, match="why you cannot lead"):
        leads.decline(lead, because=" ", by=family.by(family.ruth))
    leads.decline(lead, because="On leave from June", by=family.by(family.ruth))
    assert leads.active(episode).member.practitioner == family.priya
    assert (lead.state, lead.declined_because) == ("declined", "On leave from June")
    assert Notice.objects.filter(practitioner=family.priya, kind="lead-declined").exists()


def test_cw_51_a_handover_is_complete_only_when_the_new_lead_accepts_and_leaves_no_gap(reference):
    with dates.given(date(2026, 5, 6)):
        family = Family()
        episode = family.led(family.met(), who=family.ruth)
    with dates.given(at(date(2026, 6, 1), 10)):
        lead = proposed(family, episode, family.dan)
        assert leads.active(episode).member.practitioner == family.ruth
    with dates.given(at(date(2026, 6, 3), 14)):
        leads.accept(lead, by=family.by(family.dan))
    former = Lead.objects.get(episode=episode, state="ended")
    assert (former.during.lower, former.during.upper) == (at(date(2026, 5, 6)), at(date(2026, 6, 3), 14))
    assert (leads.active(episode).during.lower, leads.active(episode).during.upper) == (former.during.upper, None)
    markers = LeadMarker.objects.filter(child=family.tobi).order_by("from_on")
    assert [(one.involvement.practitioner, one.to_on) for one in markers] == [
        (family.ruth, date(2026, 6, 3)),
        (family.dan, None),
    ]


def test_whoever_led_stays_in_the_team_without_the_right_to_write(family, episode):
    family.led(episode, who=family.ruth)
    leads.accept(proposed(family, episode, family.dan), by=family.by(family.dan))
    assert (level_of(episode, family.ruth), level_of(episode, family.dan)) == ("contribute", "write")
    assert Notice.objects.filter(practitioner=family.ruth, kind="lead-ended").exists()


def test_whoever_leads_already_is_not_proposed_again(family, episode):
    family.led(episode, who=family.ruth)
    with pytest.raises(Refused, match="leads already"):
        proposed(family, episode, family.ruth)


def test_a_parent_may_lead_with_a_practitioner_beside_them_who_answers(family, episode):
    with pytest.raises(Refused, match="which practitioner supports"):
        proposed(family, episode, family.ama)
    lead = proposed(family, episode, family.ama, supported_by=family.member(episode, family.ruth))
    leads.accept(lead, by=family.by(family.ruth))
    marker = LeadMarker.objects.get(child=family.tobi, to_on=None)
    assert marker.family_member_leads and marker.involvement is None
    assert level_of(episode, family.ruth) == "write"
    assert leads.name_of(leads.active(episode)) == "Ama Okafor"
    assert isinstance(lead.member.adult, Adult)


def test_a_practitioner_who_leads_needs_nobody_beside_them(family, episode):
    with pytest.raises(Refused, match="Only a family member"):
        proposed(family, episode, family.ruth, supported_by=family.member(episode, family.dan))


# One at a time.


def test_cw_46_there_is_one_deputy_at_most_and_it_is_somebody_else(family, episode):
    family.led(episode, who=family.ruth)
    lead = leads.active(episode)
    dan, ruth = family.member(episode, family.dan), family.member(episode, family.ruth)
    with pytest.raises(Refused, match="somebody else than the lead"):
        leads.set_deputy(lead, ruth, by=family.by(family.priya))
    with pytest.raises(Refused, match="Only a practitioner of the team"):
        leads.set_deputy(lead, family.member(episode, family.ama), by=family.by(family.priya))
    leads.set_deputy(lead, dan, by=family.by(family.priya))
    leads.set_deputy(lead, family.member(episode, family.priya), by=family.by(family.priya))
    assert leads.active(episode).deputy.practitioner == family.priya
    leads.set_deputy(lead, None, by=family.by(family.priya))
    assert leads.active(episode).deputy is None


def test_cw_46_the_database_holds_one_lead_at_a_time(family, episode):
    family.led(episode, who=family.ruth)
    now = leads.active(episode).during.lower
    second = Lead(
        episode=episode,
        member=family.member(episode, family.dan),
        state="ended",
        proposed_by=family.priya,
        proposed_at=now,
        during=DateTimeTZRange(now, now + timedelta(days=1)),
    )
    with pytest.raises(IntegrityError, match="one_lead_at_a_time"), transaction.atomic():
        makers.keep(second)


def test_when_the_episode_ends_nobody_leads_and_no_proposal_waits(family, episode):
    family.led(episode, who=family.ruth)
    waiting = proposed(family, episode, family.dan)
    leads.end(episode, by=family.by(family.priya))
    waiting.refresh_from_db()
    assert leads.active(episode) is None and waiting.state == "withdrawn"
    assert not LeadMarker.objects.filter(child=family.tobi, to_on=None).exists()


@pytest.mark.django_db(transaction=True)
def test_cw_46_of_two_who_accept_or_answer_at_once_the_database_lets_one_through():
    makers.reference()
    family = Family()
    episode = family.met()
    lead = proposed(family, episode, family.ruth)
    ready, answers = Barrier(2), []

    def accept():
        try:
            ready.wait()
            with suppress(Refused):
                answers.append(leads.accept(Lead.objects.get(pk=lead.pk), by=family.by(family.ruth)).state)
        finally:
            connections.close_all()

    both = [Thread(target=accept) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert answers == ["active"]
    assert Lead.objects.filter(episode=episode, state="active").count() == 1
    assert LeadMarker.objects.filter(child=family.tobi, to_on=None).count() == 1


# How much somebody carries.


def test_a_score_counts_what_somebody_leads_coordinates_and_takes_part_in(family, episode):
    family.led(episode, who=family.ruth)
    carried = caseload.scores([family.priya.pk, family.ruth.pk, family.dan.pk, family.jo.pk])
    # Additional needs 1, two further agencies 0.5, first eight weeks 0.5: the episode weighs 2.
    assert {key: float(value) for key, value in carried.items()} == {
        family.priya.pk: 1.0,
        family.ruth.pk: 2.0,
        family.dan.pk: 0.8,
        family.jo.pk: 0.0,
    }


def test_a_full_caseload_needs_the_managers_word_and_half_a_week_is_full_sooner(family, episode):
    makers.change(family.ruth, full_time_equivalent="0.05", manager=family.jo)
    family.ruth.refresh_from_db()
    assert float(caseload.limits([family.ruth])[family.ruth.pk]) == 0.6
    with pytest.raises(Refused, match="already carries a full caseload"):
        proposed(family, episode, family.ruth, reason="She has the trust")
    assert proposed(family, episode, family.ruth, reason="She has the trust", manager_agrees=True).manager_agrees


def test_candidates_are_ranked_in_a_fixed_number_of_questions(family, episode):
    with CaptureQueriesContext(connection) as few:
        leads.rank(episode, {})
    for n in range(5):
        where = (family.school, family.health, family.housing)[n % 3]
        teams.join(episode, makers.practitioner(f"Worker {n}", at=where), by=family.by(family.priya))
    with CaptureQueriesContext(connection) as many:
        assert len(leads.rank(episode, {})) == 10
    assert len(many) == len(few)
