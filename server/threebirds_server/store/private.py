"""Files that their owner alone may read: names and all that people wrote stand in them."""

from contextlib import suppress
from pathlib import Path

OURS = 0o700
FILE = 0o600

BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a file of its own, with the permissions of that file."""


def make_folder(folder: Path) -> None:
    """One that was there before stays as it is: somebody else may have made it for more. Raise `OSError`."""
    folder.mkdir(mode=OURS, parents=True, exist_ok=True)


def make_private(file: Path) -> None:
    """Make it empty if it is not there, and take from others what an earlier release gave them. Raise `OSError`."""
    file.touch(mode=FILE)
    if file.stat().st_mode & ~FILE & 0o777:
        file.chmod(FILE)


def make_private_database(path: Path) -> None:
    """The file and what SQLite left beside it. Whatever cannot be done here is told by opening it."""
    with suppress(OSError):
        make_private(path)
    for beside in BESIDE:
        file = path.with_name(f"{path.name}{beside}")
        with suppress(OSError):
            if file.exists():
                make_private(file)
