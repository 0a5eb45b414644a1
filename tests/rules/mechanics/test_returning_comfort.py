"""What a card did to the walk-aways fades."""

import pytest

from tests.support.rulesets import (
    BUREAU,
    NORTH,
    RETURNING_COMFORT,
    SOUTH,
    TALK,
    a_card,
    a_phase,
    a_rule_set,
    a_schedule,
)
from tests.support.tables import started
from threebirds_rules.mechanics.returning_comfort import in_force
from threebirds_rules.mechanics.settings import Mechanics


@pytest.mark.parametrize(
    ("points", "expected"),
    [(-6, [-6, -6, -3, -1, 0]), (5, [5, 5, 2, 1, 0]), (0, [0, 0, 0, 0, 0])],
)
def test_a_shift_holds_for_two_rounds_and_then_halves_toward_zero(points: int, expected: list[int]) -> None:
    assert [in_force(points, age, 2) for age in range(5)] == expected


def test_walk_aways_come_back_round_by_round() -> None:
    card = a_card("storm", kind="objective", shifts={NORTH: -6, SOUTH: 5})
    phase = a_phase("card", *TALK, draws=1)
    table = started(
        a_rule_set(
            mechanics=Mechanics(returning_comfort=RETURNING_COMFORT),
            cards=(card,),
            schedule=a_schedule(rounds=5, phases=(phase,)),
        )
    )
    shifts: list[tuple[int, int]] = []
    for round_number in range(1, 6):
        table.go_to(f"{round_number}.card")
        shifts.append((table.state.shifts[NORTH], table.state.shifts[SOUTH]))
    assert shifts == [(-6, 5), (-6, 5), (-3, 2), (-1, 1), (0, 0)]


def test_a_seat_sees_what_came_back_to_itself_and_not_to_others() -> None:
    card = a_card("storm", kind="objective", shifts={NORTH: -6, SOUTH: 5})
    table = started(
        a_rule_set(
            mechanics=Mechanics(returning_comfort=RETURNING_COMFORT),
            cards=(card,),
            schedule=a_schedule(rounds=3, phases=(a_phase("card", *TALK, draws=1),)),
        )
    )
    table.go_to("3.card")
    told = [table.view(role).mechanics.developments[-1].own_shift for role in (NORTH, SOUTH, BUREAU)]
    assert told == [3, -3, 0]
