"""Tells every table when its time is up, also the ones that nobody has open."""

import asyncio

import structlog

from threebirds_rules import actions as asked
from threebirds_rules.actions import Actor
from threebirds_server.live.asks import Ask
from threebirds_server.live.hub import Hub
from threebirds_server.live.table import Table
from threebirds_server.ports import Clock, EventStore, TableRow
from threebirds_wire.frames import TableId

GRACE_MS = 500
"""So much later than due: what was sent in time and is still on its way is not cut off."""
POLL_MS = 5_000
"""Another process may have set a time that this one has not heard of."""
AGAIN_MS = 1_000
"""A table that could not be told is tried again no sooner."""

CLOCK = Actor(kind="clock")

log = structlog.get_logger()


class Sweeper:
    def __init__(self, hub: Hub, store: EventStore, clock: Clock) -> None:
        self._hub = hub
        self._store = store
        self._clock = clock
        self._wakes = asyncio.Event()
        self._unreadable: set[TableId] = set()

    def changed(self, _table: Table) -> None:
        """A time may have come nearer."""
        self._wakes.set()

    async def run(self) -> None:
        while True:
            self._wakes.clear()
            try:
                again_at = await self._sweep()
            except Exception:
                log.exception("sweep_failed")
                again_at = self._clock.now() + AGAIN_MS
            await self._clock.wait(self._wakes, again_at)

    async def _sweep(self) -> int:
        """One `TimeUp` at most for each table, so that at most one phase closes; then, when to look again."""
        rows = await self._store.due(self._clock.now() - GRACE_MS)
        for row in rows:
            await self._tell(row)
        next_due = await self._store.next_due_at()
        now = self._clock.now()
        if next_due is None:
            return now + POLL_MS
        soonest = now + AGAIN_MS if rows else now
        return max(soonest, min(next_due + GRACE_MS, now + POLL_MS))

    async def _tell(self, row: TableRow) -> None:
        try:
            table = await self._hub.table(row.id)
        except Exception as raised:  # noqa: BLE001  # whatever is wrong with one table, the others go on
            self._complain_once(row.id, raised)
            return
        reply = await table.ask(Ask(CLOCK, asked.TimeUp()))
        if reply.error is not None:
            log.warning("time_up_refused", table=row.id, code=reply.error.code)

    def _complain_once(self, table: TableId, raised: Exception) -> None:
        """It stays due, and is tried again every second: another release may have made it readable."""
        if table not in self._unreadable:
            self._unreadable.add(table)
            log.error("due_table_unreadable", table=table, exc_info=raised)
