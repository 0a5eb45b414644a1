"""The logs of all tables, in SQL."""

from collections.abc import Mapping, Sequence

from threebirds_rules.names import MessageId, PersonId
from threebirds_rules.state import Status
from threebirds_server.folded import Folded, Wanted
from threebirds_server.ports import Append, Ids, JoinCode, Load, Look, NewTable, Outcome, TableRow
from threebirds_server.store import erasing, folds, reading, writing
from threebirds_server.store.codec import Codec
from threebirds_server.store.database import Database, Result, Work
from threebirds_wire.frames import TableId


class SqlEventStore:
    def __init__(self, database: Database, ids: Ids) -> None:
        self._database = database
        self._codec = Codec(ids.salt)

    async def create(self, table: NewTable, opening: Append, /) -> None:
        await self._database.write(lambda connection: writing.create(connection, table, opening, self._codec))

    async def commit(self, batch: Sequence[Append], /) -> Sequence[Outcome]:
        return await self._database.write(lambda connection: writing.commit(connection, batch, self._codec))

    async def look(self, table: TableId, after: int = 0, *, cid: str | None = None) -> Look:
        return await self._database.read(lambda connection: reading.look(connection, table, after, cid, self._codec))

    async def load(self, table: TableId, /, *, engine: str | None = None, wanted: Wanted | None = None) -> Load:
        asked = wanted or Wanted()
        return await self._database.read(lambda connection: reading.load(connection, table, engine, asked, self._codec))

    async def keep(self, table: TableId, folded: Folded, *, erasures: int) -> bool:
        return await self._database.write(lambda connection: folds.keep(connection, table, folded, erasures))

    async def erase_person(self, table: TableId, person: PersonId, now: int) -> bool:
        return await self._scrubbed(lambda connection: erasing.erase_person(connection, table, person, now))

    async def erase_message(self, table: TableId, message: MessageId, now: int) -> bool:
        return await self._scrubbed(lambda connection: erasing.erase_message(connection, table, message, now))

    async def delete(self, table: TableId, /) -> None:
        await self._scrubbed(lambda connection: erasing.delete_table(connection, table))

    async def _scrubbed(self, work: Work[Result]) -> Result:
        result = await self._database.write(work)
        await self._database.scrub()
        return result

    async def rules(self, digest: str, /) -> str:
        document = await self._database.read(lambda connection: reading.document(connection, digest))
        if document is None:
            raise KeyError(digest)
        return document

    async def table(self, table: TableId, /) -> TableRow:
        return await self._database.read(lambda connection: reading.table_row(connection, table))

    async def table_with_code(self, code: JoinCode, /) -> TableRow | None:
        return await self._database.read(lambda connection: reading.table_with_code(connection, code))

    async def tables(self, *statuses: Status) -> Sequence[TableRow]:
        return await self._database.read(lambda connection: reading.all_tables(connection, statuses))

    async def due(self, at: int, /) -> Sequence[TableRow]:
        return await self._database.read(lambda connection: reading.due(connection, at))

    async def next_due_at(self) -> int | None:
        return await self._database.read(reading.next_due_at)

    async def heads(self, tables: Sequence[TableId], /) -> Mapping[TableId, int]:
        return await self._database.read(lambda connection: reading.heads(connection, tables))
