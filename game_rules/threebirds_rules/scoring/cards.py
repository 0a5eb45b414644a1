"""What cards do to a position."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from msgspec.structs import replace

from threebirds_rules.mandate import Offset, Position
from threebirds_rules.names import TrackId
from threebirds_rules.ruleset import Card, RuleSet

Name = TypeVar("Name", bound=str)


def after_cards(rules: RuleSet, position: Position, cards: Iterable[Card]) -> Position:
    """The position once these cards are drawn in their order."""
    for card in cards:
        position = _after(rules, position, card)
    return position


def steps_within_bounds(
    rules: RuleSet, tracks: Mapping[TrackId, int], steps: Mapping[TrackId, int]
) -> dict[TrackId, int]:
    """What is left of the steps once each track is kept within its bounds."""
    moved: dict[TrackId, int] = {}
    for track in rules.tracks:
        before = tracks[track.id]
        after = min(track.high, max(track.low, before + steps.get(track.id, 0)))
        if after != before:
            moved[track.id] = after - before
    return moved


def added(sums: Mapping[Name, int], more: Mapping[Name, int]) -> dict[Name, int]:
    """The sums with these added."""
    return {**sums, **{name: sums.get(name, 0) + points for name, points in more.items()}}


def _after(rules: RuleSet, position: Position, card: Card) -> Position:
    steps = steps_within_bounds(rules, position.tracks, card.tracks)
    shifts = {role: points for role, points in card.shifts.items() if role in position.seated}
    return replace(
        position,
        woken=(*position.woken, *(rule for rule in card.wakes if rule not in position.woken)),
        tracks=added(position.tracks, steps),
        shifts=added(position.shifts, shifts),
        offsets=(*position.offsets, *(Offset(points=one, body=body) for body, one in sorted(card.margins.items()))),
    )
