"""Takes words, people and tables out of the records, and out of the views of those who look at them now."""

from threebirds_rules import actions as asked
from threebirds_rules.actions import Actor
from threebirds_rules.names import MessageId, PersonId
from threebirds_server.http.errors import ApiError
from threebirds_server.live.asks import Ask
from threebirds_server.live.hub import Hub
from threebirds_server.ports import Clock, EventStore, UnknownTableError
from threebirds_wire.errors import CloseCode, error
from threebirds_wire.frames import TableId

HOST = Actor(kind="host")
NOBODY = error("invalid_action", "Nobody with this id has joined this table.", path="person")
NOTHING = error("invalid_action", "There is no message with this id at this table.", path="message")


class Erasure:
    """Each raises `UnknownTableError` or `StoreUnavailableError`, and may then be asked for again."""

    def __init__(self, store: EventStore, hub: Hub, clock: Clock) -> None:
        self._store = store
        self._hub = hub
        self._clock = clock

    async def person(self, table: TableId, person: PersonId) -> None:
        """Let somebody leave, and forget their name and all their words. Raise `ApiError` if nobody has this id."""
        await self._store.table(table)
        running = await self._hub.readable(table)
        if running is not None:
            # First, so that no more words come. Whoever has left, or sat at a table that has ended, is refused here.
            await running.ask(Ask(HOST, asked.Leave(person=person)))
        if not await self._store.erase_person(table, person, self._clock.now()):
            raise ApiError(NOBODY)
        await self._hub.reread(table)

    async def message(self, table: TableId, message: MessageId) -> None:
        """Raise `ApiError` if there is no such message."""
        await self._store.table(table)
        if not await self._store.erase_message(table, message, self._clock.now()):
            raise ApiError(NOTHING)
        await self._hub.reread(table)

    async def table(self, table: TableId) -> None:
        await self._store.delete(table)
        await self._hub.forget(table, CloseCode.REMOVED, UnknownTableError(table))
