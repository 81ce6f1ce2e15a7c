"""Messages are written with the change they belong to and sent after it has committed, at least once."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail

from teamaround.audit.actor import Actor, system
from teamaround.audit.recording import action
from teamaround.kit import dates

from .models import Message

#: after so many failures a message is left alone and shown to an administrator
MOST_TRIES = 5

SUBJECT = "There is something for you in Teamaround"
BODY = """Something needs your attention.

Sign in to read it: {origin}{link}

This message says nothing about anybody on purpose. Please do not reply to it.
"""


@action("message.written")
def write(*, account: UUID, template: str, link: str, by: Actor) -> Message:
    """Put a message to an account in the outbox; it leaves only if the change it belongs to commits (CW-45)."""
    return Message.objects.create(account=account, template=template, link=link, written_at=dates.now())


@action("messages.withdrawn")
def withdraw(links: list[str], *, by: Actor) -> int:
    """Take out of the outbox what would lead to these addresses; how many had not left."""
    return Message.objects.filter(state=Message.State.WAITING, link__in=links).delete()[0]


def waiting() -> list[UUID]:
    """The ids of the messages to be sent, oldest first."""
    return list(Message.objects.filter(state=Message.State.WAITING).order_by("written_at").values_list("pk", flat=True))


def send_waiting() -> int:
    """Send what waits, each message in a transaction of its own; how many left."""
    return sum(send(one, by=system("outbox")) for one in waiting())


@action("message.sent")
def send(message: UUID, *, by: Actor) -> bool:
    """Send one message, unless another sender holds it; whether it left."""
    found = Message.objects.select_for_update(skip_locked=True).filter(pk=message, state=Message.State.WAITING).first()
    if found is None:
        return False
    address = get_user_model().objects.filter(pk=found.account, is_active=True).values_list("email", flat=True).first()
    found.tries += 1
    try:
        if address:
            body = BODY.format(origin=settings.ORIGIN, link=found.link)
            send_mail(SUBJECT, body, settings.DEFAULT_FROM_EMAIL, [address])
        found.state, found.sent_at = Message.State.SENT, dates.now()
    except OSError:
        # The mail server did not take it: it stays in the outbox and is tried again by the next run.
        if found.tries >= MOST_TRIES:
            found.state = Message.State.FAILED
    found.save()
    return found.state == Message.State.SENT
