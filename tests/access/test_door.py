"""The one way to a record."""

from uuid import uuid4

import pytest

from teamaround.access import door
from teamaround.access.policy import TABLE, Action
from teamaround.access.relations import RELATIONS
from teamaround.audit.models import Event, Kind
from teamaround.casework.models import Episode
from teamaround.kit import dates
from tests import makers

pytestmark = pytest.mark.django_db


def make_episode(world, child):
    return makers.keep(
        Episode(
            child=child,
            authority=world.authority,
            initiator=world.priya,
            coordinator=world.priya,
            agency=world.school,
            reason="Worried about attendance",
            search=uuid4(),
            started_on=dates.today(),
        )
    )


def test_every_action_has_a_row_and_every_relation_is_known():
    assert set(TABLE) == set(Action)
    assert {name for rule in TABLE.values() for name in rule.relations} <= set(RELATIONS)


def test_the_coordinator_is_let_in_and_the_look_is_recorded(world):
    episode = make_episode(world, makers.child())
    admitted = door.admit(makers.actor(world.priya), Action.SEE_EPISODE, episode.pk)
    assert admitted.record == episode and admitted.through == ("coordinates",)
    assert Action.CLOSE_EPISODE in admitted.may and Action.COUNTERSIGN not in admitted.may
    look = Event.objects.get(kind=Kind.DISCLOSURE)
    assert look.about == [episode.child_id] and look.practitioner == world.priya.pk


def test_somebody_with_no_relation_is_told_there_is_nothing(world):
    episode = make_episode(world, makers.child())
    for stranger in (world.ruth, world.dan):
        with pytest.raises(door.NotThere):
            door.admit(makers.actor(stranger), Action.SEE_EPISODE, episode.pk)
        assert not door.visible(makers.actor(stranger), Action.SEE_EPISODE).exists()


def test_whoever_is_turned_away_leaves_an_event_that_says_about_whom(world):
    episode = make_episode(world, makers.child())
    for id, about in ((episode.pk, [episode.child_id]), (uuid4(), [])):
        with pytest.raises(door.NotThere):
            door.admit(makers.actor(world.ruth), Action.SEE_EPISODE, id)
        event = Event.objects.get(kind=Kind.REFUSAL, record_id=id)
        assert (event.action, event.practitioner, event.about) == ("episode.see", world.ruth.pk, about)
    assert not Event.objects.filter(kind=Kind.DISCLOSURE).exists()


def test_without_the_function_nobody_is_let_in(world):
    episode = make_episode(world, makers.child())
    reader = makers.practitioner(at=world.school, roles=("index-reader",))
    episode.coordinator = reader
    makers.keep(episode)
    with pytest.raises(door.NotThere):
        door.admit(makers.actor(reader), Action.SEE_EPISODE, episode.pk)


def test_lists_and_single_records_agree_for_every_action(world):
    episode = make_episode(world, makers.child())
    for who in (world.priya, world.jo, world.ruth):
        actor = makers.actor(who)
        for action, rule in TABLE.items():
            if rule.model is not Episode:
                continue
            listed = door.visible(actor, action).filter(pk=episode.pk).exists()
            try:
                door.admit(actor, action, episode.pk)
                admitted = True
            except door.NotThere:
                admitted = False
            assert listed == admitted, action
