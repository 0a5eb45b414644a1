"""How many points a package is worth to a role, what it needs, and why."""

from threebirds_rules.scoring.cards import added, after_cards, steps_within_bounds
from threebirds_rules.scoring.curves import curve_points
from threebirds_rules.scoring.explanation import Explanation, Line, explain
from threebirds_rules.scoring.gauges import gauges, gauges_of
from threebirds_rules.scoring.mandates import mandate, opening
from threebirds_rules.scoring.packages import PackageError, is_package, package_of
from threebirds_rules.scoring.panel import Panel
from threebirds_rules.scoring.scorer import Scorer
from threebirds_rules.scoring.sums import needed, score, surplus

__all__ = [
    "Explanation",
    "Line",
    "PackageError",
    "Panel",
    "Scorer",
    "added",
    "after_cards",
    "curve_points",
    "explain",
    "gauges",
    "gauges_of",
    "is_package",
    "mandate",
    "needed",
    "opening",
    "package_of",
    "score",
    "steps_within_bounds",
    "surplus",
]
