"""What a practitioner should know: shown when they sign in, and announced by a message without a word of the case."""

from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.kit import dates
from teamaround.outbox import sending
from teamaround.people.models import Child
from teamaround.workforce.models import Practitioner

from .models import Notice
from .resting import is_quiet
from .terms import ABOUT_OUR_WORK


@action("notice.told")
def tell(*, practitioner: Practitioner, kind: str, link: str, by: Actor, child: Child | None = None) -> Notice | None:
    """Tell a practitioner; the same thing is not told twice while the first telling is unread. Nothing is told about a
    child who has died or whose record is archived (IX-63)."""
    if is_quiet(child, kind):
        return None
    same = Notice.objects.filter(practitioner=practitioner, kind=kind, link=link, read_at__isnull=True).first()
    if same is not None:
        return same
    notice = Notice.objects.create(practitioner=practitioner, kind=kind, link=link, child=child, told_at=dates.now())
    if practitioner.account_id:
        sending.write(account=practitioner.account_id, template=kind, link=address_of(notice), by=by)
    return notice


@action("notices.taken-back")
def take_back(child: Child, *, by: Actor) -> int:
    """Take back what nobody has read yet about a child, and the messages that announce it; how many there were."""
    unread = Notice.objects.filter(child=child, read_at=None).exclude(kind__in=ABOUT_OUR_WORK)
    sending.withdraw([address_of(one) for one in unread], by=by)
    return unread.delete()[0]


def address_of(notice: Notice) -> str:
    """Where a notice is read."""
    return f"/notices/{notice.pk}/"


@action("notice.read")
def read(notice: Notice, *, by: Actor) -> None:
    """Mark a notice as read."""
    Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=dates.now())
