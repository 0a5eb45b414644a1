"""The best packages of a pass by some value, ties counted and the first of them kept."""

from collections.abc import Sequence

import numpy as np

from threebirds_rules.analysis.blocks import Tile
from threebirds_rules.analysis.results import LISTED, Point, Solution
from threebirds_rules.analysis.solutions import Points
from threebirds_rules.analysis.tables import Numbers, Places


class Leaders:
    """Every package offered has a value, a tuple of integers; the greatest wins, and the earliest are listed."""

    def __init__(self, *, listed: int = LISTED) -> None:
        self.value: tuple[int, ...] | None = None
        self.ties = 0
        self._listed = listed
        self.kept: list[Points] = []

    def offer(self, value: tuple[int, ...], tile: Tile, places: Places) -> None:
        """Packages of a tile that all have this value."""
        self._take(value, len(places), [points_at(tile, places[: self._listed])])

    def join(self, later: "Leaders") -> None:
        """Take over what was offered to others after this."""
        if later.value is not None:
            self._take(later.value, later.ties, later.kept)

    def offer_greatest(self, values: Numbers, tile: Tile, places: Places) -> None:
        """Packages of a tile with one value each."""
        if len(places):
            best = values.max()
            if self.value is None or (int(best),) >= self.value:
                self.offer((int(best),), tile, places[values == best])

    def offer_best_served(self, least: Numbers, tile: Tile, places: Places) -> None:
        """Packages by the surplus of whom they serve worst, then second worst, ...; `least` is that of the worst."""
        if not len(places):
            return
        places = places[least == least.max()]
        rows = np.sort(points_at(tile, places).surpluses, axis=1)
        ascending: list[list[int]] = rows.tolist()
        value = tuple(max(ascending))
        self.offer(value, tile, places[(rows == value).all(axis=1)])

    def _take(self, value: tuple[int, ...], ties: int, kept: Sequence[Points]) -> None:
        if self.value is None or value > self.value:
            self.value, self.ties, self.kept = value, 0, []
        if value == self.value:
            if self.ties < self._listed:
                self.kept += kept
            self.ties += ties

    def solution(self) -> Solution | None:
        """The leaders, with the first part of their value."""
        return None if self.value is None else Solution(float(self.value[0]), self.ties, self.points())

    def points(self) -> tuple[Point, ...]:
        """The leaders that are listed."""
        return tuple(point for points in self.kept for point in points.listed(self._listed))[: self._listed]


def points_at(tile: Tile, places: Places) -> Points:
    """What packages of a tile give to the parties with a vote."""
    parties: Sequence[int] = tile.block.model.voters
    columns = [tile.surpluses(party).reshape(-1)[places] for party in parties]
    return Points(
        [tile.block.model.parties[party].id for party in parties], np.stack(columns, axis=1), tile.packages(places)
    )
