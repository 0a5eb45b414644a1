"""Gauges of a package: each starts somewhere, the chosen options move it, and a derived one follows others."""

from collections.abc import Iterable, Mapping, Sequence

from threebirds_rules.mandate import Mandate, MandateGauge
from threebirds_rules.names import GaugeId, Package
from threebirds_rules.ruleset import Gauge, RuleSet


def gauges(mandate: Mandate, package: Package) -> dict[GaugeId, int]:
    """Every gauge's value for the package, as a mandate tells it."""
    return moved(mandate.gauges, (rows[chosen] for rows, chosen in zip(mandate.effects, package, strict=True)))


def gauges_of(rules: RuleSet, package: Package) -> dict[GaugeId, int]:
    """Every gauge's value for the package, as the rule set tells it."""
    chosen = zip(rules.issues, package, strict=True)
    return moved(rules.gauges, (issue.options[option].effects for issue, option in chosen))


def moved(
    known: Sequence[Gauge] | Sequence[MandateGauge], effects: Iterable[Mapping[GaugeId, int]]
) -> dict[GaugeId, int]:
    """The gauges after all the effects."""
    values = {gauge.id: gauge.start for gauge in known if not gauge.formula}
    for effect in effects:
        for gauge, change in effect.items():
            values[gauge] += change
    formulas = {gauge.id: gauge.formula for gauge in known if gauge.formula}
    for gauge in formulas:
        _derive(gauge, formulas, values)
    return {gauge.id: values[gauge.id] for gauge in known}


def _derive(
    gauge: GaugeId, formulas: Mapping[GaugeId, tuple[tuple[GaugeId, int], ...]], values: dict[GaugeId, int]
) -> int:
    if gauge not in values:
        values[gauge] = sum(times * _derive(part, formulas, values) for part, times in formulas[gauge])
    return values[gauge]
