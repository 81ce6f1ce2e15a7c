"""allauth's forms in our words: labels and hints instead of placeholders, and what to enter instead of "required"."""

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as app
from allauth.mfa.webauthn import forms as passkeys
from django.core.exceptions import ValidationError
from django.forms import BaseForm

from teamaround.accounts import factors

LONG = "At least 12 characters. Three or four words that do not belong together are easy to keep in mind."
EMAIL = ("Email address", "", "Enter your email address")
NEW = ("New password", LONG, "Enter a new password")
AGAIN = ("New password again", "", "Enter the new password again")
NOW = ("Your password", "", "Enter your password")
CODE = ("Code", "Six digits from your authenticator app, or one of your recovery codes", "Enter the code")
NAME = ("Name of this passkey", "So that you can tell your passkeys apart, such as “work laptop”", "Enter a name")
ALONE = (
    "This passkey is enough to sign in with",
    "Your device asks for your fingerprint, your face or its PIN, so you need no password besides.",
    "",
)


class Said(BaseForm):
    """A form whose fields say what `SAYS` has for them: label, hint, and what to do when it is empty."""

    SAYS: ClassVar[dict[str, tuple[str, str, str]]] = {}
    #: how many characters a box is wide, where that tells what belongs in it
    WIDTHS: ClassVar[dict[str, int]] = {"code": 10}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, hint, missing) in self.SAYS.items():
            field = self.fields[name]
            field.label, field.help_text = label, hint
            field.width = self.WIDTHS.get(name)
            if missing:
                field.error_messages["required"] = missing


class SignIn(Said, account.LoginForm):
    SAYS = {"login": EMAIL, "password": ("Password", "", "Enter your password")}


class Forgotten(Said, account.ResetPasswordForm):
    SAYS = {"email": EMAIL}


class NewPassword(Said, account.ResetPasswordKeyForm):
    SAYS = {"password1": NEW, "password2": AGAIN}


class FirstPassword(Said, account.SetPasswordForm):
    SAYS = {"password1": NEW, "password2": AGAIN}


class ChangePassword(Said, account.ChangePasswordForm):
    SAYS = {"oldpassword": NOW, "password1": NEW, "password2": AGAIN}


class Confirm(Said, account.ReauthenticateForm):
    SAYS = {"password": NOW}


class UsedOnce(mfa.BaseAuthenticateForm):
    """A code that fits is taken once."""

    def clean_code(self) -> str:
        code = super().clean_code()
        if not factors.first_use(self.user.pk, code):
            raise ValidationError("This code was used already. Wait for the next one")
        return code


class Code(Said, UsedOnce, mfa.AuthenticateForm):
    SAYS = {"code": CODE}


class ConfirmByCode(Said, UsedOnce, mfa.ReauthenticateForm):
    SAYS = {"code": CODE}


class AddApp(Said, app.ActivateTOTPForm):
    SAYS = {"code": ("Code from the app", "Six digits. They change every 30 seconds.", "Enter the code from the app")}

    @property
    def secret_to_type(self) -> str:
        """The key in groups of four, as people can read and type it."""
        return " ".join(self.secret[at : at + 4] for at in range(0, len(self.secret), 4))


class AddPasskey(Said, passkeys.AddWebAuthnForm):
    SAYS = {"name": NAME, "passwordless": ALONE}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"name": "", "passwordless": True} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)


class RenamePasskey(Said, passkeys.EditWebAuthnForm):
    SAYS = {"name": NAME}
