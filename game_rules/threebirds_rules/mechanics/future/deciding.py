"""Drawing the card of the future, and weighing the treaty by it."""

from threebirds_rules.chance import shuffled
from threebirds_rules.mandate import Position
from threebirds_rules.mechanics.future.shapes import FutureDrawn
from threebirds_rules.mechanics.settings import Future
from threebirds_rules.names import AspectId, Package, RoleId
from threebirds_rules.play import seated
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.scoring import explain, mandate
from threebirds_rules.turn import Turn


def ending(turn: Turn, played: Future) -> None:
    card = shuffled(played.cards, turn.state.seed, "future")[0]
    adoption = turn.state.adoption
    surpluses = (
        {}
        if adoption is None
        else {
            role: surplus_in(turn.rules, role, adoption.position, adoption.package, card.aspect)
            for role in seated(turn.state)
        }
    )
    turn.emit(FutureDrawn(at=turn.now, card=card.id, surpluses=surpluses))


def surplus_in(rules: RuleSet, role: RoleId, position: Position, package: Package, aspect: AspectId) -> int:
    """The surplus of a text if all that it brings the role in this aspect counted twice."""
    own = mandate(rules, role, position)
    told = explain(own, package)
    return told.total + told.by_aspect[aspect] - own.walk_away
