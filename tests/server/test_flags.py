"""A flag is an event in less memory: whoever waits is woken once it is raised, and gives up without a trace."""

import asyncio

import pytest

from threebirds_server.flags import Flag


async def test_all_who_wait_are_woken_and_whoever_comes_later_does_not_wait() -> None:
    flag = Flag()
    waiting = [asyncio.create_task(flag.wait()) for _ in range(3)]
    await asyncio.sleep(0)
    assert not flag.is_set()
    flag.set()
    assert await asyncio.gather(*waiting, flag.wait()) == [True] * 4


async def test_a_flag_that_is_lowered_at_once_has_woken_all_the_same() -> None:
    flag = Flag()
    waiting = asyncio.create_task(flag.wait())
    await asyncio.sleep(0)
    flag.set()
    flag.clear()
    assert await waiting
    again = asyncio.create_task(flag.wait())
    await asyncio.sleep(0)
    assert not again.done()
    flag.set()
    assert await again


async def test_whoever_gives_up_takes_the_wait_from_nobody() -> None:
    flag = Flag()
    first, second = asyncio.create_task(flag.wait()), asyncio.create_task(flag.wait_for(60))
    await asyncio.sleep(0)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    flag.set()
    await second
    await flag.wait_for(60)


async def test_whoever_waits_for_a_time_is_let_go_after_it() -> None:
    flag = Flag()
    await flag.wait_for(0.001)
    assert not flag.is_set()
