"""May this be told to them, and on what ground: consent, grants, privacy notices."""
