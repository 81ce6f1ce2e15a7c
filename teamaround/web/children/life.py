"""What the child's page says of the life of the record, and where it leads."""

from typing import Any

from django.urls import reverse

from teamaround.access.policy import Action
from teamaround.index import life_views
from teamaround.people.terms import ChildState


def ways(child: Any, may: frozenset[Action]) -> list[tuple[str, str]]:
    """What can be recorded of the life of the record by whoever looks: the words and the address of each."""
    live = child.state in (ChildState.ACTIVE, ChildState.LEFT_AREA)
    gone = child.state == ChildState.LEFT_AREA
    offered = (
        (Action.RECORD_STAY, life_views.may_be_asked(child) and live, "Whether the record stays after 18", "stay"),
        (Action.RECORD_LEAVING, live and not gone, "The child has left the area", "left"),
        (Action.RECORD_RETURN, gone, "The child is back", "back"),
        (Action.RECORD_DEATH, live and child.born is not None, "The child has died", "death"),
    )
    return [(words, reverse(name, args=[child.pk])) for action, fits, words, name in offered if fits and action in may]
