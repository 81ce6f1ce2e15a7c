"""What a practitioner should know: shown when they sign in, and announced by a message without a word of the case."""

from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.kit import dates
from teamaround.outbox import sending
from teamaround.people.models import Child
from teamaround.workforce.models import Practitioner

from .models import Notice


@action("notice.told")
def tell(*, practitioner: Practitioner, kind: str, link: str, by: Actor, child: Child | None = None) -> Notice:
    """Tell a practitioner; the same thing is not told twice while the first telling is unread."""
    same = Notice.objects.filter(practitioner=practitioner, kind=kind, link=link, read_at__isnull=True).first()
    if same is not None:
        return same
    notice = Notice.objects.create(practitioner=practitioner, kind=kind, link=link, child=child, told_at=dates.now())
    if practitioner.account_id:
        sending.write(account=practitioner.account_id, template=kind, link=f"/notices/{notice.pk}/", by=by)
    return notice


@action("notice.read")
def read(notice: Notice, *, by: Actor) -> None:
    """Mark a notice as read."""
    Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=dates.now())
