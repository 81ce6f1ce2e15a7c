"""Practitioners: who they are, what their roles allow, and whether they may work today."""

from uuid import UUID

from django.db.models import Q, QuerySet

from teamaround.kit import dates
from teamaround.reference.models import Role

from .models import Practitioner, RoleHeld, Training
from .terms import Module

CLEARANCE_YEARS = 3
#: without these in date nobody may use the system (domain/index.md 2.2)
NEEDED_TO_WORK = (Module.SYSTEM, Module.INTRO_SHARING)


def of_account(account: UUID) -> Practitioner | None:
    """The practitioner who signs in with an account."""
    return Practitioner.objects.select_related("agency__authority", "team").filter(account=account).first()


def functions(practitioner: Practitioner) -> frozenset[str]:
    """What the roles held today allow."""
    today = dates.today()
    held = Role.objects.filter(
        Q(held__to_on__isnull=True) | Q(held__to_on__gte=today),
        held__practitioner=practitioner,
        held__from_on__lte=today,
    ).values_list("functions", flat=True)
    return frozenset(function for functions in held for function in functions)


def holding(function: str) -> QuerySet[Practitioner]:
    """Everybody whose roles of today hold a function, such as those who watch partners' files."""
    today = dates.today()
    held = RoleHeld.objects.filter(
        Q(to_on__isnull=True) | Q(to_on__gte=today), from_on__lte=today, role__functions__contains=[function]
    )
    return Practitioner.objects.filter(
        Q(leaves_on__isnull=True) | Q(leaves_on__gte=today), pk__in=held.values("practitioner")
    ).order_by("pk")


def trained_in(practitioner: Practitioner, *modules: str) -> bool:
    """Whether every one of these modules is completed and in date."""
    return not missing_modules(practitioner, modules)


def missing_modules(practitioner: Practitioner, modules: tuple[str, ...]) -> list[Module]:
    """Those of the modules that are not completed or no longer in date."""
    today = dates.today()
    current = set(
        Training.objects.filter(
            Q(expires_on__isnull=True) | Q(expires_on__gte=today),
            practitioner=practitioner,
            completed_on__lte=today,
            module__in=modules,
        ).values_list("module", flat=True)
    )
    return [Module(one) for one in modules if one not in current]


def problems(practitioner: Practitioner) -> list[str]:
    """What keeps a practitioner from acting today, in words with the cure; empty when all is in order (IX-12)."""
    today = dates.today()
    found = []
    if practitioner.starts_on > today:
        found.append(f"Your post starts on {dates.say(practitioner.starts_on)}.")
    if practitioner.leaves_on and practitioner.leaves_on < today:
        found.append("You have left this post.")
    if practitioner.agency.agreement_until < today:
        found.append("Your agency's information sharing agreement has run out. Its manager must renew it.")
    cleared = practitioner.cleared_on
    if cleared is None or dates.birthday(cleared, CLEARANCE_YEARS) < today:
        found.append(f"Your clearance is missing or older than {CLEARANCE_YEARS} years. Ask your manager to renew it.")
    if practitioner.agreed_terms_on is None:
        found.append("You have not yet agreed to the terms of use. Ask your manager for them.")
    missing = missing_modules(practitioner, NEEDED_TO_WORK)
    if missing:
        found.append("Training is missing or out of date: " + ", ".join(one.label for one in missing) + ".")
    return found
