"""Opening an account for somebody whom an agency vouches for."""

from uuid import UUID

from teamaround.audit import recording
from teamaround.audit.actor import Actor

from .models import Account


def open_account(email: str, *, by: Actor, password: str | None = None) -> Account:
    """An account by its address; without a password nobody can sign in to it with one. Existing ones are given back."""
    found = Account.objects.filter(email=email.lower()).first()
    if found is not None:
        return found
    made = Account.objects.create_user(email, password)
    recording.disclose(
        "account.opened", by=by, kind=recording.Kind.SIGN_IN, record_id=made.pk, record="accounts.Account"
    )
    return made


def account(id: UUID) -> Account:
    """The account with this id."""
    return Account.objects.get(pk=id)
