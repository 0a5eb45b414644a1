"""What can be wrong around the records: the disk, the file, the engine's settings, the schema, the logs."""

import sqlite3
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from shutil import disk_usage
from typing import NamedTuple

from sqlalchemy import Connection, text

from threebirds_server.keeping.examining import Fault, Logs, integrity
from threebirds_server.store.copying import bare
from threebirds_server.store.errors import DatabaseInUseError
from threebirds_server.store.forking import PUT_ASIDE
from threebirds_server.store.lock import locked
from threebirds_server.store.sqlite import mounts, refuse_network, try_pragmas

LEAST_FREE = 200 * 2**20
"""So little is used up within an evening by somebody's updates."""
MB = 2**20
MUST_BE_ON = ("fsync", "full_page_writes", "synchronous_commit")
"""The last of them our own connections set for themselves."""


class Finding(NamedTuple):
    well: bool
    text: str


def fine(text: str) -> Finding:
    return Finding(well=True, text=text)


def wrong(text: str) -> Finding:
    return Finding(well=False, text=text)


def of_file(path: Path) -> Iterator[Finding]:
    """Raise a `DatabaseRefusedError` where no server would open it either."""
    yield _space(path)
    refuse_network(path, mounts())
    yield fine("The file is on a local disk.")
    yield _lock(path)
    with bare(path, readonly=True) as connection:
        (journal,) = connection.execute("PRAGMA journal_mode").fetchone()
    told = f"The journal of the file is {journal!r}"
    yield fine(f"{told}.") if journal in {"wal", "delete"} else wrong(f"{told}: a server makes it 'wal'.")
    faults = integrity(path)
    for fault in faults:
        yield wrong(f"The file is not whole: {fault}. Stop the server and restore a backup.")
    if not faults:
        yield fine("The file is whole: its pages, indexes and references.")


def of_schema(url: str) -> Finding:
    migrations = import_module("threebirds_migrations")
    revision, newest = migrations.current(url), migrations.newest()
    if revision == newest:
        return fine(f"The schema is that of this release ({newest}).")
    if not migrations.known(revision):
        return wrong(f"The schema {revision} was made by a newer release: install that one or a later one.")
    return fine(f"The schema is {revision}: the server brings it to {newest} when it starts.")


def of_postgres(connection: Connection) -> Iterator[Finding]:
    yield fine(f"PostgreSQL {connection.scalar(text('SHOW server_version'))}")
    for name in MUST_BE_ON:
        found = connection.scalar(text("SELECT setting FROM pg_settings WHERE name = :name"), {"name": name})
        told = f"{name} is {found!r}"
        yield (
            fine(f"{told}.") if found == "on" else wrong(f"{told}: set it to on, or what was acknowledged may be lost.")
        )


def of_logs(found: Logs) -> Iterator[Finding]:
    well = found.tables - len(found.faults)
    yield fine(f"{well} tables with {found.events} events are well: chain, words, and a game that goes on.")
    yield from (_damaged(fault) for fault in found.faults)


def _damaged(fault: Fault) -> Finding:
    table = fault.table
    told = f"Table {table.id} ({table.title!r}, {table.head} events) is closed to everybody: {fault.reason}"
    if fault.newer:
        return wrong(f"{told} Install the release that wrote it, or a later one.")
    if table.title.endswith(PUT_ASIDE):
        return fine(f"{told} It was repaired: what was sound of it goes on at another table. Delete it at the desk.")
    return wrong(f"{told} Restore a backup, or: threebirds doctor --repair {table.id}")


def _space(path: Path) -> Finding:
    size = sum(file.stat().st_size for file in (path, path.with_name(f"{path.name}-wal")) if file.exists())
    free = disk_usage(path.parent).free
    told = f"{path} has {size / MB:.1f} MB, and {free / MB:.0f} MB are left on its disk"
    if free < max(LEAST_FREE, 2 * size):
        return wrong(f"{told}: make room. Erasing and restoring need as much again as the file.")
    return fine(f"{told}.")


def _lock(path: Path) -> Finding:
    try:
        with locked(path):
            pragmas = try_pragmas(path)
    except DatabaseInUseError as used:
        return fine(f"In use, as it should be while a server runs. {used}")
    return fine(f"No server uses it. SQLite {sqlite3.sqlite_version} takes what a server sets: {pragmas}.")
