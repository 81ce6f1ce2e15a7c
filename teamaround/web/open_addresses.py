"""Every address that declares no action of the policy, each with the reason why it may be without one."""

ENTRANCE = "for anyone: who is at the keyboard is not known yet"
OWN_ACCOUNT = "somebody's own account only; shows no record of anybody else"

OPEN_ADDRESSES: dict[str, str] = {
    "account_login": ENTRANCE,
    "mfa_authenticate": ENTRANCE,
    "mfa_login_webauthn": ENTRANCE,
    "account_signup": "for anyone: says where accounts come from, and makes none",
    "account_inactive": ENTRANCE,
    "account_dormant": "for anyone: says what to do when nobody had used an account for long, and of no account",
    "account_logout": "for anyone: leaving needs no permission",
    "account_reset_password": ENTRANCE,
    "account_reset_password_done": ENTRANCE,
    "account_reset_password_from_key": ENTRANCE,
    "account_reset_password_from_key_done": ENTRANCE,
    "mfa_index": OWN_ACCOUNT,
    "mfa_activate_totp": OWN_ACCOUNT,
    "mfa_add_webauthn": OWN_ACCOUNT,
    "account_reauthenticate": OWN_ACCOUNT,
    "mfa_reauthenticate": OWN_ACCOUNT,
    "mfa_reauthenticate_webauthn": OWN_ACCOUNT,
    "account_change_password": OWN_ACCOUNT,
    "account_set_password": OWN_ACCOUNT,
    "mfa_deactivate_totp": OWN_ACCOUNT,
    "mfa_list_webauthn": OWN_ACCOUNT,
    "mfa_edit_webauthn": OWN_ACCOUNT,
    "mfa_remove_webauthn": OWN_ACCOUNT,
    "mfa_view_recovery_codes": OWN_ACCOUNT,
    "mfa_generate_recovery_codes": OWN_ACCOUNT,
    "usersessions_list": OWN_ACCOUNT,
    "keep": "keeps what somebody types for its owner, who is named in a signed token; shows nothing",
    "policy_report": "browsers send it by themselves; notes which kind of page broke the policy, and shows nothing",
    "demonstration": "exists in the demonstration only, where everybody is invented",
    "live": "for the load balancer; says only whether the process is up",
    "ready": "for the load balancer; says only whether the database answers",
    "writable": "for the pager; says only whether the database can be written",
}
