"""The record of an episode: what was said at each decision, which no working page shows any more."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from teamaround.kit import dates
from teamaround.kit.text import listed
from teamaround.sharing.models import Consent
from teamaround.sharing.terms import Capacity, ConsentForm, ConsentKind, ConsentState

from . import closing, closure_views, copies, teams
from .models import Closure, Episode, Lead
from .terms import EpisodeState, LeadState

Rows = list[tuple[str, str]]


@dataclass(frozen=True)
class Entry:
    """One decision or happening, and what is recorded of it."""

    title: str
    rows: Rows


@dataclass(frozen=True)
class Part:
    """The entries of one kind."""

    title: str
    entries: list[Entry]


def told(episode: Episode) -> list[Part]:
    """Everything of the record that holds something, in the order of the work."""
    parts = (
        Part("How it began", [Entry("", _said(_start(episode)))]),
        Part("Consent", [_consent(one) for one in _consents(episode)]),
        Part("Assessment", _assessments(episode)),
        Part("Who led", _leads(episode)),
        Part("Meetings called off", _called_off(episode)),
        Part("Tries to reach the family", _attempts(episode)),
        Part("How it ended", _closure(episode)),
    )
    return [one for one in parts if one.entries]


def _said(rows: Iterable[tuple[str, str]]) -> Rows:
    """The rows in which something stands."""
    return [(key, value) for key, value in rows if value]


def _start(episode: Episode) -> Rows:
    return [
        ("Started", f"{dates.say(episode.started_on)} by {episode.initiator.name}"),
        ("Why", episode.reason),
        ("Why after the age limit", episode.over_age_reason),
        ("Coordinator", f"{episode.coordinator.name}, {episode.coordinator.agency.name}"),
        ("Stands at", EpisodeState(episode.state).label),
    ]


def _consents(episode: Episode) -> list[Consent]:
    """The consents of this episode, the latest first: those in force or last given, and what each took the place of."""
    found = Consent.objects.filter(child=episode.child_id).select_related("given_by", "taken_by")
    known = {one.pk: one for one in found.prefetch_related("recipients__agency")}
    chain: dict[UUID, Consent] = {}
    for last in (episode.store_consent_id, episode.share_consent_id):
        while last is not None and last not in chain:
            chain[last] = known[last]
            last = known[last].supersedes_id
    return sorted(chain.values(), key=lambda one: one.recorded_at, reverse=True)


def _consent(one: Consent) -> Entry:
    named = {allowed: [] for allowed in (True, False)}
    for recipient in one.recipients.all():
        named[recipient.allowed].append(recipient.agency.name)
    rows = [
        ("Decided by", _decider(one)),
        ("When", dates.say(one.given_on)),
        ("How", ConsentForm(one.form).label if one.form else ""),
        ("Shared with", listed(sorted(named[True]))),
        ("Services that must not see it", listed(sorted(named[False]))),
        ("Others who must not see it", one.excluded_others),
        ("What they said", one.reason),
        ("Ended", _moment(one.ended_at)),
        ("Why it ended", one.ended_reason),
        ("Recorded by", one.taken_by.name),
    ]
    return Entry(f"{ConsentKind(one.kind).label}: {ConsentState(one.state).label.lower()}", _said(rows))


def _decider(one: Consent) -> str:
    who = f"{one.given_by.given} {one.given_by.family}" if one.given_by else ""
    what = Capacity(one.capacity).label if one.capacity else ""
    return ", ".join(filter(None, (who, what.lower() if who else what)))


def _moment(moment: datetime | None) -> str:
    return dates.say(moment.astimezone(dates.LONDON).date()) if moment else ""


def _assessments(episode: Episode) -> list[Entry]:
    copy = copies.newest(episode)
    versions = episode.assessments.select_related("assessor", "signed_by").order_by("-version")
    entries = []
    for one in versions:
        signed = f"{dates.say(one.signed_on)} by {one.signed_by.name}" if one.signed_by else "Not signed off"
        given = ""
        if copy is not None and copy.assessment_id == one.pk and copy.given_on:
            given = f"{copy.get_how_display()}, {dates.say(copy.given_on)}"
        rows = [
            ("Begun", f"{dates.say(one.started_on)} by {one.assessor.name}"),
            ("Why a new version", one.new_version_reason),
            ("Signed off", signed),
            ("The family's copy", given),
            ("Given to", copy.to_whom if given else ""),
        ]
        entries.append(Entry(f"Version {one.version}", _said(rows)))
    return entries


def _leads(episode: Episode) -> list[Entry]:
    team = {one.id: one.name for one in teams.everyone(episode)}
    found = Lead.objects.filter(episode=episode).select_related("proposed_by").order_by("-proposed_at")
    return [
        Entry(
            f"{team[one.member_id]}: {LeadState(one.state).label.lower()}",
            _said(
                [
                    ("Proposed", f"{_moment(one.proposed_at)} by {one.proposed_by.name}"),
                    ("What the family wished", one.family_wish),
                    ("Why", one.reason),
                    ("Who saw it differently", one.dissent),
                    ("Why they declined", one.declined_because),
                    ("Led", _span(one)),
                ]
            ),
        )
        for one in found
    ]


def _span(lead: Lead) -> str:
    if lead.during is None:
        return ""
    until = f"to {_moment(lead.during.upper)}" if lead.during.upper else "and still does"
    return f"from {_moment(lead.during.lower)} {until}"


def _called_off(episode: Episode) -> list[Entry]:
    found = episode.meetings.exclude(cancelled_because="").order_by("-planned_at")
    return [
        Entry(f"{one.get_kind_display()}, {_moment(one.planned_at)}", [("Why", one.cancelled_because)]) for one in found
    ]


def _attempts(episode: Episode) -> list[Entry]:
    found = episode.contact_attempts.select_related("made_by").order_by("-on")
    return [
        Entry(
            f"{one.get_method_display()}, {dates.say(one.on)}",
            _said([("What happened", one.note), ("By", one.made_by.name)]),
        )
        for one in found
    ]


def _closure(episode: Episode) -> list[Entry]:
    found = Closure.objects.select_related(
        "closed_by", "countersigned_by", "lead__member__practitioner", "lead__member__adult"
    )
    closure = found.filter(episode=episode).first()
    if closure is None:
        return []
    rows = closure_views.rows(closure)
    if episode.closed_on:
        rows = [("Closed", dates.say(episode.closed_on)), *rows, ("Record kept until", dates.say(episode.keep_until))]
    if closing.is_declined(closure):
        rows.append(("Not countersigned, because", closure.declined_because))
    title = "" if episode.closed_on else "Asked for, and not done"
    return [Entry(title, _said(rows))]
