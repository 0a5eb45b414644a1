"""All running tables of this process."""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any

import structlog

from threebirds_server.live.asks import Ask
from threebirds_server.live.bustle import Bustle
from threebirds_server.live.library import Library
from threebirds_server.live.replica import Replica
from threebirds_server.live.table import Table
from threebirds_server.live.unreadable import UNREADABLE, Complaints
from threebirds_server.meters import Meter
from threebirds_server.ports import (
    Appender,
    Clock,
    EventStore,
    SessionId,
    StoreUnavailableError,
    UnknownTableError,
)
from threebirds_wire.errors import CloseCode
from threebirds_wire.frames import Reply, SnapshotReason, TableId

PARTING_MS = 1_000
BACK_AFTER_MS = 1_000
"""A restart takes about so long; who comes sooner knocks in vain."""
BACK_EACH_MS = 4
"""A thousand sockets come back over four seconds more, not all at once."""
BACK_WITHIN_MS = 10_000
ENDED_REMEMBERED = 1_000
"""Sessions that ended lately, for whoever was on the way in just then."""
IDLE_MS = 60_000
"""A table that is over and that nobody has looked at for so long is read again when somebody does."""

log = structlog.get_logger()


class Hub:
    """Loads a table from its log when somebody first needs it. `changed` hears of every change at any table."""

    def __init__(self, store: EventStore, appender: Appender, clock: Clock, library: Library, meter: Meter) -> None:
        self._store = store
        self._appender = appender
        self._clock = clock
        self._library = library
        self._meter = meter
        self._loading: dict[TableId, asyncio.Task[Table]] = {}
        self._running: dict[TableId, asyncio.Task[None]] = {}
        self._changed: list[Callable[[Table], None]] = []
        self._parting: list[Callable[[TableId], None]] = []
        self._complaints = Complaints()
        self._asked_for: dict[TableId, int] = {}
        self._ended: deque[SessionId] = deque(maxlen=ENDED_REMEMBERED)
        self.bustle = Bustle()
        self.tables: dict[TableId, Table] = {}
        self.draining = False

    def on_change(self, hear: Callable[[Table], None]) -> None:
        self._changed.append(hear)

    def on_parting(self, hear: Callable[[TableId], None]) -> None:
        self._parting.append(hear)

    async def table(self, table: TableId) -> Table:
        """Raise `UnknownTableError`, `UnknownKindError`, `DamagedLogError` or `StoreUnavailableError`."""
        if table in self.tables:
            self._asked_for[table] = self._clock.now()
            return self.tables[table]
        if table not in self._loading:
            self._loading[table] = asyncio.create_task(self._load(table), name=f"load {table}")
        return await asyncio.shield(self._loading[table])

    async def readable(self, table: TableId) -> Table | None:
        """The same for a list of tables, which one that cannot be read must not spoil."""
        try:
            return await self.table(table)
        except UNREADABLE:
            return None

    async def reread(self, table: TableId) -> None:
        """Words of this table were erased: nobody here is to hold them any longer."""
        if table in self._loading:
            await asyncio.wait([self._loading[table]])
        if table not in self.tables:
            return
        try:
            await self.tables[table].reread()
        except Exception as raised:
            if not isinstance(raised, UNREADABLE):
                log.exception("table_not_read_again", table=table)
            await self.forget(table, CloseCode.RESTARTING, StoreUnavailableError("The table cannot be read now."))

    async def put_away(self) -> None:
        """Let go of the tables that are over and that nobody has open: memory follows what is played."""
        now = self._clock.now()
        for table in tuple(self.tables.values()):
            if table.listeners or table.waiting or table.replica.state.status != "ended":
                self._asked_for[table.id] = now
            elif abs(now - self._asked_for.setdefault(table.id, now)) >= IDLE_MS:
                await self.forget(table.id, CloseCode.RESTARTING, StoreUnavailableError("The table is put away."))

    async def forget(self, table: TableId, code: CloseCode, because: Exception) -> None:
        """Close a table to everybody. Whoever comes to it later finds what is in the store then."""
        if table in self._loading:
            await asyncio.wait([self._loading[table]])
        self._asked_for.pop(table, None)
        gone = self.tables.pop(table, None)
        if gone is None:
            return
        gone.end(because)
        for hear in self._parting:
            hear(table)
        for listener in tuple(gone.listeners):
            gone.detach(listener)
            listener.dismiss(code)
        self._running.pop(table).cancel()

    def send_away(self, session: SessionId) -> None:
        """This session has ended: whoever was let in by it is let in no longer."""
        self._ended.append(session)
        for table in self.tables.values():
            for listener in tuple(table.listeners):
                if listener.session == session:
                    table.detach(listener)
                    listener.dismiss(CloseCode.BAD_TOKEN)

    def has_ended(self, session: SessionId) -> bool:
        return session in self._ended

    async def drain(self) -> None:
        """Tell everybody to come back in a moment, take nobody new, and return when they have gone or time is up."""
        self.draining = True
        leaving = [listener for table in self.tables.values() for listener in table.listeners]
        each_ms = min(BACK_EACH_MS, BACK_WITHIN_MS / max(1, len(leaving)))
        for place, listener in enumerate(leaving):
            listener.dismiss(CloseCode.RESTARTING, after_ms=BACK_AFTER_MS + int(place * each_ms))
        give_up_at = self._clock.now() + PARTING_MS
        for listener in leaving:
            await self._clock.wait(listener.gone, give_up_at)

    async def close(self) -> None:
        await self.drain()
        tasks: list[asyncio.Task[Any]] = [*self._running.values(), *self._loading.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _load(self, table: TableId) -> Table:
        try:
            replica = await self._read(table)
            loaded = Table(replica, self._library, self._store, self._appender, self._clock, self)
            self._running[table] = asyncio.create_task(loaded.run(), name=f"table {table}")
            self.tables[table] = loaded
            self.bustle.stir()
            self.changed(loaded)
            return loaded
        finally:
            self._loading.pop(table, None)

    async def _read(self, table: TableId) -> Replica:
        try:
            replica = await self._library.replica(table)
        except (UnknownTableError, StoreUnavailableError):
            raise
        except Exception as raised:
            self._complaints.make(table, raised)
            raise
        self._complaints.withdraw(table)
        return replica

    def changed(self, table: Table, /) -> None:
        for hear in self._changed:
            hear(table)

    def answered(self, ask: Ask, reply: Reply, /) -> None:
        if reply.error is not None:
            outcome = reply.error.code
        else:
            outcome = "dry" if ask.dry else "repeated" if reply.dup else "done"
        self._meter.acted(str(ask.action.__struct_config__.tag), outcome)

    def unreadable(self, table: TableId, raised: Exception, /) -> None:
        self._complaints.make(table, raised)

    def attached(self, mode: str, reason: SnapshotReason | None, /) -> None:
        self._meter.resumed(mode, reason or "none")
