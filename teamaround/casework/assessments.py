"""The common assessment: written by section, commented on by child and parent, signed off, made anew."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from teamaround.audit import recording
from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.forms import answering, answers, publishing
from teamaround.forms.definitions import Field
from teamaround.forms.terms import Stage
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.kit.text import listed
from teamaround.people.models import Adult, Child
from teamaround.reference import calendar, periods
from teamaround.tasks import trays

from . import copies, facts, moves
from .models import Assessment, Comment, Episode
from .terms import CommentMode, EpisodeState, NeedLevel

#: how old a child may be whose view is only observed
OBSERVED_UNDER = 4
#: the concepts of the nineteen elements, in three domains (casework.md 2.2)
ELEMENTS = ("caf.dev.", "caf.parenting.", "caf.family.")
#: how a comment that was not made says so
SILENT = (CommentMode.DECLINED, CommentMode.NOT_OBTAINED)


def current(episode: Episode) -> Assessment | None:
    """The newest version, signed or being written."""
    return episode.assessments.select_related("answers__form", "assessor", "signed_by").order_by("-version").first()


def under_way(episode: Episode) -> Assessment:
    """The version that can be written; refused while consent is missing (CW-3), after sign-off or after the end."""
    found = current(episode)
    if not moves.is_open(episode):
        raise Refused("The episode is closed")
    if found is None:
        raise Refused("Nothing of the assessment may be written before the family has agreed")
    if found.signed_on is not None:
        raise Refused("The assessment is signed off. Make a new version to change it")
    return found


@action("assessment.section-saved")
def save_section(episode: Episode, section: str, given: dict[str, Any], *, version: int, by: Actor) -> Assessment:
    """Save one section; whoever saves on top of somebody else's newer text gets both back, nothing is lost."""
    assessment = under_way(episode)
    answers.save_section(assessment.answers, section, given, version=version, by=by)
    recording.tell(section=section)
    return assessment


@action("assessment.commented")
def comment(
    episode: Episode,
    *,
    who: str,
    mode: str,
    by: Actor,
    text: str = "",
    reason_not_obtained: str = "",
    adult: Adult | None = None,
    language: str = "",
    interpreter: str = "",
) -> Comment:
    """Record what the child or a parent says of the assessment, or why they have not (CW-9)."""
    assessment = under_way(episode)
    check_comment(mode=mode, text=text, reason_not_obtained=reason_not_obtained, interpreter=interpreter)
    check_speaker(episode.child, who=who, mode=mode, adult=adult)
    recording.tell(who=who, mode=str(mode))
    return Comment.objects.create(
        episode=episode,
        assessment=assessment,
        who=who,
        adult=adult,
        mode=mode,
        text=text,
        reason_not_obtained=reason_not_obtained,
        language=language,
        interpreter=interpreter,
        typed_by_id=by.practitioner,
        recorded_at=dates.now(),
    )


def check_comment(*, mode: str, text: str, reason_not_obtained: str, interpreter: str = "") -> None:
    """Refuse a comment that is neither words nor a reason for their absence."""
    if mode not in set(CommentMode):
        raise Refused("Select how they said it", field="mode")
    if mode in SILENT and not reason_not_obtained.strip():
        raise Refused("Enter why it was not obtained", field="why")
    if mode not in SILENT and not text.strip():
        raise Refused("Enter what they said", field="own")
    if mode == CommentMode.INTERPRETER and not interpreter.strip():
        raise Refused("Enter the interpreter's name", field="interpreter")


def check_speaker(child: Child, *, who: str, mode: str, adult: Adult | None) -> None:
    """Refuse words of somebody who is not of the family, and observing a child who can speak for themselves."""
    if who not in ("child", "parent"):
        raise Refused("Select whose words these are")
    if adult is not None and not child.cares.filter(adult=adult, to_on=None).exists():
        raise Refused("Only a parent or carer of the child is asked here")
    too_old = child.born is not None and dates.age_on(child.born, dates.today()) >= OBSERVED_UNDER
    if who == "child" and mode == CommentMode.OBSERVED and too_old:
        raise Refused(f"From {OBSERVED_UNDER} years on a child is asked, not only observed", field="mode")


def in_force(episode: Episode) -> Assessment | None:
    """The newest version that is signed off, else the one being written: what a print and a family's copy hold."""
    signed = episode.assessments.exclude(signed_on=None).select_related("answers__form").order_by("-version").first()
    return signed or current(episode)


def missing(assessment: Assessment) -> list[str]:
    """What keeps the assessment from being signed off, in plain sentences (T5, CW-9)."""
    definition = publishing.definition_of(assessment.answers.form)
    found = [one.sentence for one in answering.missing(definition, assessment.answers.answers, Stage.FINALISE)]
    said = set(assessment.comments.values_list("who", flat=True))
    if "child" not in said:
        found.append("Record what the child says, or why it was not obtained")
    if "parent" not in said:
        found.append("Record what a parent or carer says, or why it was not obtained")
    return found


