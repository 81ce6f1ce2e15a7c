"""Every state stands in its table of moves, and every move leads to a state that exists."""

import pytest

from teamaround.casework import terms as casework
from teamaround.index import terms as index
from teamaround.sharing import terms as sharing

TABLES = {
    casework.LeadState: casework.LEAD_MOVES,
    casework.PlanState: casework.PLAN_MOVES,
    casework.MinutesState: casework.MINUTES_MOVES,
    casework.ActionState: casework.ACTION_MOVES,
    sharing.ConsentState: sharing.CONSENT_MOVES,
    index.InvolvementState: index.INVOLVEMENT_MOVES,
    index.TransferState: index.TRANSFER_MOVES,
}


@pytest.mark.parametrize(("states", "moves"), TABLES.items(), ids=lambda one: getattr(one, "__name__", ""))
def test_every_state_stands_in_its_table(states, moves):
    assert set(moves) == set(states)
    assert set().union(*moves.values()) <= set(states)
    assert [one for one in states if one in moves[one]] == []


@pytest.mark.parametrize("module", [casework, index, sharing], ids=lambda one: one.__name__)
def test_every_table_of_moves_is_tried_here(module):
    tables = [value for name, value in vars(module).items() if name.endswith("_MOVES")]
    assert all(any(one is known for known in TABLES.values()) for one in tables)


def test_every_state_of_an_episode_is_reached_and_left_by_a_transition():
    froms = {state for state_from, _ in casework.TRANSITIONS.values() for state in state_from}
    reached = {to for _, to in casework.TRANSITIONS.values()}
    assert reached == set(casework.EpisodeState)
    assert froms == set(casework.OPEN) == set(casework.EpisodeState) - {casework.EpisodeState.CLOSED}


def test_an_episode_can_end_from_every_open_state():
    ends = {one for froms, to in casework.TRANSITIONS.values() if to == casework.EpisodeState.CLOSED for one in froms}
    assert ends == set(casework.OPEN)
