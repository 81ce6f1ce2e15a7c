"""What the index shows of casework: that an assessment exists and who can speak to it, and who leads. Nothing more."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.kit.refused import Refused
from teamaround.people.models import Child
from teamaround.workforce.models import Practitioner

from .models import AssessmentMarker, Involvement, LeadMarker
from .terms import InvolvementState


@action("assessment-marker.set")
def assessment_started(child: Child, *, episode: UUID, holder: Practitioner, on: date, by: Actor) -> None:
    """Show that an assessment exists, from this moment; at most one at a time (IX-39). Told twice, it stands once."""
    if AssessmentMarker.objects.filter(episode=episode).exists():
        return
    try:
        with transaction.atomic():
            AssessmentMarker.objects.create(child=child, episode=episode, holder=holder, from_on=on)
    except IntegrityError:
        raise Refused("The index already shows an open assessment for this child") from None


@action("assessment-marker.held-by")
def assessment_holder_changed(episode: UUID, *, holder: Practitioner, by: Actor) -> None:
    """Show who can speak to the assessment now."""
    AssessmentMarker.objects.filter(episode=episode, to_on=None).update(holder=holder)


@action("assessment-marker.ended")
def assessment_ended(episode: UUID, *, on: date, by: Actor) -> None:
    """The episode is closed: the assessment is past from this day."""
    AssessmentMarker.objects.filter(episode=episode, to_on=None).update(to_on=on)


@action("lead-marker.set")
def lead_named(child: Child, *, involvement: Involvement | None, on: date, by: Actor) -> None:
    """Show who leads; the one before ends on the same date (IX-37). None when a family member leads.

    Whoever leads works with the child: the mark stands on an open involvement (IX-38).
    """
    if involvement is not None:
        involvement.refresh_from_db()
        if involvement.state != InvolvementState.CURRENT or involvement.child_id != child.pk:
            raise Refused("Only somebody who is recorded as working with the child can lead")
    lead_cleared(child, on=on, by=by)
    LeadMarker.objects.create(child=child, involvement=involvement, family_member_leads=involvement is None, from_on=on)


@action("lead-marker.cleared")
def lead_cleared(child: Child, *, on: date, by: Actor) -> None:
    """Nobody leads from this day."""
    LeadMarker.objects.filter(child=child, to_on=None).update(to_on=on)
