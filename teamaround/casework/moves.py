"""The moves of an episode between its states: the table of terms.TRANSITIONS, each one conditional update."""

from typing import Any

from teamaround.audit import recording
from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.kit.refused import Refused

from .models import Episode
from .terms import OPEN, TRANSITIONS, EpisodeState


@action("episode.moved")
def move(episode: Episode, number: str, *, by: Actor, **more: Any) -> None:
    """Make one transition by its number (CW-22: one event each), setting further fields in the same update.

    Who loses a race, or looks at an old page, is told where the episode stands now.
    """
    froms, to = TRANSITIONS[number]
    before = Episode.objects.values_list("state", flat=True).get(pk=episode.pk)
    moved = before in froms and Episode.objects.filter(pk=episode.pk, state=before).update(state=to, **more)
    episode.refresh_from_db()
    if not moved:
        raise Refused(f"This cannot be done while the episode is at “{EpisodeState(episode.state).label}”")
    recording.tell(transition=number, before=str(before), after=str(to))


def is_open(episode: Episode) -> bool:
    """Whether the episode is still under way."""
    return episode.state in OPEN


def can(episode: Episode, number: str) -> bool:
    """Whether the episode's state allows this transition."""
    return episode.state in TRANSITIONS[number][0]
