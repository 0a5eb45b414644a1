"""Why a package is worth what it is worth: lines that add up exactly to the score."""

from collections.abc import Iterator, Mapping
from typing import Literal

from msgspec import Struct

from threebirds_rules.conditions import holds
from threebirds_rules.mandate import Mandate
from threebirds_rules.names import AspectId, GaugeId, Package
from threebirds_rules.scoring.curves import curve_points
from threebirds_rules.scoring.gauges import gauges

LineKind = Literal["issue", "rule", "curve", "offset"]


class Line(Struct, frozen=True, kw_only=True):
    """`ref` is the id of the issue, rule or curve. `aspects` splits `points`; it is empty for an offset."""

    points: int
    kind: LineKind
    ref: str
    aspects: Mapping[AspectId, int]
    text: str
    paragraphs: str


class Explanation(Struct, frozen=True, kw_only=True):
    """`total` is the sum of the lines' points; `by_aspect` has every aspect, and leaves out what has none."""

    total: int
    lines: tuple[Line, ...]
    by_aspect: Mapping[AspectId, int]


def explain(mandate: Mandate, package: Package) -> Explanation:
    """The score with its reasons. What is worth nothing in every aspect has no line."""
    reached = gauges(mandate, package)
    lines = (
        *_issue_lines(mandate, package),
        *_rule_lines(mandate, package, reached),
        *_curve_lines(mandate, reached),
        *_offset_lines(mandate),
    )
    by_aspect = {aspect: sum(line.aspects.get(aspect, 0) for line in lines) for aspect in mandate.aspects}
    return Explanation(total=sum(line.points for line in lines), lines=lines, by_aspect=by_aspect)


def _issue_lines(mandate: Mandate, package: Package) -> Iterator[Line]:
    for at, (issue, option) in enumerate(zip(mandate.issues, package, strict=True)):
        split = zip(mandate.aspects, mandate.values[at][option], strict=True)
        aspects = {aspect: points for aspect, points in split if points}
        if aspects:
            yield Line(
                points=sum(aspects.values()),
                kind="issue",
                ref=issue,
                aspects=aspects,
                text=mandate.labels[at][option],
                paragraphs=mandate.paragraphs[at],
            )


def _rule_lines(mandate: Mandate, package: Package, reached: Mapping[GaugeId, int]) -> Iterator[Line]:
    chosen = dict(zip(mandate.issues, package, strict=True))
    for rule in mandate.rules:
        if rule.points and holds(rule.when, chosen, reached):
            yield Line(
                points=rule.points,
                kind="rule",
                ref=rule.id,
                aspects={rule.aspect: rule.points},
                text=rule.text,
                paragraphs=rule.paragraphs,
            )


def _curve_lines(mandate: Mandate, reached: Mapping[GaugeId, int]) -> Iterator[Line]:
    for curve in mandate.curves:
        points = curve_points(curve.points, reached[curve.gauge])
        if points:
            yield Line(
                points=points,
                kind="curve",
                ref=curve.id,
                aspects={curve.aspect: points},
                text=curve.text,
                paragraphs=curve.paragraphs,
            )


def _offset_lines(mandate: Mandate) -> Iterator[Line]:
    if mandate.offset:
        yield Line(
            points=mandate.offset,
            kind="offset",
            ref="",
            aspects={},
            text="What happened at this table.",
            paragraphs="",
        )
