"""How passwords are hashed and which are refused argon2id, 19 MiB, two passes, one lane."""

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError


class Argon2id(Argon2PasswordHasher):
    """Argon2id with the cost that OWASP advises; Django's default is a lever for exhausting memory."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1


class NotTooLong:
    """At most 128 characters: enough for any sentence, too few to keep a hasher busy."""

    MOST = 128

    def validate(self, password: str, user: object = None) -> None:
        if len(password) > self.MOST:
            raise ValidationError(f"The password must be {self.MOST} characters or fewer")

    def get_help_text(self) -> str:
        return f"At most {self.MOST} characters."


class NotOurWords:
    """No password that is built round a word everybody here would try first."""

    WORDS = ("teamaround", "commonassessment", "safeguarding", "leadprofessional")

    def validate(self, password: str, user: object = None) -> None:
        plain = "".join(one for one in password.lower() if one.isalpha())
        if any(word in plain for word in self.WORDS):
            raise ValidationError("The password must not be built round a word of this service")

    def get_help_text(self) -> str:
        return "No word of this service."
