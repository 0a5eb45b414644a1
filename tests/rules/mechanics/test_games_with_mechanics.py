"""The engine's promises, held against whole games with every mechanic on."""

import pytest

from tests.support.every_mechanic import with_mechanics
from tests.support.wandering import everybody, wander
from threebirds_rules.engine import apply_changes, canonical, evolve, seat_event, view, view_changes
from threebirds_rules.mechanics.asked import MECHANIC_OF
from threebirds_rules.state import State
from threebirds_rules.views.changes import built

SEEDS = range(12)
pytestmark = pytest.mark.uncovered


@pytest.mark.parametrize("seed", SEEDS)
def test_the_old_view_plus_the_changes_is_the_new_view_and_what_one_is_not_told_changes_nothing(seed: int) -> None:
    *_, table = wander(with_mechanics(), seed)
    assert table.state.outcome is not None
    state = evolve(table.rules, State(), table.log[0])
    views = {who: built(view(table.rules, state, who)) for who in everybody(table)}
    for event in table.log[1:]:
        after = evolve(table.rules, state, event)
        for who, before in views.items():
            changes = view_changes(table.rules, state, event, who)
            assert changes == [] or seat_event(table.rules, state, event, who) is not None
            views[who] = apply_changes(before, changes)
            assert canonical(views[who]) == canonical(view(table.rules, after, who))
        state = after
    assert state == table.state


def test_the_games_have_every_action_of_a_mechanic() -> None:
    phases = with_mechanics().schedule.phases
    assert {action for phase in phases for action in phase.actions} >= set(MECHANIC_OF)
