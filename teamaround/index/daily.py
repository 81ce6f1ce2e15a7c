"""What the index does by itself every night: archives, asks, escalates. Running it twice does nothing twice."""

from datetime import date

from teamaround.audit.actor import Actor

from . import archive, renewing, staying, transferring


def run(today: date, *, by: Actor) -> None:
    """Archive what has come to its time (IX-59, 63, 64), have young people asked (IX-59), escalate what nobody
    answered (IX-65), and see that no involvement is left behind or goes unaffirmed (IX-35, 36)."""
    archive.archive_due(today, by=by)
    staying.ask_due(today, by=by)
    transferring.escalate_due(today, by=by)
    renewing.place_due(today, by=by)
    renewing.ask_due(today, by=by)
