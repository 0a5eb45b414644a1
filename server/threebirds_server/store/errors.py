"""Why a database cannot be used at all: each says in one sentence what to do. And which errors are outages."""

import sqlite3
from pathlib import Path

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

OUR_FAULTS = frozenset({"22", "23", "42"})
"""Classes of SQLSTATE (PostgreSQL's manual, appendix A) where what was sent is wrong: a value, a key, the statement."""
OUR_SQLITE_FAULTS = frozenset({1, 18, 19, 20, 21, 25})
"""The same among SQLite's primary result codes: ERROR, TOOBIG, CONSTRAINT, MISMATCH, MISUSE, RANGE."""

CORRUPT, NOT_A_DATABASE = 11, 26
"""SQLite's primary result codes for a file that is not what it wrote, and for one that never was a database."""


class DatabaseRefusedError(Exception):
    """The database is there and must not be opened. The message is for the operator."""

    code: str


class DatabaseInUseError(DatabaseRefusedError):
    code = "database_in_use"

    def __init__(self, path: Path, process: str) -> None:
        owner = f"process {process}" if process else "another process"
        super().__init__(f"Another server ({owner}) is using {path}: stop it, or choose another data folder.")


class DatabaseUnusableError(DatabaseRefusedError):
    code = "database_unusable"

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"Cannot use {path}: {reason}. Choose another data folder, or change its permissions.")


class DatabaseBrokenError(DatabaseRefusedError):
    code = "database_broken"

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path} is damaged, or no database at all: {reason}. Put a backup in its place (threebirds restore FILE),"
            " or choose another folder with --data."
        )


class DatabaseOfOthersError(DatabaseRefusedError):
    code = "database_of_others"

    def __init__(self, path: Path, table: str) -> None:
        super().__init__(
            f"{path} is a database of another program (it has a table {table!r}): choose another folder with --data."
        )


class DatabaseNeverUsedError(DatabaseRefusedError):
    code = "database_never_used"

    def __init__(self, database: Path | str) -> None:
        super().__init__(
            f"No server has ever used {database}: it holds no records. If yours keeps them elsewhere, say where with"
            " --data (or THREEBIRDS_DATA, or DATABASE_URL); a new server makes them when it starts."
        )


class DatabaseUnreachableError(DatabaseRefusedError):
    code = "database_unreachable"

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"The database {url} cannot be used: {reason}. Start it, or correct DATABASE_URL.")


class DatabaseOnNetworkError(DatabaseRefusedError):
    code = "database_on_network"

    def __init__(self, path: Path, kind: str) -> None:
        super().__init__(
            f"{path} is on a network file system ({kind}), where SQLite can lose data:"
            " choose a data folder on a local disk, or use PostgreSQL."
        )


class DatabaseNewerError(DatabaseRefusedError):
    code = "database_newer"

    def __init__(self, database: str, revision: str) -> None:
        super().__init__(
            f"The database {database} was written by a newer version of Three Birds (its revision {revision} is unknown"
            " here): install that version or a later one, or choose another database."
        )


class DatabaseUrlUnknownError(DatabaseRefusedError):
    code = "database_url_unknown"

    def __init__(self, url: str) -> None:
        super().__init__(
            f"{url!r} is not a database this server can use: expected sqlite:///folder/file.db"
            " or postgresql://user:password@host/name."
        )


class PragmaIgnoredError(DatabaseRefusedError):
    code = "pragma_ignored"

    def __init__(self, pragma: str, wanted: object, found: object) -> None:
        super().__init__(f"SQLite did not take {pragma} = {wanted} (it is {found}): it cannot keep a log safely here.")


def refusal(path: Path, error: sqlite3.Error) -> DatabaseRefusedError:
    """What to do about a file of which SQLite says this."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    broken = code in {CORRUPT, NOT_A_DATABASE}
    return DatabaseBrokenError(path, str(error)) if broken else DatabaseUnusableError(path, str(error))


def is_outage(error: Exception) -> bool:
    """Whether the database failed us, and not we it: the same call may succeed later."""
    if not isinstance(error, DBAPIError):
        return isinstance(error, OSError | PoolTimeout)
    state: str = getattr(error.orig, "sqlstate", None) or ""
    code: int = getattr(error.orig, "sqlite_errorcode", 0)
    return not (isinstance(error, IntegrityError) or state[:2] in OUR_FAULTS or code & 0xFF in OUR_SQLITE_FAULTS)


def is_damage(error: DBAPIError) -> bool:
    """Whether what is read back cannot be what was written: a page of the file, or bytes that are no text."""
    code: int | None = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF == CORRUPT
    # The driver's own complaint about bytes that are not UTF-8 has no code.
    return isinstance(error.orig, sqlite3.OperationalError)
