"""Comfort returns (P32, P46): what a card did to the walk-aways holds for some rounds, then halves every round."""

from collections import Counter

from threebirds_rules.mechanics.effects import Beside, move
from threebirds_rules.mechanics.settings import ReturningComfort
from threebirds_rules.names import RoleId
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import Drawn, State
from threebirds_rules.turn import Turn


def round_closing(turn: Turn, played: ReturningComfort) -> None:
    """From the shifts in force now to those of the next round."""
    back: Counter[RoleId] = Counter()
    for drawn in turn.state.cards:
        age = turn.state.round + 1 - drawn.round
        for role, points in drawn.shifts.items():
            back[role] += in_force(points, age, played.rounds) - in_force(points, age - 1, played.rounds)
    returned = {role: points for role, points in sorted(back.items()) if points}
    if returned:
        move(turn, "returning_comfort", "halved", played.halved, beside=Beside(shifts=returned))


def left_of(rules: RuleSet, state: State, drawn: Drawn) -> dict[RoleId, int]:
    """What of a card's shifts is in force now."""
    played = rules.mechanics.returning_comfort
    if played is None:
        return dict(drawn.shifts)
    age = state.round - drawn.round
    return {role: in_force(points, age, played.rounds) for role, points in drawn.shifts.items()}


def in_force(points: int, age: int, rounds: int) -> int:
    """What is left of a shift `age` rounds after its card was drawn; halves are rounded toward 0."""
    left = abs(points) >> max(0, age - rounds + 1)
    return left if points > 0 else -left
