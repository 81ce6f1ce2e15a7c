"""T2 and T3: the yes that opens the assessment, the no that ends it, and changes of sharing."""

from datetime import date, timedelta

import pytest

from teamaround.accounts.models import Draft
from teamaround.audit.models import Event
from teamaround.casework import assessments, checklists, consenting, teams
from teamaround.casework.models import Assessment, Checklist, Closure
from teamaround.index.models import AssessmentMarker, Involvement
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.outbox.models import Message
from teamaround.sharing import grants
from teamaround.sharing.models import Consent
from teamaround.tasks.models import Task
from tests import makers
from tests.casework.world import Family

APRIL_1 = date(2026, 4, 1)


@pytest.fixture(autouse=True)
def on_the_first_of_april():
    with dates.given(APRIL_1):
        yield


@pytest.fixture
def family(reference):
    return Family()


def may_read(who, episode):
    return grants.live_for(who.pk, who.agency_id).filter(episode=episode.pk).exists()


def test_cw_4_with_consent_the_assessment_begins_under_the_form_in_force(family):
    episode = family.assessing()

    assert episode.state == "assessing"
    first = assessments.current(episode)
    assert (first.version, first.assessor, first.answers.form.key) == (1, family.priya, "common-assessment")
    # 15 working days after 1 April, with Easter between.
    assert episode.assessment_due_on == date(2026, 4, 24)
    assert Task.objects.get(subject=episode.pk, kind="complete-assessment").due_on == date(2026, 4, 24)
    assert Task.objects.get(subject=episode.pk, kind="ask-consent").done_at is not None


def test_cw_4_whoever_may_not_decide_opens_nothing(family):
    episode = family.started()

    with pytest.raises(Refused, match="parental responsibility"):
        consenting.record(episode, **family.consent(given_by=family.nils), by=family.by(family.priya))
    episode.refresh_from_db()
    assert episode.state == "initiated"
    assert not Consent.objects.exists() and not Assessment.objects.exists()


def test_the_index_shows_the_assessment_the_moment_it_is_true_and_nothing_more(family):
    episode = family.assessing()

    marker = AssessmentMarker.objects.get(child=family.tobi)
    assert (marker.episode, marker.holder, marker.from_on, marker.to_on) == (episode.pk, family.priya, APRIL_1, None)
    assert episode.family_told_of_index


def test_if_the_index_cannot_be_told_nothing_was_agreed(family):
    episode = family.started()
    other = family.started(child=makers.child("Mina", "Brandt"))
    makers.keep(AssessmentMarker(child=family.tobi, episode=other.pk, holder=family.ruth, from_on=APRIL_1))

    with pytest.raises(Refused, match="index already shows"):
        consenting.record(episode, **family.consent(), by=family.by(family.priya))
    assert not Consent.objects.exists()


def test_naming_nobody_means_no_to_sharing_and_yes_to_the_assessment(family):
    episode = family.assessing(recipients=[], excluded=[])

    assert episode.state == "assessing"
    assert (episode.store_consent.state, episode.share_consent.state) == ("given", "refused")


def test_cw_5_refusal_closes_without_a_word_of_the_concern(family):
    episode = family.started()

    consenting.refuse(episode, reason="We do not want this", safe="no", by=family.by(family.priya))

    assert (episode.state, episode.closure_reason, episode.closed_on) == ("closed", "consent-refused", APRIL_1)
    assert (episode.reason, episode.over_age_reason) == ("", "")
    assert episode.store_consent.reason == "We do not want this"
    assert Closure.objects.get(episode=episode).safeguarding_considered == "Sign of risk of harm: no"
    assert not Task.objects.filter(subject=episode.pk, done_at=None, dropped_at=None).exists()


def test_cw_5_refusal_tells_the_index_nothing(family):
    episode = family.started()

    consenting.refuse(episode, reason="We do not want this", safe="no", by=family.by(family.priya))

    assert not AssessmentMarker.objects.exists()
    assert not Message.objects.exists()
    assert not Event.objects.filter(action__startswith="assessment-marker").exists()


def test_cw_5_what_led_here_is_purged_and_other_services_notes_stay(family):
    with dates.given(APRIL_1 - timedelta(days=1)):
        mine = checklist(family, family.priya, reason="The house is cold")
        theirs = checklist(family, family.ruth, reason="Sleeps badly")
    episode = family.started()

    consenting.refuse(episode, reason="No", safe="no", by=family.by(family.priya))

    mine.refresh_from_db(), theirs.refresh_from_db(), mine.answers.refresh_from_db(), theirs.answers.refresh_from_db()
    assert (mine.outcome_reason, mine.answers.answers) == ("", {})
    assert (theirs.outcome_reason, theirs.answers.answers) == ("Sleeps badly", {"reason": {"why": "A note"}})
    assert Involvement.objects.filter(child=family.tobi, practitioner=family.priya, state="current").exists()


