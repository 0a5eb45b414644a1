"""Nothing is kept for ever: tables at which nothing has happened for long are deleted, with all that was said there."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import Protocol

import structlog

from threebirds_server.live.hub import Hub
from threebirds_server.ports import Clock, StoreUnavailableError, UnknownTableError
from threebirds_wire.errors import CloseCode
from threebirds_wire.frames import TableId

DAY_MS = 24 * 60 * 60 * 1_000
LOOK_EVERY_MS = 60 * 60 * 1_000

log = structlog.get_logger()


class OldTables(Protocol):
    """Both raise `StoreUnavailableError`."""

    async def delete(self, since: int, /) -> Sequence[TableId]:
        """All tables at which nothing has happened since then; which ones."""
        ...

    async def scrub(self) -> None:
        """Leave nothing of them in the files."""
        ...


class Retention:
    """Looks once an hour, for the first time after one. `days` 0: everything is kept."""

    def __init__(self, old: OldTables, hub: Hub, clock: Clock, *, days: int) -> None:
        self._old = old
        self._hub = hub
        self._clock = clock
        self._days = days
        self._to_scrub = False

    @asynccontextmanager
    async def open(self) -> AsyncGenerator[None]:
        looking = asyncio.create_task(self._run(), name="retention") if self._days else None
        try:
            yield
        finally:
            if looking is not None:
                looking.cancel()
                await asyncio.gather(looking, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            before = self._clock.now()
            await self._clock.sleep_until(before + LOOK_EVERY_MS)
            # A clock that starts or is set in the wrong year must not take everything with it: it has to run an hour.
            if LOOK_EVERY_MS <= (now := self._clock.now()) - before < 2 * LOOK_EVERY_MS:
                await self._look(now - self._days * DAY_MS)

    async def _look(self, since: int) -> None:
        try:
            gone = await self._old.delete(since)
            self._to_scrub = self._to_scrub or bool(gone)
            for table in gone:
                log.info("table_deleted_by_its_age", table=table)
                await self._hub.forget(table, CloseCode.REMOVED, UnknownTableError(table))
            if self._to_scrub:
                await self._old.scrub()
                self._to_scrub = False
        except StoreUnavailableError:
            log.warning("retention_put_off")
