"""Conditions on a package and its gauges."""

import pytest

from threebirds_rules.conditions import AllOf, AnyOf, Condition, GaugeWithin, IssueIn, NoneOf, holds
from threebirds_rules.names import GaugeId, IssueId

DAM, TOLL, DEPTH = IssueId("dam"), IssueId("toll"), GaugeId("depth")
TRUE, FALSE = IssueIn(DAM, (2,)), IssueIn(DAM, (0, 1))


def holds_here(condition: Condition) -> bool:
    """With dam 2, toll 0 and depth 3."""
    return holds(condition, {DAM: 2, TOLL: 0}, {DEPTH: 3})


@pytest.mark.parametrize(("options", "expected"), [((2,), True), ((0, 2), True), ((0, 1), False), ((), False)])
def test_an_issue_holds_if_its_option_is_among_those_listed(options: tuple[int, ...], *, expected: bool) -> None:
    assert holds_here(IssueIn(DAM, options)) is expected


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (None, None, True),
        (3, None, True),
        (4, None, False),
        (None, 3, True),
        (None, 2, False),
        (3, 3, True),
        (0, 9, True),
        (4, 9, False),
        (0, 2, False),
    ],
)
def test_a_gauge_holds_within_its_bounds_ends_included(low: int | None, high: int | None, *, expected: bool) -> None:
    assert holds_here(GaugeWithin(DEPTH, low, high)) is expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (AllOf((TRUE, TRUE)), True),
        (AllOf((TRUE, FALSE)), False),
        (AllOf(()), True),
        (AnyOf((FALSE, TRUE)), True),
        (AnyOf((FALSE, FALSE)), False),
        (AnyOf(()), False),
        (NoneOf((FALSE, FALSE)), True),
        (NoneOf((FALSE, TRUE)), False),
        (NoneOf((AllOf((TRUE, FALSE)), AnyOf((FALSE,)))), True),
    ],
)
def test_conditions_combine(condition: Condition, *, expected: bool) -> None:
    assert holds_here(condition) is expected
