"""The table of states and moves, and that every move is made once and told once."""

import pytest
from django.db import DatabaseError, connection, transaction

from teamaround.audit.models import Event
from teamaround.casework import consenting, moves
from teamaround.casework.models import Episode
from teamaround.casework.terms import OPEN, TRANSITIONS, EpisodeState
from teamaround.kit.refused import Refused
from tests.casework.world import Family


@pytest.fixture
def family(reference):
    return Family()


def test_every_state_is_in_the_table_and_can_be_reached():
    assert {to for _, to in TRANSITIONS.values()} == set(EpisodeState)


def test_every_open_state_has_a_way_on_and_a_closed_episode_has_none():
    left = {state for froms, _ in TRANSITIONS.values() for state in froms}

    assert left == set(OPEN)
    assert set(OPEN) == set(EpisodeState) - {EpisodeState.CLOSED}


@pytest.mark.parametrize("number", TRANSITIONS)
@pytest.mark.parametrize("state", EpisodeState)
def test_a_move_is_made_from_its_own_states_only(state, number):
    assert moves.can(Episode(state=state), number) == (state in TRANSITIONS[number][0])


def test_a_move_that_is_not_allowed_says_where_the_episode_stands(family):
    episode = family.started()

    with pytest.raises(Refused, match="Started: consent to be asked"):
        moves.move(episode, "T7", by=family.by(family.priya))


def test_who_looks_at_an_old_page_is_told_the_state_of_now(family):
    episode = family.started()
    old_page = Episode.objects.get(pk=episode.pk)
    consenting.refuse(episode, reason="No", safe="no", by=family.by(family.priya))

    with pytest.raises(Refused, match="Closed"):
        moves.move(old_page, "T2", by=family.by(family.priya))
    assert old_page.state == "closed"


def test_cw_22_every_change_of_state_is_one_event_with_from_to_and_number(family):
    episode = family.delivering()

    told = Event.objects.filter(action="episode.moved", about=[family.tobi.pk]).order_by("at")
    assert [tuple(one.facts[name] for name in ("transition", "before", "after")) for one in told] == [
        ("T2", "initiated", "assessing"),
        ("T5", "assessing", "assessed"),
        ("T7", "assessed", "planning"),
        ("T9", "planning", "delivering"),
    ]
    assert Event.objects.get(action="episode.started").facts["transition"] == "T1"
    assert {one.record_id for one in told} == {episode.pk}


def test_cw_22_events_are_never_changed_or_deleted(family):
    family.started()

    for statement in ("update audit_event set action = 'x'", "delete from audit_event"):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_refused_move_leaves_no_event(family):
    episode = family.started()

    with pytest.raises(Refused):
        moves.move(episode, "T12", by=family.by(family.priya), closed_on=episode.started_on, closure_reason="other")
    assert not Event.objects.filter(action="episode.moved").exists()
