"""The embedded database: what keeps a commit, who may open the file, and what happens when it cannot be written."""

import asyncio
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, insert, select

from tests.support.clock import CountingIds
from tests.support.stores import an_append, create, said, texts
from threebirds_migrations import upgrade
from threebirds_server.ports import Committed, StoreUnavailableError
from threebirds_server.store import sqlite
from threebirds_server.store import tables as t
from threebirds_server.store.database import Work
from threebirds_server.store.errors import (
    DatabaseBrokenError,
    DatabaseInUseError,
    DatabaseOnNetworkError,
    DatabaseUnusableError,
    PragmaIgnoredError,
)
from threebirds_server.store.event_store import SqlEventStore
from threebirds_server.store.lock import locked
from threebirds_server.store.sqlite import SqliteDatabase, engine_with, open_sqlite, refuse_network


@pytest.fixture
def path(sqlite_url: str) -> Path:
    upgrade(sqlite_url)
    return Path(sqlite_url.removeprefix("sqlite:///"))


@pytest.fixture
async def database(path: Path) -> AsyncGenerator[SqliteDatabase]:
    database = open_sqlite(path)
    yield database
    await database.close()


@pytest.fixture
def store(database: SqliteDatabase) -> SqlEventStore:
    return SqlEventStore(database, CountingIds())


def pragma(name: str) -> Work[Any]:
    def ask(connection: Connection) -> Any:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()

    return ask


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("busy_timeout", 2_000),
        ("fullfsync", 1),
        ("checkpoint_fullfsync", 1),
        ("secure_delete", 1),
        ("query_only", 0),
    ],
)
async def test_the_writer_syncs_every_commit(database: SqliteDatabase, name: str, value: object) -> None:
    assert await database.write(pragma(name)) == value


@pytest.mark.parametrize(
    ("name", "value"), [("query_only", 1), ("wal_autocheckpoint", 0), ("journal_mode", "wal"), ("foreign_keys", 1)]
)
async def test_readers_neither_write_nor_checkpoint(database: SqliteDatabase, name: str, value: object) -> None:
    assert await database.read(pragma(name)) == value


async def test_a_reader_that_tries_to_write_is_refused(database: SqliteDatabase) -> None:
    with pytest.raises(StoreUnavailableError) as caught:
        await database.read(lambda connection: connection.exec_driver_sql("DELETE FROM event"))
    assert "readonly" in str(caught.value.__cause__)


async def test_a_write_holds_the_lock_from_its_first_statement(database: SqliteDatabase, path: Path) -> None:
    def read_and_let_another_try(connection: Connection) -> str:
        connection.exec_driver_sql("SELECT count(*) FROM event")
        with sqlite3.connect(path, timeout=0) as other, pytest.raises(sqlite3.OperationalError) as caught:
            other.execute("BEGIN IMMEDIATE")
        other.close()
        return str(caught.value)

    assert await database.write(read_and_let_another_try) == "database is locked"


def test_a_pragma_that_is_not_taken_is_an_error(path: Path) -> None:
    engine = engine_with(path, {"synchronous": 7}, begin="BEGIN", pool_size=1)
    with pytest.raises(PragmaIgnoredError, match="synchronous = 7"):
        engine.connect()
    engine.dispose()


async def test_a_full_disk_is_an_outage_that_ends(database: SqliteDatabase, store: SqlEventStore) -> None:
    await create(store, "t1")
    pages = await database.write(pragma("page_count"))
    await database.write(pragma(f"max_page_count = {pages}"))
    with pytest.raises(StoreUnavailableError) as caught:
        await store.commit([an_append("t1", 1, *[said("long " * 800)] * 50)])
    assert caught.value.code == "busy"
    assert await texts(store, "t1") == []
    await database.write(pragma("max_page_count = 1000000"))
    assert await store.commit([an_append("t1", 1, said("There is room again."))]) == [Committed(2)]


@pytest.fixture
def commits(monkeypatch: pytest.MonkeyPatch) -> list[Connection]:
    """The transactions of the writer that were committed."""
    committed: list[Connection] = []

    def watched(path: Path, make: Callable[[Path], Engine] = sqlite.writing_engine) -> Engine:
        engine = make(path)
        event.listen(engine, "commit", committed.append)
        return engine

    monkeypatch.setattr(sqlite, "writing_engine", watched)
    return committed


def noted(number: int) -> Work[int]:
    """Two rows, and their number as the answer. Who has number 13 fails between them."""

    def note(connection: Connection) -> int:
        for part in ("a", "b"):
            connection.execute(insert(t.facilitator_link), {"hash": f"{number} {part}", "expires_at": 0})
            if number == 13:
                raise LookupError("Nobody has this number.")
        return number

    return note


async def hashes(database: SqliteDatabase) -> list[str]:
    found = await database.read(lambda connection: connection.execute(select(t.facilitator_link.c.hash)).scalars())
    return sorted(found)


@asynccontextmanager
async def writer_held(database: SqliteDatabase) -> AsyncGenerator[None]:
    """Whoever is to be written meanwhile stands in one line."""
    begun, let_go = threading.Event(), threading.Event()

    def hold(_: Connection) -> None:
        begun.set()
        let_go.wait()

    held = asyncio.create_task(database.write(hold))
    await asyncio.to_thread(begun.wait)
    try:
        yield
        await asyncio.sleep(0)
    finally:
        let_go.set()
        await held


