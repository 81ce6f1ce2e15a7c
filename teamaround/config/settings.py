"""Everything comes from the environment; what is unsafe or missing stops the start and says the cure."""

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

PACKAGE = Path(__file__).resolve().parent.parent
MODES = ("production", "demonstration", "test")


def _needed(name: str, cure: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. {cure}")
    return value


MODE = _needed("TEAMAROUND_MODE", "Set it to production; ./do demo and ./do test set it by themselves.")
if MODE not in MODES:
    raise ImproperlyConfigured(f"TEAMAROUND_MODE is {MODE!r}. Set it to one of: {', '.join(MODES)}.")
DEMONSTRATION = MODE == "demonstration"
TESTING = MODE == "test"

SECRET_KEY = _needed(
    "TEAMAROUND_SECRET_KEY", "Set it to at least 50 random characters and keep it out of the repository."
)
#: keys in use before this one: they open what was stored under them until it is stored anew
SECRET_KEY_FALLBACKS = [one for one in os.environ.get("TEAMAROUND_SECRET_KEYS_BEFORE", "").split(",") if one]
if any(len(one) < 50 or len(set(one)) < 10 for one in [SECRET_KEY, *SECRET_KEY_FALLBACKS]) and not TESTING:
    raise ImproperlyConfigured(
        "TEAMAROUND_SECRET_KEY is too short or can be guessed. Set it to at least 50 random characters."
    )

#: where people reach the service, such as https://teamaround.example.org
ORIGIN = _needed("TEAMAROUND_ORIGIN", "Set it to the address people use, such as https://teamaround.example.org.")
_origin = urlsplit(ORIGIN)
if MODE == "production" and _origin.scheme != "https":
    raise ImproperlyConfigured("TEAMAROUND_ORIGIN must start with https:// outside the demonstration.")
ALLOWED_HOSTS = [_origin.hostname or ""]
CSRF_TRUSTED_ORIGINS = [ORIGIN]
if MODE != "production":
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]
    CSRF_TRUSTED_ORIGINS += [f"http://127.0.0.1:{_origin.port or 80}"]
if not _origin.hostname or "*" in _origin.hostname:
    raise ImproperlyConfigured("TEAMAROUND_ORIGIN names no host, or a wildcard. Name the one host people use.")

if _origin.scheme not in ("http", "https") or _origin.path or _origin.query or _origin.username:
    raise ImproperlyConfigured("TEAMAROUND_ORIGIN says more than where. Set it to https:// and the host, and no more.")

DEBUG = False
#: hosts that are reached without a network
HERE = ("", "localhost", "127.0.0.1", "::1")
#: how libpq may be told to encrypt, without leave to do without
ENCRYPTED = ("require", "verify-ca", "verify-full")


def _database(url: str) -> dict:
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise ImproperlyConfigured("DATABASE_URL is not of PostgreSQL. Set it to postgresql://user:password@host/name.")
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    host, port = query.pop("host", parts.hostname or ""), query.pop("port", "")
    elsewhere = host not in HERE and not host.startswith("/")
    # By itself libpq goes on without encryption where the other side, or somebody between, has none.
    if MODE == "production" and elsewhere and query.setdefault("sslmode", "require") not in ENCRYPTED:
        raise ImproperlyConfigured(
            f"DATABASE_URL allows a connection without encryption. Set sslmode to one of: {', '.join(ENCRYPTED)}."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or port),
        "CONN_MAX_AGE": 0 if TESTING else 300,
        "CONN_HEALTH_CHECKS": True,
        # Values travel apart from the statement, so that no case text reaches the server's log.
        "OPTIONS": {**query, "server_side_binding": True, "application_name": "teamaround"},
    }


_url = _needed(
    "DATABASE_URL",
    "Set it to postgresql://user:password@host/name; ./do demo and ./do test start a private server by themselves.",
)
# Disclosures are committed on a connection of their own, apart from the request's transaction.
DATABASES = {"default": _database(_url), "audit": _database(_url)}
DATABASES["audit"]["TEST"] = {"MIRROR": "default"}
if "TEAMAROUND_TEST_DATABASE" in os.environ:
    DATABASES["default"]["TEST"] = {"NAME": os.environ["TEAMAROUND_TEST_DATABASE"]}
AUDIT_DATABASE = "audit"
DATABASE_ROUTERS = ["teamaround.config.routing.AuditIsNoPlaceToRead"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "procrastinate.contrib.django",
    "teamaround.kit.govuk",
    "teamaround.audit",
    "teamaround.reference",
    "teamaround.outbox",
    "teamaround.accounts",
    "teamaround.places",
    "teamaround.workforce",
    "teamaround.people",
    "teamaround.tasks",
    "teamaround.sharing",
    "teamaround.forms",
    "teamaround.index",
    "teamaround.casework",
    "teamaround.access",
    "teamaround.web",
    "teamaround.jobs",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "teamaround.config.headers.SecurityHeaders",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "teamaround.config.sessions.SessionLimits",
]

