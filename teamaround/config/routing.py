"""The second connection is for committing disclosures; nothing is migrated or read there by itself."""

from typing import Any


class AuditIsNoPlaceToRead:
    """Keep migrations to the first connection; both lead to one database."""

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        return None if db == "default" else False
