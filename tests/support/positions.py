"""Positions in which a game may stand: after cards, with tracks moved."""

from collections.abc import Iterable

from msgspec.structs import replace

from threebirds_rules import scoring
from threebirds_rules.mandate import Position
from threebirds_rules.names import CardId, TrackId
from threebirds_rules.ruleset import RuleSet


def after_cards(rules: RuleSet, cards: Iterable[str]) -> Position:
    """The opening after these cards."""
    drawn = (next(card for card in rules.cards if card.id == CardId(name)) for name in cards)
    return scoring.after_cards(rules, scoring.opening(rules), drawn)


def with_track(rules: RuleSet, track: str, value: int) -> Position:
    """The opening, but for one track."""
    start = scoring.opening(rules)
    return replace(start, tracks={**start.tracks, TrackId(track): value})
