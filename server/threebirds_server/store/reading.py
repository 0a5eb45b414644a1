"""What a read transaction asks, the same on either engine. Works on a connection that sees one moment."""

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select
from sqlalchemy.exc import DBAPIError

from threebirds_rules.state import Status
from threebirds_server.folded import Wanted
from threebirds_server.ports import Answer, DamagedLogError, JoinCode, Load, Look, TableRow, UnknownTableError
from threebirds_server.store import tables as t
from threebirds_server.store.chain import unbroken
from threebirds_server.store.codec import Codec, Words
from threebirds_server.store.errors import is_damage
from threebirds_server.store.folds import fold


def look(connection: Connection, table: str, after: int, cid: str | None, codec: Codec) -> Look:
    with _damage(table):
        return _look(connection, table, after, cid, codec)


def _look(connection: Connection, table: str, after: int, cid: str | None, codec: Codec) -> Look:
    whose = connection.execute(select(t.tables).where(t.tables.c.id == table)).mappings().first()
    if whose is None:
        raise UnknownTableError(table)
    # Together with the event before them, whose link theirs are chained to.
    events = select(t.event).where(t.event.c.table_id == table, t.event.c.seq >= after).order_by(t.event.c.seq)
    found = unbroken(whose, after, connection.execute(events).mappings().all())
    words = words_of(connection, table, after) if found else Words({}, {})
    return Look(
        table=_table(whose),
        recorded=tuple(codec.recorded(event, words) for event in found),
        answer=_answer(connection, table, cid) if cid else None,
    )


def load(connection: Connection, table: str, engine: str | None, wanted: Wanted, codec: Codec) -> Load:
    with _damage(table):
        whose = connection.execute(select(t.tables).where(t.tables.c.id == table)).mappings().first()
        if whose is None:
            raise UnknownTableError(table)
        log = select(t.event).where(t.event.c.table_id == table).order_by(t.event.c.seq)
        rows = unbroken(whose, 0, connection.execute(log).mappings().all())
        words = words_of(connection, table)
        links = {row["seq"]: row["chain"] for row in rows}
        folded = fold(connection, table, engine, wanted, links) if engine else None
    done = folded.seq if folded else 0
    codec.check_words(rows[:done], words)
    return Load(
        table=_table(whose),
        opening=codec.recorded(rows[0], words).event if rows else None,
        cids=frozenset(row["cid"] for row in rows if row["cid"] is not None),
        folded=folded,
        recorded=tuple(codec.recorded(row, words) for row in rows[done:]),
    )


@contextmanager
def _damage(table: str) -> Generator[None]:
    """A table whose rows are spoilt on the disk is damaged; that is no outage of all others."""
    try:
        yield
    except DBAPIError as error:
        if is_damage(error):
            raise DamagedLogError(f"The rows of table {table} cannot be read from the disk.") from error
        raise


def words_of(connection: Connection, table: str, after: int = 0) -> Words:
    said = select(t.text).where(t.text.c.table_id == table, t.text.c.seq > after)
    named = select(t.person).where(t.person.c.table_id == table)
    return Words(
        texts={(row["seq"], row["field"]): row for row in connection.execute(said).mappings()},
        people={row["id"]: row for row in connection.execute(named).mappings()},
    )


def _answer(connection: Connection, table: str, cid: str) -> Answer | None:
    reply = t.action_reply
    row = connection.execute(select(reply).where(reply.c.table_id == table, reply.c.cid == cid)).mappings().first()
    return answer_of(row) if row else None


def answer_of(row: RowMapping) -> Answer:
    return Answer(cid=row["cid"], principal=row["principal"], digest=row["digest"], reply=row["reply"])


def document(connection: Connection, digest: str) -> str | None:
    return connection.scalar(select(t.ruleset.c.document).where(t.ruleset.c.digest == digest))


def table_row(connection: Connection, table: str) -> TableRow:
    rows = _rows(connection, t.tables.c.id == table)
    if not rows:
        raise UnknownTableError(table)
    return rows[0]


def table_with_code(connection: Connection, code: JoinCode) -> TableRow | None:
    return next(iter(_rows(connection, t.tables.c.code == code)), None)


def all_tables(connection: Connection, statuses: Sequence[Status]) -> Sequence[TableRow]:
    wanted = [t.tables.c.status.in_(statuses)] if statuses else []
    return _rows(connection, *wanted, order=(t.tables.c.created_at.desc(), t.tables.c.id))


def due(connection: Connection, at: int) -> Sequence[TableRow]:
    return _rows(connection, t.tables.c.next_due_at <= at, order=(t.tables.c.next_due_at, t.tables.c.id))


def next_due_at(connection: Connection) -> int | None:
    return connection.scalar(select(func.min(t.tables.c.next_due_at)))


def heads(connection: Connection, tables: Sequence[str]) -> Mapping[str, int]:
    found = connection.execute(select(t.tables.c.id, t.tables.c.head).where(t.tables.c.id.in_(tables)))
    return {row.id: row.head for row in found}


def _rows(connection: Connection, *wanted: Any, order: Sequence[Any] = ()) -> list[TableRow]:
    found = connection.execute(select(t.tables).where(*wanted).order_by(*order)).mappings()
    return [_table(row) for row in found]


def _table(row: RowMapping) -> TableRow:
    return TableRow(**{name: row[name] for name in TableRow.__struct_fields__})
