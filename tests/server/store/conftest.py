"""Every test that asks for `store`, `database` or `url` runs once on SQLite and once on PostgreSQL."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.support.clock import CountingIds, FakeClock
from tests.support.databases import lay_database
from tests.support.stores import committing
from threebirds_server.store.committer import Committer
from threebirds_server.store.database import Database
from threebirds_server.store.event_store import SqlEventStore
from threebirds_server.store.opening import open_database
from threebirds_server.store.sessions import SqlSessions


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of a database in a folder that is not there yet."""
    return f"sqlite:///{tmp_path / 'data' / 'threebirds.db'}"


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest) -> str:
    """The address of a database without a table."""
    return request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "empty_database_url")


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with all tables and no rows."""
    if request.param == "postgres":
        return request.getfixturevalue("database_url")
    (tmp_path / "data").mkdir()
    lay_database(tmp_path / "data" / "threebirds.db")
    return request.getfixturevalue("sqlite_url")


@pytest.fixture
async def database(url: str) -> AsyncGenerator[Database]:
    database = open_database(url)
    yield database
    await database.close()


@pytest.fixture
def store(database: Database) -> SqlEventStore:
    return SqlEventStore(database, CountingIds())


@pytest.fixture
async def committer(store: SqlEventStore) -> AsyncGenerator[Committer]:
    async with committing(store) as committer:
        yield committer


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def sessions(database: Database, clock: FakeClock) -> SqlSessions:
    return SqlSessions(database, clock, CountingIds())
