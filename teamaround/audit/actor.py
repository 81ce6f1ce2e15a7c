"""Who acts. Built once for a request or a job and handed down; carries ids only, never a person's details."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4


@dataclass(frozen=True, kw_only=True)
class Actor:
    """One practitioner, or one named job of the system, at work.

    `functions` are the codes of what the roles held today allow (access.policy.Action values);
    relations to a child are asked afresh each time and are not kept here.
    """

    account: UUID | None = None
    practitioner: UUID | None = None
    agency: UUID | None = None
    team: UUID | None = None
    sector: str = ""
    functions: frozenset[str] = frozenset()
    job: str = ""
    on_behalf_of: UUID | None = None
    request: UUID = field(default_factory=uuid4)

    def __post_init__(self) -> None:
        if self.practitioner is None and self.account is None and not self.job:
            raise ValueError("an Actor is an account, a practitioner or a named job")


def system(job: str) -> Actor:
    """The system doing a named job by itself, such as 'reminders'."""
    return Actor(job=job)
