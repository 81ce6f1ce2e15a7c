"""The secrets of second factors are stored encrypted, under keys that are drawn from the service's own."""

from base64 import urlsafe_b64encode

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

SALT = "teamaround.accounts.secrets"


def _keys() -> MultiFernet:
    """The present key first, which encrypts; earlier ones only decrypt, so that a key can be changed."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [salted_hmac(SALT, "factor", secret=secret, algorithm="sha256").digest() for secret in secrets]
    return MultiFernet([Fernet(urlsafe_b64encode(digest)) for digest in digests])


class FactorAdapter(DefaultMFAAdapter):
    """How second factors behave here: a stolen copy of the database opens no account."""

    def encrypt(self, text: str) -> str:
        """The text as it is stored."""
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The text as it was."""
        return _keys().decrypt(encrypted_text.encode()).decode()
