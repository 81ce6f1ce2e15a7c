"""The page of a child: who the child is, the circle, where the episode stands, the plan, the chronology."""
