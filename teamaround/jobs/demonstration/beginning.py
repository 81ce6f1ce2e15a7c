"""The first minute of the demonstration: where it is, who works there, and who a visitor can be."""

from collections.abc import Callable
from datetime import date, timedelta

from django.conf import settings

from teamaround.accounts import opening
from teamaround.audit.actor import Actor, system
from teamaround.kit import dates
from teamaround.places import lookup
from teamaround.sharing import notices
from teamaround.workforce import agencies
from teamaround.workforce import queries as workforce
from teamaround.workforce.personas import PERSONAS
from teamaround.workforce.terms import Module

from . import places, staff

#: everybody in the demonstration was trained, cleared and agreed to the terms this long ago, before the first episode
SETTLED = timedelta(days=500)

NOTICE = """Your family's information: what we hold, why, who sees it, how long, and what you can ask of us.

We hold what you tell us so that everybody who helps you can work together and you do not have to tell your story
again and again. Only the services you agree to can read it. You can say no, leave services out, change your mind,
see what is written, have mistakes put right, and ask who has looked."""


def must_be_demonstration(error: type[Exception]) -> None:
    """Refuse to invent people anywhere but in a demonstration."""
    if not settings.DEMONSTRATION:
        raise error("This is only for the demonstration. Run ./do demo.")


def begin() -> None:
    """Places, agencies, practitioners and the privacy notice; done once, for the same result each time."""
    by = system("demonstration")
    lookup.load(places.table(), valid_from=date(2020, 1, 1), by=by)
    if workforce.agency_count():
        return
    for row in staff.AGENCIES:
        _agency(row, by)
    with dates.given(dates.today() - SETTLED):
        notices.publish(title="How we use your family's information", text=NOTICE, by=by)


def _agency(row: staff.Agency, by: Actor) -> None:
    agency = agencies.add_agency(
        name=row.name,
        code=row.code,
        sector=row.sector,
        kind=row.kind,
        authority=lookup.authority(row.authority),
        locality=lookup.locality(f"{row.authority}-L{row.locality:02d}") if row.locality else None,
        agreement_until=dates.today() + timedelta(days=400),
        sensitive=row.sensitive,
        phone=f"01632 960{100 + staff.AGENCIES.index(row)}",
        email=f"office.{row.code.lower()}@example.org",
        by=by,
    )
    team = agencies.add_team(agency, name=f"{row.name} team", by=by)
    personas = [one for one in PERSONAS if one.agency == row.code]
    posts = [one.post for one in personas]
    first = staff.AGENCIES.index(row) * 10
    manager = None
    for number in range(row.staff):
        persona = personas[number] if number < len(personas) else None
        post = persona.post if persona else _post(row, posts, number)
        joined = agencies.join(
            agency,
            name=persona.name if persona else staff.invented_name(first + number),
            job_title=post,
            team=team,
            starts_on=dates.today() - timedelta(days=900),
            cleared_on=dates.today() - SETTLED,
            agreed_terms_on=dates.today() - SETTLED,
            phone=f"07700 900{(first + number) % 1000:03d}",
            email=f"person{first + number}@example.org",
            account=opening.open_account(f"person{first + number}@example.org", by=by),
            by=by,
        )
        for role in persona.roles if persona else ("practitioner",):
            agencies.give_role(joined, role=role, from_on=dates.today() - timedelta(days=800), by=by)
        agencies.record_all_trainings(joined, modules=tuple(Module), completed_on=dates.today() - SETTLED, by=by)
        if persona and "manager" in persona.roles:
            manager = joined
    agencies.settle_managers(agency, manager=manager, by=by)


def _post(row: staff.Agency, taken: list[str], number: int) -> str:
    left = [one for one in row.posts if one not in taken] or list(row.posts)
    return left[number % len(left)]


def say_how_to_sign_in(write: Callable[[str], object]) -> None:
    """Print who a visitor can be."""
    write(f"\nSign in with one click at {settings.ORIGIN}/demonstration/ as:\n")
    for one in PERSONAS:
        write(f"  {one.name:<14} {one.post:<34} {one.shows}")
    write("")
