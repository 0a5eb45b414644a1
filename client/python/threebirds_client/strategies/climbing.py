"""Local search over packages: article by article, then two at once where one alone no longer helps."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from threebirds_rules.names import Package

Worth = Callable[[Package], float]

EVALUATIONS = 600
"""How many packages one search may judge, at some 20 microseconds each."""
PAIRED = 8
"""How many of the best single changes are tried together with a second one."""


class Climber:
    """Goes uphill by `worth` until no change of one or two articles helps, or the evaluations are used up."""

    def __init__(self, sizes: Sequence[int], worth: Worth, *, evaluations: int = EVALUATIONS) -> None:
        self._sizes = sizes
        self._worth = worth
        self._evaluations = evaluations
        self._heights: dict[Package, float] = {}

    def best_from(self, starts: Iterable[Package]) -> Package:
        """The highest summit of those reached from each start; the first of equals."""
        return max((self._summit(start) for start in starts), key=self._height)

    def _height(self, package: Package) -> float:
        if package not in self._heights:
            self._heights[package] = self._worth(package)
        return self._heights[package]

    def _summit(self, package: Package) -> Package:
        while len(self._heights) < self._evaluations:
            higher = self._article_by_article(package)
            if higher == package:
                higher = self._by_two(package)
            if higher == package:
                break
            package = higher
        return package

    def _article_by_article(self, package: Package) -> Package:
        """Each article in turn at its best option while the others stay."""
        for at, size in enumerate(self._sizes):
            options = (_with(package, at, option) for option in range(size) if option != package[at])
            package = max((package, *options), key=self._height)
        return package

    def _by_two(self, package: Package) -> Package:
        near = sorted(neighbours(package, self._sizes), key=self._height, reverse=True)
        for other in near[:PAIRED]:
            better = max((package, *neighbours(other, self._sizes)), key=self._height)
            if better != package:
                return better
        return package


def neighbours(package: Package, sizes: Sequence[int]) -> Iterator[Package]:
    """All packages that differ in exactly one article."""
    for at, size in enumerate(sizes):
        for option in range(size):
            if option != package[at]:
                yield _with(package, at, option)


def _with(package: Package, at: int, option: int) -> Package:
    return (*package[:at], option, *package[at + 1 :])
