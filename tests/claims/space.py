"""Every package of a rule set at once, as numpy arrays with one axis per issue.

An array has length 1 along the issues that do not matter to it, so that what depends on few issues stays small and
what an article changes by itself, all else equal, is the difference of two slices. What the parts are worth comes from
mandates; conditions and sums are worked out here a second time.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from math import prod
from typing import TypeAlias, TypeVar, assert_never

import numpy as np
from numpy.typing import NDArray

from threebirds_rules.conditions import AllOf, AnyOf, Condition, GaugeWithin, IssueIn, NoneOf
from threebirds_rules.mandate import Mandate, MandateGauge
from threebirds_rules.names import GaugeId, IssueId, Package, RoleId
from threebirds_rules.scoring import curve_points

Points: TypeAlias = NDArray[np.int16]
Mask: TypeAlias = NDArray[np.bool_]
Value = TypeVar("Value", bound=np.generic)

Table = tuple[int, tuple[int, ...]]
"""What each option of one issue is worth: the issue's place, and points by option."""

Part = Table | tuple[Condition, int] | tuple[GaugeId, tuple[tuple[int, int], ...]] | int
"""What adds to a score: a table, a rule's condition and points, a curve, an offset."""

_FAR = 10_000


class Packages:
    """Some of the packages, in their order: one row each, with one option per issue."""

    def __init__(self, rows: NDArray[np.intp]) -> None:
        self.rows = rows

    def __len__(self) -> int:
        return len(self.rows)

    def of(self, array: NDArray[Value]) -> NDArray[Value]:
        """What an array over all packages holds for each of these; an axis of length 1 is asked at its one place."""
        return array[tuple((self.rows % array.shape).T)]

    def count(self, kind: Mask) -> int:
        return int(self.of(kind).sum())

    def only(self, kind: Mask) -> "Packages":
        return Packages(self.rows[self.of(kind)])

    def changed(self) -> NDArray[np.intp]:
        """For each, how many issues leave the status quo."""
        return np.count_nonzero(self.rows, axis=1)

    def listed(self) -> list[Package]:
        return [tuple(int(option) for option in row) for row in self.rows]


