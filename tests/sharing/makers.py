"""Consents as families give them, each thing changeable by the test."""

from teamaround.kit import dates
from teamaround.people.models import Adult, Child
from teamaround.sharing import consent, notices
from teamaround.sharing.models import Consent, PrivacyNotice
from teamaround.sharing.terms import INFORMED, Capacity, ConsentForm, ConsentKind
from teamaround.workforce.models import Practitioner
from tests import makers


def notice() -> PrivacyNotice:
    """The privacy notice of today, published if there is none."""
    return notices.current() or notices.publish(
        title="How we use your family's information", text="We keep it safe.", by=makers.TESTER
    )


def asked(given_by: Adult | None, **more) -> dict:
    """How a parent was asked, with everything explained, and said yes in writing."""
    return {
        "capacity": Capacity.PARENT,
        "given_by": given_by,
        "form": ConsentForm.WRITTEN,
        "informed": list(INFORMED),
        "given_on": dates.today(),
        "notice": notice(),
        **more,
    }


def given(child: Child, parent: Adult | None, *, by: Practitioner, kind: str = ConsentKind.STORE, **more) -> Consent:
    """A consent to hold, or to share with those named."""
    return consent.give(child, kind=kind, by=makers.actor(by), **asked(parent, **more))
