"""How far each kind of episode goes: the steps of its story in order."""

from datetime import datetime, time, timedelta

from teamaround.casework import closing, episodes, holds, reviews
from teamaround.kit import dates

from .telling import DELIVERY, SIGN_OFF, WEEKS, Telling

FIRST_REVIEW = DELIVERY + WEEKS * 7


def tell(told: Telling, stage: str, *, ago: int) -> None:
    """Tell an episode up to its stage; `ago` days have passed since it began."""
    told.start()
    if stage == "initiated":
        return
    if stage == "refused":
        told.refuse()
        return
    told.agree()
    if stage == "assessing":
        told.write()
        return
    if stage == "withdrew":
        told.write()
        told.close(SIGN_OFF, "consent-withdrawn")
        return
    told.finish_assessment()
    if stage == "alone":
        _go_on_alone(told)
    elif stage != "assessed":
        _go_on_together(told, stage, ago)


def _go_on_alone(told: Telling) -> None:
    """One agency's own plan."""
    told.single = True
    told.plan()
    with dates.given(told.on(DELIVERY)):
        episodes.respond_alone(told.episode, next_review_on=told.on(FIRST_REVIEW).date(), by=told.coordinator)


def _go_on_together(told: Telling, stage: str, ago: int) -> None:
    if stage == "planning":
        told.call_team(_next_week(told))
        return
    told.meet(told.call_team())
    if stage == "met":
        return
    if stage == "declined":
        told.look_for_lead()
        return
    told.name_lead(accepted=stage != "proposed")
    if stage == "proposed":
        return
    if stage == "drafting":
        told.draft()
        return
    told.plan(waiting=stage == "asked")
    if stage == "asked":
        return
    told.deliver()
    told.report(DELIVERY + 14, 0.5)
    ENDINGS.get(stage, _help)(told, ago)


def _next_week(told: Telling) -> datetime:
    day = dates.today() + timedelta(days=7)
    day += timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)
    return datetime.combine(day, time(told.hour), tzinfo=dates.LONDON)


def _help(told: Telling, ago: int) -> None:
    """Reviews as they fall due; the next is still to come."""
    due = FIRST_REVIEW
    while due <= ago:
        told.review(due)
        told.report(due + 2, 0.7)
        due += WEEKS * 7


def _review(told: Telling, ago: int) -> None:
    """A review has been opened and waits to be recorded."""
    due = FIRST_REVIEW
    while due + WEEKS * 7 <= ago - 2:
        told.review(due)
        due += WEEKS * 7
    with dates.given(told.on(ago - 1)):
        reviews.open_review(told.episode, by=told.coordinator)


def _overdue(told: Telling, ago: int) -> None:
    """Nobody has held the review that was due."""


def _met_needs(told: Telling, ago: int) -> None:
    told.review(FIRST_REVIEW)
    told.report(FIRST_REVIEW + 14)
    told.review(FIRST_REVIEW + WEEKS * 7 - 1, reason="needs-met")


def _one_agency(told: Telling, ago: int) -> None:
    told.review(FIRST_REVIEW, reason="single-agency")


def _moved(told: Telling, ago: int) -> None:
    told.close(DELIVERY + 40, "moved-away", child_view="", parent_view="")


def _try_to_reach(told: Telling) -> None:
    for days, method in ((31, "phone"), (38, "letter"), (47, "visit")):
        with dates.given(told.on(days)):
            closing.record_attempt(
                told.episode, on=dates.today(), method=method, note="Nobody answered.", by=told.coordinator
            )


def _await_countersignature(told: Telling, ago: int) -> None:
    """The family could not be reached; the line manager has still to agree that this ends."""
    _try_to_reach(told)
    told.close(ago - 2, "disengaged", child_view="", parent_view="", level_at_end="additional")


def _out_of_reach(told: Telling, ago: int) -> None:
    if told.cast.coordinator.manager is None:
        _moved(told, ago)
        return
    _try_to_reach(told)
    told.close(50, "disengaged", child_view="", parent_view="")
    _countersign(told, 52)


def _for_another_reason(told: Telling, ago: int) -> None:
    if told.cast.coordinator.manager is None:
        _moved(told, ago)
        return
    told.close(DELIVERY + 40, "other")
    _countersign(told, DELIVERY + 42)


def _countersign(told: Telling, days: int) -> None:
    with dates.given(told.on(days)):
        closing.countersign(told.episode, by=told.as_(told.cast.coordinator.manager))


def _social_care(told: Telling, ago: int) -> None:
    with dates.given(told.on(DELIVERY + 20)):
        holds.enter_status(
            told.child,
            status="social-care-leads",
            from_on=dates.today(),
            reference=f"SC-{told.number:05d}",
            by=told.coordinator,
        )
    told.close(DELIVERY + 24, "step-up")


ENDINGS = {
    "reviewing": _review,
    "overdue": _overdue,
    "closed": _met_needs,
    "single-agency": _one_agency,
    "left": _moved,
    "unreached": _out_of_reach,
    "other": _for_another_reason,
    "countersign": _await_countersignature,
    "stepped-up": _social_care,
}
