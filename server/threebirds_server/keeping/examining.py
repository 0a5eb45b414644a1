"""Whether a database is whole, and the logs in it are as they were written."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from threebirds_server.ids import RandomIds
from threebirds_server.live.library import Library
from threebirds_server.offload import ThreadOffload
from threebirds_server.ports import DamagedLogError, TableRow, UnknownKindError
from threebirds_server.rulebook import Rulebook
from threebirds_server.store.copying import bare
from threebirds_server.store.database import Database
from threebirds_server.store.errors import DatabaseNeverUsedError
from threebirds_server.store.event_store import SqlEventStore
from threebirds_server.store.looking import LookedAt
from threebirds_server.store.opening import address

NOBODY = ""
"""The engine that has folded nothing: each log is followed from its first event on."""


class Fault(NamedTuple):
    """A table that cannot be read, and why; `newer` if it is well, and a newer release wrote it."""

    table: TableRow
    reason: str
    newer: bool


class Logs(NamedTuple):
    """`events` are those of the tables that can be read."""

    tables: int
    events: int
    faults: Sequence[Fault]


def integrity(path: Path) -> Sequence[str]:
    """What SQLite finds wrong in a file; nothing if it is whole. Raise a `DatabaseRefusedError`."""
    with bare(path, readonly=True) as connection:
        found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check")]
        orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
    told = [] if found == ["ok"] else found
    return [*told, *(f"a row of {orphan[0]} refers to nothing" for orphan in orphans)]


def is_current(url: str) -> bool:
    """Whether the database has the schema of this release, so that its logs can be read."""
    migrations = import_module("threebirds_migrations")
    return migrations.current(url) == migrations.newest()


def refuse_unused(url: str) -> None:
    """Raise `DatabaseNeverUsedError`, also for a folder that is not there."""
    if import_module("threebirds_migrations").current(url) is None:
        place = address(url)
        raise DatabaseNeverUsedError(place.parent if isinstance(place, Path) else place.render_as_string())


async def logs(database: Database, *, followed: bool) -> Logs:
    """Look at the log of each table: its chain and its words, and if it is `followed` whether it makes a game."""
    store = SqlEventStore(database, RandomIds())
    library = Library(store, Rulebook(store, ThreadOffload()), NOBODY, frames_kept=1)
    events, faults, rows = 0, list[Fault](), await store.tables()
    for row in rows:
        try:
            events += (await library.replica(row.id)).head if followed else len((await store.load(row.id)).recorded)
        except (DamagedLogError, UnknownKindError, LookupError) as error:
            faults.append(Fault(row, str(error), newer=isinstance(error, UnknownKindError)))
    return Logs(len(rows), events, faults)


async def logs_of(path: Path, *, followed: bool) -> Logs:
    database = LookedAt(path)
    try:
        return await logs(database, followed=followed)
    finally:
        await database.close()
