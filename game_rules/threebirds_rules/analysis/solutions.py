"""Solution points: which of some packages a criterion prefers. Decided in integers, so a tie is a tie."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import prod
from typing import Any, TypeVar

import numpy as np

from threebirds_rules.analysis.blocks import Options
from threebirds_rules.analysis.dominance import Vectors
from threebirds_rules.analysis.results import LISTED, Frontier, Point, Solution
from threebirds_rules.analysis.tables import Places
from threebirds_rules.names import RoleId

Key = TypeVar("Key", int, tuple[int, ...], tuple[Fraction, ...])

_CLOSE = 1e-9
"""How far floating point may be off: what comes this close to the best is decided without it."""


class Points:
    """Packages, and the surplus that each gives to every party with a vote."""

    def __init__(self, parties: Sequence[RoleId], surpluses: Vectors, packages: Options) -> None:
        self.parties = tuple(parties)
        self.surpluses = surpluses
        self.packages = packages

    def __len__(self) -> int:
        return len(self.packages)

    def only(self, places: Any) -> "Points":
        return Points(self.parties, self.surpluses[places], self.packages[places])

    def listed(self, at_most: int) -> tuple[Point, ...]:
        """In the order of the packages, whatever order they were found in."""
        order = np.lexsort(self.packages.T[::-1])[:at_most]
        return tuple(
            Point(
                tuple(int(option) for option in self.packages[place]),
                dict(zip(self.parties, map(int, self.surpluses[place]), strict=True)),
            )
            for place in order
        )

    def frontier(self, at_most: int) -> Frontier:
        """These points as a frontier, which they must be."""
        return Frontier(len(self), len(np.unique(self.surpluses, axis=0)), self.listed(at_most))


def nash(points: Points) -> Solution | None:
    """The greatest product of surpluses; None if each package gives somebody less than the walk-away."""
    points = points.only((points.surpluses >= 0).all(axis=1))
    if not len(points):
        return None
    products = points.surpluses.astype(np.float64).prod(axis=1)
    return _best(points, _near_best(products), prod, float)


def egalitarian(points: Points) -> Solution | None:
    """The greatest least surplus; among equals the greatest second least, and so on."""
    if not len(points):
        return None
    return _best(points, _near_best(points.surpluses.min(axis=1)), _ascending, _least)


def kalai_smorodinsky(points: Points, ideal: Sequence[int]) -> Solution | None:
    """Like `egalitarian`, with surpluses as shares of `ideal`, each party's best surplus.

    Whoever can gain nothing (its ideal is 0 or less) is measured in points.
    """
    if not len(points):
        return None
    scale = [max(1, best) for best in ideal]

    def shares(surpluses: Sequence[int]) -> tuple[Fraction, ...]:
        return tuple(sorted(Fraction(one, most) for one, most in zip(surpluses, scale, strict=True)))

    rough = (points.surpluses / np.array(scale, np.float64)).min(axis=1)
    return _best(points, _near_best(rough), shares, _least)


def utilitarian(points: Points) -> Solution | None:
    """The greatest sum of surpluses."""
    if not len(points):
        return None
    return _best(points, _near_best(points.surpluses.sum(axis=1, dtype=np.int64)), sum, float)


def _near_best(rough: Any) -> Places:
    best = rough.max()
    return np.flatnonzero(rough >= best - abs(best) * _CLOSE)


def _best(points: Points, close: Places, key: Callable[[list[int]], Key], value: Callable[[Key], float]) -> Solution:
    keys = [key(row) for row in points.surpluses[close].tolist()]
    best = max(keys)
    won = points.only(close[[one == best for one in keys]])
    return Solution(value(best), len(won), won.listed(LISTED))


def _ascending(surpluses: Sequence[int]) -> tuple[int, ...]:
    return tuple(sorted(surpluses))


def _least(key: Sequence[int] | Sequence[Fraction]) -> float:
    return float(key[0])
