"""The bots there are, by name. The ones that ship see their own seat's view and nothing else, as every bot does."""

from importlib.metadata import entry_points

from threebirds_rules.nearest import nearest
from threebirds_rules.strategy import Strategy

GROUP = "threebirds.strategies"
"""The entry-point group under which any installed package may offer more."""


class UnknownStrategyError(LookupError):
    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        close = nearest(name, known)
        hint = f"did you mean {close}?" if close else f"there are {', '.join(known)}"
        super().__init__(f"there is no bot {name}; {hint}")


def strategy_named(name: str) -> Strategy:
    """A new bot of this name; raises UnknownStrategyError."""
    offered = {point.name: point for point in entry_points(group=GROUP)}
    if name not in offered:
        raise UnknownStrategyError(name, tuple(sorted(offered)))
    return offered[name].load()()
