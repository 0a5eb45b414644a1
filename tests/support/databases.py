"""A SQLite database with all tables and no rows, migrated once for each process of tests and then copied."""

import tempfile
from functools import cache
from pathlib import Path

from threebirds_migrations import upgrade

OWN = 0o600


@cache
def migrated() -> bytes:
    """The whole file, as it lies there when everybody has closed it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "threebirds.db"
        upgrade(f"sqlite:///{path}")
        return path.read_bytes()


def lay_database(path: Path) -> None:
    """Where a folder is there and no database in it: whoever has neither shall see what a server makes of that."""
    if path.parent.is_dir() and not path.exists():
        path.touch(mode=OWN)
        path.write_bytes(migrated())
