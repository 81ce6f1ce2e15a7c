"""What families are told about their information, in versions."""

from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.kit import dates

from .models import PrivacyNotice


@action("privacy-notice.published")
def publish(*, title: str, text: str, by: Actor) -> PrivacyNotice:
    """Publish a new version; earlier ones stay as they were given to people."""
    last = PrivacyNotice.objects.order_by("-version").first()
    return PrivacyNotice.objects.create(
        version=last.version + 1 if last else 1, title=title, text=text, published_on=dates.today()
    )


def current() -> PrivacyNotice | None:
    """The version given to people today."""
    return PrivacyNotice.objects.order_by("-version").first()
