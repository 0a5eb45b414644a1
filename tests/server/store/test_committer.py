"""Group commit, and that no cancellation, outage or bad neighbour costs anybody an answer or an append."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from tests.support.clock import settle
from tests.support.stores import TroubledStore, an_append, committing, create, said, texts
from threebirds_server.ports import Append, Committed, Duplicate, EventStore, Lost, Outcome, StoreUnavailableError
from threebirds_server.store.committer import MOST_AT_ONCE, Committer

TABLES = tuple(f"t{number:03}" for number in range(MOST_AT_ONCE + 10))


@pytest.fixture
async def troubled(store: EventStore) -> TroubledStore:
    await create(store, "t1", "t2", "t3")
    return TroubledStore(store)


@pytest.fixture
async def committer(troubled: TroubledStore) -> AsyncGenerator[Committer]:
    async with committing(troubled) as committer:
        yield committer


def hand_over(committer: Committer, *appends: Append) -> list[asyncio.Task[Outcome]]:
    return [asyncio.create_task(committer.append(append)) for append in appends]


async def in_commit(committer: Committer, troubled: TroubledStore, append: Append) -> asyncio.Task[Outcome]:
    """An append that the store has been asked to commit, and does not commit before `troubled.open` is set."""
    troubled.open.clear()
    troubled.asked.clear()
    (task,) = hand_over(committer, append)
    await troubled.asked.wait()
    return task


def the_committers_task() -> asyncio.Task[object]:
    return next(task for task in asyncio.all_tasks() if task.get_name() == "committer")


async def test_what_arrives_during_a_commit_goes_together_into_the_next(
    committer: Committer, troubled: TroubledStore
) -> None:
    first = await in_commit(committer, troubled, an_append("t1", 1))
    others = hand_over(committer, an_append("t2", 1), an_append("t3", 1))
    await settle()
    troubled.open.set()
    assert await asyncio.gather(first, *others) == [Committed(2)] * 3
    assert [[append.table for append in batch] for batch in troubled.batches] == [["t1"], ["t2", "t3"]]


async def test_two_appends_of_one_table_never_share_a_transaction(
    committer: Committer, troubled: TroubledStore
) -> None:
    first = await in_commit(committer, troubled, an_append("t3", 1))
    others = hand_over(committer, an_append("t1", 1), an_append("t1", 1), an_append("t2", 1), an_append("t1", 2))
    await settle()
    troubled.open.set()
    assert await asyncio.gather(first, *others) == [Committed(2), Committed(2), Lost(), Committed(2), Committed(3)]
    assert [len(batch) for batch in troubled.batches] == [1, 2, 1, 1]


async def test_a_batch_has_a_greatest_size(store: EventStore, troubled: TroubledStore) -> None:
    await create(store, *TABLES)
    committer = Committer(troubled)
    waiting = hand_over(committer, *(an_append(table, 1) for table in TABLES))
    await settle()
    committer.start()
    assert await asyncio.gather(*waiting) == [Committed(2)] * len(TABLES)
    await committer.close()
    assert [len(batch) for batch in troubled.batches] == [MOST_AT_ONCE, 10]


async def test_cancelling_who_waits_never_cancels_the_commit(
    committer: Committer, store: EventStore, troubled: TroubledStore
) -> None:
    cancelled = await in_commit(committer, troubled, an_append("t1", 1, said("In the middle."), cid="c1"))
    (queued,) = hand_over(committer, an_append("t2", 1, said("In the queue.")))
    await settle()
    cancelled.cancel()
    queued.cancel()
    await settle()
    troubled.open.set()
    assert await committer.append(an_append("t3", 1)) == Committed(2)
    assert (await texts(store, "t1"), await texts(store, "t2")) == (["In the middle."], ["In the queue."])
    assert isinstance(await committer.append(an_append("t1", 1, cid="c1")), Duplicate)


async def test_an_outage_that_nobody_waits_to_hear_of_does_no_harm(
    committer: Committer, troubled: TroubledStore
) -> None:
    troubled.troubles.append("request lost")
    cancelled = await in_commit(committer, troubled, an_append("t1", 1))
    cancelled.cancel()
    await settle()
    troubled.open.set()
    assert await committer.append(an_append("t1", 1)) == Committed(2)


async def test_a_committer_that_never_started_can_be_closed(store: EventStore) -> None:
    await Committer(store).close()


async def test_closing_waits_for_what_was_handed_over(committer: Committer, troubled: TroubledStore) -> None:
    first = await in_commit(committer, troubled, an_append("t1", 1))
    (second,) = hand_over(committer, an_append("t2", 1))
    await settle()
    closing = asyncio.create_task(committer.close())
    await settle()
    assert not closing.done()
    troubled.open.set()
    await closing
    assert (first.result(), second.result()) == (Committed(2), Committed(2))


async def test_after_closing_nothing_is_taken(committer: Committer) -> None:
    await committer.close()
    with pytest.raises(StoreUnavailableError, match="stopping"):
        await committer.append(an_append("t1", 1))


async def test_closing_twice_or_being_cancelled_while_closing_does_no_harm(
    committer: Committer, troubled: TroubledStore
) -> None:
    first = await in_commit(committer, troubled, an_append("t1", 1))
    closing = asyncio.create_task(committer.close())
    await settle()
    closing.cancel()
    await settle()
    troubled.open.set()
    await committer.close()
    assert first.result() == Committed(2)


async def test_a_committer_that_is_cancelled_first_writes_what_waits(
    committer: Committer, troubled: TroubledStore
) -> None:
    first = await in_commit(committer, troubled, an_append("t1", 1))
    (second,) = hand_over(committer, an_append("t2", 1))
    await settle()
    for _ in range(3):
        the_committers_task().cancel()
        await settle()
    troubled.open.set()
    assert await asyncio.gather(first, second) == [Committed(2), Committed(2)]
    with pytest.raises(StoreUnavailableError):
        await committer.append(an_append("t3", 1))


async def test_an_idle_committer_that_is_cancelled_ends(committer: Committer) -> None:
    await settle()
    task = the_committers_task()
    task.cancel()
    await task
    with pytest.raises(StoreUnavailableError):
        await committer.append(an_append("t1", 1))


async def test_a_loop_that_cancels_everything_leaves_nobody_without_an_answer(
    committer: Committer, troubled: TroubledStore
) -> None:
    first = await in_commit(committer, troubled, an_append("t1", 1))
    for task in asyncio.all_tasks() - {asyncio.current_task(), first}:
        task.cancel()
    with pytest.raises(StoreUnavailableError, match="stopping"):
        await first


async def test_an_outage_is_told_to_all_who_wait_and_the_next_try_works(
    committer: Committer, troubled: TroubledStore
) -> None:
    troubled.troubles.append("request lost")
    waiting = hand_over(committer, an_append("t1", 1), an_append("t2", 1))
    outcomes = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [StoreUnavailableError] * 2
    again = hand_over(committer, an_append("t1", 1), an_append("t2", 1))
    assert await asyncio.gather(*again) == [Committed(2)] * 2


async def test_events_that_cannot_be_written_spoil_only_their_own_append(
    committer: Committer, store: EventStore, troubled: TroubledStore
) -> None:
    first = await in_commit(committer, troubled, an_append("t1", 1))
    bad, good = hand_over(committer, an_append("t2", 1, said("\ud800")), an_append("t3", 1, said("Well.")))
    await settle()
    troubled.open.set()
    assert await asyncio.gather(first, good) == [Committed(2), Committed(2)]
    with pytest.raises(Exception, match=r"surrogate|utf-8"):
        await bad
    assert not isinstance(bad.exception(), StoreUnavailableError)
    assert await texts(store, "t2") == []
