"""Everything that a running server is made of, built once and taken down in order."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

from threebirds_server.accounts.service import Accounts
from threebirds_server.addresses import join_addresses
from threebirds_server.conferences.service import Conferences
from threebirds_server.conferences.tables import Tables
from threebirds_server.desk_links import left_links
from threebirds_server.engine_version import engine_version
from threebirds_server.erasure.service import Erasure
from threebirds_server.failures import Failures
from threebirds_server.live.absent_heads import AbsentHeads
from threebirds_server.live.allowances import Allowances
from threebirds_server.live.bots import Bots
from threebirds_server.live.connection import Connection
from threebirds_server.live.entrance import Entrance
from threebirds_server.live.folds import Folds
from threebirds_server.live.hub import Hub
from threebirds_server.live.library import Library
from threebirds_server.live.strategies import KnowsStrategies
from threebirds_server.live.sweeper import Sweeper
from threebirds_server.offload import Offload
from threebirds_server.operations.metrics import Metrics
from threebirds_server.operations.readiness import Readiness
from threebirds_server.plain.service import PlainTables
from threebirds_server.ports import Clock, Ids, StoreUnavailableError
from threebirds_server.records import Records
from threebirds_server.rulebook import Rulebook
from threebirds_server.settings import Settings
from threebirds_server.store.committer import Committer
from threebirds_wire.limits import PUBLISHED, with_actions


class House:
    """Must be built in a running loop; `open` it to let time and bots run."""

    def __init__(
        self,
        settings: Settings,
        records: Records,
        clock: Clock,
        ids: Ids,
        offload: Offload,
        strategies: KnowsStrategies,
    ) -> None:
        self.clock = clock
        self.records = records
        self.limits = with_actions(PUBLISHED, settings.actions_per_minute)
        self.sessions = records.sessions
        self.failures = Failures(clock)
        self.rulebook = Rulebook(records.events, offload)
        self.metrics = Metrics()
        self.metrics_token = settings.metrics_token.get_secret_value()
        self.committer = Committer(records.events, self.metrics)
        library = Library(records.events, self.rulebook, engine_version(), frames_kept=settings.frames_kept)
        self.hub = Hub(records.events, self.committer, clock, library, self.metrics)
        self.folds = Folds(records.events, library.engine, offload, clock, every=settings.folded_every)
        self.bots = Bots(strategies, offload, clock, pace_ms=settings.bot_pace_ms)
        self.sweeper = Sweeper(self.hub, records.events, records.life, clock, self.metrics)
        self.join_at = join_addresses(settings.port) if settings.lan else ()
        self.accounts = Accounts(records.sessions, records.events, self.hub, clock, left_links(settings.database))
        self.tables = Tables(records.events, self.rulebook, clock, ids)
        self.conferences = Conferences(self.tables, self.accounts, self.hub, ids, strategies.names)
        self.erasure = Erasure(records.events, self.hub, clock)
        self.readiness = Readiness(
            records.life,
            draining=lambda: self.hub.draining,
            committing=lambda: self.committer.running,
        )
        self._watch_numbers()
        self._entrance = Entrance(self.hub, records.sessions, self.limits, strategies.names, self.failures)
        self._allowances = Allowances(self.limits, clock)
        self.plain = PlainTables(self.accounts, self._entrance, self._allowances, clock)

    def connection(self, address: str) -> Connection:
        return Connection(self._entrance, self._allowances, self.clock, address, self.metrics)

    def _watch_numbers(self) -> None:
        tables = self.hub.tables
        self.metrics.watch("tables", "Tables in memory", lambda: len(tables))
        self.metrics.watch(
            "sockets", "Streams that are open", lambda: sum(len(one.listeners) for one in tables.values())
        )
        self.metrics.watch("commit_queue", "Actions that wait to be written", lambda: self.committer.waiting)
        self.metrics.watch(
            "table_queue", "Actions that wait at their tables", lambda: sum(one.waiting for one in tables.values())
        )

    @asynccontextmanager
    async def open(self) -> AsyncGenerator[None]:
        """The committer goes last: what was decided is written, even if nobody waits for the answer any more."""
        self.committer.start()
        self.hub.on_change(self.sweeper.changed)
        self.hub.on_change(self.bots.changed)
        self.hub.on_change(self.folds.changed)
        self.sweeper.on_sweep(self.folds.look)
        self.hub.on_parting(self.bots.forget)
        self.hub.on_parting(self.folds.forget)
        watches = [
            asyncio.create_task(self.folds.run(), name="folds"),
            asyncio.create_task(self.sweeper.run(), name="sweeper"),
            asyncio.create_task(self.metrics.feel_the_pulse(), name="pulse"),
            asyncio.create_task(AbsentHeads(self.hub.tables, self.clock).run(), name="absent heads"),
        ]
        try:
            yield
        finally:
            for watch in watches:
                watch.cancel()
            await asyncio.gather(*watches, return_exceptions=True)
            with suppress(StoreUnavailableError):
                await self.sweeper.close()
            await self.bots.close()
            await self.hub.close()
            await self.committer.close()
            await self.folds.close()
