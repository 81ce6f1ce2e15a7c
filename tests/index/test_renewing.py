"""Involvements lapse unless affirmed, and are never left behind: IX-14, 18, 35, 36."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from teamaround.access import door
from teamaround.access.policy import Action
from teamaround.accounts import opening
from teamaround.audit.actor import system
from teamaround.audit.models import Event
from teamaround.index import daily, involvement, markers, queries, renewing, starting
from teamaround.index.models import Involvement, LeadMarker, Prompt
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.tasks import trays
from teamaround.workforce import agencies
from tests import makers
from tests.index import children
from tests.signing_in import account_of, sign_in
from tests.web.sending import send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

NIGHT = system("life of records")
#: a Tuesday
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _today():
    with dates.given(TODAY):
        yield


@pytest.fixture
def jo():
    return makers.practitioner("Jo Prior", roles=("manager",))


@pytest.fixture
def ruth(jo):
    return makers.practitioner("Ruth Amis", at=jo.agency, manager=jo)


@pytest.fixture
def child():
    return children.register()


@pytest.fixture
def works(child, ruth):
    return involvement.record(child, practitioner=ruth, role="Health visitor", from_on=TODAY, by=makers.TESTER)


def night(day):
    with dates.given(day):
        daily.run(day, by=NIGHT)


def asked():
    return trays.waiting().filter(kind="confirm-involvement")


def unconfirmed(child, day):
    with dates.given(day):
        return [one.unconfirmed for one in queries.who_works_with(child) if one.involvement]


def test_ix_35_after_half_a_year_the_practitioner_is_asked_once_until_the_next_half_year(works, ruth):
    night(date(2027, 5, 23))
    assert not asked().exists()
    for day in (date(2027, 5, 24), date(2027, 5, 25), date(2027, 11, 23)):
        night(day)
        assert Prompt.objects.count() == 1
    assert asked().get().practitioner == ruth
    night(date(2027, 11, 24))
    assert Prompt.objects.count() == 2


def test_ix_35_after_two_missed_prompts_it_shows_since_when_it_is_unconfirmed(works, child):
    night(date(2027, 5, 24))
    night(date(2027, 11, 24))
    assert unconfirmed(child, date(2027, 12, 22)) == [""]
    assert unconfirmed(child, date(2027, 12, 23)) == ["24 November 2026"]


def test_ix_35_whoever_affirms_is_asked_again_half_a_year_later(works, child, ruth):
    night(date(2027, 5, 24))
    night(date(2027, 11, 24))
    with dates.given(date(2028, 1, 10)):
        renewing.affirm(works, by=makers.actor(ruth))
    assert unconfirmed(child, date(2028, 1, 11)) == [""]
    assert not asked().exists()
    night(date(2028, 7, 9))
    assert not asked().exists()
    night(date(2028, 7, 10))
    assert asked().exists()


def test_ix_35_nobody_affirms_for_somebody_else(works):
    with pytest.raises(Refused, match="Only whoever"):
        renewing.affirm(works, by=makers.actor(makers.practitioner()))


def test_ix_35_an_answer_on_the_page_affirms_or_ends(works, child, ruth):
    client, address = sign_in(Client(), ruth), reverse("confirm_involvement", args=[works.pk])
    assert send(client, address, still="yes").status_code == 302
    assert Prompt.objects.get().answered_on == TODAY
    assert send(client, address, still="no", on=TODAY.isoformat()).status_code == 302
    assert involvement.current(child, ruth) is None
    other = sign_in(Client(), makers.practitioner())
    assert other.get(address).status_code == 404


def test_ix_34_a_past_involvement_is_shown_for_twelve_months(works, child):
    involvement.end(works, on=TODAY, by=makers.TESTER)
    with dates.given(date(2027, 11, 24)):
        assert [one.past for one in queries.who_works_with(child) if one.involvement] == [True]
    with dates.given(date(2027, 11, 25)):
        assert [one for one in queries.who_works_with(child) if one.involvement] == []


# Somebody goes.


def go(who, jo, last=TODAY):
    agencies.end_post(who, on=last, by=makers.actor(jo))


def test_ix_36_when_a_post_ends_the_manager_is_asked_and_passes_it_on(works, child, ruth, jo):
    dan = makers.practitioner("Dan Cole", at=jo.agency)
    go(ruth, jo)
    day = TODAY + timedelta(days=1)
    night(day)
    task = trays.waiting().get(kind="place-involvements")
    assert (task.practitioner, task.due_on) == (jo, date(2026, 12, 2))
    with dates.given(day):
        renewing.pass_on(works, to=dan, by=makers.actor(jo))
    assert involvement.current(child, dan).role == "Health visitor"
    assert not trays.waiting().filter(kind="place-involvements").exists()


def test_ix_36_what_nobody_places_in_time_ends_by_itself_also_for_a_lead(works, child, ruth, jo):
    markers.lead_named(child, involvement=works, on=TODAY, by=makers.TESTER)
    go(ruth, jo)
    night(TODAY + timedelta(days=1))
    night(date(2026, 12, 2))
    assert involvement.current(child, ruth)
    night(date(2026, 12, 3))
    assert Involvement.objects.get().state == "ended"
    assert LeadMarker.objects.get().to_on == date(2026, 12, 3)
    assert not trays.waiting().filter(kind="place-involvements").exists()


def test_ix_36_without_a_manager_it_ends_the_same_night(works, ruth, jo):
    makers.change(ruth, manager=None, leaves_on=TODAY)
    night(TODAY + timedelta(days=1))
    assert Involvement.objects.get().state == "ended"


def test_ix_36_a_closed_account_leaves_nothing_behind_either(works, ruth):
    account = account_of(ruth)
    type(account).objects.filter(pk=account.pk).update(is_active=False)
    assert renewing.left_behind(TODAY).get() == works


def test_ix_36_only_their_manager_places_it_and_only_with_a_colleague(works, ruth, jo):
    go(ruth, jo, TODAY - timedelta(days=1))
    stranger = makers.practitioner(roles=("manager",))
    assert not door.visible(makers.actor(stranger), Action.PLACE_INVOLVEMENT).exists()
    with pytest.raises(Refused, match="same agency"):
        renewing.pass_on(works, to=stranger, by=makers.actor(jo))
    client = sign_in(Client(), jo)
    address = reverse("place_involvement", args=[works.pk])
    assert address in client.get("/my-team/").content.decode()
    assert send(client, address, what="end").url == reverse("team_work")
    assert Involvement.objects.get().state == "ended"


def test_ix_14_a_leaver_loses_the_open_session_at_once_and_keeps_their_name(works, ruth, jo):
    client = sign_in(Client(), ruth)
    assert client.get("/").status_code == 200
    manager = sign_in(Client(), jo)
    last = (TODAY - timedelta(days=1)).isoformat()
    assert send(manager, reverse("end_post", args=[ruth.pk]), on=last).status_code == 302
    assert client.get("/").status_code == 403
    ruth.refresh_from_db()
    assert (ruth.name, ruth.leaves_on) == ("Ruth Amis", TODAY - timedelta(days=1))


def test_ix_14_the_account_of_a_leaver_is_closed_in_the_night_and_everything_keeps_its_name(works, child, ruth, jo):
    account, client = account_of(ruth), sign_in(Client(), ruth)
    go(ruth, jo)
    agencies.close_accounts_of_leavers(TODAY, by=NIGHT)
    assert client.get("/").status_code == 200
    for _ in range(2):
        agencies.close_accounts_of_leavers(TODAY + timedelta(days=1), by=NIGHT)
    account.refresh_from_db()
    assert not account.is_active
    assert client.get("/").url.startswith(reverse("account_login"))
    assert Event.objects.filter(action="account.closed", record_id=account.pk).count() == 1
    assert "Ruth Amis" in [one.name for one in queries.who_works_with(child)]


def test_ix_13_nobody_closes_their_own_account(ruth):
    account = account_of(ruth)
    with pytest.raises(Refused, match="their own"):
        opening.close(account, by=makers.actor(ruth))


@pytest.mark.parametrize("lapsed", [{"cleared_on": date(2023, 11, 23)}, {"agreed_terms_on": None}])
def test_ix_12_ix_14_whoever_lapses_is_stopped_in_the_open_session_within_a_minute(ruth, lapsed):
    client = sign_in(Client(), ruth)
    assert client.get("/").status_code == 200
    makers.change(ruth, **lapsed)
    assert client.get("/").status_code == 403


def test_ix_13_nobody_ends_or_raises_their_own_post(jo):
    with pytest.raises(Refused, match="line manager"):
        agencies.end_post(jo, on=TODAY, by=makers.actor(jo))
    with pytest.raises(Refused, match="yourself"):
        agencies.give_role(jo, role="steward", from_on=TODAY, by=makers.actor(jo))


# Declared starts.


def test_ix_18_a_start_unanswered_after_five_days_stands_on_the_managers_list(child, ruth, jo):
    starting.declare(child, search=children.search(ruth), by=makers.actor(ruth))
    with dates.given(date(2026, 12, 1)):
        assert queries.unanswered_starts(jo.pk) == []
    with dates.given(date(2026, 12, 2)):
        assert [one.who for one in queries.unanswered_starts(jo.pk)] == ["Ruth Amis"]
        page = sign_in(Client(), jo).get("/my-team/").content.decode()
    assert "Declared starts that were not followed up" in page and "Katherine" not in page
