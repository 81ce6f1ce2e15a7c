"""A case in which something stands of every kind a worker's page can be about, each text of it a word to look for."""

from datetime import date, timedelta

from django.apps import apps
from django.db import models

from teamaround.access.models import Override
from teamaround.audit.privacy import P4
from teamaround.audit.records import Record
from teamaround.casework import checklists, closing, holds, leads, meetings, plans, reviews, teams
from teamaround.casework.models import Invited, Member
from teamaround.forms import definitions
from teamaround.forms.models import AnswerSet, PublishedForm
from teamaround.index import errands, feeds, starting
from teamaround.index.models import ArchiveRead, Purge, Transfer, WorkItem
from teamaround.index.terms import WorkKind
from teamaround.kit import dates
from tests import makers
from tests.casework.world import SMALL_FORMS, Family
from tests.index import feed_files

#: what every text of the case begins with; it stands nowhere else
WORD = "canary"


class FullCase(Family):
    """Tobi's episode in review: everything that came before stands behind it, and the next of each kind is begun."""

    def __init__(self) -> None:
        super().__init__()
        self._publish_checklist()
        by = self.by(self.priya)
        self.checklist = checklists.start(self.tobi, by=by)
        self.episode = self.delivering()
        self._begin_the_next(by)
        self._what_the_index_holds(by)
        self._write_a_word_into_every_text()

    def _publish_checklist(self) -> None:
        """The tiny checklist beside the tiny assessment of casework's world."""
        small = definitions.read(SMALL_FORMS[1])
        form = PublishedForm(key=small.key, version=small.version, title=small.title, definition=small.as_document())
        form.checksum, form.effective_from, form.published_at = small.checksum, date(2000, 1, 1), dates.now()
        makers.keep(form)

    def _begin_the_next(self, by) -> None:
        """A further meeting, a further lead, the next version of the plan, a review, a status, a try to reach them."""
        episode = self.episode
        members = list(Member.objects.filter(episode=episode, left_on=None))
        in_a_week = dates.now() + timedelta(days=7)
        further = meetings.convene(
            episode, kind="team", planned_at=in_a_week, place="School", agenda="Sleep", members=members, by=by
        )
        invited = Invited.objects.get(meeting=further, member=self.member(episode, self.ruth))
        meetings.reply(invited, reply="report", report="Ruth's report", by=self.by(self.ruth))
        leads.propose(
            episode, candidate=self.member(episode, self.ruth), answers={}, family_wish="Ruth", reason="Nearer", by=by
        )
        draft = plans.begin_draft(episode, by=by)
        plans.add_outcome(plans.add_need(draft, text="Room", by=by), text="A bed each", by=by)
        reviews.open_review(episode, by=by)
        holds.enter_status(self.tobi, status="in-need", from_on=dates.today(), by=by)
        closing.record_attempt(episode, on=dates.today(), method="phone", note="No answer", by=by)

    def _what_the_index_holds(self, by) -> None:
        """Somebody who begins to work with Tobi, one who opened the record in an emergency, a question to stewards."""
        self.minds = makers.agency("Northmoor Minds")
        self.ivy = makers.practitioner("Ivy Marsden", at=self.minds, roles=("practitioner", "manager"))
        self.beginner = makers.practitioner("Kit Brand", at=self.minds)
        starting.declare(self.tobi, search=self.searched(self.beginner), by=self.by(self.beginner))
        self.former = makers.practitioner("Dee Lowe", at=self.housing)
        teams.leave(teams.join(self.episode, self.former, by=by), by=by)
        makers.keep(
            WorkItem(
                kind=WorkKind.CLASH,
                child=self.tobi,
                other=makers.child("Tobias"),
                digest="0" * 64,
                because=["Both records claim one number"],
                opened_at=dates.now(),
            )
        )
        feed = feed_files.live(feeds.arrange(source="school-roll", agency=self.school, by=makers.TESTER))
        self.errand = errands.send(feed, self._roll(feed), kind="load", by=makers.TESTER)
        feeds.dry_run(feed, self._roll(feed), by=makers.TESTER)
        self._what_becomes_of_the_record()
        makers.keep(
            Override(
                child=self.tobi,
                practitioner=makers.practitioner("Sam Hale", at=self.police),
                category="missing",
                reason="A long enough reason",
                opened_at=dates.now(),
                until=dates.now() + timedelta(hours=1),
                review_by=dates.today() + timedelta(days=2),
            )
        )

    def _roll(self, feed) -> bytes:
        return feed_files.file(feed, feed_files.KATE, made_on=dates.today().isoformat())

    def _what_becomes_of_the_record(self) -> None:
        """Another authority asks for Tobi, somebody asks to read the archive, a list waits to be purged."""
        asked = {"asked_by": self.former, "reason": "The family moved"}
        east, today = makers.authority("EMR", "Eastmoor"), dates.today()
        makers.keep(
            Transfer(child=self.tobi, to=east, answers=self.authority, asked_on=today, answer_by=today, **asked)
        )
        makers.keep(ArchiveRead(child=self.tobi, ground="court", asked_at=dates.now(), needs_second=True, **asked))
        makers.keep(Purge(children=[self.tobi.pk], proposed_by=self.former, proposed_on=today))

    def _write_a_word_into_every_text(self) -> None:
        """Whatever somebody can write of the case says where it stands, also in a field that is added later."""
        for model, names in TEXTS.items():
            for record in model.objects.all():
                makers.change(record, **{name: word_of(model, name) for name in names})
        for answers in AnswerSet.objects.select_related("form"):
            makers.change(answers, answers={"reason": {"why": f"{WORD} of {answers.form.key} why"}})


def word_of(model: type[Record], name: str) -> str:
    """What stands in one text of the case."""
    return f"{WORD} of {model._meta.label} {name}"


def texts_of(model: type[Record]) -> list[str]:
    """The fields of a model in which somebody writes about a child: texts of the class P4."""
    fields = [one for one in model._meta.concrete_fields if model.privacy().get(one.name) == P4]
    return [one.name for one in fields if isinstance(one, (models.CharField, models.TextField)) and not one.choices]


RECORDS = [one for one in apps.get_models() if issubclass(one, Record)]
TEXTS = {model: names for model in RECORDS if (names := texts_of(model))}
