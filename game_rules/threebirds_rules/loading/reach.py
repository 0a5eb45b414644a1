"""How far a gauge can come."""

from collections.abc import Sequence

from threebirds_rules.loading.document import GaugePart, IssuePart

Reach = tuple[int, int]


class Reaches:
    """Of every gauge of a document."""

    def __init__(self, gauges: Sequence[GaugePart], issues: Sequence[IssuePart]) -> None:
        self._formulas = {gauge.id: gauge.formula for gauge in gauges}
        self._issues = issues
        self._starts = {gauge.id: gauge.start for gauge in gauges}
        self._found: dict[str, Reach | None] = {}

    def of(self, gauge: str) -> Reach | None:
        """Lowest and highest value over all packages, or wider if it is derived; None if its formula is a circle."""
        if gauge not in self._found:
            # None while its parts are looked at: who meets it there has come back to where it began.
            self._found[gauge] = None
            self._found[gauge] = self._derived(gauge) if self._formulas[gauge] else self._plain(gauge)
        return self._found[gauge]

    def _plain(self, gauge: str) -> Reach:
        low = high = self._starts[gauge]
        for issue in self._issues:
            changes = [option.effects.get(gauge, 0) for option in issue.options]
            low, high = low + min(changes), high + max(changes)
        return low, high

    def _derived(self, gauge: str) -> Reach | None:
        low = high = 0
        for part, times in self._formulas[gauge].items():
            reach = self.of(part)
            if reach is None:
                return None
            ends = [end * times for end in reach]
            low, high = low + min(ends), high + max(ends)
        return low, high
