"""From keys to candidates: the one question that a search asks the database."""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from .identity import Identity
from .keys import STRENGTH, Key

#: more than a searcher could mean; the strongest are scored
MOST = 300

SQL = """
select compared.child_id, compared.identity
from (
    select child_id, sum(strength) as strength
    from unnest(%s::text[], %s::text[], %s::float[]) as asked (kind, value, strength)
    join index_searchkey as key on key.kind = asked.kind and key.value = asked.value
    group by child_id
    order by strength desc, child_id
    limit %s
) as strongest
join index_compared as compared using (child_id)
"""


def find_candidates(cursor: Any, keys: Iterable[Key], *, most: int = MOST) -> list[tuple[UUID, Identity]]:
    """The children who share most with what is asked, each with what is compared of them."""
    asked = list(keys)
    if not asked:
        return []
    kinds, values = [key.kind for key in asked], [key.value for key in asked]
    cursor.execute(SQL, [kinds, values, [STRENGTH[kind] for kind in kinds], most])
    return [
        (child, Identity.from_stored(identity if isinstance(identity, dict) else json.loads(identity)))
        for child, identity in cursor.fetchall()
    ]
