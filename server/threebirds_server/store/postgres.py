"""PostgreSQL through asyncpg. Any number of servers may use one database."""

from sqlalchemy import URL, Connection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from threebirds_server.store.database import Result, Work, outages

ANSWER_WITHIN_S = 5
FORGOTTEN_MS = 10_000
"""A server that stops in the middle of a transaction lets go of its tables after this."""

_SERVER_SETTINGS = {
    "synchronous_commit": "on",
    "idle_in_transaction_session_timeout": str(FORGOTTEN_MS),
    "application_name": "threebirds",
}


class PostgresDatabase:
    def __init__(self, url: URL) -> None:
        self._engine = async_engine(url)
        self._moment = self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    async def write(self, work: Work[Result], /) -> Result:
        return await _in_transaction(self._engine, work)

    async def read(self, work: Work[Result], /) -> Result:
        return await _in_transaction(self._moment, work)

    async def scrub(self) -> None:
        """Old versions of rows stay in PostgreSQL's files until its own VACUUM, which nobody else can hurry."""

    async def close(self) -> None:
        await self._engine.dispose()


def async_engine(url: URL) -> AsyncEngine:
    # The locking of heads counts on READ COMMITTED: it looks again at a row that somebody else has just let go.
    return create_async_engine(
        url,
        hide_parameters=True,
        isolation_level="READ COMMITTED",
        pool_pre_ping=True,
        pool_timeout=ANSWER_WITHIN_S,
        connect_args={
            "timeout": ANSWER_WITHIN_S,
            "command_timeout": ANSWER_WITHIN_S,
            "server_settings": _SERVER_SETTINGS,
        },
    )


async def _in_transaction(engine: AsyncEngine, work: Work[Result]) -> Result:
    def here(connection: Connection) -> Result:
        return work(connection)

    with outages():
        async with engine.begin() as connection:
            return await connection.run_sync(here)
