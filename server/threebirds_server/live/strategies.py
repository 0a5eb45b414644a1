"""The bots there are: whatever the installed packages offer under `threebirds.strategies`."""

from importlib.metadata import EntryPoint, entry_points

from threebirds_rules.strategy import Strategy

GROUP = "threebirds.strategies"


class Strategies:
    """Each is loaded when a table first needs it. One instance serves all tables: strategies remember nothing."""

    def __init__(self) -> None:
        self._points: dict[str, EntryPoint] = {point.name: point for point in entry_points(group=GROUP)}
        self._loaded: dict[str, Strategy] = {}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(sorted(self._points))

    def named(self, name: str) -> Strategy:
        """Raise `KeyError` if there is none of that name."""
        if name not in self._loaded:
            self._loaded[name] = self._points[name].load()()
        return self._loaded[name]
