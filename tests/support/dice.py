"""Chance for a test, drawn from a seed: the same seed throws the same."""

from collections.abc import Sequence
from typing import TypeVar

from threebirds_rules.chance import draw

Item = TypeVar("Item")


class Dice:
    def __init__(self, *seed: str | int) -> None:
        self._seed = "/".join(map(str, seed))
        self._thrown = 0

    def below(self, count: int) -> int:
        self._thrown += 1
        return draw(self._seed, self._thrown) % count

    def pick(self, items: Sequence[Item]) -> Item:
        return items[self.below(len(items))]

    def happens(self, percent: int) -> bool:
        return self.below(100) < percent
