"""Fixtures for what the server needs beside itself: PostgreSQL, Redis and a browser. They really run.

`TEST_DATABASE_URL` and `TEST_REDIS_URL` name servers to use instead of the ones from wheels. What cannot start fails
the test; nothing is skipped.
"""

import asyncio
import os
from collections.abc import AsyncGenerator, Generator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright
from redis import Redis
from sqlalchemy import URL, NullPool, make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from tests.support.chromium import find_chromium, flags
from tests.support.postgres import DURABLE, PostgresServer, postgres, postgres_server
from tests.support.redis import redis_server
from threebirds_migrations import upgrade

_numbers = count(1)


@pytest.fixture(scope="session")
def postgres_url() -> Generator[URL]:
    """The address of a PostgreSQL server, by one database of it where others can be made."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield make_url(given).set(drivername="postgresql+asyncpg")
    else:
        with postgres() as url:
            yield url


@pytest.fixture(scope="session")
def migrated_database(postgres_url: URL) -> Generator[str]:
    """The name of a database with all tables and no rows, to copy from."""
    with _database(postgres_url, copy_of="template0") as url:
        upgrade(_as_text(url))
        yield str(url.database)


@pytest.fixture
def empty_database_url(postgres_url: URL) -> Generator[str]:
    """A new PostgreSQL database without a table, as a SQLAlchemy URL."""
    with _database(postgres_url, copy_of="template0") as url:
        yield _as_text(url)


@pytest.fixture
def database_url(postgres_url: URL, migrated_database: str) -> Generator[str]:
    """A new PostgreSQL database with all tables and no rows, as a SQLAlchemy URL."""
    with _database(postgres_url, copy_of=migrated_database) as url:
        yield _as_text(url)


@pytest.fixture
def durable_postgres() -> Generator[PostgresServer]:
    """A PostgreSQL of this test alone, which keeps what it commits, and which may be stopped. It has no tables."""
    with postgres_server(DURABLE) as server:
        yield server


@pytest.fixture(scope="session")
def redis_server_url() -> Generator[str]:
    given = os.environ.get("TEST_REDIS_URL")
    if given:
        yield given
    else:
        with redis_server() as url:
            yield url


@pytest.fixture
def redis_url(redis_server_url: str) -> str:
    """A Redis with nothing in it."""
    with Redis.from_url(redis_server_url) as redis:  # pyright: ignore[reportUnknownMemberType]  # **kwargs is untyped
        redis.flushall()  # pyright: ignore[reportUnknownMemberType]
    return redis_server_url


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    return find_chromium()


@pytest.fixture
async def browser(chromium_path: Path) -> AsyncGenerator[Browser]:
    """A browser without a window, for this test alone."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_path, args=flags())
        yield browser
        await browser.close()


@contextmanager
def _database(server: URL, *, copy_of: str) -> Generator[URL]:
    name = f"threebirds_test_{os.getpid()}_{next(_numbers)}"
    _tell(server, f'CREATE DATABASE "{name}" TEMPLATE "{copy_of}"')
    try:
        yield server.set(database=name)
    finally:
        _tell(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def _tell(server: URL, sql: str) -> None:
    async def run() -> None:
        engine = create_async_engine(server, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        async with engine.connect() as connection:
            await connection.execute(text(sql))

    asyncio.run(run())


def _as_text(url: URL) -> str:
    return url.render_as_string(hide_password=False)
