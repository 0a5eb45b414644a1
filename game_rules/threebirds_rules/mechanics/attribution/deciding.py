"""Judging a card, and what follows from the judgement."""

from threebirds_rules.mechanics.attribution.procedure import laid_on, open_cards, question, sides
from threebirds_rules.mechanics.attribution.shapes import Attribute, Attributed, AttributionCounted
from threebirds_rules.mechanics.effects import Beside, move
from threebirds_rules.mechanics.returning_comfort import left_of
from threebirds_rules.mechanics.settings import Attribution
from threebirds_rules.names import CardId, RoleId
from threebirds_rules.refusals import RefusedError
from threebirds_rules.turn import Turn


def attribute(turn: Turn, action: Attribute) -> None:
    if action.card not in open_cards(turn.rules, turn.state):
        raise RefusedError(
            "illegal_action", "This event is not open to judgement now.", rule="attribution.open", path="card"
        )
    known = sides(turn.rules)
    if action.verdict == "intent" and action.side not in known:
        expected = f"Say whose intent it was: {' or '.join(known)}."
        raise RefusedError("invalid_action", expected, path="side")
    if action.verdict == "failure" and action.side is not None:
        raise RefusedError("invalid_action", "A failure of arrangements is nobody's intent.", path="side")
    turn.emit(
        Attributed(
            at=turn.now,
            audience=(turn.role,),
            role=turn.role,
            card=action.card,
            verdict=action.verdict,
            side=action.side,
        )
    )


def closing(turn: Turn, played: Attribution) -> None:
    """As a phase of judgement closes, all that was said of its cards is shown together."""
    for card in open_cards(turn.rules, turn.state):
        order = [role.id for role in turn.rules.roles]
        answers = sorted(question(turn.state, card).answers, key=lambda one: order.index(one.role))
        side, turned = laid_on(answers), _turned(turn, card)
        turn.emit(AttributionCounted(at=turn.now, card=card, answers=tuple(answers), side=side))
        if side is not None:
            move(turn, "attribution", "ill_will", played.ill_will, about=card, beside=Beside(shifts=turned))


def _turned(turn: Turn, card: CardId) -> dict[RoleId, int]:
    """What takes away the card's shifts, as far as they are in force, and puts as much on the other side."""
    (drawn,) = [one for one in turn.state.cards if one.card == card]
    left = left_of(turn.rules, turn.state, drawn)
    return {role: -2 * points for role, points in left.items() if points}
