"""`threebirds restore`: play on from a backup, in a way that every client notices."""

import asyncio
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from threebirds_server.clock import SystemClock
from threebirds_server.ids import RandomIds
from threebirds_server.keeping.examining import integrity, logs_of
from threebirds_server.ports import StoreUnavailableError
from threebirds_server.settings import Settings
from threebirds_server.speaking import Say, complain, say
from threebirds_server.store.copying import NotCopiedError, bare, copied, on_disk
from threebirds_server.store.database import Work
from threebirds_server.store.errors import DatabaseBrokenError, DatabaseRefusedError
from threebirds_server.store.lock import locked
from threebirds_server.store.opening import address
from threebirds_server.store.private import BESIDE, make_private_database
from threebirds_server.store.restored import begin_anew, erase_again

FAILED = 1
BY_HAND = "The records are in PostgreSQL: stop the server, use pg_restore, and then `threebirds restore --epochs-only`."


def restore(settings: Settings, file: Path, *, tell: Say = say, warn: Say = complain) -> int:
    """Put a backup in the place of the records, which stay beside it under another name; the exit code."""
    try:
        place = address(settings.database)
        if not isinstance(place, Path):
            raise NotCopiedError(BY_HAND)
        with locked(place):
            kept = _restored(file, place, warn)
        found = asyncio.run(logs_of(place, followed=False))
    except (DatabaseRefusedError, StoreUnavailableError, OSError) as reason:
        warn(f"Nothing was restored: {reason}")
        return FAILED
    tell(f"{place} is {file} now: {found.tables} tables with {found.events} events.")
    if kept is not None:
        tell(f"The records until now are kept as {kept}. Tables that were deleted since the backup are there again.")
    for fault in found.faults:
        warn(f"Table {fault.table.id} cannot be read: {fault.reason}")
    return 0


def new_epochs(settings: Settings, *, tell: Say = say, warn: Say = complain) -> int:
    """Only say to every client that history has changed: for records that something else has restored."""
    try:
        import_module("threebirds_migrations").upgrade(settings.database)
        tables = _change(settings.database)
    except (DatabaseRefusedError, StoreUnavailableError) as reason:
        warn(f"No epoch was changed: {reason}")
        return FAILED
    tell(f"Tables with a new epoch: {tables}. Whoever comes back is told that a backup was restored.")
    return 0


def _restored(file: Path, place: Path, warn: Say) -> Path | None:
    """Where the records until now went, if there were any."""
    ready = place.with_name(f"{place.name}.restoring")
    ready.unlink(missing_ok=True)
    copied(file, ready)
    try:
        if faults := integrity(ready):
            raise DatabaseBrokenError(file, f"the backup is not whole ({faults[0]})")
        url = f"sqlite:///{ready.absolute()}"
        import_module("threebirds_migrations").upgrade(url)
        _change(url)
        if place.exists():
            _keep_erased(ready, place, warn)
        return _swap(ready, place)
    finally:
        for left in ("", ".lock", *BESIDE):
            ready.with_name(f"{ready.name}{left}").unlink(missing_ok=True)


def _change(url: str) -> int:
    changing: Callable[[str, Work[int]], int] = import_module("threebirds_migrations.databases").changing
    return changing(url, lambda connection: begin_anew(connection, RandomIds()))


def _keep_erased(ready: Path, place: Path, warn: Say) -> None:
    try:
        erase_again(ready, place)
    except DatabaseRefusedError as reason:
        warn(f"What was erased since the backup could not be found out, and is there again: {reason}")


def _swap(ready: Path, place: Path) -> Path | None:
    if not place.exists():
        ready.replace(place)
        on_disk(place.parent)
        return None
    # A write-ahead log that stayed behind would be taken for the new file's own. If it cannot be emptied, it moves.
    with suppress(DatabaseRefusedError), bare(place) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    make_private_database(place)
    now = datetime.fromtimestamp(SystemClock().now() / 1_000, UTC)
    kept = place.with_name(f"{place.name}.before-{now:%Y%m%d-%H%M%S}")
    for beside in BESIDE:
        with suppress(FileNotFoundError):
            place.with_name(f"{place.name}{beside}").rename(f"{kept}{beside}")
    try:
        # There is a database at every moment: a server that is started now does not begin with an empty one.
        os.link(place, kept)
    except OSError:
        place.rename(kept)
    ready.replace(place)
    on_disk(place.parent)
    return kept
