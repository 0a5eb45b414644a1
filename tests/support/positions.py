"""Positions in which a game may stand: after cards, with tracks moved."""

from collections.abc import Iterable

from msgspec.structs import replace

from threebirds_rules.mandate import Offset, Position
from threebirds_rules.names import CardId, TrackId
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.scoring import opening


def after_cards(rules: RuleSet, cards: Iterable[str]) -> Position:
    """The opening after these cards, none of which meets the end of a track."""
    start = opening(rules)
    drawn = [next(card for card in rules.cards if card.id == CardId(name)) for name in cards]
    return replace(
        start,
        woken=tuple(rule for card in drawn for rule in card.wakes),
        tracks={track: sum(card.tracks.get(track, 0) for card in drawn) for track in start.tracks},
        shifts={role.id: sum(card.shifts.get(role.id, 0) for card in drawn) for role in rules.roles},
        offsets=tuple(Offset(points=margin, body=body) for card in drawn for body, margin in card.margins.items()),
    )


def with_track(rules: RuleSet, track: str, value: int) -> Position:
    """The opening, but for one track."""
    start = opening(rules)
    return replace(start, tracks={**start.tracks, TrackId(track): value})
