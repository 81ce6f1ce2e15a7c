"""What families are told about their information, in versions."""

from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.kit import dates
from teamaround.kit.refused import Refused

from .models import PrivacyNotice


@action("privacy-notice.published")
def publish(*, title: str, text: str, by: Actor) -> PrivacyNotice:
    """Publish a new version; earlier ones stay as they were given to people."""
    if not title.strip() or not text.strip():
        raise Refused("Enter the title and the text of the notice")
    last = PrivacyNotice.objects.order_by("-version").first()
    return PrivacyNotice.objects.create(
        version=last.version + 1 if last else 1, title=title, text=text, published_on=dates.today()
    )


def current() -> PrivacyNotice | None:
    """The version given to people today."""
    return PrivacyNotice.objects.order_by("-version").first()
