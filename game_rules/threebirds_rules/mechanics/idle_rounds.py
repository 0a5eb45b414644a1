"""A round without a pledge or an agreed article: confrontation reproduces itself (P52)."""

from threebirds_rules.mechanics.effects import move
from threebirds_rules.mechanics.settings import IdleRounds
from threebirds_rules.state import State
from threebirds_rules.turn import Turn


def round_closing(turn: Turn, played: IdleRounds) -> None:
    if not _moved(turn.state):
        move(turn, "idle_rounds", "idle", played.idle)


def _moved(state: State) -> bool:
    """Something was pledged in this round, or an amendment made another's wording of an article one's own."""
    pledged = any(one.round == state.round for one in state.progress.pledges)
    return pledged or state.progress.agreed_in == state.round
