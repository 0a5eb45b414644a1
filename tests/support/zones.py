"""How many packages are acceptable to all, over every package of a rule set: a numpy pass in blocks.

Only for tests. What the parts are worth comes from mandates; conditions and sums are worked out here a second time, so
that the pass checks the engine. An array has one axis per issue that varies in the block, of length 1 where the issue
does not matter: what depends on few issues stays small until it is added to the rest.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from itertools import product
from math import prod
from typing import Any, assert_never

import numpy as np
from numpy.typing import NDArray

from threebirds_rules.conditions import AllOf, AnyOf, Condition, GaugeWithin, IssueIn, NoneOf
from threebirds_rules.mandate import Mandate, MandateCurve, MandateGauge, Position
from threebirds_rules.names import GaugeId
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.scoring import curve_points, mandate

Points = NDArray[np.int16]
Mask = NDArray[np.bool_]
_BLOCK = 1 << 18
_FAR = 10_000


def zone_sizes(rules: RuleSet, positions: Sequence[Position]) -> list[int]:
    """For each position, the packages that give every member of every body its walk-away and its margin."""
    seated = set(positions[0].seated)
    members = sorted({role for body in rules.bodies for role in body.members} & seated)
    mandates = [[mandate(rules, role, position) for role in members] for position in positions]
    sizes = [len(issue.options) for issue in rules.issues]
    outer = next(count for count in range(len(sizes) + 1) if prod(sizes[count:]) <= _BLOCK)
    found = [0] * len(positions)
    for fixed in product(*map(range, sizes[:outer])):
        block = _Block(mandates[0][0], fixed, sizes[outer:])
        for at, together in enumerate(mandates):
            found[at] += block.count(together)
    return found


class _Block:
    """All packages that begin with `fixed`. What several mandates share is worked out once."""

    def __init__(self, layout: Mandate, fixed: Sequence[int], sizes: Sequence[int]) -> None:
        self._fixed = fixed
        self._sizes = sizes
        self._issues = {issue: (at, len(layout.values[at])) for at, issue in enumerate(layout.issues)}
        self._gauges = self._reached(layout)
        self._masks: dict[Any, Mask] = {}
        self._sums: dict[Any, Points] = {}

    def count(self, together: Iterable[Mandate]) -> int:
        accepted = reduce(np.logical_and, (self._accepted(own) for own in together))
        return int(np.broadcast_to(accepted, self._sizes).sum())

    def _accepted(self, own: Mandate) -> Mask:
        """Many positions share a role's whole situation, so each is looked at once."""
        key = (own.role, own.values, own.offset, own.rules, own.walk_away, own.bodies)
        if key not in self._masks:
            score = self._once(key[:4], lambda: self._score(own))
            needs = ((own.walk_away + body.margin, self._mask(body.when or AllOf(()))) for body in own.bodies)
            self._masks[key] = reduce(np.logical_and, (~where | (score >= need) for need, where in needs))
        return self._masks[key]

    def _score(self, own: Mandate) -> Points:
        tables = (self._along(at, [sum(aspects) for aspects in rows]) for at, rows in enumerate(own.values))
        rules = (self._mask(rule.when) * np.int16(rule.points) for rule in own.rules)
        curves = (self._curve(curve) for curve in own.curves)
        return _sum((*tables, *rules, *curves)) + np.int16(own.offset)

    def _once(self, key: object, worked_out: Callable[[], Points]) -> Points:
        if key not in self._sums:
            self._sums[key] = worked_out()
        return self._sums[key]

    def _along(self, at: int, table: Sequence[int]) -> Points:
        """What each option of one issue is worth, along that issue's axis."""
        values = np.array(table, np.int16)
        if at < len(self._fixed):
            return values[self._fixed[at]].reshape((1,) * len(self._sizes))
        return values.reshape([-1 if axis == at - len(self._fixed) else 1 for axis in range(len(self._sizes))])

    def _curve(self, curve: MandateCurve) -> Points:
        values = self._gauges[curve.gauge]
        low = int(values.min())
        points = [curve_points(curve.points, x) for x in range(low, int(values.max()) + 1)]
        return np.array(points, np.int16)[values - low]

    def _mask(self, condition: Condition) -> Mask:
        if condition not in self._masks:
            self._masks[condition] = self._held(condition)
        return self._masks[condition]

    def _held(self, condition: Condition) -> Mask:
        everywhere = np.ones((1,) * len(self._sizes), np.bool_)
        match condition:
            case IssueIn(issue=issue, options=options):
                at, count = self._issues[issue]
                return self._along(at, [option in options for option in range(count)]) > 0
            case GaugeWithin(gauge=gauge, low=low, high=high):
                value = self._gauges[gauge]
                return (value >= (-_FAR if low is None else low)) & (value <= (_FAR if high is None else high))
            case AllOf(parts=parts):
                return reduce(np.logical_and, map(self._mask, parts), everywhere)
            case AnyOf(parts=parts):
                return reduce(np.logical_or, map(self._mask, parts), ~everywhere)
            case NoneOf(parts=parts):
                return ~self._mask(AnyOf(parts))
            case _:
                assert_never(condition)

    def _reached(self, layout: Mandate) -> dict[GaugeId, Points]:
        plain = {gauge.id: self._moved(layout, gauge) for gauge in layout.gauges if not gauge.formula}
        derived = {
            gauge.id: _sum(plain[part] * np.int16(times) for part, times in gauge.formula)
            for gauge in layout.gauges
            if gauge.formula
        }
        return plain | derived

    def _moved(self, layout: Mandate, gauge: MandateGauge) -> Points:
        tables = ([effects.get(gauge.id, 0) for effects in rows] for rows in layout.effects)
        start = np.full((1,) * len(self._sizes), gauge.start, np.int16)
        return _sum((start, *(self._along(at, table) for at, table in enumerate(tables) if any(table))))


def _sum(parts: Iterable[Points]) -> Points:
    """By the last axis that each has: the sum so far stays as small as it can."""
    return reduce(
        np.add, sorted(parts, key=lambda part: max((at for at, n in enumerate(part.shape) if n > 1), default=-1))
    )
