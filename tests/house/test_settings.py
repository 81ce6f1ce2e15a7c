"""Settings come from the environment only, and an unsafe one stops the start with the cure in the message."""

import runpy
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

import teamaround

SETTINGS = Path(teamaround.__file__).parent / "config" / "settings.py"

GOOD = {
    "TEAMAROUND_MODE": "production",
    "TEAMAROUND_SECRET_KEY": "0123456789" * 5,
    "TEAMAROUND_ORIGIN": "https://teamaround.example.org",
    "DATABASE_URL": "postgresql://teamaround:secret@db.example.org/teamaround",
    "TEAMAROUND_EMAIL_HOST": "mail.example.org",
}
UNSAFE = {
    "no mode": ({"TEAMAROUND_MODE": ""}, "Set it to production"),
    "unknown mode": ({"TEAMAROUND_MODE": "debug"}, "Set it to one of"),
    "no key": ({"TEAMAROUND_SECRET_KEY": ""}, "at least 50 random characters"),
    "short key": ({"TEAMAROUND_SECRET_KEY": "secret"}, "at least 50 random characters"),
    "key of one letter": ({"TEAMAROUND_SECRET_KEY": "k" * 50}, "at least 50 random characters"),
    "short earlier key": ({"TEAMAROUND_SECRET_KEYS_BEFORE": "secret"}, "at least 50 random characters"),
    "no origin": ({"TEAMAROUND_ORIGIN": ""}, "the address people use"),
    "unencrypted origin": ({"TEAMAROUND_ORIGIN": "http://teamaround.example.org"}, "must start with https://"),
    "wildcard origin": ({"TEAMAROUND_ORIGIN": "https://*.example.org"}, "Name the one host"),
    "origin without a host": ({"TEAMAROUND_ORIGIN": "https://"}, "Name the one host"),
    "origin with a path": ({"TEAMAROUND_ORIGIN": "https://teamaround.example.org/"}, "and the host, and no more"),
    "origin of no scheme": ({"TEAMAROUND_ORIGIN": "teamaround.example.org"}, "must start with https://"),
    "no mail": ({"TEAMAROUND_EMAIL_HOST": ""}, "the server that takes mail"),
    "mail port in words": ({"TEAMAROUND_EMAIL_PORT": "smtp"}, "the port that takes mail"),
    "folder for files that is none": ({"TEAMAROUND_FEEDS": "/nowhere/at/all"}, "Set it to the folder"),
    "proxies in words": ({"TEAMAROUND_PROXIES": "two"}, "how many proxies"),
    "database in the clear": ({"DATABASE_URL": f"{GOOD['DATABASE_URL']}?sslmode=prefer"}, "Set sslmode to one of"),
    "no database": ({"DATABASE_URL": ""}, "postgresql://"),
    "another engine": ({"DATABASE_URL": "sqlite:///here.db"}, "PostgreSQL"),
}


def load(monkeypatch, **changes):
    for name, value in (GOOD | changes).items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(SETTINGS))


@pytest.mark.parametrize("case", UNSAFE)
def test_an_unsafe_setting_stops_the_start_and_says_the_cure(monkeypatch, case):
    changes, cure = UNSAFE[case]
    with pytest.raises(ImproperlyConfigured) as stopped:
        load(monkeypatch, **changes)
    assert cure in str(stopped.value)
    assert "secret@" not in str(stopped.value)


def test_production_is_safe_by_default(monkeypatch):
    found = load(monkeypatch)
    assert found["DEBUG"] is False
    assert found["DEMONSTRATION"] is False
    assert found["SESSION_COOKIE_SECURE"] and found["CSRF_COOKIE_SECURE"]
    assert found["SESSION_COOKIE_NAME"].startswith("__Host-") and found["CSRF_COOKIE_NAME"].startswith("__Host-")
    assert found["SECURE_HSTS_SECONDS"] >= 365 * 24 * 3600
    assert found["SECURE_SSL_REDIRECT"]
    assert found["ALLOWED_HOSTS"] == ["teamaround.example.org"]
    assert not found["MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"]
    assert found["SESSIONS_AT_ONCE"] == 2
    assert "database" in found["CACHES"]["default"]["BACKEND"].lower()
    assert "django.contrib.admin" not in found["INSTALLED_APPS"]


def test_a_database_elsewhere_is_reached_by_an_encrypted_connection_only(monkeypatch):
    for address, mode in {
        GOOD["DATABASE_URL"]: "require",
        f"{GOOD['DATABASE_URL']}?sslmode=verify-full&sslrootcert=/etc/ca.pem": "verify-full",
        "postgresql://teamaround@localhost/teamaround": None,
        "postgresql://teamaround@/teamaround?host=/run/postgresql": None,
    }.items():
        for database in load(monkeypatch, DATABASE_URL=address)["DATABASES"].values():
            assert database["OPTIONS"].get("sslmode") == mode, address


def test_mail_leaves_encrypted_unless_it_stays_on_the_machine(monkeypatch):
    assert load(monkeypatch)["EMAIL_USE_TLS"]
    assert not load(monkeypatch, TEAMAROUND_EMAIL_HOST="localhost")["EMAIL_USE_TLS"]
    assert "smtp" in load(monkeypatch)["EMAIL_BACKEND"]


def test_values_travel_apart_from_the_statement_on_every_connection(monkeypatch):
    found = load(monkeypatch)
    assert all(one["OPTIONS"]["server_side_binding"] for one in found["DATABASES"].values())


def test_the_demonstration_has_cookies_of_its_own(monkeypatch):
    found = load(monkeypatch, TEAMAROUND_MODE="demonstration", TEAMAROUND_ORIGIN="http://localhost:8000")
    assert "demonstration" in found["SESSION_COOKIE_NAME"] and "demonstration" in found["CSRF_COOKIE_NAME"]
    assert found["DEBUG"] is False
