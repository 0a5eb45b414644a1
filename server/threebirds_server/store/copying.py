"""Copies of a SQLite database, made while a server may be writing into it."""

import os
import shutil
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

from threebirds_server.store.errors import DatabaseRefusedError, refusal
from threebirds_server.store.private import make_private


class NotCopiedError(DatabaseRefusedError):
    code = "not_copied"


def copied(source: Path, target: Path) -> None:
    """All that was committed at one moment, whole and on the disk, or no file. Raise a `DatabaseRefusedError`."""
    if target.exists():
        raise NotCopiedError(f"{target} is there already: choose another name.")
    if not source.exists():
        raise NotCopiedError(f"There is no database {source}.")
    part = target.with_name(f"{target.name}.part")
    try:
        _room(source, target)
        _new(part)
        _copy(source, part)
        part.replace(target)
        on_disk(target.parent)
    except OSError as error:
        raise NotCopiedError(f"Cannot write {target}: {error.strerror or error}.") from error
    finally:
        part.unlink(missing_ok=True)


def on_disk(folder: Path) -> None:
    """Let the names in this folder survive a power cut. Windows cannot be asked for it."""
    if hasattr(os, "O_DIRECTORY"):
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


@contextmanager
def bare(path: Path, *, readonly: bool = False) -> Generator[sqlite3.Connection]:
    """The file without any of our settings. Raise a `DatabaseRefusedError` for whatever SQLite says of it."""
    address = f"{path.absolute().as_uri()}?mode={'ro' if readonly else 'rw'}"
    try:
        with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as connection:
            yield connection
    except sqlite3.Error as error:
        raise refusal(path, error) from error


def _room(source: Path, target: Path) -> None:
    needed = sum(file.stat().st_size for file in (source, source.with_name(f"{source.name}-wal")) if file.exists())
    free = shutil.disk_usage(target.parent).free
    if free < needed:
        raise NotCopiedError(f"{target.parent} has {free >> 20} MB left, and the copy needs {needed >> 20} MB.")


def _new(path: Path) -> None:
    path.unlink(missing_ok=True)
    make_private(path)


def _copy(source: Path, target: Path) -> None:
    # In one step: a read transaction, which no writer waits for and no commit makes begin anew.
    # Whatever goes wrong is told of the one that is read: for the other there is room.
    with bare(target) as here, bare(source, readonly=True) as there:
        there.backup(here)
        # One file, whole in itself.
        here.execute("PRAGMA journal_mode = DELETE")
