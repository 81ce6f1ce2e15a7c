"""From keys to candidates: the one question that a search asks the database."""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from .identity import Identity
from .keys import STRENGTH, Key

#: more than a searcher could mean; the strongest are scored
MOST = 300

#: No key is followed further than this. Whoever is behind a key that so many share, and behind no other, is not told
#: from them by anything that was asked.
MOST_BEHIND_A_KEY = 500

# A lateral join keeps the plan what it must be at every size: one walk down the index for each key, and its end known.
SQL = """
select compared.child_id, compared.identity
from (
    select behind.child_id, sum(asked.strength) as strength
    from unnest(%(kinds)s::text[], %(values)s::text[], %(strengths)s::float[]) as asked (kind, value, strength)
    cross join lateral (
        select child_id from index_searchkey as key
        where key.kind = asked.kind and key.value = asked.value
        limit %(most_behind_a_key)s
    ) as behind
    group by behind.child_id
    order by strength desc, behind.child_id
    limit %(most)s
) as strongest
join index_compared as compared using (child_id)
"""


def find_candidates(cursor: Any, keys: Iterable[Key], *, most: int = MOST) -> list[tuple[UUID, Identity]]:
    """The children who share most with what is asked, each with what is compared of them."""
    asked = list(keys)
    if not asked:
        return []
    cursor.execute(
        SQL,
        {
            "kinds": [key.kind for key in asked],
            "values": [key.value for key in asked],
            "strengths": [STRENGTH[key.kind] for key in asked],
            "most_behind_a_key": MOST_BEHIND_A_KEY,
            "most": most,
        },
    )
    return [
        (child, Identity.from_stored(identity if isinstance(identity, dict) else json.loads(identity)))
        for child, identity in cursor.fetchall()
    ]