class Space:
    """The packages, their gauges, and every role's score at the opening; other mandates are scored by what differs."""

    def __init__(self, openings: Mapping[RoleId, Mandate]) -> None:
        layout = next(iter(openings.values()))
        self.issues = layout.issues
        self.shape = tuple(len(rows) for rows in layout.values)
        self.size = prod(self.shape)
        self.starts = {str(one.id): one.start for one in layout.gauges}
        self._masks: dict[Condition, Mask] = {}
        self._gauges = self._reached(layout)
        self._parts = {role: Counter(parts_of(own)) for role, own in openings.items()}
        self._scores = {role: self.whole(self.sum(parts.elements())) for role, parts in self._parts.items()}

    def gauge(self, name: str) -> Points:
        return self._gauges[GaugeId(name)]

    def score(self, own: Mandate) -> Points:
        """The score of every package; the array is shared where the mandate is as it was at the opening."""
        before, now = self._parts[own.role], Counter(parts_of(own))
        if now == before:
            return self._scores[own.role]
        gone, new = before - now, now - before
        return self._scores[own.role] + (self.sum(new.elements()) - self.sum(gone.elements()))

    def needed(self, own: Mandate) -> Points:
        """The walk-away and the highest margin of the bodies that must consent."""
        margins = (self.where(body.when or AllOf(())) * np.int16(body.margin) for body in own.bodies)
        return reduce(np.maximum, margins, self._everywhere(0)) + np.int16(own.walk_away)

    def zone(self, together: Iterable[Mandate]) -> Packages:
        """The packages in which everybody has what it needs."""
        accepted = reduce(np.logical_and, (self.score(own) >= self.needed(own) for own in together))
        return self.packages(accepted)

    def where(self, condition: Condition) -> Mask:
        if condition not in self._masks:
            self._masks[condition] = self._held(condition)
        return self._masks[condition]

    def chosen(self, **options: int | Sequence[int]) -> Mask:
        """Where each issue named has this option, or one of these."""
        tests = ((issue, (wanted,) if isinstance(wanted, int) else tuple(wanted)) for issue, wanted in options.items())
        return self._held(AllOf(tuple(IssueIn(IssueId(issue), wanted) for issue, wanted in tests)))

    def within(self, gauge: str, low: int | None = None, high: int | None = None) -> Mask:
        """Where the gauge lies between these bounds, both included."""
        return self._held(GaugeWithin(GaugeId(gauge), low, high))

    def at(self, array: NDArray[Value], **options: int) -> NDArray[Value]:
        """The slice in which each issue named has this option; its axis stays, with length 1."""
        for issue, option in options.items():
            axis = self.issues.index(IssueId(issue))
            if array.shape[axis] > 1:
                array = array.take([option], axis)
        return array

    def count(self, mask: Mask) -> int:
        return int(mask.sum()) * (self.size // mask.size)

    def packages(self, mask: Mask) -> Packages:
        return Packages(np.argwhere(np.broadcast_to(mask, self.shape)))

    def whole(self, values: Points) -> Points:
        """The same with all axes at their full length."""
        return np.ascontiguousarray(np.broadcast_to(values, self.shape))

    def sum(self, parts: Iterable[Part]) -> Points:
        return _sum((self._everywhere(0), *map(self._part, parts)))

    def _part(self, part: Part) -> Points:
        match part:
            case int():
                return self._everywhere(part)
            case (int() as at, table):
                return self._along(at, table)
            case (str() as gauge, points):
                return self._curve(self._gauges[gauge], points)
            case (condition, points):
                return self.where(condition) * np.int16(points)

    def _everywhere(self, points: int) -> Points:
        return np.full((1,) * len(self.shape), points, np.int16)

    def _along(self, at: int, table: Sequence[int]) -> Points:
        return np.array(table, np.int16).reshape([-1 if axis == at else 1 for axis in range(len(self.shape))])

    def _curve(self, values: Points, points: Sequence[tuple[int, int]]) -> Points:
        low = int(values.min())
        return np.array([curve_points(points, x) for x in range(low, int(values.max()) + 1)], np.int16)[values - low]

    def _held(self, condition: Condition) -> Mask:
        everywhere = np.ones((1,) * len(self.shape), np.bool_)
        match condition:
            case IssueIn(issue=issue, options=options):
                at = self.issues.index(issue)
                return self._along(at, [option in options for option in range(self.shape[at])]) > 0
            case GaugeWithin(gauge=gauge, low=low, high=high):
                value = self._gauges[gauge]
                return (value >= (-_FAR if low is None else low)) & (value <= (_FAR if high is None else high))
            case AllOf(parts=parts):
                return reduce(np.logical_and, map(self._held, parts), everywhere)
            case AnyOf(parts=parts):
                return reduce(np.logical_or, map(self._held, parts), ~everywhere)
            case NoneOf(parts=parts):
                return ~self._held(AnyOf(parts))
            case _:
                assert_never(condition)

    def _reached(self, layout: Mandate) -> dict[GaugeId, Points]:
        plain = {one.id: self._moved(layout, one) for one in layout.gauges if not one.formula}
        derived = {
            one.id: _sum(plain[gauge] * np.int16(times) for gauge, times in one.formula)
            for one in layout.gauges
            if one.formula
        }
        return plain | derived

    def _moved(self, layout: Mandate, gauge: MandateGauge) -> Points:
        tables = [[effects.get(gauge.id, 0) for effects in rows] for rows in layout.effects]
        moves = (self._along(at, table) for at, table in enumerate(tables) if any(table))
        return _sum((self._everywhere(gauge.start), *moves))


def parts_of(own: Mandate, aspect: str | None = None) -> list[Part]:
    """What a score is made of, or one aspect of it (without the offset, which has none)."""
    places = [place for place, name in enumerate(own.aspects) if aspect in (None, name)]
    tables = [
        (at, tuple(sum(points[place] for place in places) for points in rows)) for at, rows in enumerate(own.values)
    ]
    rules = [(rule.when, rule.points) for rule in own.rules if aspect in (None, rule.aspect)]
    curves = [(curve.gauge, curve.points) for curve in own.curves if aspect in (None, curve.aspect)]
    return [*tables, *rules, *curves, *([own.offset] if aspect is None else [])]


def _sum(parts: Iterable[Points]) -> Points:
    """By the last axis that each has: the sum so far stays as small as it can."""
    return reduce(
        np.add, sorted(parts, key=lambda part: max((at for at, n in enumerate(part.shape) if n > 1), default=-1))
    )
