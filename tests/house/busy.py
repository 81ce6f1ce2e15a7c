"""A world in which everything can become more: for promises about what pages cost, however much there is."""

from copy import copy
from datetime import timedelta
from itertools import count

from django.test import Client

from teamaround.access import override
from teamaround.casework import checklists, closing, holds, leads, meetings, plans, reviews, teams
from teamaround.casework.models import Member
from teamaround.forms import definitions, publishing
from teamaround.index import (
    archive,
    errands,
    feeds,
    involvement,
    mediating,
    registering,
    searching,
    starting,
    transferring,
    worklist,
)
from teamaround.index.asking import Asked
from teamaround.index.models import ArchiveRead, Archiving, Purge, Search
from teamaround.index.terms import WorkKind
from teamaround.kit import dates
from teamaround.tasks import notices, trays
from teamaround.workforce.terms import AgencyKind, Sector
from tests import makers
from tests.casework.world import Family
from tests.index import children, feed_files
from tests.signing_in import account_of, sign_in

BY = {"by": makers.TESTER}


class Busy(Family):
    """Tobi's episode in delivery, other children's at other stages, and a file, a question, an emergency of each."""

    def __init__(self) -> None:
        super().__init__()
        self._numbers = count(1)
        self.steward = makers.practitioner("Sam Steward", roles=("steward",))
        self.officer = makers.practitioner("Owen Officer", roles=("privacy-officer",))
        self.guard = makers.practitioner("Lena Guard", at=self.school, roles=("practitioner", "safeguarding"))
        self.surgery = makers.agency("Quay Surgery", kind=AgencyKind.GP)
        self.people = (self.priya, self.jo, self.ruth, self.guard, self.steward, self.officer)
        self.east = makers.authority("EMR", "Eastmoor")
        self.eva = makers.practitioner("Eva East", at=makers.agency(authority=self.east), roles=("steward",))
        self.purge = makers.keep(Purge(children=[], proposed_by=self.steward, proposed_on=dates.today()))
        self.episode = self.delivering()
        self.status = holds.enter_status(self.tobi, status="in-need", from_on=dates.today(), **self._priya())
        self.writing = self.another()
        self.writing_episode = self.writing.assessing()
        self._propose()
        self._ask_to_end()
        self.start = starting.declare(
            self.writing.tobi, search=self.searched(self.guard, self.writing.tobi), by=self.by(self.guard)
        )
        publishing.publish(definitions.shipped("pre-assessment-checklist-2009"), **BY)
        self.checklist = checklists.start(self.writing.tobi, by=self.by(self.priya))
        self.search = searching.find(
            Asked(given="Katherine", family="Smith", born="4 9 2019"), reason="starting", by=self.by(self.priya)
        )
        self.grow(1)

    def another(self) -> Family:
        """The same people at work with the family of another child."""
        number = next(self._numbers)
        one = copy(self)
        one.tobi = makers.child(f"Robin {number}", born=dates.today() - timedelta(days=3000))
        one.ama = makers.parent(one.tobi, "Bea", "Robin")
        return one

    def _propose(self) -> None:
        """An episode whose lead has not answered."""
        family = self.another()
        episode = family.met()
        leads.propose(
            episode,
            candidate=family.member(episode, self.ruth),
            answers={str(family.member(episode, self.ruth).pk): {"trust": 3}},
            family_wish="Ruth",
            **self._priya(),
        )

    def _ask_to_end(self) -> None:
        """An episode that the manager is asked to countersign the end of."""
        episode = self.another().delivering()
        for days, method in ((14, "phone"), (7, "letter"), (0, "visit")):
            self._attempt(episode, days, method)
        closing.close(
            episode,
            reason="disengaged",
            summary="Nobody answers",
            goes_on="School as before",
            safeguarding_considered="Seen at school",
            level_at_end="additional",
            family_told_on=dates.today(),
            child_view="",
            parent_view="",
            **self._priya(),
        )

    def _start_to_work(self, child) -> None:
        starting.declare(child, search=self.searched(self.guard, child), by=self.by(self.guard))

    def _attempt(self, episode, days, method) -> None:
        makers.change(episode, started_on=dates.today() - timedelta(days=30))
        closing.record_attempt(episode, on=dates.today() - timedelta(days=days), method=method, **self._priya())

    def _priya(self):
        return {"by": self.by(self.priya)}

    def grow(self, times: int) -> None:
        """So many more of everything."""
        for _ in range(times):
            self._more_of_the_child()
            self._more_of_the_episode()
            self._more_of_the_plan()
            self._more_of_the_assessment()
            self._more_work()
            self._more_of_the_index()

    def _more_of_the_child(self) -> None:
        number = next(self._numbers)
        child = self.tobi
        for kind, given in (("spelling", f"Toby {number}"), ("known-as", f"Tobs {number}")):
            registering.add_name(child, kind=kind, given=given, family="Okafor", source="test", **BY)
        registering.move_house(child, lines=f"{number} Mill Lane", postcode="NM2 2BB", source="test", **BY)
        registering.add_identifier(child, kind="case", value=f"C{number}", source="test", **BY)
        registering.link_siblings(child, makers.child(f"Sister {number}"), source="test", **BY)
        elsewhere = makers.practitioner(at=makers.agency(sector=Sector.HEALTH, kind=AgencyKind.HEALTH_SERVICE))
        involvement.record(child, practitioner=elsewhere, role="Nurse", from_on=dates.today(), **BY)
        teams.join_family(
            self.episode, makers.parent(child, f"Aunt {number}", responsible=False, relationship="grandparent"), **BY
        )

    def _more_of_the_episode(self) -> None:
        teams.join(self.episode, makers.practitioner(at=self.health), **self._priya())
        members = list(Member.objects.filter(episode=self.episode, left_on=None))
        for held in (True, False):
            meeting = meetings.convene(
                self.episode,
                kind=meetings.next_kind(self.episode),
                planned_at=dates.now() + timedelta(hours=1),
                place="School",
                members=members,
                **self._priya(),
            )
            if held:
                self.hold(meeting)
            else:
                self.invited = meeting.invited.exclude(member__adult=None).first()
        self._attempt(self.episode, 0, "phone")
        self._change_standing()
        holds.place(self.episode, kind="spending", reason="Money is asked for", **BY)

    def _change_standing(self) -> None:
        """A standing by law of one day that is over."""
        day = dates.today() - timedelta(days=next(self._numbers))
        holds.enter_status(self.tobi, status="looked-after", from_on=day, to_on=day, **self._priya())

    def _more_of_the_plan(self) -> None:
        by = self._priya()
        self.plan(self.episode)
        reviews.record(
            reviews.open_of(self.episode) or reviews.open_review(self.episode, **by),
            held_on=dates.today(),
            outcome="continue",
            notes="It goes on",
            level_now="additional",
            consent_rechecked=True,
            lead_confirmed=True,
            child_says=("I sleep", ""),
            parent_says=("We sleep", ""),
            next_review_on=dates.today() + timedelta(days=40),
            **by,
        )
        draft = plans.begin_draft(self.episode, **by)
        self.need = plans.add_need(draft, text="Friends", **by)
        self.outcome = plans.add_outcome(self.need, text="Has a friend", measure="Asked on Fridays", **by)
        self.part = plans.add_action(
            self.outcome,
            text="Go to the club on Thursdays with a friend",
            owner=self.member(self.episode, self.priya),
            by_when=dates.today() + timedelta(days=20),
            **by,
        )
        reviews.open_review(self.episode, **by)

    def _more_of_the_assessment(self) -> None:
        self.writing.write(self.writing_episode)

    def _more_work(self) -> None:
        number = next(self._numbers)
        self.another().met()
        managed = makers.practitioner(at=self.school, manager=self.jo)
        self.another().started(managed)
        for who in self.people:
            link = f"/children/{self.tobi.pk}/?{number}"
            notices.tell(practitioner=who, kind="joined-team", link=link, child=self.tobi, **BY)
            trays.put(
                kind="do-action",
                subject=makers.child(f"Task {number}").pk,
                link=link,
                due_on=dates.today(),
                child=self.tobi,
                practitioner=who,
                **BY,
            )
            sign_in(Client(), who).get("/")

    def _more_of_the_index(self) -> None:
        number = next(self._numbers)
        found = children.register(postcode=f"NM1 {number % 10}AA", lines=f"{number} Harbour Street")
        self.search.found = [*self.search.found, found.pk]
        Search.objects.filter(pk=self.search.pk).update(found=self.search.found)
        _ask(found, self.tobi, number, **BY)
        feed = feeds.arrange(source="school-roll", agency=makers.agency(), **BY)
        today = dates.today().isoformat()
        for sequence in (1, 2):
            data = feed_files.file(feed, feed_files.ALI, feed_files.WRONG, sequence=sequence, made_on=today)
            feeds.dry_run(feed, data, **BY)
        self._more_of_a_feed(today)
        guard = self.by(makers.practitioner(at=self.school, roles=("practitioner", "safeguarding")))
        self.opening = override.open_in_emergency(
            found, category="hospital", reason="Brought in unconscious, carer not known", by=guard
        )
        self._start_to_work(found)
        self._more_of_the_archive(number)
        mediating.find(
            Asked(given="Katherine", family="Smith", born="4 9 2019"),
            requester=account_of(self.priya).email,
            reason="contact",
            by=self.by(self.guard),
        )
        gone = makers.practitioner(at=self.school, manager=self.jo, leaves_on=dates.today() - timedelta(days=1))
        for who in (gone, self.priya):
            involvement.record(found, practitioner=who, role="Adviser", from_on=dates.today(), **BY)
        transferring.ask(found, to=self.east, reason="The family moved", by=self.by(self.eva))

    def _more_of_the_archive(self, number: int) -> None:
        """A record that a steward reads, that somebody else asks to read, and that is due to be purged."""
        child = children.register(f"Archie {number}", postcode="NM9 9ZZ")
        archive.archive(child, because="left", **BY)
        steward = self.by(self.steward)
        archive.ask_to_read(child, ground="court", reason="Order 12 of the court", by=steward)
        makers.keep(
            ArchiveRead(
                child=child,
                ground="court",
                reason="Order 12",
                asked_by=self.steward,
                asked_at=dates.now(),
                needs_second=True,
            )
        )
        makers.change(Archiving.objects.get(child=child), purge_on=dates.today())
        makers.change(self.purge, children=[*self.purge.children, child.pk])
        done = makers.keep(Purge(children=[], proposed_by=self.officer, proposed_on=dates.today()))
        makers.change(done, done_by=self.steward, done_on=dates.today())

    def _more_of_a_feed(self, today) -> None:
        """The source that files are sent for: another is loaded, one waits to be, and one is tried."""
        number = next(self._numbers)
        feed = feed_files.live(feeds.arrange(source="gp-list", agency=self.surgery, **BY))
        names = feed_files.NAMES.replace("upn", "nhs_number")
        rows = [f",Feld{number},Ida,2015-01-01,F,2020-01-01,{number} Field Road,NM2 2BB", feed_files.WRONG]
        makers.change(feed, paused_because="")
        feed.refresh_from_db()
        data = feed_files.file(feed, *rows, sequence=feed.last_sequence + 1, names=names, made_on=today)
        feeds.load(feed, data, **BY)
        makers.change(feed, paused_because="")
        feed.refresh_from_db()
        errands.send(feed, data.replace(b"Ida", b"Eva"), kind="load", **BY)


@makers.action("test.asked-often")
def _ask(child, other, number, *, by):
    received = {"kind": "upn", "value": f"B80120000{number:04d}", "source": "test"}
    return worklist.put(WorkKind.CLASH, child=child, other=other, received=received, because=["One pupil number"])
