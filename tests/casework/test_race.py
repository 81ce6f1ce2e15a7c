"""CW-2 when it counts: two practitioners start an episode for one child in the same instant."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connections

from teamaround.casework import episodes
from teamaround.casework.models import Episode
from teamaround.index.models import Search
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from tests import makers

TRIALS = 50


def race(children, *actors) -> list[tuple[str, ...]]:
    """All actors start an episode for each child at once; for each child, what each was told."""
    ready = Barrier(len(actors))

    def start_all(actor) -> list[str]:
        try:
            return [start(child, actor) for child in children]
        finally:
            connections.close_all()

    def start(child, actor) -> str:
        ready.wait()
        try:
            episodes.start(child, reason="Often late", by=actor)
        except Refused as refused:
            return refused.reason
        return "started"

    with ThreadPoolExecutor(len(actors)) as threads:
        return list(zip(*threads.map(start_all, actors), strict=True))


@pytest.mark.django_db(transaction=True)
def test_cw_2_of_two_at_once_exactly_one_starts_in_50_of_50_trials():
    makers.reference()
    world = makers.World()
    both = [makers.actor(one) for one in (world.priya, world.ruth)]
    children = [makers.child(born=date(2019, 9, 4)) for _ in range(TRIALS)]
    for actor in both:
        Search.objects.create(
            practitioner_id=actor.practitioner,
            criteria={},
            reason="starting",
            found=[one.pk for one in children],
            made_at=dates.now(),
        )

    told = race(children, *both)

    assert Episode.objects.count() == TRIALS
    assert {answers.count("started") for answers in told} == {1}
    losers = {answer for answers in told for answer in answers if answer != "started"}
    assert all(answer.startswith("An episode is already open for this child. Contact ") for answer in losers)
