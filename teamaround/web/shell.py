"""What every page shows around its content: who is signed in, where they can go."""

from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property

from teamaround.access import door
from teamaround.access.policy import Action
from teamaround.access.standing import standing_of
from teamaround.accounts import factors
from teamaround.kit.govuk import underway
from teamaround.reference import words
from teamaround.tasks import queries as tasks


@dataclass
class Shell:
    """The frame of a page; asked by the layout, lazily."""

    request: HttpRequest
    practitioner: object | None
    product: str = "Teamaround"
    demonstration: bool = field(default_factory=lambda: settings.DEMONSTRATION)

    @property
    def area(self) -> str:
        return self.practitioner.agency.authority.name if self.practitioner else ""

    @property
    def person(self) -> str:
        return self.practitioner.name if self.practitioner else ""

    @property
    def agency(self) -> str:
        return self.practitioner.agency.name if self.practitioner else ""

    @property
    def sign_out_url(self) -> str:
        return reverse("account_logout")

    @property
    def footer(self) -> list[dict[str, str]]:
        if not self.practitioner:
            return []
        entries = [{"text": "How you sign in", "href": reverse("mfa_index")}]
        actor = getattr(self.request, "actor", None)
        for action, text, name in (
            (Action.SEE_OWN_ACTIVITY, "What was looked at in my name", "in_my_name"),
            (Action.SEE_PERIODS, "Periods and thresholds", "periods"),
        ):
            if actor is not None and door.may(actor, action):
                entries.append({"text": text, "href": reverse(name)})
        return entries

    @property
    def loading(self) -> int | None:
        """How far the demonstration is loaded, while it is being loaded."""
        return underway.percent() if self.demonstration else None

    @cached_property
    def vocabulary(self) -> dict[str, tuple[str, str]]:
        return words.vocabulary()

    @cached_property
    def navigation(self) -> list[dict[str, object]]:
        actor = getattr(self.request, "actor", None)
        if actor is None:
            return []
        entries = [
            (Action.HOME, "My children", "home", None),
            (Action.SEARCH, "Find a child", "search", None),
            (Action.HOME, "Tasks", "tasks", tasks.count_open(actor.practitioner)),
            (Action.SEE_TEAM_WORK, "My team", "team_work", None),
            (Action.STEWARD, "Data quality", "steward", None),
            (Action.FEEDS, "Partner files", "feeds", None),
            (Action.TRANSFERS, "Responsibility", "transfers", None),
            (Action.ARCHIVE, "Archive", "archive", None),
            (Action.PURGES, "Purges", "purges", None),
            (Action.REVIEW_OVERRIDE, "Emergency openings", "overrides", None),
        ]
        return [
            {
                "text": text,
                "href": (href := reverse(name)),
                "count": count,
                "current": self.request.path == href or (name != "home" and self.request.path.startswith(href)),
            }
            for action, text, name, count in entries
            if door.may(actor, action)
        ]


def frame(request: HttpRequest) -> dict[str, Shell]:
    """For every template: the frame that @page made, or one for a page that is not made with it."""
    shell = getattr(request, "shell", None)
    if shell is None:
        user = getattr(request, "user", None)
        known = user is not None and user.is_authenticated and factors.proven(request)
        shell = request.shell = Shell(request, standing_of(user).practitioner if known else None)
    return {"shell": shell}
