"""Management commands: parse, call an action, stop."""
