"""THE table: for each action, whose record, through which relations, showing which classes. Not in it: not allowed.

Which role holds which action is data (reference.Role.functions); relations and classes are here.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Model

from teamaround.audit.privacy import P0, P1, P2, P3, P4
from teamaround.casework.models import Checklist, Episode, Lead, Meeting, PlanAction, Review
from teamaround.index.models import (
    ArchiveRead,
    Errand,
    Feed,
    Involvement,
    Load,
    Purge,
    Search,
    Start,
    Transfer,
    WorkItem,
)
from teamaround.people.models import Child
from teamaround.tasks.models import Notice, Task
from teamaround.workforce.models import Practitioner


class Action(StrEnum):
    """Everything a worker can ask the system to do or show; one page or button each."""

    HOME = "home"
    KEEP_TYPED = "draft.keep"
    SEE_TEAM_WORK = "team.see"
    DO_TASK = "task.do"
    READ_NOTICE = "notice.read"

    SEARCH = "index.search"
    SEE_SEARCH = "index.results"
    OPEN_FOUND = "child.open"
    SEARCH_FOR_OTHER = "index.search-for-other"
    SEE_FOR_OTHER = "child.see-for-other"
    SEE_OWN_ACTIVITY = "activity.see"
    SEE_PERIODS = "periods.see"
    REGISTER_CHILD = "child.register"
    SEE_CHILD = "child.see"
    CORRECT_CHILD = "child.correct"
    RECORD_INVOLVEMENT = "involvement.record"
    END_INVOLVEMENT = "involvement.end"
    CONFIRM_INVOLVEMENT = "involvement.confirm"
    PLACE_INVOLVEMENT = "involvement.place"
    END_POST = "post.end"
    FOLLOW_UP_START = "start.follow-up"
    OVERRIDE = "child.override"
    REVIEW_OVERRIDE = "override.review"
    STEWARD = "index.steward"
    DECIDE_WORK = "work-item.decide"
    FEEDS = "feeds.see"
    ARRANGE_FEED = "feed.arrange"
    SEE_FEED = "feed.see"
    RUN_FEED = "feed.run"
    SEND_FILE = "file.send"
    SEE_ERRAND = "errand.see"
    SEE_FILE = "file.see"
    TAKE_FILE_BACK = "file.take-back"
    SEE_LIFE = "life.see"
    RECORD_DEATH = "death.record"
    DEATH_IN_ERROR = "death.in-error"
    RECORD_LEAVING = "leaving.record"
    RECORD_RETURN = "return.record"
    RECORD_STAY = "stay.record"
    TRANSFERS = "transfers.see"
    ASK_TRANSFER = "transfer.ask"
    ANSWER_TRANSFER = "transfer.answer"
    ARCHIVE = "archive.see"
    READ_ARCHIVED = "archive.read"
    KEEP_ARCHIVE = "archive.keep"
    AGREE_ARCHIVE_READ = "archive.agree"
    LEGAL_HOLD = "legal-hold.place"
    PURGES = "purge.see"
    PURGE = "purge.do"

    WRITE_CHECKLIST = "checklist.write"
    SEE_CHECKLIST = "checklist.see"
    START_EPISODE = "episode.start"
    SEE_EPISODE = "episode.see"
    RECORD_CONSENT = "consent.record"
    WRITE_ASSESSMENT = "assessment.write"
    SIGN_ASSESSMENT = "assessment.sign"
    DECIDE_RESPONSE = "episode.respond"
    COORDINATE = "episode.coordinate"
    CHANGE_TEAM = "team.change"
    CONVENE = "meeting.convene"
    SEE_MEETING = "meeting.see"
    RECORD_MEETING = "meeting.record"
    PROPOSE_LEAD = "lead.propose"
    ANSWER_LEAD = "lead.answer"
    WRITE_PLAN = "plan.write"
    SEE_PLAN_ACTION = "plan-action.see"
    DO_PLAN_ACTION = "plan-action.do"
    OPEN_REVIEW = "review.open"
    HOLD_REVIEW = "review.hold"
    CLOSE_EPISODE = "episode.close"
    COUNTERSIGN = "closure.countersign"
    PRINT_EPISODE = "episode.print"
    ENTER_STATUS = "status.enter"


@dataclass(frozen=True)
class Rule:
    """One row. `path` leads from `model` to the child or episode that the relations speak of ("" is itself)."""

    says: str
    model: type[Model] | None = None
    relations: tuple[str, ...] = ()
    path: str = ""
    classes: tuple[str, ...] = (P0,)


INDEX = (P0, P1, P2)
CASE = (P0, P1, P2, P3, P4)

#: relations that open the index record of a child
ABOUT_CHILD = ("agency_works_with", "started_to_work_with", "in_the_episode", "overrode")
#: relations of those who may say what becomes of a child's record
TELLS_OF_CHILD = ("agency_works_with", "in_the_episode", "stewards_authority")
#: relations that open the content of an episode, for reading
IN_EPISODE = ("coordinates", "leads", "granted", "manages_coordinator")
#: relations that may change an episode
WRITES_EPISODE = ("coordinates", "leads")

TABLE: dict[Action, Rule] = {
    Action.HOME: Rule("See my children, tasks, reviews and invitations"),
    Action.KEEP_TYPED: Rule("Keep what I have typed and not sent"),
    Action.SEE_TEAM_WORK: Rule("See the work of those I manage"),
    Action.DO_TASK: Rule("Do one of my tasks", Task, ("own_task",), "", (P0, P1, P3)),
    Action.READ_NOTICE: Rule("Read one of my notices", Notice, ("own_notice",), "", (P0, P1, P3)),
    Action.SEARCH: Rule("Search the child index, with a reason"),
    Action.SEE_SEARCH: Rule("See the results of my search", Search, ("own_search",), "", (P0, P1)),
    Action.OPEN_FOUND: Rule(
        "Open a record my search found, with the reason", Child, ("found_by_search",), "", (P0, P1)
    ),
    Action.SEARCH_FOR_OTHER: Rule("Search the child index on behalf of somebody else"),
    Action.SEE_FOR_OTHER: Rule(
        "See who works with a child, on behalf of somebody else", Child, ("found_for_other",), "", INDEX
    ),
    Action.SEE_OWN_ACTIVITY: Rule("See what others looked at in my name"),
    Action.SEE_PERIODS: Rule("See every period and threshold in force"),
    Action.REGISTER_CHILD: Rule("Make a record when a search found none", Search, ("own_search",)),
    Action.SEE_CHILD: Rule("See the index record of a child", Child, ABOUT_CHILD, "", INDEX),
    Action.CORRECT_CHILD: Rule(
        "Correct a child's details, record a birth", Child, ("agency_works_with", "in_the_episode"), "", INDEX
    ),
    Action.RECORD_INVOLVEMENT: Rule(
        "Record that I am working with a child",
        Child,
        ("agency_works_with", "started_to_work_with", "in_the_episode"),
        "",
        INDEX,
    ),
    Action.END_INVOLVEMENT: Rule(
        "End an involvement of my agency", Involvement, ("own_agency_involvement",), "", INDEX
    ),
    Action.CONFIRM_INVOLVEMENT: Rule(
        "Say whether an involvement of mine still stands", Involvement, ("own_involvement",), "", INDEX
    ),
    Action.PLACE_INVOLVEMENT: Rule(
        "Pass on or end what somebody I managed has left behind", Involvement, ("left_behind",), "", (P0, P1)
    ),
    Action.END_POST: Rule("End the post of somebody I manage", Practitioner, ("manages",)),
    Action.FOLLOW_UP_START: Rule("Say what came of starting to work with a child", Start, ("own_start",), "", INDEX),
    Action.OVERRIDE: Rule(
        "Open a record in an emergency, reviewed by another person", Child, ("found_by_search",), "", (P0, P1)
    ),
    Action.REVIEW_OVERRIDE: Rule("Review emergency openings by others"),
    Action.STEWARD: Rule("See what waits for a data steward"),
    Action.DECIDE_WORK: Rule("Decide what waits for a data steward", WorkItem, ("stewarded",), "", INDEX),
    Action.FEEDS: Rule("See partners' files and their answers"),
    Action.ARRANGE_FEED: Rule("Arrange that a partner sends files"),
    Action.SEE_FEED: Rule("See one partner's files and how good they are", Feed, ("fed",)),
    Action.RUN_FEED: Rule("Let a source go live, resume it, accept a file that never came", Feed, ("fed",)),
    Action.SEND_FILE: Rule("Send a partner's file in", Feed, ("fed",)),
    Action.SEE_ERRAND: Rule("See how far work on a file is", Errand, ("fed_by_errand",)),
    Action.SEE_FILE: Rule("See the answers to one file", Load, ("fed_by_file",)),
    Action.TAKE_FILE_BACK: Rule("Take a whole file back", Load, ("fed_by_file",)),
    Action.SEE_LIFE: Rule("See what becomes of a record", Child, ("stewards_authority",), "", INDEX),
    Action.RECORD_DEATH: Rule("Record a death", Child, TELLS_OF_CHILD, "", INDEX),
    Action.DEATH_IN_ERROR: Rule("Take back a death recorded in error", Child, ("stewards_authority",), "", INDEX),
    Action.RECORD_LEAVING: Rule("Record that a child left the area", Child, TELLS_OF_CHILD, "", INDEX),
    Action.RECORD_RETURN: Rule("Record that a child came back", Child, (*TELLS_OF_CHILD, "reads_archive"), "", INDEX),
    Action.RECORD_STAY: Rule(
        "Record whether a young person's record stays past 18", Child, TELLS_OF_CHILD, "", (*INDEX, P4)
    ),
    Action.TRANSFERS: Rule("See requests for responsibility"),
    Action.ASK_TRANSFER: Rule(
        "Ask for a change of the responsible authority",
        Child,
        ("stewards_authority", "found_by_search"),
        "",
        (P0, P1),
    ),
    Action.ANSWER_TRANSFER: Rule(
        "Answer a request for responsibility", Transfer, ("answers_transfer",), "", (P0, P1, P2)
    ),
    Action.ARCHIVE: Rule("Ask to read an archived record, on a ground"),
    Action.READ_ARCHIVED: Rule("Read an archived record", Child, ("reads_archive",), "", INDEX),
    Action.KEEP_ARCHIVE: Rule("Ask to read what has been in the archive for over a year"),
    Action.AGREE_ARCHIVE_READ: Rule(
        "Agree to the reading of an archived record", ArchiveRead, ("seconds_archive_read",), "", (P0, P1, P2)
    ),
    Action.LEGAL_HOLD: Rule(
        "Hold a record for a reason in law", Child, ("stewards_authority", "reads_archive"), "", INDEX
    ),
    Action.PURGES: Rule("See what is due to be purged and was, propose a purge"),
    Action.PURGE: Rule("Purge what another has proposed", Purge, ("proposed_by_another",), "", (P0, P1)),
    Action.WRITE_CHECKLIST: Rule(
        "Fill in a pre-assessment checklist",
        Child,
        ("agency_works_with", "started_to_work_with"),
        "",
        INDEX,
    ),
    Action.SEE_CHECKLIST: Rule(
        "See a pre-assessment checklist", Checklist, ("own_checklist", "manages_author"), "", CASE
    ),
    Action.START_EPISODE: Rule("Start an episode", Child, ("agency_works_with", "started_to_work_with"), "", INDEX),
    Action.SEE_EPISODE: Rule("Read an episode", Episode, IN_EPISODE, "", CASE),
    Action.RECORD_CONSENT: Rule("Record consent or refusal", Episode, ("coordinates",), "", CASE),
    Action.WRITE_ASSESSMENT: Rule(
        "Write the common assessment", Episode, ("coordinates", "granted_to_write"), "", CASE
    ),
    Action.SIGN_ASSESSMENT: Rule("Sign the common assessment off", Episode, ("coordinates",), "", CASE),
    Action.DECIDE_RESPONSE: Rule("Decide the response to an assessment", Episode, ("coordinates",), "", CASE),
    Action.COORDINATE: Rule("Hand over coordination, reopen the assessment", Episode, ("coordinates",), "", CASE),
    Action.CHANGE_TEAM: Rule("Change who is in the team", Episode, WRITES_EPISODE, "", CASE),
    Action.CONVENE: Rule("Call a meeting of the team", Episode, (*WRITES_EPISODE, "assessed"), "", CASE),
    Action.SEE_MEETING: Rule("See a meeting", Meeting, IN_EPISODE, "episode", CASE),
    Action.RECORD_MEETING: Rule("Record a meeting and its minutes", Meeting, WRITES_EPISODE, "episode", CASE),
    Action.PROPOSE_LEAD: Rule("Propose a lead professional", Episode, WRITES_EPISODE, "", CASE),
    Action.ANSWER_LEAD: Rule("Accept or decline to lead", Lead, ("proposed_to",), "", CASE),
    Action.WRITE_PLAN: Rule("Write the delivery plan", Episode, WRITES_EPISODE, "", CASE),
    Action.SEE_PLAN_ACTION: Rule(
        "See an action of the plan", PlanAction, IN_EPISODE, "outcome__need__plan__episode", CASE
    ),
    Action.DO_PLAN_ACTION: Rule("Accept and report on my action", PlanAction, ("owns_action",), "", CASE),
    Action.OPEN_REVIEW: Rule("Open a review", Episode, WRITES_EPISODE, "", CASE),
    Action.HOLD_REVIEW: Rule("Record a review", Review, WRITES_EPISODE, "episode", CASE),
    Action.CLOSE_EPISODE: Rule("Close an episode", Episode, ("coordinates",), "", CASE),
    Action.COUNTERSIGN: Rule("Countersign a closure", Episode, ("manages_coordinator",), "", CASE),
    Action.PRINT_EPISODE: Rule("Print assessment and plan", Episode, IN_EPISODE, "", CASE),
    Action.ENTER_STATUS: Rule("Enter a statutory status", Episode, ("coordinates", "leads"), "", CASE),
}
