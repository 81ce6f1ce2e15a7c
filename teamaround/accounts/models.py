from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from teamaround.audit.records import Working
from teamaround.kit import dates


class AccountManager(BaseUserManager):
    """Makes accounts; there are no superusers and no staff flag."""

    def create_user(self, email: str, password: str | None = None) -> "Account":
        account = self.model(email=self.normalize_email(email).lower())
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Whoever can be at the keyboard. What they may do is not kept here."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    #: the last sign-in, or when the account was opened or opened again
    last_seen_at = models.DateTimeField(default=dates.now)

    objects = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"


class Draft(Working):
    """What someone has typed on one form and not yet sent; nobody else reads it."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="drafts")
    page = models.CharField(max_length=300)
    typed = models.JSONField()
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "page"], name="one_draft_a_page")]


class SentOnce(Working):
    """The key of a form that was sent, with the answer it got, so that sending it twice does nothing twice."""

    account = models.ForeignKey(Account, models.CASCADE)
    key = models.UUIDField()
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    location = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="one_answer_a_key")]