def test_cw_5_what_was_typed_and_not_sent_is_purged_too(family):
    episode = family.started()
    account = makers.practitioner("Una Vale", account=True).account
    for page in (f"/episodes/{episode.pk}/consent/", "/children/elsewhere/"):
        Draft.objects.create(account=account, page=page, typed={"reason": ["Cold house"]}, kept_at=dates.now())

    consenting.refuse(episode, reason="No", safe="no", by=family.by(family.priya))

    assert [one.page for one in Draft.objects.all()] == ["/children/elsewhere/"]


def checklist(family, who, *, reason: str) -> Checklist:
    """A checklist as its author left it."""
    makers.shipped_forms()
    found = checklists.start(family.tobi, by=family.by(who))
    makers.change(found.answers, answers={"reason": {"why": "A note"}})
    return makers.change(found, outcome_reason=reason, finished_on=dates.today())


def test_cw_5_refusal_asks_what_they_said_and_about_safety_and_nothing_else(family):
    episode = family.started()
    by = family.by(family.priya)

    with pytest.raises(Refused, match="what they said"):
        consenting.refuse(episode, reason="", safe="no", by=by)
    with pytest.raises(Refused, match="sign of harm"):
        consenting.refuse(episode, reason="No", safe="", by=by)
    assert consenting.refuse(episode, reason="No", safe="no", by=by).state == "refused"


def test_cw_5_after_consent_an_episode_ends_by_closing_it_instead(family):
    with pytest.raises(Refused, match="close it"):
        consenting.refuse(family.assessing(), reason="No", safe="no", by=family.by(family.priya))


def test_cw_38_a_service_added_to_the_consent_can_join_and_one_left_out_loses_access(family):
    episode = family.assessing()
    by = family.by(family.priya)
    teams.join(episode, family.ruth, by=by)
    una = makers.practitioner("Una Vale", at=makers.agency("Northmoor Youth"))
    with pytest.raises(Refused, match="has not agreed to share"):
        teams.join(episode, una, by=by)

    agreed = family.consent(recipients=[family.housing, una.agency], excluded=[family.health])
    consenting.share(episode, **agreed, by=by)

    assert not may_read(family.ruth, episode)
    teams.join(episode, una, by=by)
    assert may_read(una, episode)


def test_cw_26_withdrawing_the_sharing_ends_access_at_once_and_leaves_the_coordinator(family):
    episode = family.assessing()
    teams.join(episode, family.ruth, by=family.by(family.priya))
    assert may_read(family.ruth, episode)

    consenting.withdraw_sharing(episode, by=family.by(family.priya))

    assert not may_read(family.ruth, episode)
    episode.refresh_from_db()
    assert (episode.state, episode.coordinator) == ("assessing", family.priya)


def test_cw_26_who_had_access_when_sharing_is_refused_keeps_none_even_if_it_is_agreed_again(family):
    episode = family.assessing()
    by = family.by(family.priya)
    teams.join(episode, family.ruth, by=by)
    consenting.refuse_sharing(episode, reason="With nobody any more", capacity="parent", given_by=family.ama, by=by)
    assert not may_read(family.ruth, episode)
    assert not grants.open_of(episode.pk).exists()
    consenting.record(episode, **family.consent(), by=by)
    assert not may_read(family.ruth, episode)


def test_after_a_withdrawal_the_family_may_agree_again_and_access_is_given_anew(family):
    episode = family.assessing()
    by = family.by(family.priya)
    teams.join(episode, family.ruth, by=by)
    consenting.withdraw_sharing(episode, by=by)

    consenting.record(episode, **family.consent(), by=by)

    assert not may_read(family.ruth, episode)
    assert episode.share_consent.state == "given"


def test_sharing_is_asked_only_after_the_assessment_is_agreed_to(family):
    with pytest.raises(Refused, match="agrees to the assessment itself"):
        consenting.share(family.started(), **family.consent(), by=family.by(family.priya))


def test_renewed_consent_takes_the_place_of_the_earlier_and_the_state_stays(family):
    episode = family.assessing()
    first = episode.store_consent

    with dates.given(APRIL_1 + timedelta(days=300)):
        consenting.record(episode, **family.consent(), by=family.by(family.priya))

    first.refresh_from_db()
    assert (first.state, episode.state) == ("superseded", "assessing")
    assert episode.store_consent.supersedes == first
    assert Assessment.objects.filter(episode=episode).count() == 1
