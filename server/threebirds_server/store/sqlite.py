"""SQLite: one thread with one connection writes, others read beside it.

Versions before 3.51.3 can lose or corrupt commits when one connection checkpoints at the moment another restarts the
write-ahead log ("WAL-reset bug"). It takes two connections that write or checkpoint. Here one connection does both,
and readers never checkpoint, so every version is safe.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Generator, Mapping
from concurrent.futures import ThreadPoolExecutor
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
    DatabaseUnusableError,
    PragmaIgnoredError,
)
from threebirds_server.store.lock import locked

READERS = 4
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


class SqliteDatabase:
    """Open with `open_sqlite`: its lock has to be held as long as this lives."""

    def __init__(self, path: Path, lock: TextIO) -> None:
        self._lock = lock
        self._writer = writing_engine(path)
        self._reader = reading_engine(path)
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="sqlite-writer")
        self._reading = ThreadPoolExecutor(READERS, thread_name_prefix="sqlite-reader")
        self._closed = False
        self._asked = 0
        """The number of the last transaction that was to write; those up to `_failed` have stood in line in vain."""
        self._failed = 0

    def connect(self) -> None:
        """Connect now, so that a database that cannot be used is refused at the start."""
        self._writing.submit(_connect, self._writer).result()
        self._reading.submit(_connect, self._reader).result()

    async def write(self, work: Work[Result], /) -> Result:
        self._asked += 1
        return await self._run(self._writing, partial(self._write_here, self._asked), work)

    async def read(self, work: Work[Result], /) -> Result:
        return await self._run(self._reading, partial(_in_transaction, self._reader), work)

    async def scrub(self) -> None:
        """Write the file anew, for a page that was split may keep a copy of what is deleted later; and empty its log.

        Takes as long as copying the file; what is to be written waits meanwhile.
        """
        if self._closed:
            raise StoreUnavailableError("The database is closed.")
        await asyncio.get_running_loop().run_in_executor(self._writing, _scrub, self._writer)

    def _write_here(self, number: int, work: Work[Result]) -> Result:
        """All who stood in line behind one who could not write are told so at once, and not one after the other."""
        if number <= self._failed:
            raise StoreUnavailableError("The database could not be written a moment ago.")
        try:
            return _in_transaction(self._writer, work)
        except StoreUnavailableError:
            self._failed = self._asked
            raise

    async def _run(
        self, threads: ThreadPoolExecutor, run: Callable[[Work[Result]], Result], work: Work[Result]
    ) -> Result:
        if self._closed:
            raise StoreUnavailableError("The database is closed.")
        # The thread finishes its transaction even if the one who waits for it here is cancelled.
        return await asyncio.get_running_loop().run_in_executor(threads, run, work)

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


@contextmanager
def usable(path: Path) -> Generator[None]:
    """Say of a database that cannot be opened, or is none, that it is this file, and why."""
    try:
        yield
    except DBAPIError as error:
        raise DatabaseUnusableError(path, str(error.orig)) from error


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
