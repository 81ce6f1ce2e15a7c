"""That a service works with a child, as its own list tells: the team, since when, how to reach it; no content (IX-33).

Called inside the action of a row or of a steward's decision. What a practitioner recorded is never touched.
"""

from datetime import date

from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.people.models import Child
from teamaround.people.records import check_span
from teamaround.workforce.models import Team

from .models import Involvement
from .terms import FeedSource, InvolvementState

#: what the index says of such an involvement; a standing under statute is added as a mark, and nothing else is
ROLES = {
    FeedSource.SOCIAL_CARE: "Children's social care",
    FeedSource.EARLY_HELP: "Early help",
    FeedSource.YOUTH_JUSTICE: "Youth justice",
}
STATUSES = {
    "assessment": "assessment",
    "child-in-need": "child in need",
    "child-protection-plan": "child protection plan",
    "looked-after": "looked after",
    "care-leaver": "care leaver",
}


def tell(
    child: Child, *, team: Team, role: str, from_on: date, to_on: date | None, phone: str, email: str, source: str
) -> bool:
    """Record, correct or end the involvement that one list tells of; whether that is news."""
    check_span(child, from_on, to_on)
    there = Involvement.objects.filter(child=child, source=source, state=InvolvementState.CURRENT).first()
    if to_on is not None:
        return there is not None and end(child, source=source, on=to_on)
    if there is None:
        Involvement.objects.create(
            child=child,
            agency_id=team.agency_id,
            team=team,
            role=role,
            phone=phone,
            email=email,
            from_on=from_on,
            source=source,
            recorded_at=dates.now(),
        )
        return True
    wanted = {"team_id": team.pk, "role": role, "phone": phone, "email": email, "from_on": from_on}
    if all(getattr(there, name) == value for name, value in wanted.items()):
        return False
    for name, value in wanted.items():
        setattr(there, name, value)
    there.save()
    return True


def end(child: Child, *, source: str, on: date) -> bool:
    """End what one list told of; whether there was anything to end."""
    there = Involvement.objects.filter(child=child, source=source, state=InvolvementState.CURRENT).first()
    if there is None:
        return False
    if on < there.from_on:
        raise Refused(f"The end is before the start, {dates.say(there.from_on)}", field="on")
    there.state, there.to_on = InvolvementState.ENDED, on
    there.save()
    return True