ROOT_URLCONF = "teamaround.config.urls"
WSGI_APPLICATION = "teamaround.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # every subject of the pages keeps its templates beside its pages
        "DIRS": sorted((PACKAGE / "web").glob("*/templates")),
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "teamaround.web.shell.frame",
            ],
        },
    }
]
FORM_RENDERER = "teamaround.kit.govuk.renderer.GovukRenderer"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("TEAMAROUND_STATIC", "var/static"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = TESTING

# Accounts, sessions (domain/security.md D1)
AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["teamaround.accounts.passwords.Argon2id"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "teamaround.accounts.passwords.NotTooLong"},
    {"NAME": "teamaround.accounts.passwords.NotOurWords"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email"]},
    },
]
SECURE = MODE == "production"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "teamaround-demonstration-session"
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_IDLE_MINUTES = 15
SESSION_HOURS = 10
#: an account that nobody used for longer is suspended until somebody vouches for it again
DORMANT_DAYS = 45
# In the demonstration many visitors may be the same persona.
SESSIONS_AT_ONCE = 1000 if DEMONSTRATION else 2
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "teamaround-demonstration-csrf"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "teamaround.accounts.signin.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Teamaround: "
ACCOUNT_DEFAULT_HTTP_PROTOCOL = _origin.scheme
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "teamaround.web.signing_in.forms.SignIn",
    "reset_password": "teamaround.web.signing_in.forms.Forgotten",
    "reset_password_from_key": "teamaround.web.signing_in.forms.NewPassword",
    "set_password": "teamaround.web.signing_in.forms.FirstPassword",
    "change_password": "teamaround.web.signing_in.forms.ChangePassword",
    "reauthenticate": "teamaround.web.signing_in.forms.Confirm",
}
ACCOUNT_RATE_LIMITS = {"login_failed": "5/15m/key,50/15m/ip", "login": "60/m/ip", "reset_password": "3/h/key"}
# how many proxies of ours stand before the server; the addresses they note are believed, no others
_proxies = os.environ.get("TEAMAROUND_PROXIES") or ("1" if SECURE else "0")
if _proxies not in map(str, range(10)):
    raise ImproperlyConfigured("TEAMAROUND_PROXIES is no number. Set it to how many proxies of yours stand in front.")
ALLAUTH_TRUSTED_PROXY_COUNT = int(_proxies)
USERSESSIONS_ADAPTER = "teamaround.accounts.sessions.SessionsAdapter"
MFA_ADAPTER = "teamaround.accounts.secrets.FactorAdapter"
MFA_FORMS = {
    "authenticate": "teamaround.web.signing_in.forms.Code",
    "reauthenticate": "teamaround.web.signing_in.forms.ConfirmByCode",
    "activate_totp": "teamaround.web.signing_in.forms.AddApp",
    "add_webauthn": "teamaround.web.signing_in.forms.AddPasskey",
    "edit_webauthn": "teamaround.web.signing_in.forms.RenamePasskey",
}
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "Teamaround"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache"
        if TESTING
        else "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "teamaround_cache",
    }
}

# Headers (domain/security.md D13)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "report-uri": ["/policy-report/"],
    }
}
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = ["^health/"]  # a load balancer asks without encryption
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_CONTENT_TYPE_NOSNIFF = True
# Under "no-referrer" a browser sends "Origin: null" with our own forms, which the check against forged forms must
# refuse. "same-origin" tells other sites just as little (docs/adr/0007).
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "teamaround.web.problems.not_trusted"

DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Without mail nobody could choose a first password, and nobody would be told of theirs being changed.
EMAIL_HOST = os.environ.get("TEAMAROUND_EMAIL_HOST", "")
if SECURE and not EMAIL_HOST:
    raise ImproperlyConfigured("TEAMAROUND_EMAIL_HOST is not set. Set it to the server that takes mail, or localhost.")
_port = os.environ.get("TEAMAROUND_EMAIL_PORT") or ("25" if EMAIL_HOST in HERE else "587")
if not _port.isdecimal():
    raise ImproperlyConfigured("TEAMAROUND_EMAIL_PORT is no number. Set it to the port that takes mail, such as 587.")
EMAIL_PORT = int(_port)
EMAIL_HOST_USER = os.environ.get("TEAMAROUND_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("TEAMAROUND_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = EMAIL_HOST not in HERE
EMAIL_TIMEOUT = 10
_sends = {"production": "smtp", "demonstration": "dummy", "test": "locmem"}[MODE]
EMAIL_BACKEND = f"django.core.mail.backends.{_sends}.EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("TEAMAROUND_EMAIL_FROM", "teamaround@example.org")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

#: where partners' files are dropped, for the job worker to take; without it they come by the page or the command only
FEEDS_FOLDER = Path(os.environ["TEAMAROUND_FEEDS"]) if os.environ.get("TEAMAROUND_FEEDS") else None
if FEEDS_FOLDER is not None and not FEEDS_FOLDER.is_dir():
    raise ImproperlyConfigured("TEAMAROUND_FEEDS is no folder. Set it to the folder into which partners' files come.")

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "schedule"
