"""Some expect time to work for them, as long as nothing happens that shows them otherwise (P26 P40 P66)."""

from threebirds_rules.mechanics.effects import Beside, move
from threebirds_rules.mechanics.settings import Patience
from threebirds_rules.play import seated
from threebirds_rules.turn import Turn


def round_closing(turn: Turn, played: Patience) -> None:
    objective = {card.id for card in turn.rules.cards if card.kind == "objective"}
    if any(drawn.round == turn.state.round and drawn.card in objective for drawn in turn.state.cards):
        return
    here = seated(turn.state)
    shifts = {role: played.points for role in played.roles if role in here}
    if shifts:
        move(turn, "patience", "waited", played.waited, beside=Beside(shifts=shifts))
