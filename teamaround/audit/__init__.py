"""Who did and saw what: every change and every disclosure is an event that outlives what it describes.

Above this floor people write `class Thing(Record)` and `@action("thing.done")`; the rest is hidden here:
collecting what changed, refusing writes outside an action, committing disclosures before they are shown.
"""
