"""A store that writes when it likes: each commit waits until `open` is set, or raises what it was told to."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

from tests.client.served import served
from tests.support.clock import CountingIds, FakeClock
from tests.support.houses import Running
from threebirds_server.ports import Append, Ids, Outcome
from threebirds_server.records import open_records
from threebirds_server.store.database import Database
from threebirds_server.store.event_store import SqlEventStore


class WilfulStore(SqlEventStore):
    """`asked` is set when somebody waits."""

    def __init__(self, database: Database, ids: Ids) -> None:
        super().__init__(database, ids)
        self.raises: Exception | None = None
        self.asked = asyncio.Event()
        self.open = asyncio.Event()
        self.open.set()

    async def commit(self, batch: Sequence[Append], /) -> Sequence[Outcome]:
        self.asked.set()
        await self.open.wait()
        if self.raises is not None:
            raise self.raises
        return await super().commit(batch)


class Wilful(NamedTuple):
    """A house on such a store, behind a real port; its clock stands still."""

    house: Running
    store: WilfulStore
    clock: FakeClock
    port: int


@asynccontextmanager
async def wilful(data: Path, **settings: Any) -> AsyncGenerator[Wilful]:
    clock, ids = FakeClock(), CountingIds()
    records = await asyncio.to_thread(open_records, f"sqlite:///{data / 'threebirds.db'}", clock, ids)
    store = WilfulStore(records.database, ids)
    of_house: dict[str, Any] = {"clock": clock, "ids": ids, "store": records._replace(events=store), **settings}
    async with served(data, **of_house) as (house, port):
        yield Wilful(house, store, clock, port)
