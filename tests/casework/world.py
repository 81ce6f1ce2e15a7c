"""Scenario A's world at work: the family, and makers that drive an episode to a state through the real actions."""

from datetime import date, datetime, time, timedelta

from teamaround.casework import assessments, consenting, episodes, leads, meetings, plans, teams
from teamaround.casework.models import Member
from teamaround.forms import definitions
from teamaround.forms.models import PublishedForm
from teamaround.index import searching
from teamaround.index.asking import Asked
from teamaround.index.models import Search
from teamaround.kit import dates
from teamaround.sharing import notices
from teamaround.sharing.terms import INFORMED
from tests import makers

SMALL_FORMS = (
    {
        "key": "common-assessment",
        "version": "test",
        "title": "Common assessment",
        "sections": [
            {
                "key": "reason",
                "title": "Why",
                "concept": "caf.info",
                "fields": [{"key": "why", "type": "long_text", "label": "What led to this?", "required": "finalise"}],
            },
            {
                "key": "family_relationships",
                "title": "Family and social relationships",
                "concept": "caf.dev.relationships",
                "fields": [],
            },
        ],
    },
    {
        "key": "pre-assessment-checklist",
        "version": "test",
        "title": "Checklist",
        "sections": [{"key": "child", "title": "Child", "concept": "checklist", "fields": []}],
    },
)


def small_forms() -> None:
    """Tiny forms under the names of the real ones, for tests that are not about forms; publishing would refuse them."""
    for form in SMALL_FORMS[:1]:
        small = definitions.read(form)
        makers.keep(
            PublishedForm(
                key=small.key,
                version=small.version,
                title=small.title,
                definition=small.as_document(),
                checksum=small.checksum,
                effective_from=date(2000, 1, 1),
                published_at=dates.now(),
            )
        )


class Family(makers.World):
    """Tobi with Ama and Nils, and everybody of scenario A at work."""

    def __init__(self) -> None:
        super().__init__()
        small_forms()
        self.notice = notices.publish(title="Your information", text="What we hold and why", by=makers.TESTER)
        self.tobi = makers.child()
        self.ama = makers.parent(self.tobi)
        self.nils = makers.parent(self.tobi, "Nils", "Lindqvist", responsible=False, relationship="stepfather")
        self.police = makers.agency("Northmoor Police")

    def by(self, who):
        """Somebody as they act now."""
        return makers.actor(who)

    def searched(self, who, child=None) -> Search:
        """A search of the last minutes that showed the child."""
        return Search.objects.create(
            practitioner=who, criteria={}, reason="starting", found=[(child or self.tobi).pk], made_at=dates.now()
        )

    def started(self, who=None, child=None):
        """An episode that was started."""
        who = who or self.priya
        self.searched(who, child)
        return episodes.start(child or self.tobi, reason="Often late and tired", by=self.by(who))

    def consent(self, **more):
        """A consent of Ama's to hold and to share with health and housing, leaving the police out."""
        given = {
            "capacity": "parent",
            "given_by": self.ama,
            "form": "written",
            "informed": list(INFORMED),
            "given_on": dates.today(),
            "notice": self.notice,
            "recipients": [self.school, self.health, self.housing],
            "excluded": [self.police],
        }
        return given | more

    def assessing(self, **more):
        """An episode whose family has agreed."""
        episode = self.started()
        consenting.record(episode, **self.consent(**more), by=self.by(self.priya))
        return episode

    def assessed(self):
        """An episode whose assessment is signed off."""
        episode = self.assessing()
        self.write(episode)
        assessments.sign_off(episode, level="additional", by=self.by(self.priya))
        return episode

    def write(self, episode, who=None):
        """Everything that sign-off needs."""
        by = self.by(who or self.priya)
        current = assessments.under_way(episode)
        version = current.answers.section_versions.get("reason", 0)
        assessments.save_section(episode, "reason", {"why": "Late and tired since the move"}, version=version, by=by)
        assessments.comment(episode, who="child", mode="drawing", text="A house with everybody in it", by=by)
        assessments.comment(episode, who="parent", adult=self.ama, mode="own-words", text="We need help", by=by)

    def planning(self):
        """An episode with a team called for."""
        episode = self.assessed()
        episodes.respond_with_team(episode, by=self.by(self.priya))
        return episode

    def member(self, episode, who) -> Member:
        """The member that a practitioner or adult is."""
        name = "practitioner" if hasattr(who, "agency_id") else "adult"
        return Member.objects.get(episode=episode, left_on=None, **{name: who})

    def met(self):
        """An episode whose first meeting was held with Ruth and Dan in the team."""
        episode = self.planning()
        by = self.by(self.priya)
        for who in (self.ruth, self.dan):
            teams.join(episode, who, by=by)
        members = list(Member.objects.filter(episode=episode))
        meeting = meetings.convene(
            episode,
            kind="first",
            planned_at=dates.now() + timedelta(hours=1),
            place="School",
            members=members,
            by=by,
        )
        self.hold(meeting)
        return episode

    def hold(self, meeting):
        """Record that everybody came."""
        people = list(meeting.invited.all())
        return meetings.record(
            meeting,
            held_on=dates.today(),
            chair=self.member(meeting.episode, self.priya).pk,
            note_taker=self.member(meeting.episode, self.ruth).pk,
            participation="PN1",
            attendance={str(one.member_id): "present" for one in people},
            points=[("note", "Sleep is hard in the flat"), ("decision", "Ask for a bigger flat")],
            by=self.by(self.priya),
        )

    def led(self, episode=None, who=None):
        """An episode that somebody leads who accepted."""
        episode = episode or self.met()
        who = who or self.priya
        lead = leads.propose(
            episode,
            candidate=self.member(episode, who),
            answers={str(self.member(episode, who).pk): {"trust": 3}},
            family_wish="Whoever is at school",
            by=self.by(self.priya),
        )
        leads.accept(lead, by=self.by(who))
        return episode

    def plan(self, episode, owner=None):
        """An agreed plan with one action."""
        by = self.by(self.priya)
        plan = plans.begin_draft(episode, by=by)
        need = plans.add_need(plan, text="Sleep", by=by)
        outcome = plans.add_outcome(need, text="Tobi sleeps through", measure="Awake at school", by=by)
        plans.add_action(
            outcome,
            text="Write to housing about a bigger flat",
            owner=self.member(episode, owner or self.priya),
            by_when=dates.today() + timedelta(days=14),
            by=by,
        )
        return plans.agree(plan, by=by)

    def delivering(self):
        """An episode in which help has begun."""
        episode = self.led()
        self.plan(episode)
        plans.start_delivery(episode, next_review_on=dates.today() + timedelta(days=42), by=self.by(self.priya))
        return episode


def at(day: date, hour: int = 9) -> datetime:
    """A moment of a day in London."""
    return datetime.combine(day, time(hour), tzinfo=dates.LONDON)


def search(who, **asked):
    """A real search."""
    return searching.find(Asked(**asked), reason="starting", by=makers.actor(who))
