"""One server for one SQLite database: a lock file that the operating system gives up when its process ends."""

import os
import sys
from pathlib import Path
from typing import TextIO

from threebirds_server.store.errors import DatabaseInUseError, DatabaseUnusableError
from threebirds_server.store.private import make_folder, make_private

if sys.platform == "win32":
    import msvcrt

    def _seize(file: TextIO) -> None:
        # Far beyond the text: on Windows a locked part of a file cannot even be read by others.
        file.seek(2**30)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _seize(file: TextIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def locked(database: Path) -> TextIO:
    """Hold the lock until the file returned is closed, or this process ends, in whatever way.

    Raise `DatabaseInUseError`, or `DatabaseUnusableError` if the folder cannot be made or written.
    """
    path = database.with_name(f"{database.name}.lock")
    try:
        make_folder(database.parent)
        make_private(path)
        file = path.open("a+", encoding="ascii")
    except OSError as error:
        raise DatabaseUnusableError(database.parent, error.strerror or str(error)) from error
    try:
        _seize(file)
    except OSError as error:
        file.seek(0)
        process = file.read().strip()
        file.close()
        raise DatabaseInUseError(database, process) from error
    file.seek(0)
    file.truncate()
    file.write(f"{os.getpid()}\n")
    file.flush()
    return file
