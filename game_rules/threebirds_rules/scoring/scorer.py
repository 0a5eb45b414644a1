"""A mandate prepared for many packages: what does not depend on the package is worked out once."""

from collections.abc import Callable, Mapping, Sequence, Set
from typing import NamedTuple, assert_never

from threebirds_rules.conditions import AllOf, AnyOf, Condition, GaugeWithin, IssueIn, NoneOf
from threebirds_rules.mandate import Mandate
from threebirds_rules.names import GaugeId, IssueId, Package
from threebirds_rules.scoring.curves import curve_points
from threebirds_rules.scoring.gauges import moved

Test = Callable[[Package, list[int]], bool]
"""A condition on a package and its gauges, both by place."""

Move = tuple[tuple[int, int], ...]
"""(place of a gauge, change) for every gauge that an option moves."""


Weighted = tuple[Test, int]
"""A rule: its condition and its points."""

Guard = tuple[int, frozenset[int]]
"""An issue by place, and the options of which a condition needs one."""


class Chosen(NamedTuple):
    """What an option is worth, and the rules that need it or one beside it."""

    points: int
    rules: list[Weighted]


class Scorer:
    """`score`, `needed` and `surplus` of one mandate; equal to the functions of the same names."""

    def __init__(self, mandate: Mandate) -> None:
        self.mandate = mandate
        places = {gauge.id: at for at, gauge in enumerate(mandate.gauges)}
        issues = {issue: at for at, issue in enumerate(mandate.issues)}
        self._starts = starts_of(mandate)
        self._moves = moves_of(mandate, _used(mandate))
        self._rules: list[Weighted] = []
        self._options: list[list[Chosen]] = [[Chosen(sum(split), []) for split in rows] for rows in mandate.values]
        for rule in mandate.rules:
            self._put(test_of(rule.when, issues, places), rule.points, guard_of(rule.when, issues))
        self._curves = tuple((places[curve.gauge], CurveTable(curve.points)) for curve in mandate.curves)
        self._bodies = tuple((test_of(body.when or AllOf(()), issues, places), body.margin) for body in mandate.bodies)

    def score(self, package: Package) -> int:
        return self._score(package, self._gauges(package))

    def needed(self, package: Package) -> int:
        return self._needed(package, self._gauges(package))

    def score_and_need(self, package: Package) -> tuple[int, int]:
        reached = self._gauges(package)
        return self._score(package, reached), self._needed(package, reached)

    def _score(self, package: Package, reached: list[int]) -> int:
        total = self.mandate.offset
        for rows, option in zip(self._options, package, strict=True):
            points, rules = rows[option]
            total += points
            for test, more in rules:
                if test(package, reached):
                    total += more
        for test, points in self._rules:
            if test(package, reached):
                total += points
        for place, table in self._curves:
            total += table[reached[place]]
        return total

    def _needed(self, package: Package, reached: list[int]) -> int:
        margins = [margin for test, margin in self._bodies if test(package, reached)]
        return self.mandate.walk_away + max(margins, default=0)

    def surplus(self, package: Package) -> int:
        return self.score(package) - self.mandate.walk_away

    def _put(self, test: Test, points: int, guard: Guard | None) -> None:
        """A rule that needs one of a few options of an issue is looked at only where one of these is chosen."""
        if guard is None:
            self._rules.append((test, points))
            return
        at, options = guard
        for option in options:
            self._options[at][option].rules.append((test, points))

    def _gauges(self, package: Package) -> list[int]:
        reached = self._starts.copy()
        for moves, option in zip(self._moves, package, strict=True):
            for place, change in moves[option]:
                reached[place] += change
        return reached


class CurveTable(dict[int, int]):
    """A curve's points by gauge value, each worked out when it is first asked for."""

    def __init__(self, points: Sequence[tuple[int, int]]) -> None:
        super().__init__()
        self._points = points

    def __missing__(self, x: int) -> int:
        self[x] = points = curve_points(self._points, x)
        return points


def starts_of(mandate: Mandate) -> list[int]:
    """The gauges of the empty package, by place."""
    return list(moved(mandate.gauges, ()).values())


def moves_of(mandate: Mandate, used: Set[GaugeId]) -> tuple[tuple[Move, ...], ...]:
    """What each option does to the gauges in use.

    Derived gauges are sums, so what an option does to one can be worked out without the other options.
    """
    starts = moved(mandate.gauges, ())
    places = {gauge: at for at, gauge in enumerate(starts)}
    return tuple(
        tuple(
            tuple(
                (places[gauge], value - starts[gauge])
                for gauge, value in moved(mandate.gauges, (effects,)).items()
                if gauge in used and value != starts[gauge]
            )
            for effects in rows
        )
        for rows in mandate.effects
    )


def _used(mandate: Mandate) -> set[GaugeId]:
    used = {curve.gauge for curve in mandate.curves}
    for one in (*mandate.rules, *mandate.bodies):
        if one.when is not None:
            used |= _gauges_in(one.when)
    return used


def _gauges_in(condition: Condition) -> set[GaugeId]:
    match condition:
        case IssueIn():
            return set()
        case GaugeWithin(gauge=gauge):
            return {gauge}
        case AllOf(parts=parts) | AnyOf(parts=parts) | NoneOf(parts=parts):
            return {gauge for part in parts for gauge in _gauges_in(part)}
        case _:
            assert_never(condition)


def guard_of(condition: Condition, issues: Mapping[IssueId, int]) -> Guard | None:
    """The narrowest choice without which the condition fails, if it is one that must hold."""
    match condition:
        case IssueIn(issue=issue, options=options):
            return issues[issue], frozenset(options)
        case AllOf(parts=parts):
            guards = [found for part in parts if (found := guard_of(part, issues)) is not None]
            return min(guards, key=lambda guard: len(guard[1]), default=None)
        case _:
            return None


def test_of(condition: Condition, issues: Mapping[IssueId, int], places: Mapping[GaugeId, int]) -> Test:
    match condition:
        case IssueIn(issue=issue, options=options):
            return _issue_test(issues[issue], frozenset(options))
        case GaugeWithin(gauge=gauge, low=low, high=high):
            return _gauge_test(places[gauge], low, high)
        case AllOf(parts=parts):
            return _all_test(tuple(test_of(part, issues, places) for part in parts))
        case AnyOf(parts=parts):
            return _any_test(tuple(test_of(part, issues, places) for part in parts))
        case NoneOf(parts=parts):
            some = _any_test(tuple(test_of(part, issues, places) for part in parts))
            return lambda package, reached: not some(package, reached)
        case _:
            assert_never(condition)


def _issue_test(at: int, options: frozenset[int]) -> Test:
    return lambda package, _: package[at] in options


def _gauge_test(place: int, low: int | None, high: int | None) -> Test:
    if low is None:
        return (lambda _, __: True) if high is None else (lambda _, reached: reached[place] <= high)
    if high is None:
        return lambda _, reached: reached[place] >= low
    return lambda _, reached: low <= reached[place] <= high


def _all_test(parts: tuple[Test, ...]) -> Test:
    def test(package: Package, reached: list[int]) -> bool:
        for part in parts:  # noqa: SIM110  # all() with a generator takes three times as long
            if not part(package, reached):
                return False
        return True

    return test


def _any_test(parts: tuple[Test, ...]) -> Test:
    def test(package: Package, reached: list[int]) -> bool:
        for part in parts:  # noqa: SIM110  # as above
            if part(package, reached):
                return True
        return False

    return test