async def test_all_who_write_at_once_share_a_commit_and_whoever_fails_leaves_nothing(
    commits: list[Connection], database: SqliteDatabase
) -> None:
    """A class that comes in makes more than a thousand small writes; each with a sync of its own they take seconds."""
    numbers = [number for number in range(200) if number != 13]
    async with writer_held(database):
        writing = asyncio.gather(*(database.write(noted(number)) for number in range(200)), return_exceptions=True)
    answers = await writing
    assert isinstance(answers.pop(13), LookupError)
    assert answers == numbers
    assert await hashes(database) == sorted(f"{number} {part}" for number in numbers for part in ("a", "b"))
    assert len(commits) == 2


async def test_whoever_gave_up_waiting_is_not_written_by_others(database: SqliteDatabase) -> None:
    async with writer_held(database):
        gave_up = [asyncio.create_task(database.write(noted(number))) for number in range(20, 600)]
        await asyncio.sleep(0)
        for one in gave_up:
            one.cancel()
        last = asyncio.create_task(database.write(noted(600)))
    assert await last == 600
    assert await hashes(database) == ["600 a", "600 b"]


async def test_an_outage_in_a_shared_commit_is_told_to_all_and_nothing_is_written(database: SqliteDatabase) -> None:
    def fill(connection: Connection) -> None:
        rows = [{"hash": f"long {number} " * 90, "expires_at": 0} for number in range(99)]
        connection.execute(insert(t.facilitator_link), rows)

    pages = await database.write(pragma("page_count"))
    await database.write(pragma(f"max_page_count = {pages}"))
    works: list[Work[object]] = [noted(1), fill, noted(2)]
    async with writer_held(database):
        writing = asyncio.gather(*map(database.write, works), return_exceptions=True)
    assert [type(one) for one in await writing] == [StoreUnavailableError] * 3
    await database.write(pragma("max_page_count = 1000000"))
    assert await hashes(database) == []


async def test_a_closed_database_is_unavailable(path: Path) -> None:
    database = open_sqlite(path)
    await database.close()
    with pytest.raises(StoreUnavailableError, match="closed"):
        await database.read(pragma("page_count"))


async def test_closing_brings_everything_into_the_one_file(path: Path) -> None:
    database = open_sqlite(path)
    store = SqlEventStore(database, CountingIds())
    await create(store, "t1")
    await store.look("t1")
    await database.close()
    assert sorted(file.name for file in path.parent.iterdir()) == ["threebirds.db", "threebirds.db.lock"]


async def test_a_second_server_is_refused_and_told_who_has_the_file(database: SqliteDatabase, path: Path) -> None:
    with pytest.raises(DatabaseInUseError, match=rf"process {os.getpid()}\) is using .*threebirds\.db"):
        open_sqlite(path)
    assert await database.read(pragma("query_only")) == 1


async def test_the_file_is_free_again_when_the_server_has_closed_it(path: Path) -> None:
    for _ in range(2):
        await open_sqlite(path).close()


def test_the_lock_of_a_process_that_was_killed_is_free(path: Path) -> None:
    words = "import sys, pathlib; from threebirds_server.store.lock import locked;"
    hold = "file = locked(pathlib.Path(sys.argv[1])); print('locked', flush=True); sys.stdin.read()"
    child = subprocess.Popen(
        [sys.executable, "-c", words + hold, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"locked\n"
        with pytest.raises(DatabaseInUseError, match=f"process {child.pid}"):
            locked(path)
        child.kill()
    locked(path).close()


def test_a_file_that_is_no_database_is_refused_and_let_go(tmp_path: Path) -> None:
    path = tmp_path / "threebirds.db"
    path.write_text("Dear diary, " * 100)
    for _ in range(2):
        with pytest.raises(DatabaseBrokenError, match="not a database"):
            open_sqlite(path)


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    with pytest.raises(DatabaseUnusableError, match=r"Cannot use .*data: .*Choose another data folder"):
        open_sqlite(tmp_path / "data" / "threebirds.db")


MOUNTS = """\
/dev/root / ext4 rw 0 0
school:/homes /home nfs4 rw 0 0
/dev/sdb1 /home/local ext4 rw 0 0
//server/share /mnt/share cifs rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"), [("/home/olga/threebirds.db", "nfs4"), ("/mnt/share", "cifs"), ("/mnt/share/a/b.db", "cifs")]
)
def test_a_network_file_system_is_refused(path: str, kind: str) -> None:
    with pytest.raises(DatabaseOnNetworkError, match=rf"{path} is on a network file system .{kind}."):
        refuse_network(Path(path), MOUNTS)


@pytest.mark.parametrize("path", ["/home/local/threebirds.db", "/homestead/threebirds.db", "/var/threebirds.db"])
def test_a_disk_of_this_machine_is_taken_also_inside_a_network_folder(path: str) -> None:
    refuse_network(Path(path), MOUNTS)


def test_without_a_list_of_mounts_nothing_is_refused() -> None:
    refuse_network(Path("/home"), "")
