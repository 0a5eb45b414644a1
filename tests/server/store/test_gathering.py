"""Many who ask at once are answered together, and never by what was looked up before they asked."""

import asyncio
from collections.abc import Sequence

import pytest

from threebirds_server.ports import StoreUnavailableError
from threebirds_server.store.gathering import MOST_AT_ONCE, Gathering


class Doubling:
    """Answers with twice the number, when `open`; fails for a lot with 13 in it, and is away for one with 14."""

    def __init__(self) -> None:
        self.lots: list[list[int]] = []
        self.asked = asyncio.Event()
        self.open = asyncio.Event()
        self.open.set()

    async def __call__(self, numbers: Sequence[int]) -> Sequence[int]:
        self.lots.append(list(numbers))
        self.asked.set()
        await self.open.wait()
        if 13 in numbers:
            raise LookupError("13")
        if 14 in numbers:
            raise StoreUnavailableError("14")
        return [number * 2 for number in numbers]


async def test_while_one_is_answered_all_others_gather_for_the_next_time() -> None:
    doubling = Doubling()
    gathering = Gathering(doubling)
    doubling.open.clear()
    first = asyncio.create_task(gathering.ask(0))
    await doubling.asked.wait()
    others = [asyncio.create_task(gathering.ask(number)) for number in range(100, MOST_AT_ONCE + 110)]
    await asyncio.sleep(0)
    doubling.open.set()
    assert await asyncio.gather(first, *others) == [0, *(number * 2 for number in range(100, MOST_AT_ONCE + 110))]
    assert [len(lot) for lot in doubling.lots] == [1, MOST_AT_ONCE, 10]


async def test_a_mistake_of_one_is_told_to_that_one_alone() -> None:
    told = await asyncio.gather(*map(Gathering(Doubling()).ask, (12, 13, 15)), return_exceptions=True)
    assert [one if isinstance(one, int) else type(one) for one in told] == [24, LookupError, 30]


async def test_an_outage_is_told_to_all_who_were_asked_for_together_and_ends() -> None:
    doubling = Doubling()
    gathering = Gathering(doubling)
    told = await asyncio.gather(*map(gathering.ask, (12, 14)), return_exceptions=True)
    assert [type(one) for one in told] == [StoreUnavailableError] * 2
    assert doubling.lots == [[12, 14]]
    assert await gathering.ask(15) == 30


async def test_whoever_gives_up_is_not_asked_for_and_costs_the_others_nothing() -> None:
    doubling = Doubling()
    gathering = Gathering(doubling)
    doubling.open.clear()
    early = asyncio.create_task(gathering.ask(1))
    await doubling.asked.wait()
    late, stays = asyncio.create_task(gathering.ask(13)), asyncio.create_task(gathering.ask(3))
    await asyncio.sleep(0)
    early.cancel()
    late.cancel()
    doubling.open.set()
    assert await stays == 6
    assert doubling.lots == [[1], [3]]
    for one in (early, late):
        with pytest.raises(asyncio.CancelledError):
            await one
