"""How tests propose who leads."""

from teamaround.casework import leads, teams
from teamaround.sharing import consent, grants
from teamaround.workforce.terms import AgencyKind, Sector
from tests import makers


def proposed(family, episode, who, **more):
    """A proposal by Priya in which everything speaks for this member, unless the test says otherwise."""
    member = family.member(episode, who)
    given = {
        "candidate": member,
        "answers": {str(member.pk): {"trust": 3, "fit": 3}},
        "family_wish": "Whoever can come on Mondays",
    }
    return leads.propose(episode, **(given | more), by=family.by(family.priya))


def level_of(episode, who):
    found = grants.live_for(who.pk, who.agency_id).filter(episode=episode.pk).first()
    return found.level if found else ""


def social_care(family, episode, job_title):
    """Somebody of children's social care in the team."""
    agency = makers.agency("Northmoor Social Care", sector=Sector.SOCIAL_CARE, kind=AgencyKind.SOCIAL_CARE)
    who = makers.practitioner("Sal Fenn", at=agency, job_title=job_title)
    named = family.consent(recipients=[family.school, family.health, family.housing, agency])
    renewed = consent.give(
        family.tobi, kind="share", supersedes=episode.share_consent, by=family.by(family.priya), **named
    )
    makers.change(episode, share_consent=renewed)
    teams.join(episode, who, by=family.by(family.priya))
    return who
