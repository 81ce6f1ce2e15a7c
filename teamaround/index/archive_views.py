"""What pages show of the archive: what somebody asked for, and what a second person must know to agree."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from teamaround.kit import dates

from .models import ArchiveRead, Archiving
from .terms import ArchiveGround

#: how many requests somebody is shown of their own
SHOWN = 20


@dataclass(frozen=True)
class Asked:
    """A request to read an archived record, as whoever made it sees it."""

    number: str
    ground: str
    asked_at: datetime
    state: str
    kind: str
    child: UUID | None  #: while it is open


def asked_lately(practitioner: UUID | None) -> list[Asked]:
    """What somebody asked to read, the latest first."""
    found = ArchiveRead.objects.filter(asked_by=practitioner).select_related("child").order_by("-asked_at")
    return [_asked(one) for one in found[:SHOWN]]


def _asked(one: ArchiveRead) -> Asked:
    state, kind, child = "Waits for a second person", "waiting", None
    if one.refused_at:
        state, kind = "Not agreed", "closed"
    elif one.open_until and one.open_until > dates.now():
        state, kind, child = f"Open until {dates.say_moment(one.open_until)}", "good", one.child_id
    elif one.open_until:
        state, kind = "Over", "closed"
    return Asked(one.child.index_number, ArchiveGround(one.ground).label, one.asked_at, state, kind, child)


def question(read: ArchiveRead) -> list[str]:
    """What a second person is asked, without whose record it is: the ground is to be judged, not the child."""
    since = (
        Archiving.objects.filter(child=read.child, brought_back_on=None).values_list("archived_on", flat=True).first()
    )
    return [
        f"{read.asked_by.name}, {read.asked_by.agency.name}, asks to read a record that has been in the archive since"
        f" {dates.say(since)}.",
        f"{ArchiveGround(read.ground).label}: {read.reason}",
    ]
