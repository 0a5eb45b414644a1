"""When mechanics get their turn in a decision: their own actions, and the moments of the game that they wait for."""

from typing import assert_never

from threebirds_rules.events import Adjustment
from threebirds_rules.mechanics import idle_rounds, open_conflicts, patience, returning_comfort
from threebirds_rules.mechanics.asked import MechanicAction
from threebirds_rules.mechanics.pledges import deciding as pledges
from threebirds_rules.mechanics.pledges.shapes import HonourPledge, LayPledge, RenegePledge
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State
from threebirds_rules.turn import Turn


def act(turn: Turn, action: MechanicAction) -> None:
    match action:
        case LayPledge():
            pledges.lay(turn, action)
        case HonourPledge() | RenegePledge():
            pledges.answer(turn, action)
        case _:
            assert_never(action)


def phase_closing(turn: Turn) -> None:
    """Before a phase is closed, whatever closes it."""
    on = turn.rules.mechanics
    if on.pledges is not None:
        pledges.closing(turn, on.pledges)


def round_closing(turn: Turn) -> None:
    """The same, for the last phase of a round."""
    on = turn.rules.mechanics
    if on.idle_rounds is not None:
        idle_rounds.round_closing(turn, on.idle_rounds)
    if on.patience is not None:
        patience.round_closing(turn, on.patience)
    if on.returning_comfort is not None:
        returning_comfort.round_closing(turn, on.returning_comfort)


def no_deal_points(rules: RuleSet, state: State) -> tuple[Adjustment, ...]:
    """What it costs everybody that there is no text."""
    on = rules.mechanics
    return () if on.open_conflicts is None else open_conflicts.costs(rules, state, on.open_conflicts)
