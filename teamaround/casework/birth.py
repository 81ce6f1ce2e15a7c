"""An unborn child is born, and a young person comes near to adulthood: the same episode goes on (CW-6, CW-7)."""

from datetime import date

from teamaround.audit.actor import Actor
from teamaround.audit.recording import action
from teamaround.index import registering
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.people.models import Child
from teamaround.people.terms import Sex
from teamaround.reference import periods
from teamaround.tasks import trays
from teamaround.tasks.models import Task

from .models import Episode
from .terms import OPEN

#: so many months before the age limit somebody looks at what comes next
LOOK_AHEAD_MONTHS = 6
PROMPT = "check-age"


@action("episode.child-born")
def record(child: Child, *, on: date, sex: str, by: Actor, given: str = "") -> None:
    """Record the birth: the date of birth takes the place of the expected date, the sex is asked anew (CW-6).

    What stands open for the child stays as it is, under the same episode; the task to record the birth is done.
    """
    if sex not in set(Sex):
        raise Refused("Select the sex", field="sex")
    registering.born(child, on=on, sex=sex, given=given, by=by)
    for episode in Episode.objects.filter(child=child, state__in=OPEN):
        trays.finish(subject=episode.pk, kind="record-birth", by=by)


def prompt_from(born: date) -> date:
    """The day from which somebody looks at what comes after the age limit: at 17 years and 6 months for 18."""
    return dates.months_after(born, 12 * periods.amount("age_limit") - LOOK_AHEAD_MONTHS)


def to_prompt(today: date) -> list[Episode]:
    """The open episodes whose young person is within half a year of the age limit, and of whom nobody was told yet."""
    limit = periods.amount("age_limit")
    last_year = {
        "child__born__gt": dates.birthday(today, -limit),
        "child__born__lte": dates.birthday(today, 1 - limit),
    }
    # Done or not, a prompt is given once.
    told = Task.objects.filter(kind=PROMPT).values("subject")
    near = Episode.objects.filter(state__in=OPEN, **last_year).exclude(pk__in=told)
    return [one for one in near.select_related("coordinator", "child") if prompt_from(one.child.born) <= today]


@action("episode.age-prompted")
def prompt(episode: Episode, *, by: Actor) -> None:
    """Ask whoever coordinates to look at what comes next, before the birthday that ends the children's services."""
    trays.put(
        kind=PROMPT,
        subject=episode.pk,
        link=f"/children/{episode.child_id}/",
        due_on=dates.birthday(episode.child.born, periods.amount("age_limit")),
        child=episode.child,
        practitioner=episode.coordinator,
        by=by,
    )
