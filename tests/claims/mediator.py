"""A mediator who improves a text step by step and looks no farther than the next step."""

from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from tests.claims.case import VOTERS, Case
from threebirds_rules.names import Package

_ABOVE_ALL = 10_000


class Mediator:
    """Wants as little as possible to be missing for anybody's signature; then, as much as possible for all together."""

    def __init__(self, case: Case) -> None:
        shape = case.space.shape
        missing, total = np.zeros(shape, np.int32), np.zeros(shape, np.int32)
        for role in VOTERS:
            spare = case.spare(role)
            missing += np.minimum(spare, np.int16(0))
            total += spare
        self._rank: NDArray[np.int32] = missing * np.int32(_ABOVE_ALL) + total

    def settles(self, *, trades: int) -> Package:
        """Where the mediator stops who starts from the status quo and changes up to `trades` issues at a time."""
        here: Package = (0,) * self._rank.ndim
        while (better := self._best_near(here, trades)) != here:
            here = better
        return here

    def _best_near(self, here: Package, trades: int) -> Package:
        near = [
            here,
            *(text for issues in combinations(range(len(here)), trades) for text in self._around(here, issues)),
        ]
        return max(near, key=lambda text: int(self._rank[text]))

    def _around(self, here: Package, issues: tuple[int, ...]) -> list[Package]:
        choices = [range(size) if at in issues else (here[at],) for at, size in enumerate(self._rank.shape)]
        return list(product(*choices))
