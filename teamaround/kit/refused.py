"""How a rule says no: with a reason that a person can read and act on."""


class Refused(Exception):
    """A rule refuses an act.

    `reason` is shown as it stands, on a page or in a problem document, so it is plain English,
    says what is in the way, with numbers where they help, and holds nothing the reader may not see.
    `field` names the form field that would mend it, where there is one.

    >>> str(Refused("2 actions of the plan are not finished"))
    '2 actions of the plan are not finished'
    """

    def __init__(self, reason: str, *, field: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field
