"""Working in common bodies wears differences down, where institutions come first (P37).

A body opens before there is a treaty when an article that has one is begun: honoured as a pledge, or initialled at a
side table.
"""

from collections.abc import Iterator

from threebirds_rules.mechanics.effects import move
from threebirds_rules.mechanics.settings import EarlyBodies
from threebirds_rules.names import IssueId
from threebirds_rules.state import State
from threebirds_rules.turn import Turn

NAME = "early_bodies"


def round_closing(turn: Turn, played: EarlyBodies) -> None:
    """Each round after the one in which a body opened, until a conflict breaks out."""
    state = turn.state
    if played.switch not in state.switches:
        return
    opened = [one.round for one in state.progress.developments if (one.mechanic, one.effect) == (NAME, "opened")]
    if not opened:
        begun = sorted(name for name, issue, option in _begun(state) if option in played.bodies.get(issue, ()))
        if begun:
            move(turn, NAME, "opened", played.opened, about=begun[0])
    elif not any(drawn.card in played.conflicts and drawn.round > opened[0] for drawn in state.cards):
        move(turn, NAME, "worked", played.worked)


def _begun(state: State) -> Iterator[tuple[str, IssueId, int]]:
    for pledge in state.progress.pledges:
        if pledge.standing == "honoured":
            yield pledge.id, pledge.issue, pledge.option
    for article in state.progress.side_tables.articles:
        if article.standing == "standing":
            yield article.initial, article.issue, article.option
