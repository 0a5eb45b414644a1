"""Tables at which nothing has happened for long, whatever they are."""

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from threebirds_server.store import tables as t
from threebirds_server.store.database import Database
from threebirds_server.store.erasing import delete_table
from threebirds_wire.frames import TableId


class SqlOldTables:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def delete(self, since: int, /) -> Sequence[TableId]:
        return await self._database.write(lambda connection: _delete(connection, since))

    async def scrub(self) -> None:
        await self._database.scrub()


def _delete(connection: Connection, since: int) -> Sequence[TableId]:
    old = untouched(connection, since)
    for table in old:
        # What was put aside for it goes with it, and may be in the list as well.
        if connection.scalar(select(t.tables.c.id).where(t.tables.c.id == table)):
            delete_table(connection, table)
    return old


def untouched(connection: Connection, since: int) -> Sequence[TableId]:
    """Whose last event is older; a damaged one may say anything of its time, but not when its table was made."""
    last = (t.event.c.table_id == t.tables.c.id) & (t.event.c.seq == t.tables.c.head)
    found = select(t.tables.c.id).outerjoin(t.event, last).where(t.tables.c.created_at < since)
    old = found.where(func.coalesce(t.event.c.at, t.tables.c.created_at) < since)
    return connection.scalars(old.order_by(t.tables.c.created_at, t.tables.c.id)).all()
