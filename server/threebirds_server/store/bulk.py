"""Many rows in one statement, on either engine: they go over as one array of JSON objects.

A driver lets go of the interpreter for every row that it sends by itself, and under load the running loop is slow to
hand it back; and each statement that SQLAlchemy renders for a batch of another size costs more than its rows.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import BigInteger, Column, Connection, CursorResult, Integer, LargeBinary, RowMapping, Table

Row = Mapping[str, Any]


class Source:
    """The rows that come with a statement, as SQL: `rows` stands behind FROM, `field` gives a column of theirs."""

    def __init__(self, dialect: str, columns: Sequence[Column[Any]]) -> None:
        self._columns = {column.name: column for column in columns}
        self._postgres = dialect == "postgresql"
        typed = ", ".join(f"{column.name} {_sent_as(column)}" for column in columns)
        self.rows = f"json_to_recordset(CAST(CAST($1 AS text) AS json)) AS r({typed})" if self._postgres else _EACH
        self.locking = " FOR NO KEY UPDATE OF t SKIP LOCKED" if self._postgres else ""
        """For the rows of a table called `t`. SQLite has no row locks and needs none: it has one writer."""

    def field(self, name: str) -> str:
        binary = isinstance(self._columns[name].type, LargeBinary)
        if self._postgres:
            return f"convert_to(r.{name}, 'UTF8')" if binary else f"r.{name}"
        found = f"json_extract(r.value, '$.{name}')"
        return f"CAST({found} AS blob)" if binary else found


_EACH = "json_each(?) AS r"


def _sent_as(column: Column[Any]) -> str:
    match column.type:
        case BigInteger():
            return "bigint"
        case Integer():
            return "integer"
        case _:
            return "text"


def insert_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """All rows have the same columns. What is binary has to be UTF-8, and goes over as text."""
    if rows:
        _run(connection, _inserting(connection.dialect.name, table, tuple(rows[0])), rows)


def update_rows(connection: Connection, table: Table, key: str, rows: Sequence[Row]) -> None:
    """Each row has the key and new values for the same columns."""
    if rows:
        _run(connection, _updating(connection.dialect.name, table, key, tuple(rows[0])), rows)


def hold_rows(connection: Connection, table: Table, key: str, rows: Sequence[Row]) -> Sequence[RowMapping]:
    """Those rows of a table that have all of these values, locked in the order of their keys.

    In one order, so that two workers never wait for each other in a circle; and without waiting for a row that another
    worker holds: that one is left out. Whoever only refers to a row, and so keeps it from being deleted, is no rival.
    """
    statement = _holding(connection.dialect.name, table, key, tuple(rows[0]))
    return _run(connection, statement, rows).mappings().all()


def find_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> Sequence[RowMapping]:
    """Those rows of a table that have all of these values."""
    if not rows:
        return ()
    return _run(connection, _finding(connection.dialect.name, table, tuple(rows[0])), rows).mappings().all()


def _run(connection: Connection, statement: str, rows: Sequence[Row]) -> CursorResult[Any]:
    return connection.exec_driver_sql(statement, (msgspec.json.encode(rows).decode(),))


@cache
def _inserting(dialect: str, table: Table, names: tuple[str, ...]) -> str:
    source = Source(dialect, [table.c[name] for name in names])
    values = ", ".join(map(source.field, names))
    return f"INSERT INTO {table.name} ({', '.join(names)}) SELECT {values} FROM {source.rows}"  # noqa: S608


@cache
def _updating(dialect: str, table: Table, key: str, names: tuple[str, ...]) -> str:
    source = Source(dialect, [table.c[name] for name in names])
    values = ", ".join(f"{name} = {source.field(name)}" for name in names if name != key)
    return f"UPDATE {table.name} SET {values} FROM {source.rows} WHERE {table.name}.{key} = {source.field(key)}"  # noqa: S608


@cache
def _finding(dialect: str, table: Table, names: tuple[str, ...]) -> str:
    source = Source(dialect, [table.c[name] for name in names])
    # CROSS: SQLite then takes the rows that were sent first, and looks each one up.
    same = " AND ".join(f"t.{name} = {source.field(name)}" for name in names)
    return f"SELECT t.* FROM {source.rows} CROSS JOIN {table.name} AS t WHERE {same}"  # noqa: S608


@cache
def _holding(dialect: str, table: Table, key: str, names: tuple[str, ...]) -> str:
    return f"{_finding(dialect, table, names)} ORDER BY t.{key}{Source(dialect, ()).locking}"
