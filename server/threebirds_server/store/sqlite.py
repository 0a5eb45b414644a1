"""SQLite: one thread with one connection writes, others read beside it.

Versions before 3.51.3 can lose or corrupt commits when one connection checkpoints at the moment another restarts the
write-ahead log ("WAL-reset bug"). It takes two connections that write or checkpoint. Here one connection does both,
and readers never checkpoint, so every version is safe.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TextIO

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from threebirds_server.ports import StoreUnavailableError
from threebirds_server.store.database import Result, Work, outages
from threebirds_server.store.errors import (
    DatabaseOnNetworkError,
    DatabaseRefusedError,
    PragmaIgnoredError,
    refusal,
)
from threebirds_server.store.lock import locked
from threebirds_server.store.private import make_private_database

READERS = 4
MOST_AT_ONCE = 256
"""So many works of those that wait are written in one transaction; nobody waits longer than for two of them."""
BUSY_MS = 2_000
"""How long a transaction waits for a lock that another process holds. Whoever has to wait for one such transaction and
then tries in vain as well still hears of it within five seconds."""
FULL = 2

_ALWAYS: Mapping[str, Any] = {"foreign_keys": 1, "busy_timeout": BUSY_MS}
# An acknowledged action survives a power cut only if every commit is synced, on a Mac down to the disk itself.
# What is erased is overwritten, not only unlinked.
_WRITING: Mapping[str, Any] = {
    **_ALWAYS,
    "journal_mode": "wal",
    "synchronous": FULL,
    "fullfsync": 1,
    "checkpoint_fullfsync": 1,
    "secure_delete": 1,
}
_READING: Mapping[str, Any] = {**_ALWAYS, "query_only": 1, "wal_autocheckpoint": 0}

_NETWORK_KINDS = frozenset({"nfs", "nfs4", "cifs", "smb", "smb3", "smbfs", "afs", "fuse.sshfs", "ceph", "glusterfs"})


class _Turn:
    """One work that waits to be written, and what became of it."""

    def __init__(self, work: Work[Any]) -> None:
        self.work = work
        self.outcome: Future[Any] = Future()

    def settle(self, outcome: object) -> None:
        if isinstance(outcome, Exception):
            self.outcome.set_exception(outcome)
        else:
            self.outcome.set_result(outcome)

    def refuse(self, because: StoreUnavailableError) -> None:
        """Each has an error of its own, for it gets the trace of whoever it is raised to."""
        mine = type(because)(str(because))
        mine.__cause__ = because.__cause__
        self.outcome.set_exception(mine)


class SqliteDatabase:
    """Open with `open_sqlite`: its lock has to be held as long as this lives."""

    def __init__(self, path: Path, lock: TextIO) -> None:
        self._lock = lock
        self._writer = writing_engine(path)
        self._reader = reading_engine(path)
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="sqlite-writer")
        self._reading = ThreadPoolExecutor(READERS, thread_name_prefix="sqlite-reader")
        self._closed = False
        self._waiting: deque[_Turn] = deque()

    def connect(self) -> None:
        """Connect now, so that a database that cannot be used is refused at the start."""
        self._writing.submit(_connect, self._writer).result()
        self._reading.submit(_connect, self._reader).result()

    async def write(self, work: Work[Result], /) -> Result:
        """Whoever gets to the writer first writes for all who wait by then: they share one commit, and its sync."""
        self._refuse_if_closed()
        turn = _Turn(work)
        self._waiting.append(turn)
        try:
            return await self._run(self._writing, partial(self._write_here, turn))
        finally:
            turn.outcome.cancel()

    async def read(self, work: Work[Result], /) -> Result:
        self._refuse_if_closed()
        return await self._run(self._reading, partial(_in_transaction, self._reader, work))

    async def scrub(self) -> None:
        """Write the file anew, for a page that was split may keep a copy of what is deleted later; and empty its log.

        Takes as long as copying the file; what is to be written waits meanwhile.
        """
        self._refuse_if_closed()
        await self._run(self._writing, partial(_scrub, self._writer))

    def _write_here(self, turn: _Turn) -> Any:
        while not turn.outcome.done():
            self._write_all(self._take(MOST_AT_ONCE))
        return turn.outcome.result()

    def _write_all(self, batch: Sequence[_Turn]) -> None:
        """All who stand in line behind some who could not write are told so at once, and not one after the other."""
        try:
            outcomes = _in_transaction(self._writer, partial(_each, [turn.work for turn in batch]))
        except StoreUnavailableError as error:
            for turn in (*batch, *self._take(len(self._waiting))):
                turn.refuse(error)
        except Exception as error:  # noqa: BLE001  # whoever asked gets it
            for turn in batch:
                turn.outcome.set_exception(error)
        else:
            for turn, outcome in zip(batch, outcomes, strict=True):
                turn.settle(outcome)

    def _take(self, most: int) -> list[_Turn]:
        """Those who wait, but for those who gave up."""
        taken = [self._waiting.popleft() for _ in range(min(len(self._waiting), most))]
        return [turn for turn in taken if turn.outcome.set_running_or_notify_cancel()]

    def _refuse_if_closed(self) -> None:
        if self._closed:
            raise StoreUnavailableError("The database is closed.")

    async def _run(self, threads: ThreadPoolExecutor, work: Callable[[], Result]) -> Result:
        """The thread finishes its transaction even if the one who waits for it here is cancelled."""
        return await asyncio.get_running_loop().run_in_executor(threads, work)

    async def close(self) -> None:
        """What is being written is finished first. Readers go first: the last to leave checkpoints."""
        self._closed = True
        await asyncio.to_thread(self.disconnect)

    def disconnect(self) -> None:
        self._reading.shutdown()
        self._reader.dispose()
        self._writing.submit(self._writer.dispose).result()
        self._writing.shutdown()
        self._lock.close()


def open_sqlite(path: Path) -> SqliteDatabase:
    """Raise a `DatabaseRefusedError` that says what is wrong with this place."""
    refuse_network(path, mounts())
    database = SqliteDatabase(path, locked(path))
    make_private_database(path)
    try:
        with usable(path):
            database.connect()
    except DatabaseRefusedError:
        database.disconnect()
        raise
    return database


def writing_engine(path: Path, *, foreign_keys: bool = True) -> Engine:
    """The engine of the one writer; its connection stays in the thread that made it."""
    # IMMEDIATE: a transaction that begins as a reader and writes later fails at once when another has written, and
    # no `busy_timeout` helps it.
    return engine_with(path, {**_WRITING, "foreign_keys": int(foreign_keys)}, begin="BEGIN IMMEDIATE", pool_size=1)


def reading_engine(path: Path) -> Engine:
    return engine_with(path, _READING, begin="BEGIN", pool_size=READERS)


def engine_with(path: Path, pragmas: Mapping[str, Any], *, begin: str, pool_size: int) -> Engine:
    """An engine whose every connection has these pragmas, or fails with `PragmaIgnoredError`."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        # A traceback may land in a log: no hash of a token, no word of a person goes with it.
        hide_parameters=True,
        pool_size=pool_size,
        max_overflow=0,
        # Every connection goes back committed or rolled back.
        pool_reset_on_return=None,
    )

    def connected(connection: Any, _record: Any) -> None:
        # None: the driver begins nothing by itself, `begin` below does.
        connection.isolation_level = None
        for name, wanted in pragmas.items():
            connection.execute(f"PRAGMA {name} = {wanted}")
            found = connection.execute(f"PRAGMA {name}").fetchone()[0]
            if found != wanted:
                raise PragmaIgnoredError(name, wanted, found)

    def begun(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begun)
    return engine


