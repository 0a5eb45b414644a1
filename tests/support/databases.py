"""A SQLite database with all tables and no rows, migrated once for each process of tests and then copied."""

import tempfile
from functools import cache
from pathlib import Path

from threebirds_migrations import upgrade


@cache
def migrated() -> bytes:
    """The whole file, as it lies there when everybody has closed it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "threebirds.db"
        upgrade(f"sqlite:///{path}")
        return path.read_bytes()


def lay_database(path: Path) -> None:
    """Where there is none yet."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(migrated())
