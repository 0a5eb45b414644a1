"""The score of a package by its definition; `Scorer` gives the same numbers faster when there are many packages."""

from threebirds_rules.conditions import holds
from threebirds_rules.mandate import Mandate
from threebirds_rules.names import Package
from threebirds_rules.scoring.curves import curve_points
from threebirds_rules.scoring.gauges import gauges


def score(mandate: Mandate, package: Package) -> int:
    """Values of the chosen options, rules that hold, curves, and the role's own offset."""
    reached = gauges(mandate, package)
    chosen = dict(zip(mandate.issues, package, strict=True))
    values = sum(sum(rows[option]) for rows, option in zip(mandate.values, package, strict=True))
    rules = sum(rule.points for rule in mandate.rules if holds(rule.when, chosen, reached))
    curves = sum(curve_points(curve.points, reached[curve.gauge]) for curve in mandate.curves)
    return values + rules + curves + mandate.offset


def needed(mandate: Mandate, package: Package) -> int:
    """The score at which the role can sign: its walk-away, and the highest margin of the bodies that must consent."""
    reached = gauges(mandate, package)
    chosen = dict(zip(mandate.issues, package, strict=True))
    margins = [body.margin for body in mandate.bodies if body.when is None or holds(body.when, chosen, reached)]
    return mandate.walk_away + max(margins, default=0)


def surplus(mandate: Mandate, package: Package) -> int:
    """Points above the walk-away (below it, if negative)."""
    return score(mandate, package) - mandate.walk_away
