"""Who may answer for a member of the team: everybody for themselves, coordinator and lead for the family."""

from django.db.models import Q

from teamaround.audit.actor import Actor
from teamaround.kit.refused import Refused

from .models import Episode, Lead, Member
from .terms import LeadState


def carries(episode: Episode, by: Actor) -> bool:
    """Whether the actor coordinates the episode, leads, or supports the family member who leads."""
    if by.practitioner is None:
        return False
    if Episode.objects.filter(pk=episode.pk, coordinator=by.practitioner).exists():
        return True
    mine = Q(member__practitioner=by.practitioner) | Q(supported_by__practitioner=by.practitioner)
    return Lead.objects.filter(mine, episode=episode, state=LeadState.ACTIVE).exists()


def check_speaks_for(member: Member, *, by: Actor) -> None:
    """Refuse unless the actor is the member, or carries the episode and the member is of the family."""
    if member.practitioner_id is not None:
        if member.practitioner_id != by.practitioner:
            raise Refused("Only the practitioner who is asked can answer")
    elif not carries(member.episode, by):
        raise Refused("Only the coordinator or the lead professional records what the family answers")
