"""IX-11: sign-in needs two factors; a password alone never yields access."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from teamaround.accounts import factors
from teamaround.accounts.models import Account
from teamaround.audit.models import Event, Kind
from teamaround.kit import dates
from tests.signing_in import PASSWORD, code_of, give_app, sign_in

pytestmark = pytest.mark.django_db

HOME = "/"


def enter_password(client, account, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": account.email, "password": password})


def enter_code(client, secret, **steps):
    return client.post(reverse("mfa_authenticate"), {"code": code_of(secret, **steps)})


def signed_in(client):
    return "_auth_user_id" in client.session


def kinds():
    return list(Event.objects.filter(kind=Kind.SIGN_IN).order_by("at").values_list("action", flat=True))


def test_ix_11_with_a_factor_the_password_alone_does_not_sign_in(client, account):
    give_app(account)
    answer = enter_password(client, account)
    assert answer.url == reverse("mfa_authenticate")
    assert not signed_in(client)


def test_ix_11_password_and_code_sign_in(client, account):
    secret = give_app(account)
    enter_password(client, account)
    enter_code(client, secret)
    assert signed_in(client)
    assert client.get(HOME).status_code == 200


def test_ix_11_without_a_factor_every_page_leads_to_setting_one_up(client, account):
    enter_password(client, account)
    for name in ("home", "account_change_password", "usersessions_list"):
        assert client.get(reverse(name)).url == reverse("mfa_index"), name
    assert client.get(reverse("mfa_index")).status_code == 200


@pytest.mark.django_db(transaction=True, databases=["default", "audit"])
def test_ix_11_setting_up_an_app_makes_the_session_count_under_a_new_id(client, account, mailoutbox):
    enter_password(client, account)
    before = client.session.session_key
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert answer.url == reverse("mfa_view_recovery_codes")
    assert client.session.session_key != before
    assert client.get(HOME).status_code == 200
    assert {"factor.added"} <= set(kinds())
    assert "An authenticator app was set up" in mailoutbox[0].subject


def test_ix_11_a_session_opened_before_there_was_a_factor_cannot_add_its_own(client, account):
    enter_password(client, account)
    give_app(account)
    answer = client.get(reverse("mfa_add_webauthn"))
    assert answer.url == reverse("account_login")
    assert not signed_in(client)


def test_a_code_is_taken_once_for_as_long_as_it_fits(client, account, time_machine):
    secret = give_app(account)
    time_machine.move_to("2026-03-02 09:00:00+00:00")
    code = code_of(secret)
    enter_password(client, account)
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert signed_in(client)
    client.logout()
    time_machine.move_to("2026-03-02 09:00:40+00:00")
    enter_password(client, account)
    answer = client.post(reverse("mfa_authenticate"), {"code": code})
    assert not signed_in(client)
    assert "used already" in answer.content.decode()


def test_recovery_codes_are_shown_once_and_each_works_once(client, account, priya):
    give_app(account)
    sign_in(client, priya)
    client.post(reverse("mfa_generate_recovery_codes"))
    codes = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert len(codes) == 10
    assert codes[0] not in client.get(reverse("mfa_view_recovery_codes")).content.decode()
    for works in (True, False):
        client.logout()
        enter_password(client, account)
        client.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert signed_in(client) is works


def test_the_only_second_factor_cannot_be_removed(client, account, priya):
    give_app(account)
    sign_in(client, priya)
    client.post(reverse("mfa_deactivate_totp"))
    assert factors.count_of(account.pk) == 1


def test_secrets_of_factors_are_stored_encrypted(account):
    secret = give_app(account)
    stored = account.authenticator_set.get().data["secret"]
    assert secret not in stored
    assert account.authenticator_set.get().wrap().validate_code(code_of(secret))


def test_a_key_that_was_in_use_before_still_opens_stored_secrets(account, settings):
    secret = give_app(account)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key of the service, long enough to be one"
    assert account.authenticator_set.get().wrap().validate_code(code_of(secret))


def test_signing_in_gives_the_session_a_new_id(client, account):
    client.get(reverse("account_login"))
    session = client.session
    session["something"] = 1
    session.save()
    before = session.session_key
    enter_password(client, account)
    assert signed_in(client)
    assert client.session.session_key != before


def test_ix_13_nobody_makes_an_account_by_themselves(client, db):
    answer = client.post(reverse("account_signup"), {"email": "new@example.org", "password1": PASSWORD})
    assert "Nobody makes an account by themselves" in answer.content.decode()
    assert not Account.objects.filter(email="new@example.org").exists()


def test_known_and_unknown_addresses_get_the_same_answer(client, account):
    wrong = enter_password(client, account, "not the password at all")
    account.email = "nobody.there@example.org"
    unknown = enter_password(client, account, "not the password at all")
    assert wrong.status_code == unknown.status_code == 200
    assert wrong.context["form"].errors == unknown.context["form"].errors
    for known in (True, False):
        answer = client.post(reverse("account_reset_password"), {"email": f"{known}@example.org"})
        assert answer.url == reverse("account_reset_password_done")


def test_after_five_wrong_passwords_the_right_one_is_not_asked_for(client, account):
    give_app(account)
    for _ in range(5):
        enter_password(client, account, "not the password at all")
    answer = enter_password(client, account)
    assert "Too many tries" in answer.content.decode()
    assert kinds()[-1] == "sign-in.held-back"


def test_passwords_are_at_least_12_characters_and_none_of_the_common_ones(client, account, priya):
    give_app(account)
    sign_in(client, priya)
    for poor in ("short1!", "qwertyuiop123", "TeamAround 2026!", "x" * 129):
        answer = client.post(
            reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": poor, "password2": poor}
        )
        assert answer.status_code == 200, poor
        assert answer.context["form"].errors["password1"], poor


def test_another_password_ends_the_other_sessions(client, account, priya, django_user_model):
    other = client.__class__()
    sign_in(client, priya)
    sign_in(other, priya)
    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "seven green boats", "password2": "seven green boats"},
    )
    assert client.get(HOME).status_code == 200
    assert other.get(HOME).url.startswith(reverse("account_login"))
    assert "password.changed" in kinds()


def test_a_forgotten_password_is_replaced_by_a_link_in_the_mail(client, account, mailoutbox):
    secret = give_app(account)
    client.post(reverse("account_reset_password"), {"email": account.email})
    link = next(line for line in mailoutbox[0].body.splitlines() if line.startswith("http"))
    form = client.get(link).url
    new = {"password1": "seven green boats", "password2": "seven green boats"}
    assert client.post(form, new).url == reverse("account_reset_password_from_key_done")
    assert not signed_in(client)
    enter_password(client, account, "seven green boats")
    enter_code(client, secret)
    assert signed_in(client)
    assert "password.reset" in kinds()


def test_a_closed_account_cannot_sign_in_and_loses_its_sessions_at_once(client, account, priya):
    sign_in(client, priya)
    account.is_active = False
    account.save()
    assert client.get(HOME).url.startswith(reverse("account_login"))
    fresh = client.__class__()
    enter_password(fresh, account)
    assert not signed_in(fresh)


def test_an_account_that_nobody_used_for_45_days_is_suspended(client, account):
    give_app(account)
    for days, after in ((44, reverse("mfa_authenticate")), (46, reverse("account_dormant"))):
        with dates.given(dates.now() + timedelta(days=days)):
            assert enter_password(client.__class__(), account).url == after
    assert Event.objects.get(action="sign-in.kept-out").facts == {"because": "dormant"}
    assert "ask your manager" in client.get(reverse("account_dormant")).content.decode()


def test_each_sign_in_begins_the_45_days_anew(client, account, priya):
    later = dates.now() + timedelta(days=30)
    with dates.given(later):
        sign_in(client, priya)
    account.refresh_from_db()
    assert account.last_seen_at == later


def test_a_suspended_account_is_opened_again_by_whoever_runs_the_server(client, account):
    give_app(account)
    with dates.given(dates.now() + timedelta(days=46)):
        call_command("open_account_again", account.email)
        assert enter_password(client, account).url == reverse("mfa_authenticate")
        with pytest.raises(CommandError, match="not suspended"):
            call_command("open_account_again", account.email)
    assert Event.objects.filter(action="account.opened-again", record_id=account.pk).exists()


def test_after_five_wrong_codes_the_right_one_is_not_taken(client, account):
    secret = give_app(account)
    enter_password(client, account)
    for _ in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    enter_code(client, secret)
    assert not signed_in(client)


def test_a_new_password_can_be_asked_for_three_times_an_hour(client, account, mailoutbox):
    for _ in range(5):
        client.post(reverse("account_reset_password"), {"email": account.email})
    assert len(mailoutbox) == 3
