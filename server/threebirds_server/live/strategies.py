"""The bots there are: whatever the installed packages offer under `threebirds.strategies`."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Protocol

from threebirds_rules.nearest import nearest
from threebirds_rules.strategy import Strategy
from threebirds_wire.errors import Error, error

GROUP = "threebirds.strategies"


class KnowsStrategies(Protocol):
    @property
    def names(self) -> Sequence[str]: ...

    def named(self, name: str, /) -> Strategy:
        """Raise `KeyError` if there is none of that name."""
        ...


class Strategies:
    """Each is loaded when a table first needs it. One instance serves all tables: strategies remember nothing."""

    def __init__(self) -> None:
        self._points = _installed()
        self._loaded: dict[str, Strategy] = {}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(sorted(self._points))

    def named(self, name: str, /) -> Strategy:
        if name not in self._loaded:
            self._loaded[name] = self._points[name].load()()
        return self._loaded[name]


@cache
def _installed() -> Mapping[str, EntryPoint]:
    """Read once: every installed package is asked."""
    return {point.name: point for point in entry_points(group=GROUP)}


def unknown_bot(name: str, known: Sequence[str], path: str) -> Error | None:
    """The error for a bot that nobody has installed."""
    if name in known:
        return None
    close = nearest(name, known)
    hint = f"did you mean {close}?" if close else f"there are {', '.join(known)}."
    return error("invalid_action", f"There is no bot {name}; {hint}", path=path)
