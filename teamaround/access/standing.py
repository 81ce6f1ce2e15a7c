"""Whether whoever is signed in may act today, and as whom."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from teamaround.accounts.models import Account
from teamaround.audit.actor import Actor
from teamaround.workforce import practitioners
from teamaround.workforce.models import Practitioner


@dataclass(frozen=True)
class Standing:
    """The practitioner behind an account, as an Actor, with what keeps the account from acting."""

    practitioner: Practitioner | None
    actor: Actor
    problems: list[str] = field(default_factory=list)


def standing_of(account: Account, *, request: UUID | None = None) -> Standing:
    """Who the account acts as today. Any problem (training, clearance, agreement) takes every function away (IX-12)."""
    request = request or uuid4()
    practitioner = practitioners.of_account(account.pk)
    if practitioner is None:
        return Standing(None, Actor(account=account.pk, request=request), ["Your account has no post in any agency."])
    problems = practitioners.problems(practitioner)
    actor = Actor(
        account=account.pk,
        practitioner=practitioner.pk,
        agency=practitioner.agency_id,
        team=practitioner.team_id,
        sector=practitioner.agency.sector,
        functions=frozenset() if problems else practitioners.functions(practitioner),
        request=request,
    )
    return Standing(practitioner, actor, problems)
