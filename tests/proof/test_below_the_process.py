"""What keeps a commit when the power goes, read back where it counts: on the writer's own connection."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from sqlalchemy import Connection, Engine, event, text

from tests.support.clock import CountingIds, FakeClock
from tests.support.houses import running, seated_table
from tests.support.long_runs import Counts
from tests.support.postgres import PostgresServer
from tests.support.stores import an_append, committing, create
from threebirds_migrations import upgrade
from threebirds_server import records
from threebirds_server.ports import Committed
from threebirds_server.store import sqlite
from threebirds_server.store.database import Database, Result, Work
from threebirds_server.store.event_store import SqlEventStore
from threebirds_server.store.opening import open_database

SYNCED = {"journal_mode": "wal", "synchronous": 2, "fullfsync": 1, "checkpoint_fullfsync": 1}
COMMITS = 50


async def test_every_commit_of_the_writer_is_made_with_the_log_synced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, counts: Counts
) -> None:
    """Asked on the connection of each commit itself, while it commits: another one could have other pragmas."""
    found: list[dict[str, object]] = []

    def committing_now(connection: Connection) -> None:
        found.append({name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in SYNCED})

    def watched(path: Path, make: Callable[[Path], Engine] = sqlite.writing_engine) -> Engine:
        engine = make(path)
        event.listen(engine, "commit", committing_now)
        return engine

    upgrade(f"sqlite:///{tmp_path / 'threebirds.db'}")
    monkeypatch.setattr(sqlite, "writing_engine", watched)
    database = sqlite.open_sqlite(tmp_path / "threebirds.db")
    store = SqlEventStore(database, CountingIds())
    await create(store, "t1")
    async with committing(store) as committer:
        for head in range(1, COMMITS + 1):
            assert await committer.append(an_append("t1", head)) == Committed(head + 1)
    await database.close()
    assert found == [SYNCED] * (1 + COMMITS)
    counts(commits=len(found), synced=sum(one == SYNCED for one in found))


class FlushWatcher:
    """A PostgreSQL database that looks after each commit, before anybody hears of it, how far the log is on the disk.

    `late` are the commits that were not: their place in the log was beyond what had been flushed.
    """

    def __init__(self, database: Database, *, synchronous: bool) -> None:
        self.commits = 0
        self.late = 0
        self._database = database
        self._synchronous = synchronous

    async def write(self, work: Work[Result], /) -> Result:
        ends: list[int] = []

        def watched(connection: Connection) -> Result:
            if not self._synchronous:
                connection.execute(text("SET LOCAL synchronous_commit = off"))
            result = work(connection)
            if connection.scalar(text("SELECT pg_current_xact_id_if_assigned() IS NOT NULL")):
                ends.append(place(connection, "insert"))
            return result

        result = await self._database.write(watched)
        for end in ends:
            self.commits += 1
            flushed = await self._database.read(lambda connection: place(connection, "flush"))
            # The record of the commit itself begins where the work ended.
            self.late += flushed <= end
        return result

    async def scrub(self) -> None:
        await self._database.scrub()

    async def read(self, work: Work[Result], /) -> Result:
        return await self._database.read(work)

    async def close(self) -> None:
        await self._database.close()


def place(connection: Connection, of: Literal["insert", "flush"]) -> int:
    """How far PostgreSQL's log is written, or flushed: a number of bytes."""
    found = connection.scalar(text(f"SELECT pg_current_wal_{of}_lsn()"))
    assert isinstance(found, int)
    return found


@pytest.mark.parametrize("synchronous", [True, False])
async def test_postgresql_has_flushed_a_commit_before_the_reply_leaves(
    durable_postgres: PostgresServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    counts: Counts,
    *,
    synchronous: bool,
) -> None:
    """With `synchronous_commit=off` the same look finds replies that were too early: it can fail."""
    url = durable_postgres.url.render_as_string(hide_password=False)
    watcher = FlushWatcher(open_database(url), synchronous=synchronous)

    def watched(_: str) -> Database:
        return watcher

    monkeypatch.setattr(records, "open_database", watched)
    clock, ids = FakeClock(), CountingIds()
    store = await asyncio.to_thread(records.open_records, url, clock, ids)
    async with running(tmp_path, store=store, clock=clock, ids=ids, actions_per_minute=100_000) as house:
        table, (guest,) = await seated_table(house, "winter", ["SUP"])
        desk = await guest.at_table(table, "seat:SUP")
        before = watcher.commits
        for number in range(COMMITS):
            await desk.does("draft", options={"price": number % 3})
    counts(synchronous_commit="on" if synchronous else "off", commits=watcher.commits, replies_too_early=watcher.late)
    assert watcher.commits >= before + COMMITS
    assert (watcher.late == 0) is synchronous
