"""A school at once: everybody gets everything that is meant for them, and nobody else's. What it takes is printed."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from httpx2 import AsyncClient
from websockets.exceptions import ConnectionClosed

from tests.support.crowd import (
    PATIENCE_S,
    SMALL_BUFFER,
    SOCKETS_A_TABLE,
    Crowd,
    Window,
    gathered,
    in_turns,
    join,
    percentile,
)
from tests.support.foundry import Foundry, foundry
from tests.support.killing import FREE
from tests.support.long_runs import Counts, Figure
from tests.support.players import TRUST, Class

NOTICED_WITHIN_S = 25
"""Longer than a server bears somebody who takes nothing."""
pytestmark = pytest.mark.at_most(300, 3_600)


@pytest.fixture
async def server(tmp_path: Path) -> AsyncGenerator[Foundry]:
    async with foundry(data=str(tmp_path), **FREE) as server:
        await server.start()
        yield server


@pytest.fixture
async def browsers() -> AsyncGenerator[AsyncExitStack]:
    async with AsyncExitStack() as browsers:
        yield browsers


def check(crowd: Crowd) -> None:
    """All that was said at a table was heard at each of its windows, in one order, and nothing else."""
    for window in crowd.windows:
        theirs = [text for text, (table, _) in crowd.said.items() if table == window.player.table]
        assert sorted(window.heard) == sorted(theirs)
    orders = {(window.player.table, tuple(window.heard)) for window in crowd.windows}
    assert len(orders) == len({window.player.table for window in crowd.windows})
    assert sum(window.gaps for window in crowd.windows) == 0


async def test_everybody_at_a_table_hears_all_of_it_and_nothing_of_the_others(
    server: Foundry, browsers: AsyncExitStack, figure: Figure, counts: Counts
) -> None:
    tables, a_second, seconds = figure(50, 167), figure(20, 50), figure(4, 60)
    crowd = await gathered(server, browsers, tables=tables)
    await crowd.talk(a_second * seconds, a_second)
    await crowd.all_heard()
    counts(
        tables=tables,
        sockets=len(crowd.windows),
        actions=len(crowd.said),
        delivered=len(crowd.deliveries()),
        gaps=sum(window.gaps for window in crowd.windows),
        delivery_p50_ms=percentile(crowd.deliveries(), 0.5),
        delivery_p99_ms=percentile(crowd.deliveries(), 0.99),
        ack_p50_ms=percentile(crowd.acks(), 0.5),
        ack_p99_ms=percentile(crowd.acks(), 0.99),
    )
    check(crowd)
    assert len(crowd.deliveries()) == len(crowd.said) * SOCKETS_A_TABLE == a_second * seconds * SOCKETS_A_TABLE


async def test_when_the_bell_rings_a_school_joins_from_one_address(
    server: Foundry, browsers: AsyncExitStack, figure: Figure, counts: Counts
) -> None:
    """Ten at each table, by its code, all at the same time."""
    people = figure(60, 300)
    room = Class(server, browsers)
    codes = [await room.open_table() for _ in range(people // 10)]
    guests = [await browsers.enter_async_context(AsyncClient(verify=TRUST, timeout=PATIENCE_S)) for _ in range(people)]
    at = server.greeted.address
    took = await asyncio.gather(
        *(join(at, guest, codes[number % len(codes)], f"Guest {number}") for number, guest in enumerate(guests))
    )
    counts(joined=len(took), p50_ms=percentile(took, 0.5), p99_ms=percentile(took, 0.99))
    assert len(took) == people


async def test_all_come_back_at_once_and_get_what_they_missed(
    server: Foundry, browsers: AsyncExitStack, figure: Figure, counts: Counts
) -> None:
    tables, missed = figure(10, 50), figure(60, 200)
    crowd = await gathered(server, browsers, tables=tables)
    speakers = crowd.windows[::SOCKETS_A_TABLE]
    others = [window for window in crowd.windows if window not in speakers]
    await in_turns(window.leave() for window in others)
    for number in range(missed):
        for speaker in speakers:
            await crowd.say(speaker, f"{number} at {speaker.player.table}")
    await crowd.all_heard(speakers)
    began = time.perf_counter()
    took = await asyncio.gather(*(back(window, crowd, began) for window in others))
    counts(clients=len(others), missed=missed, p50_ms=percentile(took, 0.5), p99_ms=percentile(took, 0.99))
    check(crowd)
    assert {window.snapshots for window in others} == {1}


async def back(window: Window, crowd: Crowd, began: float) -> float:
    await window.open()
    await crowd.all_heard([window])
    return 1_000 * (time.perf_counter() - began)


async def test_a_thousand_new_windows_open_at_once(
    server: Foundry, browsers: AsyncExitStack, figure: Figure, counts: Counts
) -> None:
    """Each gets a snapshot, whoever has to wait for how long."""
    players = await Class(server, browsers).players(figure(50, 167))
    windows = [Window(player) for player in players for _ in range(3)]
    began = time.perf_counter()

    async def opened(window: Window) -> float:
        await window.open()
        return 1_000 * (time.perf_counter() - began)

    took = await asyncio.gather(*map(opened, windows))
    counts(clients=len(took), p50_ms=percentile(took, 0.5), p99_ms=percentile(took, 0.99))
    assert {window.snapshots for window in windows} == {1}


@pytest.mark.long
async def test_nobody_waits_for_one_in_twenty_who_stop_reading(
    server: Foundry, browsers: AsyncExitStack, counts: Counts
) -> None:
    """They are cut off, and the others hear everything, also when much is said at once."""
    crowd = await gathered(server, browsers, tables=50)
    await crowd.talk(200, 20)
    await crowd.all_heard()
    before = percentile(crowd.deliveries(), 0.99)
    for window in crowd.windows[::20]:
        await window.leave()
    slow = [Window(window.player) for window in crowd.windows[::20]]
    await in_turns(window.open(reads=False, buffer=SMALL_BUFFER) for window in slow)
    for window in crowd.windows:
        window.heard.clear()
    reading = Crowd([window for number, window in enumerate(crowd.windows) if number % 20])
    for number in range(600):
        await reading.say(reading.windows[number * 7 % len(reading.windows)], f"{number} " + "on and on " * 150 + "on")
    await reading.all_heard()
    after = percentile(reading.deliveries(), 0.99)
    await asyncio.sleep(NOTICED_WITHIN_S)
    cut = await asyncio.gather(*map(cut_off, slow))
    counts(
        readers=len(reading.windows),
        slow=len(slow),
        cut_off=sum(cut),
        p99_at_20_a_second_before_ms=before,
        p99_at_full_speed_with_slow_readers_ms=after,
    )
    check(reading)
    assert all(cut)


async def cut_off(window: Window) -> bool:
    """Whether a window that begins to read now finds that the server has given up on it."""
    assert window.socket is not None
    try:
        async with asyncio.timeout(PATIENCE_S):
            while True:
                await window.socket.recv()
    except ConnectionClosed:
        return True
    except TimeoutError:
        return False
