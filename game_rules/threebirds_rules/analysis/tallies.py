"""What a pass counts, tile by tile."""

from functools import cached_property, reduce

import numpy as np
from numpy.typing import NDArray

from threebirds_rules.analysis.blocks import Block, Tile
from threebirds_rules.analysis.frontier import FrontierSearch
from threebirds_rules.analysis.leaders import Leaders, points_at
from threebirds_rules.analysis.model import LARGEST, Model
from threebirds_rules.analysis.results import Extreme
from threebirds_rules.analysis.tables import Mask, Numbers, Places
from threebirds_rules.analysis.votes import Votes
from threebirds_rules.conditions import Condition

Counts = NDArray[np.int64]


class Seen:
    """A tile with what everybody says to it."""

    def __init__(self, tile: Tile) -> None:
        self.tile = tile
        self.votes = Votes(tile)

    @cached_property
    def zone(self) -> Mask:
        return self.votes.adopts()

    @cached_property
    def zone_places(self) -> Places:
        return np.flatnonzero(self.zone)

    @cached_property
    def least(self) -> Numbers:
        """The surplus of the party with a vote that is served worst."""
        return reduce(np.minimum, (self.tile.surpluses(voter) for voter in self.tile.block.model.voters))

    @cached_property
    def sums(self) -> Numbers:
        """Surpluses of all parties with a vote together."""
        return reduce(np.add, (self.tile.surpluses(voter).astype(np.int64) for voter in self.tile.block.model.voters))


class RoleTally:
    """How one party stands to the packages."""

    def __init__(self, party: int) -> None:
        self._party = party
        self.acceptable = 0
        self.at_walk_away = 0
        self.signed_by_others = 0
        self.ideal: int | None = None
        self.minimum = Extreme(LARGEST, ())
        self.maximum = Extreme(-LARGEST, ())

    def add(self, seen: Seen) -> None:
        self.acceptable += _count(seen.votes.accepts(self._party))
        self.at_walk_away += _count(~seen.votes.refuses(self._party, 0))
        self.signed_by_others += _count(seen.votes.adopts(but_for=self._party))
        if len(seen.zone_places):
            best = int(seen.tile.surpluses(self._party).reshape(-1)[seen.zone_places].max())
            self.ideal = best if self.ideal is None else max(best, self.ideal)

    def join(self, later: "RoleTally") -> None:
        self.acceptable += later.acceptable
        self.at_walk_away += later.at_walk_away
        self.signed_by_others += later.signed_by_others
        self.ideal = max((one for one in (self.ideal, later.ideal) if one is not None), default=None)

    def add_block(self, block: Block) -> None:
        """Lowest and highest scores, which a block knows by prefix."""
        base, codes, rows = block.scores(self._party)
        lowest, highest = base + rows.min(axis=1)[codes], base + rows.max(axis=1)[codes]
        low, high = int(lowest.argmin()), int(highest.argmax())
        if lowest[low] < self.minimum.score:
            self.minimum = Extreme(int(lowest[low]), block.package(low, int(rows[codes[low]].argmin())))
        if highest[high] > self.maximum.score:
            self.maximum = Extreme(int(highest[high]), block.package(high, int(rows[codes[high]].argmax())))


class BodyTally:
    """Where one body is needed, and where it consents then."""

    def __init__(self, council: int) -> None:
        self._council = council
        self.needed = 0
        self.consents = 0

    def add(self, seen: Seen) -> None:
        needed = seen.votes.needed(self._council)
        self.needed += _count(needed)
        self.consents += _count(needed & seen.votes.consents(self._council))

    def join(self, later: "BodyTally") -> None:
        self.needed += later.needed
        self.consents += later.consents


class PathTally:
    """One named kind of package."""

    def __init__(self, when: Condition) -> None:
        self._when = when
        self.packages = 0
        self.zopa = 0
        self.ideals: list[int] | None = None
        self.best = Leaders()
        self.best_in_zopa = Leaders()

    def add(self, seen: Seen) -> None:
        taken = seen.tile.holds(self._when)
        places = np.flatnonzero(taken)
        self.packages += len(places)
        least = seen.least.reshape(-1)
        self.best.offer_best_served(least[places], seen.tile, places)
        inside = seen.zone_places[taken.reshape(-1)[seen.zone_places]]
        if len(inside):
            self.zopa += len(inside)
            self.best_in_zopa.offer_best_served(least[inside], seen.tile, inside)
            parties = range(len(seen.tile.block.model.parties))
            self._reach([int(seen.tile.surpluses(party).reshape(-1)[inside].max()) for party in parties])

    def join(self, later: "PathTally") -> None:
        self.packages += later.packages
        self.zopa += later.zopa
        self.best.join(later.best)
        self.best_in_zopa.join(later.best_in_zopa)
        if later.ideals is not None:
            self._reach(later.ideals)

    def _reach(self, surpluses: list[int]) -> None:
        self.ideals = surpluses if self.ideals is None else [*map(max, surpluses, self.ideals)]


class ZoneTally:
    """The packages that every needed body consents to. With `collects`, their frontier is looked for as well."""

    def __init__(self, model: Model, *, collects: bool) -> None:
        self.packages = 0
        self.options: list[Counts] = [np.zeros(size, np.int64) for size in model.sizes]
        self.best = FrontierSearch(model)
        self.collects = collects

    def add(self, seen: Seen) -> None:
        if not len(seen.zone_places):
            return
        points = points_at(seen.tile, seen.zone_places)
        self.packages += len(points)
        for counts, chosen in zip(self.options, points.packages.T, strict=True):
            np.add(counts, np.bincount(chosen, minlength=len(counts)), out=counts)
        if self.collects:
            self.best.add(points.surpluses, points.packages)

    def join(self, later: "ZoneTally") -> None:
        self.packages += later.packages
        for counts, more in zip(self.options, later.options, strict=True):
            np.add(counts, more, out=counts)
        self.best.join(later.best)


class Tally:
    """All counts together."""

    def __init__(self, model: Model, *, collects: bool) -> None:
        self.model = model
        self.examined = 0
        self.roles = [RoleTally(party) for party in range(len(model.parties))]
        self.bodies = [BodyTally(council) for council in range(len(model.councils))]
        self.paths = [PathTally(when) for _, when in model.paths]
        self.zone = ZoneTally(model, collects=collects)
        self.greatest_sum = Leaders()

    def add(self, tile: Tile) -> None:
        seen = Seen(tile)
        self.examined += seen.zone.size
        for tally in (*self.roles, *self.bodies, *self.paths, self.zone):
            tally.add(seen)
        sums = seen.sums.reshape(-1)
        self.greatest_sum.offer_greatest(sums, tile, np.arange(len(sums)))

    def join(self, later: "Tally") -> None:
        """Take over what another one has counted, of packages that come after those counted here."""
        self.examined += later.examined
        for role, more in zip(self.roles, later.roles, strict=True):
            role.join(more)
        for body, more in zip(self.bodies, later.bodies, strict=True):
            body.join(more)
        for path, more in zip(self.paths, later.paths, strict=True):
            path.join(more)
        self.zone.join(later.zone)
        self.greatest_sum.join(later.greatest_sum)

    def add_block(self, block: Block) -> None:
        """Lowest and highest scores: these are not looked for in tiles."""
        for role in self.roles:
            role.add_block(block)


def _count(mask: Mask) -> int:
    return int(np.count_nonzero(mask))
