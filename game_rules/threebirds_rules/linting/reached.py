"""Whether some package fulfils a condition: exact, and mostly without looking at every package.

A condition names few issues and gauges. Issue by issue, only the different outcomes for these are kept, and they are
few even where packages are millions.
"""

from typing import assert_never

from threebirds_rules.conditions import AllOf, AnyOf, Condition, GaugeWithin, IssueIn, NoneOf, holds
from threebirds_rules.names import GaugeId, IssueId
from threebirds_rules.ruleset import Issue, RuleSet
from threebirds_rules.scoring.gauges import moved

STEPS = 2_000_000
"""How many outcomes are looked at for one document, about two seconds' work: an editor waits for it."""

Outcome = tuple[tuple[int, ...], tuple[int, ...]]
"""The chosen options of the named issues so far, and the values of the named gauges."""


class Reaches:
    """Over all packages of a rule set."""

    def __init__(self, rules: RuleSet, *, steps: int = STEPS) -> None:
        self._issues = rules.issues
        self._starts = moved(rules.gauges, ())
        self._moves = {
            issue.id: [moved(rules.gauges, (option.effects,)) for option in issue.options] for issue in rules.issues
        }
        self._left = steps

    def ever(self, condition: Condition) -> bool | None:
        """Whether the condition can hold; None if finding out would take too long."""
        named = _names(condition)
        issues = [issue for issue in self._issues if issue.id in named]
        gauges = [gauge for gauge in self._starts if gauge in named]
        outcomes = self._outcomes(issues, gauges)
        if outcomes is None:
            return None
        names = [issue.id for issue in issues]
        return any(
            holds(condition, dict(zip(names, chosen, strict=True)), dict(zip(gauges, values, strict=True)))
            for chosen, values in outcomes
        )

    def span(self, gauge: GaugeId) -> tuple[int, int]:
        """The lowest and the highest value of a gauge."""
        start = self._starts[gauge]
        changes = [[values[gauge] - start for values in rows] for rows in self._moves.values()]
        return start + sum(map(min, changes)), start + sum(map(max, changes))

    def _outcomes(self, issues: list[Issue], gauges: list[GaugeId]) -> set[Outcome] | None:
        outcomes: set[Outcome] = {((), tuple(self._starts[gauge] for gauge in gauges))}
        for issue in self._issues:
            named = issue in issues
            steps = self._steps(issue.id, gauges, named=named)
            self._left -= len(outcomes) * len(steps)
            if self._left < 0:
                return None
            outcomes = {
                ((*chosen, option) if named else chosen, tuple(map(sum, zip(values, changes, strict=True))))
                for chosen, values in outcomes
                for option, changes in steps
            }
        return outcomes

    def _steps(self, issue: IssueId, gauges: list[GaugeId], *, named: bool) -> list[tuple[int, tuple[int, ...]]]:
        """Each option with what it does to the gauges; which one it is counts only if the condition names the issue."""
        rows = [
            (option, tuple(values[gauge] - self._starts[gauge] for gauge in gauges))
            for option, values in enumerate(self._moves[issue])
        ]
        return rows if named else [(0, changes) for changes in sorted({changes for _, changes in rows})]


def _names(condition: Condition) -> frozenset[str]:
    return issues_in(condition) | gauges_in(condition)


def issues_in(condition: Condition) -> frozenset[IssueId]:
    match condition:
        case IssueIn(issue=issue):
            return frozenset({issue})
        case GaugeWithin():
            return frozenset()
        case AllOf(parts=parts) | AnyOf(parts=parts) | NoneOf(parts=parts):
            return frozenset(issue for part in parts for issue in issues_in(part))
        case _:
            assert_never(condition)


def gauges_in(condition: Condition) -> frozenset[GaugeId]:
    match condition:
        case IssueIn():
            return frozenset()
        case GaugeWithin(gauge=gauge):
            return frozenset({gauge})
        case AllOf(parts=parts) | AnyOf(parts=parts) | NoneOf(parts=parts):
            return frozenset(gauge for part in parts for gauge in gauges_in(part))
        case _:
            assert_never(condition)
