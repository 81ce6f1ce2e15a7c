"""The common assessment and all that follows: episode, team around the child, lead professional, plan, review."""
