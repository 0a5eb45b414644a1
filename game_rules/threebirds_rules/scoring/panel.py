"""Scores of several roles at once: what they have in common, gauges and conditions, is worked out once for all."""

from collections.abc import Sequence
from typing import NamedTuple

from threebirds_rules.conditions import AllOf, Condition
from threebirds_rules.mandate import Mandate
from threebirds_rules.names import BodyId, Package
from threebirds_rules.scoring.scorer import CurveTable, Guard, Move, Test, guard_of, moves_of, starts_of, test_of

Points = list[int]
"""By role, in the order of the mandates."""


class _Chosen(NamedTuple):
    """What an option is worth, what it does to the gauges, and the rules that need it or one beside it."""

    points: Points
    moves: Move
    rules: list[tuple[Test, Points]]


class Panel:
    """`mandates` are of one rule set in one position; at least one."""

    def __init__(self, mandates: Sequence[Mandate]) -> None:
        self.mandates = mandates
        layout = mandates[0]
        places = {gauge.id: at for at, gauge in enumerate(layout.gauges)}
        issues = {issue: at for at, issue in enumerate(layout.issues)}
        self._offsets = [one.offset for one in mandates]
        self._starts = starts_of(layout)
        self._options = _options(mandates, moves_of(layout, frozenset(places)))
        self._rules: list[tuple[Test, Points]] = []
        for rule in {rule.id: rule for one in mandates for rule in one.rules}.values():
            points = [sum(own.points for own in one.rules if own.id == rule.id) for one in mandates]
            self._put(test_of(rule.when, issues, places), points, guard_of(rule.when, issues))
        self._curves = [
            (
                places[curve.gauge],
                CurveTable(curve.points),
                [at for at, one in enumerate(mandates) if curve in one.curves],
            )
            for curve in {curve.id: curve for one in mandates for curve in one.curves}.values()
        ]
        self._bodies = [
            (test_of(when or AllOf(()), issues, places), members) for when, members in _bodies(mandates).values()
        ]

    def scores(self, package: Package) -> Points:
        """By role, in the order of the mandates."""
        return self._scored(package)[0]

    def scores_and_needs(self, package: Package) -> list[tuple[int, int]]:
        """The same, each with what that role needs."""
        points, reached = self._scored(package)
        margins: list[list[int]] = [[] for _ in self.mandates]
        for test, members in self._bodies:
            if test(package, reached):
                for at, margin in members:
                    margins[at].append(margin)
        needs = [one.walk_away + max(own, default=0) for one, own in zip(self.mandates, margins, strict=True)]
        return list(zip(points, needs, strict=True))

    def _scored(self, package: Package) -> tuple[Points, list[int]]:
        """Points, and the gauges by place."""
        reached = self._starts.copy()
        chosen = [rows[option] for rows, option in zip(self._options, package, strict=True)]
        for option in chosen:
            for place, change in option.moves:
                reached[place] += change
        parts = [option.points for option in chosen]
        parts += [points for option in chosen for test, points in option.rules if test(package, reached)]
        parts += [points for test, points in self._rules if test(package, reached)]
        totals = list(map(sum, zip(self._offsets, *parts, strict=True)))
        for place, table, roles in self._curves:
            points = table[reached[place]]
            for role in roles:
                totals[role] += points
        return totals, reached

    def _put(self, test: Test, points: Points, guard: Guard | None) -> None:
        if guard is None:
            self._rules.append((test, points))
            return
        at, options = guard
        for option in options:
            self._options[at][option].rules.append((test, points))


def _options(mandates: Sequence[Mandate], moves: Sequence[Sequence[Move]]) -> list[list[_Chosen]]:
    return [
        [_Chosen([sum(one.values[at][option]) for one in mandates], change, []) for option, change in enumerate(rows)]
        for at, rows in enumerate(moves)
    ]


def _bodies(mandates: Sequence[Mandate]) -> dict[BodyId, tuple[Condition | None, list[tuple[int, int]]]]:
    """When each decides, and its members by place, each with the margin that it asks of this one."""
    found: dict[BodyId, tuple[Condition | None, list[tuple[int, int]]]] = {}
    for at, one in enumerate(mandates):
        for body in one.bodies:
            found.setdefault(body.id, (body.when, []))[1].append((at, body.margin))
    return found
