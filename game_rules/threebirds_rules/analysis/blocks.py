"""Packages in blocks (prefixes x suffixes) and tiles (some prefixes of a block), with all that is known of them.

A block fits into the memory allowed; a tile fits into a processor's cache. Nothing that is found depends on either.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import product
from math import prod
from typing import Any, assert_never

import numpy as np
from numpy.typing import NDArray

from threebirds_rules.analysis.model import Model, Pair, Party
from threebirds_rules.analysis.tables import Mask, Numbers, Places, Sum, Table, distinct, fewest_first, total
from threebirds_rules.conditions import AllOf, AnyOf, Condition, GaugeWithin, IssueIn, NoneOf
from threebirds_rules.names import GaugeId, Package
from threebirds_rules.scoring import curve_points

Options = NDArray[np.uint8]
"""One row for every package (or part of one), one column for every issue."""

MEMORY = 256 << 20
"""Bytes that a pass may use at once, unless it is told otherwise."""

MOST_PACKAGES = 50_000_000
"""With more packages than this, not every one is looked at."""

TILE = 1 << 16
"""About how many packages a tile holds."""

SUFFIXES = 1 << 12
"""The most suffixes of a block."""

Progress = Callable[[int, int], None]
"""Told how many packages are done, and how many there are."""


class TooManyPackagesError(ValueError):
    """More packages than can all be looked at."""


class Block:
    """All packages that begin with one of `prefixes` and go on with one of `suffixes`."""

    def __init__(self, model: Model, prefixes: Options, suffixes: Options) -> None:
        self.model = model
        self.prefixes = prefixes
        self.suffixes = suffixes
        self._numbers = model.number_type()
        self._places = {issue: place for place, issue in enumerate(model.issues)}
        self._split = prefixes.shape[1]
        self._masks: dict[Condition, Table] = {}
        self._sums: dict[tuple[Any, ...], Sum] = {}
        self._scores: dict[int, Sum] = {}

    def in_position(self, model: Model) -> "Block":
        """The same packages of the same rule set in another position; what does not change is worked out once."""
        other = Block(model, self.prefixes, self.suffixes)
        other._masks, other._sums = self._masks, self._sums
        return other

    def tiles(self) -> Iterator["Tile"]:
        """All of the block, some prefixes at a time."""
        step = max(1, TILE // len(self.suffixes))
        return (self.tile(slice(at, at + step)) for at in range(0, len(self.prefixes), step))

    def package(self, prefix: int, suffix: int) -> Package:
        return tuple(int(option) for option in (*self.prefixes[prefix], *self.suffixes[suffix]))

    def tile(self, which: slice | Places) -> "Tile":
        return Tile(self, which)

    def scores(self, party: int) -> Sum:
        """The score of one party for every package of the block."""
        if party not in self._scores:
            own = self.model.parties[party]
            key = (self._numbers, own.offset, own.values, own.pairs, own.rules, own.curves)
            if key not in self._sums:
                self._sums[key] = self._summed(own)
            self._scores[party] = self._sums[key]
        return self._scores[party]

    def mask(self, condition: Condition) -> Table:
        """Which packages meet the condition."""
        if condition not in self._masks:
            self._masks[condition] = self._held(condition)
        return self._masks[condition]

    def gauge(self, gauge: GaugeId) -> Sum:
        """The value of a gauge for every package of the block."""
        linear = self.model.gauges[gauge]
        base, row = self._along(linear.moves, np.dtype(np.int64))
        return Sum(base + linear.start, np.zeros(len(base), np.intp), row[np.newaxis])

    def _summed(self, party: Party) -> Sum:
        base, row = self._along(party.values, self._numbers)
        rules = (
            Table(mask.codes, mask.rows * self._numbers.type(points))
            for condition, points in party.rules
            for mask in (self.mask(condition),)
        )
        curves = (self._looked_up(gauge, _follow(points), self._numbers) for gauge, points in party.curves)
        pairs = (self._pair(pair) for pair in party.pairs)
        plain = Table(np.zeros(len(base), np.intp), row[np.newaxis])
        return total(base + self._numbers.type(party.offset), (plain, *pairs, *rules, *curves))

    def _along(self, tables: Sequence[Sequence[int]], numbers: np.dtype[Any]) -> tuple[Numbers, Numbers]:
        """Sums of one number per issue: over the issues of each prefix, and over those of each suffix."""
        base, row = np.zeros(len(self.prefixes), numbers), np.zeros(len(self.suffixes), numbers)
        for place, table in enumerate(tables):
            values = np.array(table, numbers)
            if place < self._split:
                base += values[self.prefixes[:, place]]
            else:
                row += values[self.suffixes[:, place - self._split]]
        return base, row

    def _pair(self, pair: Pair) -> Table:
        first, second = sorted((pair.first, pair.second))
        points = np.array(pair.points, self._numbers)
        points = points if first == pair.first else points.T
        if second < self._split:
            codes = self.prefixes[:, first].astype(np.intp) * points.shape[1] + self.prefixes[:, second]
            return Table(codes, np.repeat(points.reshape(-1, 1), len(self.suffixes), axis=1))
        column = self.suffixes[:, second - self._split]
        if first < self._split:
            return Table(self.prefixes[:, first].astype(np.intp), points[:, column])
        row = points[self.suffixes[:, first - self._split], column]
        return Table(np.zeros(len(self.prefixes), np.intp), row[np.newaxis])

    def _looked_up(self, gauge: GaugeId, value: Callable[[int], int], numbers: np.dtype[Any]) -> Table:
        """A function of a gauge."""
        base, _, rows = self.gauge(gauge)
        bases, codes = np.unique(base, return_inverse=True)
        steps, columns = np.unique(rows[0], return_inverse=True)
        values = [[value(start + step) for step in steps.tolist()] for start in bases.tolist()]
        return distinct(codes, np.array(values, numbers)[:, columns])

    def _held(self, condition: Condition) -> Table:
        match condition:
            case IssueIn(issue=issue, options=options):
                return self._chosen(self._places[issue], options)
            case GaugeWithin(gauge=gauge, low=low, high=high):
                return self._looked_up(gauge, _within(low, high), np.dtype(np.bool_))
            case AllOf(parts=parts):
                return fewest_first(np.logical_and, [self._all(value=True), *map(self.mask, parts)])
            case AnyOf(parts=parts):
                return fewest_first(np.logical_or, [self._all(value=False), *map(self.mask, parts)])
            case NoneOf(parts=parts):
                codes, rows = self.mask(AnyOf(parts))
                return Table(codes, ~rows)
            case _:
                assert_never(condition)

    def _chosen(self, place: int, options: Sequence[int]) -> Table:
        among = np.isin(np.arange(self.model.sizes[place]), options)
        if place < self._split:
            return Table(
                among[self.prefixes[:, place]].astype(np.intp),
                np.repeat([[False], [True]], len(self.suffixes), axis=1),
            )
        row = among[self.suffixes[:, place - self._split]]
        return Table(np.zeros(len(self.prefixes), np.intp), row[np.newaxis])

    def _all(self, *, value: bool) -> Table:
        return Table(np.zeros(len(self.prefixes), np.intp), np.full((1, len(self.suffixes)), value))


class Tile:
    """Some prefixes of a block with every suffix. Arrays have one row per prefix and one column per suffix."""

    def __init__(self, block: Block, which: slice | Places) -> None:
        self.block = block
        self._which = which
        self._surpluses: dict[int, Numbers] = {}

    @cached_property
    def shape(self) -> tuple[int, int]:
        return len(self.block.prefixes[self._which]), len(self.block.suffixes)

    def surpluses(self, party: int) -> Numbers:
        """Points above the walk-away of one party."""
        if party not in self._surpluses:
            base, codes, rows = self.block.scores(party)
            above = base - base.dtype.type(self.block.model.parties[party].walk_away)
            self._surpluses[party] = self._taken(Sum(above, codes, rows))
        return self._surpluses[party]

    def holds(self, condition: Condition) -> Mask:
        codes, rows = self.block.mask(condition)
        return rows[codes[self._which]]

    def options(self, place: int) -> Options:
        """The option that each package chooses on one issue; broadcast against the other arrays."""
        split = self.block.prefixes.shape[1]
        if place < split:
            return self.block.prefixes[self._which, place][:, np.newaxis]
        return self.block.suffixes[:, place - split][np.newaxis]

    def packages(self, where: Places) -> Options:
        """The packages at these places, which count along the rows of the tile's arrays."""
        rows, columns = np.divmod(where, self.shape[1])
        return np.hstack([self.block.prefixes[self._which][rows], self.block.suffixes[columns]])

    def _taken(self, numbers: Sum) -> Numbers:
        found = numbers.rows[numbers.codes[self._which]]
        found += numbers.base[self._which][:, np.newaxis]
        return found


