"""How passwords are hashed: argon2id, 19 MiB, two passes, one lane (domain/security.md D1)."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id(Argon2PasswordHasher):
    """Argon2id with the cost that OWASP advises; Django's default is a lever for exhausting memory."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
