"""Which cards are open to judgement, and what the answers come to."""

from collections import Counter
from collections.abc import Sequence

from threebirds_rules.mechanics.attribution.shapes import Answer, Question
from threebirds_rules.names import CardId
from threebirds_rules.play import current_phase
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State


def open_cards(rules: RuleSet, state: State) -> tuple[CardId, ...]:
    """The objective cards that nobody has counted yet, while the phase allows a judgement."""
    playing = rules.mechanics.attribution is not None and state.status in {"running", "paused"}
    if not playing or "attribute" not in current_phase(rules, state).actions:
        return ()
    objective = {card.id for card in rules.cards if card.kind == "objective"}
    counted = {one.card for one in state.progress.questions if one.counted}
    return tuple(drawn.card for drawn in state.cards if drawn.card in objective and drawn.card not in counted)


def sides(rules: RuleSet) -> tuple[str, ...]:
    """Whose intent it may have been."""
    played = rules.mechanics.attribution
    return () if played is None else tuple(side.id for side in played.sides)


def question(state: State, card: CardId) -> Question:
    return next((one for one in state.progress.questions if one.card == card), Question(card=card))


def laid_on(answers: Sequence[Answer]) -> str | None:
    """The side on whose intent more than half of those who answered lay it."""
    said = Counter(one.side for one in answers if one.side is not None)
    return next((side for side, count in sorted(said.items()) if 2 * count > len(answers)), None)
