"""Opening an account for somebody whom an agency vouches for, and again after nobody had used it for long."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings

from teamaround.audit import recording
from teamaround.audit.actor import Actor
from teamaround.kit import dates
from teamaround.kit.refused import Refused

from .models import Account


def open_account(email: str, *, by: Actor, password: str | None = None) -> Account:
    """An account by its address; without a password nobody can sign in to it with one. Existing ones are given back."""
    found = Account.objects.filter(email=email.lower()).first()
    if found is not None:
        return found
    made = Account.objects.create_user(email, password)
    _record("account.opened", made, by=by)
    return made


def is_dormant(account: Account) -> bool:
    """Whether nobody has used the account for so long that somebody must vouch for it first (security D1)."""
    return dates.now() - account.last_seen_at > timedelta(days=settings.DORMANT_DAYS)


def open_again(email: str, *, by: Actor) -> Account:
    """Let somebody sign in again to an account that was suspended because nobody had used it."""
    found = Account.objects.filter(email=email.lower()).first()
    if found is None:
        raise Refused("There is no account with this address")
    if not found.is_active:
        raise Refused("This account is closed, not suspended")
    if not is_dormant(found):
        raise Refused("This account is not suspended")
    Account.objects.filter(pk=found.pk).update(last_seen_at=dates.now())
    _record("account.opened-again", found, by=by)
    return found


def close(account: Account, *, by: Actor) -> None:
    """Close an account for good: open sessions end with the next request, and whose it was stays known (IX-14)."""
    if by.account == account.pk:
        raise Refused("Nobody closes their own account")
    if not Account.objects.filter(pk=account.pk, is_active=True).update(is_active=False):
        raise Refused("This account is already closed")
    _record("account.closed", account, by=by)


def account(id: UUID) -> Account:
    """The account with this id."""
    return Account.objects.get(pk=id)


def _record(name: str, account: Account, *, by: Actor) -> None:
    recording.disclose(name, by=by, kind=recording.Kind.SIGN_IN, record_id=account.pk, record="accounts.Account")
