"""`threebirds backup`: a copy of the records, made while the server goes on."""

import asyncio
from pathlib import Path

from threebirds_server.keeping.examining import Logs, integrity, is_current, logs_of, refuse_unused
from threebirds_server.ports import StoreUnavailableError
from threebirds_server.settings import Settings
from threebirds_server.speaking import Say, complain, say
from threebirds_server.store.copying import copied
from threebirds_server.store.errors import DatabaseBrokenError, DatabaseRefusedError
from threebirds_server.store.opening import address

FAILED = 1
POSTGRES = (
    "The records are in PostgreSQL, which has its own way:\n"
    "    pg_dump --format=custom --file={file} {url}\n"
    "Back from it: stop the server, then\n"
    "    pg_restore --clean --if-exists --dbname={url} {file}\n"
    "    threebirds restore --epochs-only"
)


def back_up(settings: Settings, file: Path, *, tell: Say = say, warn: Say = complain) -> int:
    """Copy the records into a new file and look at the copy; the exit code."""
    try:
        place = address(settings.database)
        if not isinstance(place, Path):
            warn(POSTGRES.format(file=file, url=place.set(drivername="postgresql").render_as_string()))
            return FAILED
        refuse_unused(settings.database)
        copied(place, file)
        found = _examined(file, place)
    except (DatabaseRefusedError, StoreUnavailableError) as reason:
        warn(f"No backup was made: {reason}")
        return FAILED
    if found is None:
        tell(f"{file}: {_size(file)} MB, of an earlier release, whose logs this one reads when it has brought them up.")
        return 0
    tell(f"{file}: {_size(file)} MB, {found.tables} tables with {found.events} events.")
    for fault in found.faults:
        warn(f"In the backup as in the original, table {fault.table.id} cannot be read: {fault.reason}")
    return FAILED if found.faults else 0


def _examined(file: Path, place: Path) -> Logs | None:
    """None if this release cannot read its logs yet. Raise a `DatabaseRefusedError`; no copy is kept then."""
    try:
        faults = integrity(file)
    except DatabaseRefusedError:
        file.unlink()
        raise
    if faults:
        file.unlink()
        raise DatabaseBrokenError(place, f"the copy of it is not whole ({faults[0]})")
    if not is_current(f"sqlite:///{file.absolute()}"):
        return None
    return asyncio.run(logs_of(file, followed=False))


def _size(file: Path) -> str:
    return f"{file.stat().st_size / 2**20:.1f}"
