"""Bold offers beat refusals: who turns others' no into a yes may set the next item of the agenda (P38).

The essay's measure would be the smallest surplus of the others. That would tell everybody something of numbers that
only their seats may know, so what counts is what they have said before everybody.
"""

from threebirds_rules.mechanics.effects import move
from threebirds_rules.mechanics.settings import BoldOffers
from threebirds_rules.mechanics.words import tabled, word
from threebirds_rules.names import RoleId
from threebirds_rules.play import seated
from threebirds_rules.state import Proposal, State
from threebirds_rules.turn import Turn

NAME = "bold_offers"


def round_closing(turn: Turn, played: BoldOffers) -> None:
    """Of the texts tabled in this round, the first that turned enough delegations."""
    for text in tabled(turn.state):
        if text.round == turn.state.round and len(turned(turn.state, text)) >= played.turned:
            move(turn, NAME, "bold", played.bold, about=text.id)
            return


def turned(state: State, text: Proposal) -> tuple[RoleId, ...]:
    """Who says yes to this text and said something else to the last one before it that it answered."""
    before = [one for one in tabled(state) if (one.number or 0) < (text.number or 0)]
    return tuple(
        [role for role in seated(state) if word(text, role) == "yes" and _last(before, role) in {"no", "reserve"}]
    )


def _last(texts: list[Proposal], role: RoleId) -> str | None:
    words = [said for text in texts if (said := word(text, role)) is not None]
    return words[-1] if words else None


def agenda_right(state: State) -> RoleId | None:
    """Who may set the next item: the sponsor of the last round's bold offer."""
    for one in state.progress.developments:
        if one.mechanic == NAME and one.round == state.round - 1:
            return next(text.sponsor for text in state.proposals if text.id == one.about)
    return None
