"""What a read transaction asks, the same on either engine. Works on a connection that sees one moment."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select

from threebirds_rules.state import Status
from threebirds_server.ports import Answer, JoinCode, Look, TableRow, UnknownTableError
from threebirds_server.store import tables as t
from threebirds_server.store.codec import Codec, Words


def look(connection: Connection, table: str, after: int, cid: str | None, codec: Codec) -> Look:
    row = table_row(connection, table)
    events = select(t.event).where(t.event.c.table_id == table, t.event.c.seq > after).order_by(t.event.c.seq)
    found = connection.execute(events).mappings().all()
    words = _words(connection, table, after) if found else Words({}, {})
    return Look(
        table=row,
        recorded=tuple(codec.recorded(event, words) for event in found),
        answer=_answer(connection, table, cid) if cid else None,
    )


def _words(connection: Connection, table: str, after: int) -> Words:
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
    return [TableRow(**row) for row in found]
