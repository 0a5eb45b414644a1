"""The re-key: walk-aways that are not those in the published document, known to each role for itself alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.rules.test_non_interference import frames, quiet_north
from tests.support.rulesets import BUREAU, EAST, NORTH, SOUTH, a_card, a_rule_set, a_schedule
from tests.support.tables import HOST, PlayedTable, joined, opened, started
from threebirds_rules import actions as asked
from threebirds_rules.engine import canonical, evolve, seat_event, view
from threebirds_rules.events import CardDrawn, TableOpened
from threebirds_rules.loading import load_scenario, scenario_ids
from threebirds_rules.names import RoleId
from threebirds_rules.play import position
from threebirds_rules.rekey import rekeyed, spread
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.scoring import mandate
from threebirds_rules.state import State
from threebirds_rules.viewers import Viewer
from threebirds_rules.views import table as table_views
from threebirds_rules.views.lens import Lens

BRIEF = "You sign for {walk_away} or more."
OTHERS = [Viewer("seat", SOUTH), Viewer("seat", BUREAU), Viewer("facilitator"), Viewer("observer"), Viewer("public")]


def moving(**changes: object) -> RuleSet:
    """The river treaty with walk-aways that may move by up to 3."""
    plain = a_rule_set(rekey=3, **changes)
    return replace(plain, roles=tuple(replace(role, confidential_brief=BRIEF) for role in plain.roles))


def table_with(key: dict[RoleId, int], rules: RuleSet | None = None) -> PlayedTable:
    """As if chance had drawn this key."""
    table = opened(rules or moving(), rekey=True)
    (event,) = table.log
    assert isinstance(event, TableOpened)
    table.log.clear()
    table.state = State()
    table.keep([replace(event, rekey=key)])
    for seat in table.state.seats:
        joined(table, f"{seat.role.lower()} one", seat.role)
    table.do(HOST, asked.Start())
    return table


def told(table: PlayedTable, viewer: Viewer) -> list[object]:
    """Every event that the viewer hears of, and its view after each."""
    state, heard = State(), list[object]()
    for event in table.log:
        heard.append(seat_event(table.rules, state, event, viewer))
        state = evolve(table.rules, state, event)
        heard.append(canonical(view(table.rules, state, viewer)))
    return heard


def both(viewer: Viewer) -> tuple[list[object], list[object]]:
    """Two games that differ in nothing but North's key."""
    games = list[list[object]]()
    for north in (-3, 2):
        table = table_with({NORTH: north, SOUTH: 1, BUREAU: 0})
        table.go_to("1.plenary")
        table.tabled(SOUTH, {"watch": 1})
        games.append(told(table, viewer))
    return games[0], games[1]


@pytest.mark.parametrize("viewer", OTHERS)
def test_nobody_can_tell_how_far_the_walk_away_of_another_role_was_moved(viewer: Viewer) -> None:
    one, other = both(viewer)
    assert one == other


def test_the_role_itself_sees_it_in_its_mandate_its_brief_and_its_scores() -> None:
    one, other = both(Viewer("seat", NORTH))
    assert one != other
    table = table_with({NORTH: -3, SOUTH: 1, BUREAU: 0}, moving(cards=(), deal_limits=()))
    own = table.view(NORTH).mandate
    assert own is not None
    assert (own.mandate.walk_away, own.confidential_brief) == (2 - 3, "You sign for -1 or more.")


def everybodys_keys(lens: Lens) -> tuple[int, ...]:
    return tuple(lens.state.rekey.values())


@pytest.mark.parametrize("viewer", OTHERS)
def test_a_planted_leak_is_seen(viewer: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_views, "people", everybodys_keys)
    one, other = both(viewer)
    assert one != other


def test_without_the_wish_and_without_the_documents_leave_nothing_is_moved() -> None:
    for rules, rekey in ((moving(), False), (a_rule_set(), True)):
        table = opened(rules, rekey=rekey)
        assert table.state.rekey == {}
        assert position(table.state).shifts is table.state.shifts


def test_the_draw_is_in_the_event_and_a_replay_does_not_draw_again() -> None:
    table = opened(moving(), rekey=True)
    (event,) = table.log
    assert isinstance(event, TableOpened)
    assert event.rekey == rekeyed((NORTH, SOUTH, BUREAU), 3, "a secret")
    assert evolve(a_rule_set(), State(), event).rekey == event.rekey
    assert evolve(moving(), State(), replace(event, seed="another")).rekey == event.rekey


def test_what_a_card_does_comes_on_top_and_goes_again_without_touching_the_key() -> None:
    storm = a_card("storm", shifts={NORTH: -4})
    table = table_with({NORTH: 2, SOUTH: 1, BUREAU: 0}, moving(cards=(storm,), deal_limits=(), schedule=a_schedule()))
    assert any(isinstance(event, CardDrawn) for event in table.log)
    assert mandate(table.rules, NORTH, position(table.state)).walk_away == 2 + 2 - 4
    back = replace(table.state, shifts={NORTH: 0})
    assert mandate(table.rules, NORTH, position(back)).walk_away == 2 + 2


def test_results_are_told_against_the_moved_walk_away() -> None:
    table = table_with({NORTH: -3, SOUTH: 3, BUREAU: 0})
    while table.state.outcome is None:
        table.time_up()
    stands = {result.role: result.walk_away for result in table.state.outcome.results}
    unmoved = replace(position(table.state), shifts=table.state.shifts)
    plain = {role: mandate(table.rules, role, unmoved).walk_away for role in stands}
    assert {role: stands[role] - plain[role] for role in stands} == {NORTH: -3, SOUTH: 3, BUREAU: 0}


def test_other_games_are_as_secret_with_a_key_as_without() -> None:
    """The whole script of the non-interference test hears nothing of it."""
    viewer = Viewer("seat", BUREAU)
    assert frames(a_rule_set(), quiet_north, viewer) == frames(a_rule_set(rekey=3), quiet_north, viewer)
    assert started(a_rule_set(rekey=3)).state.rekey == {}


@given(count=st.integers(2, 16), most=st.integers(0, 20))
def test_the_moves_are_even_and_come_to_nothing(count: int, most: int) -> None:
    moves = spread(count, most)
    assert len(moves) == count
    assert (min(moves), max(moves), sum(moves)) == (-most, most, 0)
    assert list(moves) == sorted(moves)


def test_seven_roles_move_by_seven_different_numbers_of_points() -> None:
    assert spread(7, 3) == (-3, -2, -1, 0, 1, 2, 3)
    assert spread(9, 3) == (-3, -2, -1, 0, 0, 0, 1, 2, 3)
    assert spread(4, 1) == (-1, 0, 0, 1)


def test_the_seed_alone_says_who_is_moved_how_far() -> None:
    roles = (NORTH, SOUTH, BUREAU, EAST)
    keys = [rekeyed(roles, 3, seed) for seed in map(str, range(40))]
    assert keys == [rekeyed(roles, 3, seed) for seed in map(str, range(40))]
    assert {key[NORTH] for key in keys} == {*spread(4, 3)}


@pytest.mark.parametrize("scenario", scenario_ids())
def test_no_brief_of_ours_quotes_a_walk_away_that_may_be_moved(scenario: str) -> None:
    for role in load_scenario(scenario).roles:
        assert "{walk_away}" in role.confidential_brief
        assert "Walk-away " not in role.confidential_brief.replace("Walk-away {walk_away}", "")
