"""What keeps a commit when the power goes, read back where it counts: on the writer's own connection."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event

from tests.support.clock import CountingIds
from tests.support.long_runs import Counts
from tests.support.stores import an_append, committing, create
from threebirds_migrations import upgrade
from threebirds_server.ports import Committed
from threebirds_server.store import sqlite
from threebirds_server.store.event_store import SqlEventStore

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