@action("assessment.signed-off")
def sign_off(episode: Episode, *, level: str, by: Actor) -> Assessment:
    """T5: from now on this version never changes (CW-8); what follows is to be decided within a week.

    A version that was made anew while help goes on changes nothing of where the episode stands.
    """
    episode.refresh_from_db()
    assessment = under_way(episode)
    if level not in set(NeedLevel):
        raise Refused("Select the level of need", field="level")
    gaps = missing(assessment)
    if gaps:
        raise Refused(f"The assessment cannot be signed off yet. {listed(gaps[:3])}" + _more(len(gaps) - 3))
    answers.freeze(assessment.answers, facts=facts.of_assessment(assessment, level=level), by=by)
    assessment.level = level
    assessment.signed_on = dates.today()
    assessment.signed_by_id = by.practitioner
    assessment.save()
    trays.finish(subject=episode.pk, kind="complete-assessment", by=by)
    copies.make_ready(assessment, by=by)
    if episode.state == EpisodeState.ASSESSING:
        _ask_what_follows(episode, by=by)
    return assessment


def _ask_what_follows(episode: Episode, *, by: Actor) -> None:
    moves.move(episode, "T5", by=by)
    trays.put(
        kind="decide-response",
        subject=episode.pk,
        link=f"/episodes/{episode.pk}/response/",
        due_on=calendar.working_days_after(dates.today(), periods.amount("decision_task_wd")),
        child=episode.child,
        practitioner=episode.coordinator,
        by=by,
    )


def _more(count: int) -> str:
    return f", and {count} more" if count > 0 else ""


@action("assessment.new-version")
def new_version(episode: Episode, *, reason: str, by: Actor) -> Assessment:
    """T6: a new version that starts as a copy; the signed one stays as it is."""
    last = current(episode)
    if last is None or last.signed_on is None:
        raise Refused("The assessment is still being written")
    if not reason.strip():
        raise Refused("Enter why a new version is needed", field="reason")
    moves.move(episode, "T6", by=by)
    trays.finish(subject=episode.pk, kind="decide-response", by=by)
    return _next_version(last, assessor=by.practitioner, reason=reason, by=by)


@action("assessment.begun-again")
def assess_again(episode: Episode, *, reason: str, by: Actor) -> Assessment:
    """After a review that asks for it (T11) a new version is written while help goes on; whoever coordinates writes it.

    A version that is being written already is that version.
    """
    last = current(episode)
    if last is None:
        raise Refused("There is no assessment to make anew")
    if last.signed_on is None:
        return last
    return _next_version(last, assessor=episode.coordinator_id, reason=reason, by=by)


def _next_version(last: Assessment, *, assessor: UUID | None, reason: str, by: Actor) -> Assessment:
    episode = last.episode
    due = calendar.working_days_after(dates.today(), periods.amount("assessment_wd"))
    Episode.objects.filter(pk=episode.pk).update(assessment_due_on=due)
    made = Assessment.objects.create(
        episode=episode,
        version=last.version + 1,
        answers=answers.start(last.answers.form.key, child=episode.child, copy_of=last.answers, by=by),
        assessor_id=assessor,
        started_on=dates.today(),
        new_version_reason=reason,
    )
    chase(made, due_on=due, by=by)
    return made


def chase(assessment: Assessment, *, due_on: date, by: Actor) -> None:
    """Set the task to complete a version on whoever assesses."""
    episode = assessment.episode
    trays.put(
        kind="complete-assessment",
        subject=episode.pk,
        link=f"/episodes/{episode.pk}/assessment/",
        due_on=due_on,
        child=episode.child,
        practitioner=assessment.assessor,
        by=by,
    )


def _asked(field: Field) -> bool:
    return field.is_asked


@dataclass(frozen=True)
class Difference:
    """One answer that two versions give differently."""

    section: str
    label: str
    before: str
    after: str


def differences(earlier: Assessment, later: Assessment) -> list[Difference]:
    """What people changed between two versions, each under its own form's wording."""

    def flat(version: Assessment) -> dict[tuple[str, str], str]:
        definition = publishing.definition_of(version.answers.form)
        return {
            (section.title, line.label): said(line)
            for section in answering.show(definition, version.answers.answers, _asked)
            for line in section.lines
        }

    old, new = flat(earlier), flat(later)
    return [
        Difference(section, label, old.get((section, label), ""), new.get((section, label), ""))
        for section, label in dict.fromkeys([*old, *new])
        if old.get((section, label), "") != new.get((section, label), "")
    ]


def elements(episode: Episode) -> list[tuple[str, str]]:
    """The elements of the assessment that a need can be tied to: key and name."""
    now = current(episode)
    if now is None:
        return []
    sections = publishing.definition_of(now.answers.form).sections
    return [(one.key, one.title) for one in sections if one.concept.startswith(ELEMENTS)]


def said(line: answering.Line) -> str:
    """The text of a shown answer; the rows of a table one after the other."""
    rows = ["; ".join(f"{one.label}: {one.text}" for one in row if one.text) for row in line.rows]
    return "\n".join(filter(None, [line.text, *rows]))
