"""Candidates and proposals as pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from teamaround.people import queries as people

from . import teams
from .lead_choice import Ranked
from .models import Episode, Lead


@dataclass(frozen=True)
class Place:
    """One place in the order of candidates, in words."""

    name: str
    rank: int
    score: int
    reasons: list[str]
    failed: list[str]


@dataclass(frozen=True)
class Proposal:
    """A proposal as it is shown to whoever is asked."""

    child: UUID
    child_name: str
    member: str
    supported_by: str
    family_wish: str
    reason: str
    dissent: str
    proposed_by: str
    ranking: list[Place]


def places(episode: Episode, ranking: Iterable[Ranked]) -> list[Place]:
    """A ranking with names and words."""
    names = _names(episode)
    return [
        Place(names[one.member], one.rank, one.score, list(one.reasons), [gate.words for gate in one.failed])
        for one in ranking
    ]


def view(lead: Lead) -> Proposal:
    """What is proposed, why, and what the family wishes; the ranking is the one of that day."""
    names = _names(lead.episode)
    return Proposal(
        lead.episode.child_id,
        people.name_of(lead.episode.child),
        names[lead.member_id],
        names.get(lead.supported_by_id, ""),
        lead.family_wish,
        lead.reason,
        lead.dissent,
        lead.proposed_by.name,
        [
            Place(names.get(UUID(row["member"]), ""), row["rank"], row["score"], row["reasons"], row.get("failed", []))
            for row in lead.ranking
        ],
    )


def _names(episode: Episode) -> dict[UUID, str]:
    return {one.id: one.name for one in teams.everyone(episode)}
