"""PostgreSQL as it fails: cut connections, a server that is not there, one that does not answer."""

import asyncio

import pytest
from sqlalchemy import insert, make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from tests.support.clock import CountingIds
from tests.support.stores import an_append, create, opened_store, said, texts
from threebirds_rules.names import MessageId
from threebirds_server.folded import Folded
from threebirds_server.ports import Committed, StoreUnavailableError
from threebirds_server.store import folds
from threebirds_server.store import tables as t
from threebirds_server.store.event_store import SqlEventStore
from threebirds_server.store.opening import address, open_database
from threebirds_server.store.postgres import PostgresDatabase

CUT_OTHERS = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
CUT_MYSELF = text("SELECT pg_terminate_backend(pg_backend_pid())")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("synchronous_commit", "on"),
        ("transaction_isolation", "read committed"),
        ("idle_in_transaction_session_timeout", "10s"),
        ("transaction_read_only", "off"),
    ],
)
async def test_a_write_is_synced_and_sees_who_was_first(database_url: str, name: str, value: str) -> None:
    database = open_database(database_url)
    assert await database.write(lambda connection: connection.scalar(text(f"SHOW {name}"))) == value
    await database.close()


@pytest.mark.parametrize(
    ("name", "value"), [("transaction_isolation", "repeatable read"), ("transaction_read_only", "on")]
)
async def test_a_read_sees_one_moment_and_cannot_write(database_url: str, name: str, value: str) -> None:
    database = open_database(database_url)
    assert await database.read(lambda connection: connection.scalar(text(f"SHOW {name}"))) == value
    await database.close()


async def test_a_connection_cut_while_nobody_used_it_is_not_noticed(database_url: str) -> None:
    database = open_database(database_url)
    async with opened_store(database_url) as store:
        await create(store, "t1")
        await database.write(lambda connection: connection.execute(CUT_OTHERS))
        assert await store.commit([an_append("t1", 1, said("Still here."))]) == [Committed(2)]
    await database.close()


async def test_a_connection_cut_in_a_transaction_is_an_outage_that_ends(database_url: str) -> None:
    database = open_database(database_url)
    store = SqlEventStore(database, CountingIds())
    await create(store, "t1")
    with pytest.raises(StoreUnavailableError):
        await database.write(lambda connection: connection.execute(CUT_MYSELF))
    assert await store.commit([an_append("t1", 1, said("Back."))]) == [Committed(2)]
    assert await texts(store, "t1") == ["Back."]
    await database.close()


async def test_a_server_that_is_not_there_is_an_outage() -> None:
    database = PostgresDatabase(make_url("postgresql+asyncpg://nobody@127.0.0.1:1/nothing"))
    with pytest.raises(StoreUnavailableError) as caught:
        await database.read(lambda connection: connection.scalar(text("SELECT 1")))
    assert isinstance(caught.value.__cause__, OSError)
    await database.close()


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg"])
def test_an_address_as_hosts_give_it_is_understood(scheme: str) -> None:
    found = address(f"{scheme}://olga:secret@db.example.org/game?sslmode=require")
    assert found == make_url("postgresql+asyncpg://olga:secret@db.example.org/game?ssl=require")


async def test_a_statement_that_is_wrong_is_our_fault_and_no_outage(database_url: str) -> None:
    database = open_database(database_url)
    with pytest.raises(Exception, match="no_such_table") as caught:
        await database.read(lambda connection: connection.execute(text("SELECT * FROM no_such_table")))
    assert not isinstance(caught.value, StoreUnavailableError)
    await database.close()


async def test_a_reader_that_is_cancelled_leaves_the_pool_whole(database_url: str) -> None:
    database = open_database(database_url)
    for _ in range(20):
        reading = asyncio.create_task(database.read(lambda connection: connection.scalar(text("SELECT pg_sleep(1)"))))
        await asyncio.sleep(0)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
    assert await database.read(lambda connection: connection.scalar(text("SELECT 1"))) == 1
    await database.close()


async def test_a_commit_does_not_lose_to_somebody_who_only_refers_to_its_table(database_url: str) -> None:
    """A ticket that is being made, or a fold that is being kept, holds the row of its table against deletion only."""
    async with opened_store(database_url) as store:
        await create(store, "t1")
        engine = create_async_engine(database_url)
        try:
            async with engine.begin() as other:
                row = {"seq": 1, "engine": "e", "digest": "d", "state": b"", "numbers": b"", "seal": ""}
                await other.execute(insert(t.snapshot).values(table_id="t1", **row))
                assert await store.commit([an_append("t1", 1, said("Meanwhile."))]) == [Committed(2)]
        finally:
            await engine.dispose()
        assert await texts(store, "t1") == ["Meanwhile."]


async def test_a_fold_that_is_being_kept_neither_holds_up_a_commit_nor_outlives_an_erasure(database_url: str) -> None:
    async with opened_store(database_url) as store:
        await create(store, "t1")
        await store.commit([an_append("t1", 1, said("Secret."), cid="c1")])
        fold = Folded(seq=2, engine="e", digest="d", state=b"Secret.", standings={})
        engine = create_async_engine(database_url)
        try:
            async with engine.begin() as keeping:
                assert await keeping.run_sync(lambda connection: folds.keep(connection, "t1", fold, 0))
                assert await store.commit([an_append("t1", 2, said("Meanwhile."))]) == [Committed(3)]
                erasing = asyncio.create_task(store.erase_message("t1", MessageId("m1"), 1))
                await asyncio.wait([erasing], timeout=0.2)
                assert not erasing.done()
            assert await erasing
        finally:
            await engine.dispose()
        assert (await store.load("t1", engine="e")).folded is None
        assert not await store.keep("t1", fold, erasures=0)
