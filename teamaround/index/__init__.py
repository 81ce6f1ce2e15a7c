"""The child index: search, matching, who else works with this child, feeds in. No case content."""
