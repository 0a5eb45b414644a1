"""What logs lead to, kept to save time. A row that is not exactly what was written is as good as none."""

from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

import msgspec
from sqlalchemy import Connection, RowMapping, delete, func, select

from threebirds_server.folded import Folded, Standing, Wanted
from threebirds_server.store import tables as t
from threebirds_server.store.chain import Row
from threebirds_server.store.upserts import upsert

KEPT = 4
"""So many of each table: from the older ones the frames are made that somebody missed before the newest."""

_Numbers = Mapping[str, tuple[int, str | None]]
_NUMBERS = msgspec.json.Decoder(_Numbers)


def fold(connection: Connection, table: str, engine: str, wanted: Wanted, links: Mapping[int, str]) -> Folded | None:
    """The newest that serves; `links` are those of all events by number, with which a fold has to agree."""
    of_engine = select(t.snapshot).where(t.snapshot.c.table_id == table, t.snapshot.c.engine == engine)
    for row in connection.execute(of_engine.order_by(t.snapshot.c.seq.desc())).mappings():
        link = links.get(row["seq"])
        if link is None or row["seal"] != _seal(link, row):
            continue
        folded = _folded(row)
        if wanted.served_by(folded.standings):
            return folded
    return None


def keep(connection: Connection, table: str, folded: Folded, erasures: int) -> bool:
    # What was erased meanwhile stands in this fold still.
    one_at_a_time(connection, table)
    if connection.scalar(select(t.tables.c.erasures).where(t.tables.c.id == table)) != erasures:
        return False
    its_event = select(t.event.c.chain).where(t.event.c.table_id == table, t.event.c.seq == folded.seq)
    link = connection.scalar(its_event)
    if link is None:
        return False
    row = _row(table, folded)
    row["seal"] = _seal(link, row)
    same = [t.snapshot.c.table_id, t.snapshot.c.seq]
    connection.execute(upsert(connection, t.snapshot).values(row).on_conflict_do_update(index_elements=same, set_=row))
    _forget_old(connection, table)
    return True


def one_at_a_time(connection: Connection, table: str) -> None:
    """Let whoever keeps folds of a table and whoever erases them wait for each other, and nobody who plays for them.

    SQLite has one writer in any case.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(table, 0))))


def _forget_old(connection: Connection, table: str) -> None:
    of_table = t.snapshot.c.table_id == table
    newest = select(t.snapshot.c.seq).where(of_table).order_by(t.snapshot.c.seq.desc()).limit(KEPT)
    kept = connection.scalars(newest).all()
    connection.execute(delete(t.snapshot).where(of_table, t.snapshot.c.seq < min(kept)))


def _row(table: str, folded: Folded) -> dict[str, Any]:
    numbers: _Numbers = {viewer: (one.n, one.mark) for viewer, one in folded.standings.items()}
    return {
        "table_id": table,
        "seq": folded.seq,
        "engine": folded.engine,
        "digest": folded.digest,
        "state": folded.state,
        "numbers": msgspec.json.encode(numbers),
    }


def _folded(row: RowMapping) -> Folded:
    numbers = _NUMBERS.decode(row["numbers"])
    return Folded(
        seq=row["seq"],
        engine=row["engine"],
        digest=row["digest"],
        state=row["state"],
        standings={viewer: Standing(n, mark) for viewer, (n, mark) in numbers.items()},
    )


def _seal(link: str, row: Row) -> str:
    """A fold belongs to the log up to this link, and is not read if a bit of it is another one."""
    parts = (link, row["table_id"], row["seq"], row["engine"], row["digest"])
    hashed = blake2b(msgspec.json.encode(parts), digest_size=16)
    for part in (row["state"], row["numbers"]):
        hashed.update(blake2b(part).digest())
    return hashed.hexdigest()
