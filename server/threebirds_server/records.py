"""The database of a server, brought up to date and opened."""

from importlib import import_module
from typing import NamedTuple

from threebirds_server.ports import Clock, EventStore, Ids, SessionStore, SignsOfLife
from threebirds_server.store.database import Database
from threebirds_server.store.event_store import SqlEventStore
from threebirds_server.store.opening import open_database
from threebirds_server.store.sessions import SqlSessions
from threebirds_server.store.signs_of_life import SqlSignsOfLife


class Records(NamedTuple):
    """Whoever is given it closes it."""

    database: Database
    events: EventStore
    sessions: SessionStore
    life: SignsOfLife

    async def close(self) -> None:
        await self.database.close()


def open_records(url: str, clock: Clock, ids: Ids) -> Records:
    """Migrate and open; call it where no event loop runs. Raise a `DatabaseRefusedError` or `StoreUnavailableError`."""
    # By its name: the migrations are written against the server's tables, and nothing here may lean on them.
    import_module("threebirds_migrations").upgrade(url)
    return records_in(open_database(url), clock, ids)


def records_in(database: Database, clock: Clock, ids: Ids) -> Records:
    return Records(database, SqlEventStore(database, ids), SqlSessions(database, clock, ids), SqlSignsOfLife(database))