def blocks(model: Model, *, memory: int = MEMORY) -> Iterator[Block]:
    """All packages, in their order (the last issue changes fastest)."""
    outer, split = _cuts(model, memory)
    suffixes = grid(model.sizes[split:])
    inner = grid(model.sizes[outer:split])
    for fixed in product(*map(range, model.sizes[:outer])):
        first = np.broadcast_to(np.array(fixed, np.uint8), (len(inner), outer))
        yield Block(model, np.hstack([first, inner]), suffixes)


def all_blocks(model: Model, *, memory: int = MEMORY, progress: Progress | None = None) -> Iterator[Block]:
    """`blocks`, with progress after each; raises TooManyPackagesError if there are more than MOST_PACKAGES."""
    if model.packages > MOST_PACKAGES:
        raise TooManyPackagesError(f"{model.packages:,} packages are too many: at most {MOST_PACKAGES:,} are looked at")
    done = 0
    for block in blocks(model, memory=memory):
        yield block
        done += len(block.prefixes) * len(block.suffixes)
        if progress is not None:
            progress(done, model.packages)


def grid(sizes: Sequence[int]) -> Options:
    """All ways to choose one option each, the last changing fastest."""
    return np.indices(sizes, np.uint8).reshape(len(sizes), prod(sizes)).T


def _cuts(model: Model, memory: int) -> tuple[int, int]:
    """How many issues are fixed for a block, and how many make its prefixes. Assumes that no two rows are equal."""
    conditions = {condition for party in model.parties for condition, _ in party.rules}
    each = model.number_type().itemsize * (len(model.parties) + 4) + len(conditions) + len(model.councils)
    sizes = model.sizes
    outer = next(at for at in range(len(sizes)) if prod(sizes[at:]) * each <= memory or at == len(sizes) - 1)
    split = next(at for at in range(outer, len(sizes)) if prod(sizes[at:]) <= SUFFIXES or at == len(sizes) - 1)
    return outer, split


def _follow(points: Sequence[tuple[int, int]]) -> Callable[[int], int]:
    return lambda x: curve_points(points, x)


def _within(low: int | None, high: int | None) -> Callable[[int], bool]:
    return lambda x: (low is None or x >= low) and (high is None or x <= high)