def try_pragmas(path: Path) -> str:
    """What a server's writer has set and read back; raise `PragmaIgnoredError`. Hold the lock meanwhile."""
    engine = writing_engine(path)
    try:
        with usable(path):
            _connect(engine)
    finally:
        engine.dispose()
    return ", ".join(f"{name} = {value}" for name, value in _WRITING.items())


def _connect(engine: Engine) -> None:
    engine.connect().close()


def _scrub(engine: Engine) -> None:
    """On the bare connection: neither can be done within a transaction, which SQLAlchemy would begin."""
    connection = engine.raw_connection()
    try:
        with closing(connection.cursor()) as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            held_up, _, _ = cursor.fetchall()[0]
    except sqlite3.Error as error:
        raise StoreUnavailableError("The database cannot be written anew without what was erased.") from error
    finally:
        connection.close()
    if held_up:
        raise StoreUnavailableError("Somebody reads the database, whose log cannot be emptied until they are done.")


def _in_transaction(engine: Engine, work: Work[Result]) -> Result:
    with outages(), engine.begin() as connection:
        return work(connection)


def _each(works: Sequence[Work[Any]], connection: Connection) -> list[object]:
    """What each work gave, or the error of one that did nothing, which is no other's loss. An outage is everybody's."""
    if len(works) == 1:
        return [works[0](connection)]
    return [_apart(work, connection) for work in works]


def _apart(work: Work[Any], connection: Connection) -> object:
    connection.exec_driver_sql("SAVEPOINT work")
    try:
        with outages():
            outcome = work(connection)
    except StoreUnavailableError:
        raise
    except Exception as error:  # noqa: BLE001  # whoever asked gets it
        outcome = error
        connection.exec_driver_sql("ROLLBACK TO work")
    connection.exec_driver_sql("RELEASE work")
    return outcome


@contextmanager
def usable(path: Path) -> Generator[None]:
    """Say of a database that cannot be opened, or is none, that it is this file, and why."""
    try:
        yield
    except DBAPIError as error:
        if not isinstance(error.orig, sqlite3.Error):
            raise
        raise refusal(path, error.orig) from error


def refuse_network(path: Path, mounts: str) -> None:
    """Raise `DatabaseOnNetworkError` by a list of mounts in the form of Linux's /proc/mounts."""
    folders = {str(folder) for folder in (path.absolute(), *path.absolute().parents)}
    here = [fields for line in mounts.splitlines() if (fields := line.split())[1] in folders]
    kind = max(here, key=lambda fields: len(fields[1]))[2] if here else ""
    if kind in _NETWORK_KINDS:
        raise DatabaseOnNetworkError(path, kind)


def mounts() -> str:
    """What is mounted where, as Linux tells it; nothing elsewhere."""
    try:
        return Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
