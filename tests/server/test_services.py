"""The services of the other tests are real, and every test has them to itself."""

from collections.abc import Sequence
from typing import Any

import pytest
from playwright.async_api import Browser
from redis.asyncio import Redis
from sqlalchemy import NullPool, text
from sqlalchemy.ext.asyncio import create_async_engine

from threebirds_migrations import current


async def ask(url: str, *statements: str) -> Sequence[Any]:
    """The one row of the last statement."""
    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.begin() as connection:
        for statement in statements[:-1]:
            await connection.execute(text(statement))
        return (await connection.execute(text(statements[-1]))).one()


def redis_at(url: str) -> Redis:
    return Redis.from_url(url)  # pyright: ignore[reportUnknownMemberType]  # redis-py leaves **kwargs untyped


async def test_postgres_answers(empty_database_url: str) -> None:
    (version,) = await ask(empty_database_url, "SELECT version()")
    assert version.startswith("PostgreSQL ")


async def test_an_empty_database_has_no_tables(empty_database_url: str) -> None:
    (tables,) = await ask(empty_database_url, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
    assert tables == 0


def test_a_database_comes_with_all_tables(database_url: str) -> None:
    assert current(database_url) is not None


async def test_two_databases_share_nothing(database_url: str, empty_database_url: str) -> None:
    await ask(database_url, "CREATE TABLE marks (n int)", "SELECT count(*) FROM marks")
    (found,) = await ask(empty_database_url, "SELECT count(*) FROM pg_tables WHERE tablename = 'marks'")
    assert found == 0


async def test_redis_answers(redis_url: str) -> None:
    async with redis_at(redis_url) as redis:
        assert await redis.ping()  # pyright: ignore[reportUnknownMemberType]


@pytest.mark.parametrize("run", ["first", "second"])
async def test_redis_keeps_nothing_from_test_to_test(redis_url: str, run: str) -> None:
    async with redis_at(redis_url) as redis:
        assert await redis.set("left", run, nx=True)


async def test_the_browser_shows_a_page(browser: Browser) -> None:
    page = await browser.new_page()
    await page.set_content("<title>Three Birds</title>")
    assert await page.title() == "Three Birds"
