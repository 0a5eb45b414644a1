"""The Pareto frontier of more packages than fit into memory: found among what is left when the hopeless are gone."""

import numpy as np

from threebirds_rules.analysis.blocks import TILE, Block, Options
from threebirds_rules.analysis.crew import Crew
from threebirds_rules.analysis.dominance import Vectors, survivors, undominated
from threebirds_rules.analysis.model import Model
from threebirds_rules.analysis.solutions import Points
from threebirds_rules.analysis.tables import Places

WAITING = 1 << 18
"""So many packages wait until they are compared."""

_STRONG = 32
_STRONG_FOR_PREFIXES = 128


class FrontierSearch:
    """The undominated of all packages added so far: independent of their order and of how they were grouped."""

    def __init__(self, model: Model) -> None:
        self.vectors: Vectors = np.zeros((0, len(model.voters)), np.int64)
        self.packages: Options = np.zeros((0, len(model.sizes)), np.uint8)
        self._parties = [model.parties[voter].id for voter in model.voters]
        self.waiting: list[tuple[Vectors, Options]] = []
        self._rows = 0

    def add(self, surpluses: Vectors, packages: Options) -> None:
        """Packages with what they give to each party with a vote."""
        left = survivors(list(surpluses.T), self.vectors[:_STRONG])
        self.waiting.append((surpluses[left], packages[left]))
        self._rows += len(left)
        if self._rows > max(WAITING, len(self.vectors)):
            self.settle()

    def join(self, other: "FrontierSearch") -> None:
        """Add what was added to another one."""
        for waiting in (*other.waiting, (other.vectors, other.packages)):
            self.add(*waiting)

    def settle(self) -> None:
        """Leave nothing but the frontier, the greatest sums first: they dominate most of what comes."""
        if not self.waiting:
            return
        vectors = np.vstack([self.vectors, *(waiting for waiting, _ in self.waiting)])
        packages = np.vstack([self.packages, *(waiting for _, waiting in self.waiting)])
        best = undominated(vectors)
        order = np.argsort(-vectors[best].sum(axis=1, dtype=np.int64), kind="stable")
        self.vectors, self.packages = vectors[best][order], packages[best][order]
        self.waiting, self._rows = [], 0

    def points(self) -> Points:
        """The frontier."""
        self.settle()
        return Points(self._parties, self.vectors, self.packages)


def search(block: Block, frontier: FrontierSearch, crew: Crew) -> None:
    """Add what may be on the frontier of all packages of a block, the most promising prefixes first."""

    def promising(prefixes: Places) -> tuple[Vectors, Options]:
        return _promising(block, reach, prefixes, frontier.vectors)

    voters = block.model.voters
    reach = np.stack([block.scores(voter).highest() for voter in voters], axis=1)
    reach = reach - np.array([block.model.parties[voter].walk_away for voter in voters], reach.dtype)
    order = np.argsort(-reach.sum(axis=1, dtype=np.int64), kind="stable")
    step = max(1, 2 * TILE // len(block.suffixes))
    some = (order[at : at + step] for at in range(0, len(order), step))
    for vectors, packages in crew.each(promising, some):
        frontier.add(vectors, packages)
        frontier.settle()


def _promising(block: Block, reach: Vectors, prefixes: Places, known: Vectors) -> tuple[Vectors, Options]:
    """What of these prefixes no other of them beats, and most of what `known` does not beat; `known`: the best first.

    If a prefix cannot be saved by the best of its suffixes for everybody at once, none of them can save it.
    """
    hopeful = prefixes[survivors(list(reach[prefixes].T), known[:_STRONG_FOR_PREFIXES])]
    tile = block.tile(hopeful)
    columns = [tile.surpluses(voter).reshape(-1) for voter in block.model.voters]
    places = survivors(columns, known[:_STRONG])
    vectors = np.stack([column[places] for column in columns], axis=1)
    best = undominated(vectors)
    return vectors[best], tile.packages(places[best])
