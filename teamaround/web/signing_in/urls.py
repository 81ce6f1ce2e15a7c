"""The addresses of signing in. Of allauth's, only those that are used here: no sign-up, no change of email address."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from allauth.usersessions import views as sessions
from django.urls import path, re_path

from . import pages
from .gates import one_factor_stays, second_factor_shown, setting_up

#: for anyone: who is at the keyboard is not known yet
entrance = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-in/code/", mfa.authenticate, name="mfa_authenticate"),
    path("sign-in/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    # allauth's mails know this name; instead of a sign-up the page says where accounts come from
    path("sign-in/no-account/", pages.no_account, name="account_signup"),
    path("sign-in/closed/", account.account_inactive, name="account_inactive"),
    path("sign-in/suspended/", pages.dormant, name="account_dormant"),
    path("sign-out/", account.logout, name="account_logout"),
    path("password/forgotten/", account.password_reset, name="account_reset_password"),
    path("password/forgotten/sent/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/new/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
]

#: for somebody with a password and as yet no second factor, too
set_up = [
    path("account/", setting_up(mfa.index), name="mfa_index"),
    path("account/app/", setting_up(app.activate_totp), name="mfa_activate_totp"),
    path("account/passkeys/add/", setting_up(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("account/confirm/", setting_up(account.reauthenticate), name="account_reauthenticate"),
]

#: for whoever has shown a second factor
account_pages = [
    path("account/confirm/code/", second_factor_shown(mfa.reauthenticate), name="mfa_reauthenticate"),
    path(
        "account/confirm/passkey/",
        second_factor_shown(passkeys.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("account/password/", second_factor_shown(account.password_change), name="account_change_password"),
    path("account/password/first/", second_factor_shown(account.password_set), name="account_set_password"),
    path("account/app/remove/", one_factor_stays(app.deactivate_totp), name="mfa_deactivate_totp"),
    path("account/passkeys/", second_factor_shown(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("account/passkeys/<int:pk>/rename/", second_factor_shown(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
    path("account/passkeys/<int:pk>/remove/", one_factor_stays(passkeys.remove_webauthn), name="mfa_remove_webauthn"),
    path("account/recovery-codes/", second_factor_shown(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "account/recovery-codes/new/",
        second_factor_shown(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("account/sessions/", second_factor_shown(sessions.list_usersessions), name="usersessions_list"),
]

urlpatterns = [*entrance, *set_up, *account_pages]
