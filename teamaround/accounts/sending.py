"""A form sent twice does its work once: the key is stored with the answer, in the transaction of the work."""

from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from django.http import QueryDict

from teamaround.kit import dates
from teamaround.kit.refused import Refused

from . import drafts
from .models import SentOnce


def digest(body: QueryDict) -> str:
    """What was sent, boiled down, without the parts that change from one try to the next."""
    pairs = sorted((name, value) for name in body if name != "csrfmiddlewaretoken" for value in body.getlist(name))
    return sha256(repr(pairs).encode()).hexdigest()


def begin(account: UUID, key: UUID, body: QueryDict) -> SentOnce | None:
    """Claim a key. None if it is new; the stored answer if the same form was sent before.

    Two senders at once: the second waits in the database until the first has committed or given up.
    """
    claimed = SentOnce(account_id=account, key=key, digest=digest(body), sent_at=dates.now())
    made = SentOnce.objects.bulk_create([claimed], ignore_conflicts=True)
    stored = SentOnce.objects.get(account=account, key=key)
    if stored.pk == made[0].pk:
        return None
    if stored.digest != claimed.digest:
        raise Refused("This form was already sent with other answers. Open the page again to see what was saved.")
    return stored


def finish(account: UUID, key: UUID, *, status: int, location: str) -> None:
    """Store the answer that the form got."""
    SentOnce.objects.filter(account=account, key=key).update(status=status, location=location)


def forget_old() -> int:
    """Drop the keys of forms that are too old to be sent again; how many."""
    too_old = dates.now() - timedelta(seconds=drafts.TOKEN_LASTS) - timedelta(days=1)
    return SentOnce.objects.filter(sent_at__lt=too_old).delete()[0]
