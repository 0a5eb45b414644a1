"""Conflicts that no text settled go on at everybody's cost (P34)."""

from threebirds_rules.events import Adjustment
from threebirds_rules.mechanics.settings import OpenConflicts
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State


def costs(rules: RuleSet, state: State, played: OpenConflicts) -> tuple[Adjustment, ...]:
    """One for each of the cards that was drawn: the sentence, and which conflict it is about."""
    titles = {card.id: card.title for card in rules.cards}
    drawn = [one.card for one in state.cards if one.card in played.cards]
    return tuple(Adjustment(points=-played.points, text=f"{played.text} ({titles[card]})") for card in drawn)
