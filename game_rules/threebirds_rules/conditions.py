"""Conditions on a package: data, never an expression that something interprets."""

from collections.abc import Mapping
from typing import assert_never

from msgspec import Struct

from threebirds_rules.names import GaugeId, IssueId


class IssueIn(Struct, frozen=True, tag="issue", tag_field="test"):
    """The package chooses one of `options` on `issue`."""

    issue: IssueId
    options: tuple[int, ...]


class GaugeWithin(Struct, frozen=True, tag="gauge", tag_field="test"):
    """The gauge lies between `low` and `high`, both included; None is no bound."""

    gauge: GaugeId
    low: int | None
    high: int | None


class AllOf(Struct, frozen=True, tag="all", tag_field="test"):
    parts: tuple["Condition", ...]


class AnyOf(Struct, frozen=True, tag="any", tag_field="test"):
    parts: tuple["Condition", ...]


class NoneOf(Struct, frozen=True, tag="none", tag_field="test"):
    parts: tuple["Condition", ...]


Condition = IssueIn | GaugeWithin | AllOf | AnyOf | NoneOf


def holds(condition: Condition, chosen: Mapping[IssueId, int], gauges: Mapping[GaugeId, int]) -> bool:
    """Whether `condition` holds for the chosen option of each issue and the gauges of that package."""
    match condition:
        case IssueIn(issue=issue, options=options):
            return chosen[issue] in options
        case GaugeWithin(gauge=gauge, low=low, high=high):
            value = gauges[gauge]
            return (low is None or value >= low) and (high is None or value <= high)
        case AllOf(parts=parts):
            return all(holds(part, chosen, gauges) for part in parts)
        case AnyOf(parts=parts):
            return any(holds(part, chosen, gauges) for part in parts)
        case NoneOf(parts=parts):
            return not any(holds(part, chosen, gauges) for part in parts)
        case _:
            assert_never(condition)
