from django.db import models

from teamaround.audit.records import Record


class Message(Record):
    """Something to be sent once the change it belongs to has committed: a template's key and a reference only.

    Nothing about the family is in it: whoever gets it signs in to read (CW-45).
    """

    ABOUT = None
    ABOUT_NOBODY = "a message carries no child, only a reference its reader can open"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to be sent"
        SENT = "sent", "Sent"
        FAILED = "failed", "Could not be sent"

    account = models.UUIDField()
    template = models.SlugField(max_length=60)
    link = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["state", "written_at"], name="message_waiting")]

    class Privacy:
        P0 = "account template link state written_at sent_at tries"
