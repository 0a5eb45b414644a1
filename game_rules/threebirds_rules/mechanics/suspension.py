"""A conflict that no article settled breaks out after the signature, and the new bodies stand still (P37, P57)."""

from threebirds_rules.mechanics.effects import move
from threebirds_rules.mechanics.settings import Suspension
from threebirds_rules.names import CardId
from threebirds_rules.play import fits
from threebirds_rules.turn import Turn


def card_drawn(turn: Turn, played: Suspension, card: CardId) -> None:
    adoption = turn.state.adoption
    if adoption is None or card not in played.cards or played.switch not in turn.state.switches:
        return
    if fits(turn.rules, played.adopted, adoption.package) and not _is_suspended(turn):
        move(turn, "suspension", "suspended", played.suspended, about=card)


def _is_suspended(turn: Turn) -> bool:
    return any(one.name == "suspension.suspended" for one in turn.state.progress.developments)
