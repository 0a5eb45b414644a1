"""An offer can be a trap: refused, it confirms suspicion; accepted, it opens endless conditions (P13)."""

from threebirds_rules.mechanics.effects import Beside, move
from threebirds_rules.mechanics.settings import AccessionOffers, Effect
from threebirds_rules.mechanics.words import tabled, word
from threebirds_rules.play import fits
from threebirds_rules.state import Proposal
from threebirds_rules.turn import Turn

NAME = "accession_offers"


def round_closing(turn: Turn, played: AccessionOffers) -> None:
    """What was said to the offers that stand unanswered. Several refusals of one round cost no more than one."""
    countered = any(text.sponsor == played.to and text.round == turn.state.round for text in tabled(turn.state))
    cost = played.refused
    for text in _unanswered(turn, played):
        said = word(text, played.to)
        if said == "yes":
            move(turn, NAME, "accepted", played.accepted, about=text.id, beside=Beside(woken=played.wakes))
        elif said == "no" and countered:
            move(turn, NAME, "countered", played.countered, about=text.id)
        elif said == "no":
            move(turn, NAME, "refused", cost, about=text.id)
            cost = Effect(text=cost.text)


def _unanswered(turn: Turn, played: AccessionOffers) -> list[Proposal]:
    """The offers of others to which the role has not said yes or no before."""
    answered = {one.about for one in turn.state.progress.developments if one.mechanic == NAME}
    return [
        text
        for text in tabled(turn.state)
        if text.sponsor != played.to and text.id not in answered and fits(turn.rules, played.offer, text.package)
    ]
