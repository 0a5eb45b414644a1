"""The engine's promises, held against whole games of random legal actions."""

import pytest

from tests.support.rulesets import a_rule_set
from tests.support.wandering import everybody, wander
from threebirds_rules.engine import (
    apply_changes,
    canonical,
    evolve,
    may_see,
    seat_event,
    view,
    view_changes,
)
from threebirds_rules.loading import load_scenario
from threebirds_rules.state import State
from threebirds_rules.views.changes import built

SEEDS = range(40)
pytestmark = pytest.mark.uncovered


@pytest.mark.parametrize("seed", SEEDS)
def test_every_legal_action_is_accepted_and_every_game_ends(seed: int) -> None:
    *_, table = wander(a_rule_set(), seed)
    assert table.state.outcome is not None


@pytest.mark.parametrize("seed", SEEDS)
def test_the_log_alone_gives_the_state(seed: int) -> None:
    *_, table = wander(a_rule_set(), seed)
    state = State()
    for event in table.log:
        state = evolve(table.rules, state, event)
    assert state == table.state


@pytest.mark.parametrize("seed", SEEDS)
def test_the_old_view_plus_the_changes_is_the_new_view_for_every_viewer(seed: int) -> None:
    *_, table = wander(a_rule_set(), seed)
    state = evolve(table.rules, State(), table.log[0])
    views = {who: built(view(table.rules, state, who)) for who in everybody(table)}
    for event in table.log[1:]:
        after = evolve(table.rules, state, event)
        for who, before in views.items():
            views[who] = apply_changes(before, view_changes(table.rules, state, event, who))
            assert canonical(views[who]) == canonical(view(table.rules, after, who))
        state = after


@pytest.mark.parametrize("seed", SEEDS)
def test_what_a_viewer_is_not_told_changes_nothing_in_its_view(seed: int) -> None:
    *_, table = wander(a_rule_set(), seed)
    state = State()
    for event in table.log:
        for who in everybody(table):
            if seat_event(table.rules, state, event, who) is None:
                assert view_changes(table.rules, state, event, who) == []
        state = evolve(table.rules, state, event)


@pytest.mark.parametrize("seed", SEEDS)
def test_all_seats_that_are_told_of_an_event_are_told_the_same(seed: int) -> None:
    *_, table = wander(a_rule_set(), seed)
    state = State()
    for event in table.log:
        told = {who: seat_event(table.rules, state, event, who) for who in everybody(table)}
        assert all((seen is not None) == may_see(event, who) for who, seen in told.items())
        seats = [seen for who, seen in told.items() if who.kind == "seat" and seen is not None]
        assert all(seen == seats[0] for seen in seats)
        state = evolve(table.rules, state, event)


@pytest.mark.parametrize("seed", range(3))
def test_the_flagship_keeps_the_same_promises(seed: int) -> None:
    *_, table = wander(load_scenario("european-security-treaty"), seed)
    state = evolve(table.rules, State(), table.log[0])
    viewers = everybody(table)
    views = {who: built(view(table.rules, state, who)) for who in viewers}
    for event in table.log[1:]:
        for who in viewers:
            views[who] = apply_changes(views[who], view_changes(table.rules, state, event, who))
        state = evolve(table.rules, state, event)
    assert [canonical(views[who]) for who in viewers] == [canonical(view(table.rules, state, who)) for who in viewers]
