"""The family's own copy of the assessment: made ready when it is signed off, and given to them (T5)."""

from datetime import date

from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.reference import calendar, periods
from teamaround.tasks import trays

from .models import Assessment, Episode, FamilyCopy
from .terms import CopyGiven


@action("family-copy.made-ready")
def make_ready(assessment: Assessment, *, by: Actor) -> FamilyCopy:
    """From now on the copy can be printed or taken as a file; whoever coordinates is asked to give it to the family."""
    episode = assessment.episode
    trays.put(
        kind="give-copy",
        subject=episode.pk,
        link=f"/episodes/{episode.pk}/copy/",
        due_on=calendar.working_days_after(dates.today(), periods.amount("family_copy_wd")),
        child=episode.child,
        practitioner=episode.coordinator,
        by=by,
    )
    return FamilyCopy.objects.create(assessment=assessment, ready_on=dates.today())


@action("family-copy.given")
def give(episode: Episode, *, given_on: date, how: str, by: Actor, to_whom: str = "") -> FamilyCopy:
    """The family has its copy, or did not want one."""
    copy = newest(episode)
    if copy is None or copy.given_on is not None:
        raise Refused("No copy waits to be given")
    if how not in set(CopyGiven):
        raise Refused("Select how the family got its copy", field="how")
    if not copy.ready_on <= given_on <= dates.today():
        raise Refused(f"The copy was given between {dates.say(copy.ready_on)} and today", field="given_on")
    copy.given_on, copy.how, copy.to_whom, copy.given_by_id = given_on, how, to_whom, by.practitioner
    copy.save()
    trays.finish(subject=episode.pk, kind="give-copy", by=by)
    return copy


def newest(episode: Episode) -> FamilyCopy | None:
    """The copy of the newest version that was signed off."""
    found = FamilyCopy.objects.filter(assessment__episode=episode).select_related("assessment", "given_by")
    return found.order_by("-assessment__version").first()
