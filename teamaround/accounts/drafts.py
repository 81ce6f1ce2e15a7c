"""What someone has typed and not yet sent: kept on the server, through sign-out and restart, until it is sent.

A form carries a token that says, signed, whose form it is and on which page. So what was typed can be kept
for its owner even when the session has ended in the meantime, and for nobody else.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.core import signing
from django.http import QueryDict

from teamaround.kit import dates

from .models import Draft

SALT = "teamaround.form"
#: a form that was left open longer than this is not taken any more; drafts of it stay
TOKEN_LASTS = 14 * 24 * 3600
#: fields that are never kept
NEVER_KEPT = {"csrfmiddlewaretoken", "form_token", "password", "code"}


@dataclass(frozen=True)
class Token:
    """Whose form, which sending of it, and the page it stands on."""

    account: UUID
    key: UUID
    page: str


def new_token(account: UUID, page: str) -> str:
    """A signed token for one form on one page for one account."""
    return signing.dumps([str(account), str(uuid4()), page], salt=SALT)


def read_token(text: str) -> Token | None:
    """The token if it is ours and not too old, else None."""
    try:
        account, key, page = signing.loads(text, salt=SALT, max_age=TOKEN_LASTS)
    except (signing.BadSignature, ValueError):
        return None
    return Token(UUID(account), UUID(key), page)


def keep(token: Token, typed: QueryDict) -> datetime | None:
    """Keep what was typed on a page, in place of what was kept before; the moment, or None if nothing was typed."""
    values = {name: [_storable(one) for one in typed.getlist(name)] for name in typed if name not in NEVER_KEPT}
    if not any(any(one.strip() for one in many) for many in values.values()):
        return None
    now = dates.now()
    Draft.objects.update_or_create(
        account_id=token.account, page=token.page, defaults={"typed": values, "kept_at": now}
    )
    return now


def _storable(text: str) -> str:
    """The text without the one character that the database cannot hold."""
    return text.replace("\0", "")


def kept(account: UUID, page: str) -> tuple[QueryDict, datetime] | None:
    """What the account typed on a page and did not send, and when it was kept."""
    draft = Draft.objects.filter(account=account, page=page).first()
    if draft is None:
        return None
    typed = QueryDict(mutable=True)
    for name, values in draft.typed.items():
        typed.setlist(name, values)
    return typed, draft.kept_at


def forget(account: UUID, page: str) -> None:
    """Drop what was kept, because it was sent or is not wanted."""
    Draft.objects.filter(account=account, page=page).delete()


def forget_under(path: str) -> None:
    """Drop what anybody typed and did not send on any page below a path, because it may not be held any more."""
    Draft.objects.filter(page__startswith=path).delete()
