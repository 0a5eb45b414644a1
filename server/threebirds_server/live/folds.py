"""Keeps what logs lead to, now and then, so that a restart need not fold them from their first event on."""

import asyncio

import structlog

from threebirds_server.live.folding import counted, folded
from threebirds_server.live.table import Table
from threebirds_server.offload import Offload
from threebirds_server.ports import Clock, EventStore
from threebirds_wire.frames import TableId

WORTHWHILE = 8
"""Fewer events than this are folded as quickly again; of more the frames take a while."""
AT_ONCE = 16
"""So many are kept at a time when the server stops: they share a commit."""
PARTING_MS = 2_000
REST_MS = 5_000
"""A table at which nothing happens for so long is at rest."""

log = structlog.get_logger()


class Folds:
    """Keeps one `every` so many events, and one of each table that has come to rest.

    `changed` hears of every change at any table and never waits.
    """

    def __init__(self, store: EventStore, engine: str, offload: Offload, clock: Clock, *, every: int) -> None:
        self._store = store
        self._engine = engine
        self._offload = offload
        self._clock = clock
        self._every = every
        self._kept: dict[tuple[TableId, int], int] = {}
        self._tables: dict[TableId, Table] = {}
        self._waiting: dict[TableId, Table] = {}
        self._heads: dict[TableId, int] = {}
        self._looks_at = 0
        self._wakes = asyncio.Event()

    def changed(self, table: Table) -> None:
        self._tables[table.id] = table
        if self._new(table) >= self._every:
            self._waiting[table.id] = table
            self._wakes.set()

    def look(self) -> None:
        """Now and then: where nothing has happened since the last time it disturbs nobody, and helps after a crash."""
        now = self._clock.now()
        if abs(now - self._looks_at) < REST_MS:
            return
        self._looks_at = now
        for table in self._tables.values():
            head = table.replica.head
            if self._heads.get(table.id) == head and self._is_worth_it(table):
                self._waiting[table.id] = table
                self._wakes.set()
            self._heads[table.id] = head

    def forget(self, table: TableId) -> None:
        self._tables.pop(table, None)
        self._waiting.pop(table, None)
        self._heads.pop(table, None)
        self._kept = {key: head for key, head in self._kept.items() if key[0] != table}

    async def run(self) -> None:
        while True:
            await self._wakes.wait()
            self._wakes.clear()
            while self._waiting:
                await self._keep(self._waiting.popitem()[1])

    async def close(self) -> None:
        """Keep what is new, as far as there is time: a server that stops is often started again."""
        give_up_at = self._clock.now() + PARTING_MS
        left = iter([table for table in self._tables.values() if self._is_worth_it(table)])

        async def keep_some() -> None:
            for table in left:
                if self._clock.now() >= give_up_at:
                    return
                await self._keep(table)

        await asyncio.gather(*(keep_some() for _ in range(AT_ONCE)))

    def _is_worth_it(self, table: Table) -> bool:
        """A fold without the marks of those who come back would only take the place of one that has them."""
        return self._new(table) >= min(WORTHWHILE, self._every) and table.replica.followed

    def _new(self, table: Table) -> int:
        replica = table.replica
        return replica.head - self._kept.get((table.id, replica.erasures), replica.held_from)

    async def _keep(self, table: Table) -> None:
        """Nothing depends on it, so that nothing that goes wrong here is anybody's trouble."""
        replica = table.replica
        progress, erasures = replica.progress(), replica.erasures
        self._kept[table.id, erasures] = progress.seq
        try:
            base = await self._offload.run(progress.base)
            replica.has_counted(counted(base))
            kept = await self._offload.run(lambda: folded(base, progress.rules, self._engine))
            await self._store.keep(table.id, kept, erasures=erasures)
        except Exception:
            log.exception("fold_not_kept", table=table.id, seq=progress.seq)
