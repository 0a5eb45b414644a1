"""Who could sign which packages of a tile: every member of a body accepts exactly from the body's margin on."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from threebirds_rules.analysis.blocks import Tile
from threebirds_rules.analysis.model import ALWAYS, Council
from threebirds_rules.analysis.tables import Mask, Numbers

Counts = NDArray[np.uint8 | np.uint16]
"""How much of a body is against each package: 16 members of weight 100 at most."""


class Votes:
    """What the parties and the bodies say to the packages of one tile."""

    def __init__(self, tile: Tile) -> None:
        self._tile = tile
        self._councils = tile.block.model.councils
        self._refused: dict[tuple[int, int], Mask] = {}

    def refuses(self, party: int, margin: int) -> Mask:
        """Where the surplus is below the margin."""
        key = (party, margin)
        if key not in self._refused:
            self._refused[key] = self._tile.surpluses(party) < margin
        return self._refused[key]

    def spare(self, party: int) -> Numbers:
        """Points above what is needed: the walk-away, and the highest margin of the bodies that must consent."""
        own = [place for place, council in enumerate(self._councils) if party in council.members]
        margin = np.zeros(self._tile.shape, np.int64)
        # From the lowest margin to the highest: the last one written stands.
        for place in sorted(own, key=lambda place: self._councils[place].margin):
            margin[self._needed[place]] = self._councils[place].margin
        return self._tile.surpluses(party) - margin

    def accepts(self, party: int) -> Mask:
        """Where it has points to spare, or just none."""
        accepted = np.ones(self._tile.shape, np.bool_)
        asked = np.zeros(self._tile.shape, np.bool_)
        for place, council in enumerate(self._councils):
            if party in council.members:
                accepted &= self._spared(place, ~self.refuses(party, council.margin))
                asked |= self._needed[place]
        return accepted & (asked | ~self.refuses(party, 0))

    def needed(self, council: int) -> Mask:
        """Where the body's consent is needed."""
        return self._needed[council]

    def consents(self, council: int, *, but_for: int | None = None) -> Mask:
        """Where the body says yes, or would if one party accepted everything."""
        body = self._councils[council]
        against = self._against[council]
        if but_for in body.members:
            against = against - self.refuses(but_for, body.margin) * _weight(body, but_for)
        agreed = _decides(body, against)
        for party in body.vetoes:
            if party != but_for:
                agreed = agreed & ~self.refuses(party, body.margin)
        return agreed

    def adopts(self, *, but_for: int | None = None) -> Mask:
        """Where every needed body consents: the ZOPA; or what it would be if one party accepted everything."""
        adopted = np.ones(self._tile.shape, np.bool_)
        for place, council in enumerate(self._councils):
            changed = but_for in council.members
            adopted &= self._spared(place, self.consents(place, but_for=but_for)) if changed else self._passed[place]
        return adopted

    @cached_property
    def _needed(self) -> list[Mask]:
        return [self._tile.holds(council.when) for council in self._councils]

    @cached_property
    def _against(self) -> list[Counts]:
        return [self._counted(council) for council in self._councils]

    @cached_property
    def _passed(self) -> list[Mask]:
        return [self._spared(place, self.consents(place)) for place in range(len(self._councils))]

    def _counted(self, council: Council) -> Counts:
        counts = np.zeros(self._tile.shape, _counts_of(council))
        for party in council.members:
            counts += self.refuses(party, council.margin) * _weight(council, party)
        return counts

    def _spared(self, place: int, agreed: Mask) -> Mask:
        return agreed if self._councils[place].when == ALWAYS else agreed | ~self._needed[place]


def _decides(body: Council, against: Counts) -> Mask:
    if not body.can_decide:
        return np.zeros(against.shape, np.bool_)
    return against <= body.total - body.threshold


def _counts_of(body: Council) -> type[np.uint8 | np.uint16]:
    return np.uint8 if body.total <= np.iinfo(np.uint8).max else np.uint16


def _weight(body: Council, party: int) -> np.uint8 | np.uint16:
    return _counts_of(body)(body.weights[body.members.index(party)])
