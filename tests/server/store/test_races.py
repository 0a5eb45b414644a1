"""Two who write at once: the head decides, and nobody waits for ever.

On PostgreSQL the two are servers with a pool of connections each; one SQLite file has one server, with two committers.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from typing import NamedTuple

import pytest
from sqlalchemy import make_url, select

from tests.support.stores import an_append, committing, create, opened_store, said, texts
from threebirds_server.ports import Committed, Duplicate, EventStore, Lost
from threebirds_server.store import tables as t
from threebirds_server.store.committer import Committer
from threebirds_server.store.postgres import async_engine

ROUNDS = 25


class Worker(NamedTuple):
    store: EventStore
    committer: Committer


@pytest.fixture
async def workers(url: str) -> AsyncGenerator[tuple[Worker, Worker]]:
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(opened_store(url))
        second = first if url.startswith("sqlite") else await stack.enter_async_context(opened_store(url))
        committers = [await stack.enter_async_context(committing(store)) for store in (first, second)]
        yield Worker(first, committers[0]), Worker(second, committers[1])


async def test_of_two_who_expect_one_head_exactly_one_wins(workers: tuple[Worker, Worker]) -> None:
    await create(workers[0].store, "t1")
    winners: list[str] = []
    for head in range(1, ROUNDS + 1):
        sent = [worker.committer.append(an_append("t1", head, said(f"{at}"))) for at, worker in enumerate(workers)]
        outcomes = await asyncio.gather(*sent)
        assert sorted(map(repr, outcomes)) == [repr(Committed(head + 1)), repr(Lost())]
        winners.append(str(outcomes.index(Committed(head + 1))))
    assert await texts(workers[1].store, "t1") == winners


async def test_two_who_write_many_tables_in_opposite_orders_share_them(workers: tuple[Worker, Worker]) -> None:
    tables = [f"t{number:02}" for number in range(20)]
    await create(workers[0].store, *tables)
    for head in range(1, ROUNDS + 1):
        there = workers[0].store.commit([an_append(table, head) for table in tables])
        back = workers[1].store.commit([an_append(table, head) for table in reversed(tables)])
        first, second = await asyncio.gather(there, back)
        pairs = zip(first, reversed(second), strict=True)
        assert [sorted(map(repr, pair)) for pair in pairs] == [[repr(Committed(head + 1)), repr(Lost())]] * 20


async def test_the_loser_reads_what_is_new_and_has_the_next_head(workers: tuple[Worker, Worker]) -> None:
    await create(workers[0].store, "t1")
    sent = [worker.committer.append(an_append("t1", 1, said(f"{at}"))) for at, worker in enumerate(workers)]
    loser = workers[(await asyncio.gather(*sent)).index(Lost())]
    look = await loser.store.look("t1", 1)
    assert (look.table.head, len(look.recorded)) == (2, 1)
    assert await loser.committer.append(an_append("t1", 2, said("then I"))) == Committed(3)


async def test_one_action_sent_through_two_workers_is_done_once(workers: tuple[Worker, Worker]) -> None:
    await create(workers[0].store, "t1")
    once = an_append("t1", 1, said("Once."), cid="c1")
    outcomes = await asyncio.gather(*(worker.committer.append(once) for worker in workers))
    assert sum(isinstance(outcome, Committed) for outcome in outcomes) == 1
    later = an_append("t1", 2, said("Once."), cid="c1")
    assert [type(await worker.committer.append(later)) for worker in workers] == [Duplicate, Duplicate]
    assert await texts(workers[0].store, "t1") == ["Once."]


async def insist(worker: Worker, name: str, actions: int) -> None:
    """Append to one table until so many were committed, reading again after every race that was lost."""
    for number in range(actions):
        outcome = None
        while not isinstance(outcome, Committed):
            head = (await worker.store.table("t1")).head
            outcome = await worker.committer.append(an_append("t1", head, said(f"{name}{number}")))


async def test_all_who_insist_on_one_table_get_through_in_their_own_order(workers: tuple[Worker, Worker]) -> None:
    await create(workers[0].store, "t1")
    await asyncio.gather(*(insist(worker, name, 5) for name, worker in zip("abcdefgh", workers * 4, strict=True)))
    log = await texts(workers[0].store, "t1")
    assert [[line for line in log if line[0] == name] for name in "abcdefgh"] == [
        [f"{name}{number}" for number in range(5)] for name in "abcdefgh"
    ]


async def test_a_table_that_another_server_is_writing_is_lost_without_waiting(database_url: str) -> None:
    async with opened_store(database_url) as store:
        await create(store, "t1", "t2")
        engine = async_engine(make_url(database_url))
        async with engine.begin() as other:
            await other.execute(select(t.tables).where(t.tables.c.id == "t1").with_for_update())
            assert await store.commit([an_append("t1", 1), an_append("t2", 1)]) == [Lost(), Committed(2)]
        await engine.dispose()
        assert await store.commit([an_append("t1", 1)]) == [Committed(2)]
