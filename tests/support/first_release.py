"""A database as the first schema had it, with two games in it: `released/0001.sql` was written by that server itself.

At `t1` the supplier and the buyer of `winter` have spoken, drafted and passed, and the second phase is open; at `t2`
the lobby is.
"""

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, MetaData, Table, insert

from threebirds_migrations import downgrade, upgrade
from threebirds_migrations.databases import changing

DUMP = Path(__file__).parents[1] / "proof" / "released" / "0001.sql"
FIRST = "0001"
SAID = ("We can deliver, at a price.", "At which one?")
HEADS = {"t1": 19, "t2": 3}


def sqlite_of_the_first_release(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with sqlite3.connect(path) as database:
        database.executescript(DUMP.read_text(encoding="utf-8"))
    database.close()


def postgres_of_the_first_release(url: str) -> None:
    """The same rows, in the tables that the migrations of today make of the first schema."""
    upgrade(url)
    downgrade(url, FIRST)
    with sqlite3.connect(":memory:") as kept:
        kept.row_factory = sqlite3.Row
        kept.executescript(DUMP.read_text(encoding="utf-8"))
        changing(url, lambda connection: copy(kept, connection))
    kept.close()


def copy(kept: sqlite3.Connection, connection: Connection) -> None:
    there = MetaData()
    there.reflect(connection)
    for table in there.sorted_tables:
        if table.name != "alembic_version":
            found = kept.execute(f"SELECT * FROM {table.name}").fetchall()  # noqa: S608  # names of ours
            if found:
                connection.execute(insert(table), [typed(table, row) for row in found])


def typed(table: Table, row: sqlite3.Row) -> dict[str, object]:
    """SQLite has no booleans: it keeps 0 and 1."""
    values = dict(row)
    return {name: bool(value) if table.c[name].type.python_type is bool else value for name, value in values.items()}
