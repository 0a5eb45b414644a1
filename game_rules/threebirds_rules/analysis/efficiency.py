"""How good one package is: what all could have had instead, and the smallest changes that get there."""

from collections.abc import Mapping

import numpy as np
from msgspec import Struct

from threebirds_rules.analysis.blocks import MEMORY, Block, Progress, Tile, all_blocks
from threebirds_rules.analysis.leaders import Leaders
from threebirds_rules.analysis.model import Model, model_of
from threebirds_rules.analysis.results import LISTED, Point
from threebirds_rules.analysis.tables import Numbers, Places
from threebirds_rules.analysis.votes import Votes
from threebirds_rules.mandate import Position
from threebirds_rules.names import IssueId, Package, RoleId
from threebirds_rules.ruleset import RuleSet

_COMPARED = 1_000
"""So many swaps are put in order before the first are listed."""


class Change(Struct, frozen=True):
    issue: IssueId
    before: int
    after: int


class Better(Struct, frozen=True):
    """A package that leaves nobody with a vote worse and somebody better. `total`: what all gain together."""

    package: Package
    changes: tuple[Change, ...]
    gains: Mapping[RoleId, int]
    total: int


class Efficiency(Struct, frozen=True, kw_only=True):
    """One package among all. Everything is judged by the parties with a vote.

    - `dominating`: how many packages leave nobody worse and somebody better; `dominating_zopa`: those in the ZOPA.
    - `best`: the one of them with the greatest total gain, which is the value left on the table; `best_zopa` likewise.
    - `swaps`: the ones with the fewest changes, the greatest total gain first; there are `swaps_in_all` of them.
    """

    package: Package
    surpluses: Mapping[RoleId, int]
    in_zopa: bool
    dominating: int
    dominating_zopa: int
    best: Better | None
    best_zopa: Better | None
    swaps: tuple[Better, ...]
    swaps_in_all: int


def efficiency(
    rules: RuleSet, position: Position, package: Package, *, memory: int = MEMORY, progress: Progress | None = None
) -> Efficiency:
    """Compare a package with all others; raises TooManyPackagesError where that is not possible."""
    return efficiency_in(model_of(rules, position), package, memory=memory, progress=progress)


def efficiency_in(
    model: Model, package: Package, *, memory: int = MEMORY, progress: Progress | None = None
) -> Efficiency:
    """`efficiency` in a model."""
    comparison = _Comparison(model, package)
    for block in all_blocks(model, memory=memory, progress=progress):
        for tile in block.tiles():
            comparison.add(tile)
    return comparison.told()


class _Comparison:
    def __init__(self, model: Model, package: Package) -> None:
        self._model = model
        self._package = package
        alone = Block(model, np.array([package[:-1]], np.uint8), np.array([package[-1:]], np.uint8)).tile(slice(None))
        self._own = {voter: int(alone.surpluses(voter)[0, 0]) for voter in model.voters}
        self._in_zopa = bool(Votes(alone).adopts()[0, 0])
        self._dominating = 0
        self._dominating_zopa = 0
        self._best, self._best_zopa = Leaders(), Leaders()
        self._swaps = Leaders(listed=_COMPARED)

    def add(self, tile: Tile) -> None:
        places = self._dominators(tile)
        if not len(places):
            return
        zone = places[Votes(tile).adopts().reshape(-1)[places]]
        self._dominating += len(places)
        self._dominating_zopa += len(zone)
        self._best.offer_greatest(self._gains(tile, places), tile, places)
        self._best_zopa.offer_greatest(self._gains(tile, zone), tile, zone)
        self._swaps.offer_greatest(-self._changed(tile, places), tile, places)

    def told(self) -> Efficiency:
        parties = self._model.parties
        swaps = sorted(map(self._better, self._swaps.points()), key=lambda swap: (-swap.total, swap.package))
        return Efficiency(
            package=self._package,
            surpluses={parties[voter].id: surplus for voter, surplus in self._own.items()},
            in_zopa=self._in_zopa,
            dominating=self._dominating,
            dominating_zopa=self._dominating_zopa,
            best=next(map(self._better, self._best.points()), None),
            best_zopa=next(map(self._better, self._best_zopa.points()), None),
            swaps=tuple(swaps[:LISTED]),
            swaps_in_all=self._swaps.ties,
        )

    def _dominators(self, tile: Tile) -> Places:
        nobody_worse = np.ones(tile.shape, np.bool_)
        somebody_better = np.zeros(tile.shape, np.bool_)
        for voter, own in self._own.items():
            surpluses = tile.surpluses(voter)
            nobody_worse &= surpluses >= own
            somebody_better |= surpluses > own
        return np.flatnonzero(nobody_worse & somebody_better)

    def _gains(self, tile: Tile, places: Places) -> Numbers:
        columns = [tile.surpluses(voter).reshape(-1)[places].astype(np.int64) for voter in self._own]
        return np.add.reduce(columns) - sum(self._own.values())

    def _changed(self, tile: Tile, places: Places) -> Numbers:
        return (tile.packages(places) != np.array(self._package, np.uint8)).sum(axis=1)

    def _better(self, point: Point) -> Better:
        parties = self._model.parties
        gains = {parties[voter].id: point.surpluses[parties[voter].id] - own for voter, own in self._own.items()}
        changes = tuple(
            Change(issue, before, after)
            for issue, before, after in zip(self._model.issues, self._package, point.package, strict=True)
            if before != after
        )
        return Better(point.package, changes, gains, sum(gains.values()))
