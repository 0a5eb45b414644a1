"""Reads tables: as far as somebody has folded their logs before, and from there on event by event."""

from typing import Protocol

import msgspec
import structlog

from threebirds_rules.events import TableOpened
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.viewers import Viewer
from threebirds_server.folded import Folded, Wanted
from threebirds_server.live.folding import Base, base_of
from threebirds_server.live.replica import Replica
from threebirds_server.live.shelf import Shelf
from threebirds_server.ports import DamagedLogError, EventStore, Load
from threebirds_wire.frames import TableId

log = structlog.get_logger()


class KnowsRules(Protocol):
    """Rule sets by digest, as a table chose to play them: see `Rulebook`."""

    async def opened(self, digest: str, opened: TableOpened) -> RuleSet: ...

    async def kept(self, digest: str, opened: TableOpened) -> RuleSet: ...


class Library:
    """`engine` names the code that folds: nothing that another one has folded is used."""

    def __init__(self, store: EventStore, rulebook: KnowsRules, engine: str, *, frames_kept: int) -> None:
        self.engine = engine
        self._store = store
        self._rulebook = rulebook
        self._frames_kept = frames_kept

    async def replica(self, table: TableId) -> Replica:
        """Raise `UnknownTableError`, `UnknownKindError`, `DamagedLogError` or `StoreUnavailableError`."""
        load = await self._store.load(table, engine=self.engine)
        shelf = await self._shelf(load)
        load, base = await self._beginning(load, shelf)
        await shelf.reach_all(one.event for one in load.recorded)
        try:
            replica = Replica(shelf, load, base, frames_kept=self._frames_kept)
        except Exception as error:
            # Each event was read as it was written, and together they are no game.
            raise DamagedLogError(f"The log of table {table} cannot be followed.") from error
        replica.know(load.cids)
        return replica

    async def reach_back(self, replica: Replica, viewer: Viewer, after: int | None = None) -> bool:
        """Let the replica hold enough of its log to make this viewer's frames after a number.

        False if that log reads differently now, for words were erased: a new replica is needed.
        """
        wanted = Wanted(viewer=viewer, after=after)
        load = await self._store.load(replica.id, engine=self.engine, wanted=wanted)
        load, base = await self._beginning(load, replica.shelf)
        if base.seq > replica.held_from:
            # Another server has folded further meanwhile: that is no way back from here.
            load, base = await self._store.load(replica.id), Base()
        if load.table.erasures != replica.erasures:
            return False
        await replica.shelf.reach_all(one.event for one in load.recorded)
        replica.reach_back(base, load.recorded)
        return True

    async def _beginning(self, load: Load, shelf: Shelf) -> tuple[Load, Base]:
        """Where this load begins; a fold that cannot be used is as good as none."""
        if load.folded is not None:
            base = await self._base(load.folded, shelf)
            if base is not None:
                return load, base
            log.warning("fold_unusable", table=load.table.id, seq=load.folded.seq)
            load = await self._store.load(load.table.id)
        return load, Base()

    async def _base(self, folded: Folded, shelf: Shelf) -> Base | None:
        """None if it cannot be read, or was folded by other rules than held there."""
        try:
            base = base_of(folded)
        except msgspec.MsgspecError:
            return None
        replaced = [await shelf.reach(one.digest) for one in base.state.replacements]
        return None if None in replaced or shelf.at(base.state).digest != folded.digest else base

    async def _shelf(self, load: Load) -> Shelf:
        opened = _opening(load)
        first = await self._rulebook.opened(load.table.digest, opened)
        return Shelf(first, lambda digest: self._rulebook.kept(digest, opened))


def _opening(load: Load) -> TableOpened:
    """The first event of every log; raise `DamagedLogError`."""
    if not isinstance(load.opening, TableOpened):
        raise DamagedLogError(f"The log of table {load.table.id} does not begin with its opening.")
    return load.opening
