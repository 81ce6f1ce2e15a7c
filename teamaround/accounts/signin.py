"""Signing in: no sign-up by oneself; accounts come from an agency."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter


class Adapter(DefaultAccountAdapter):
    """How accounts behave here."""

    def is_open_for_signup(self, request: Any) -> bool:
        """Nobody makes an account by themselves (IX-13)."""
        return False
