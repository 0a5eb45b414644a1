"""The clock on the wall, and the one that tests move by hand."""

import asyncio

import pytest

from tests.support.clock import NEW_YEAR_2010, FakeClock, settle
from threebirds_server.clock import SystemClock
from threebirds_server.flags import Flag
from threebirds_server.ports import Clock


@pytest.fixture(params=[SystemClock, FakeClock])
def any_clock(request: pytest.FixtureRequest) -> Clock:
    return request.param()


async def test_a_time_that_has_come_is_not_waited_for(any_clock: Clock) -> None:
    await any_clock.sleep_until(any_clock.now())
    assert not await any_clock.wait(asyncio.Event(), any_clock.now() - 1)


async def test_what_has_happened_is_not_waited_for(any_clock: Clock) -> None:
    happened = asyncio.Event()
    happened.set()
    assert await any_clock.wait(happened, 0)
    assert await any_clock.wait(happened, any_clock.now() + 10**9)


async def test_whoever_waits_is_woken_by_the_event(any_clock: Clock) -> None:
    event = asyncio.Event()
    waiting = asyncio.create_task(any_clock.wait(event, any_clock.now() + 10**9))
    await settle()
    event.set()
    assert await waiting


async def test_the_clock_on_the_wall_goes_on() -> None:
    clock = SystemClock()
    start = clock.now()
    assert not await clock.wait(asyncio.Event(), start + 20)
    assert start + 20 <= clock.now() < start + 10**7
    assert start > NEW_YEAR_2010


async def test_time_wakes_in_the_order_of_the_times_waited_for() -> None:
    clock = FakeClock(0)
    woken: list[tuple[int, int]] = []

    async def wait(at: int) -> None:
        await clock.sleep_until(at)
        woken.append((at, clock.now()))

    tasks = [asyncio.create_task(wait(at)) for at in (30, 10, 20)]
    await clock.waited_for(3)
    assert clock.alarms == (10, 20, 30)
    await clock.advance(25)
    assert woken == [(10, 10), (20, 20)]
    await clock.advance(5)
    await asyncio.gather(*tasks)


async def test_whoever_waits_again_within_the_time_that_passes_is_woken_again() -> None:
    clock = FakeClock(0)
    ticks: list[int] = []

    async def tick() -> None:
        while True:
            await clock.sleep_until(clock.now() + 10)
            ticks.append(clock.now())

    ticking = asyncio.create_task(tick())
    await clock.waited_for()
    await clock.advance(35)
    assert (ticks, clock.now()) == ([10, 20, 30], 35)
    ticking.cancel()


async def test_a_waiter_that_is_cancelled_is_forgotten() -> None:
    clock = FakeClock()
    waiting = asyncio.create_task(clock.sleep_until(clock.now() + 1))
    await clock.waited_for()
    waiting.cancel()
    await settle()
    assert clock.alarms == ()


@pytest.mark.parametrize("kind", [asyncio.Event, Flag])
async def test_whoever_waits_looks_again_when_the_clock_is_set_back(
    monkeypatch: pytest.MonkeyPatch, kind: type[asyncio.Event]
) -> None:
    clock = SystemClock()
    times = iter([1_000, 1_000, 500])
    monkeypatch.setattr(clock, "now", lambda: next(times, 500))
    monkeypatch.setattr("threebirds_server.clock.LOOK_AGAIN_S", 0.0)
    assert not await clock.wait(kind(), 3_600_000)


async def test_of_many_who_wait_long_each_is_woken_at_its_time_and_all_when_the_clock_is_set_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock, jump = SystemClock(), 0
    now = clock.now

    def jumped() -> int:
        return now() + jump

    monkeypatch.setattr(clock, "now", jumped)
    monkeypatch.setattr("threebirds_server.clock.LOOK_AGAIN_S", 0.01)
    start, flags = clock.now(), [Flag() for _ in range(4)]
    near, far, raised, given_up = (
        asyncio.create_task(clock.wait(flag, start + after))
        for flag, after in zip(flags, (100, 3_600_000, 3_600_000, 3_600_000), strict=True)
    )
    assert await near is False
    assert clock.now() >= start + 100
    flags[2].set()
    assert await raised is True
    given_up.cancel()
    with pytest.raises(asyncio.CancelledError):
        await given_up
    assert not far.done()
    jump = -60_000
    assert await far is False


async def test_a_clock_that_is_set_wakes_who_has_to_look_again() -> None:
    clock = FakeClock(10_000)
    waiting = asyncio.create_task(clock.wait(asyncio.Event(), 20_000), name="somebody")
    await clock.waits("somebody")
    await clock.jump(5_000)
    assert not waiting.done()
    await clock.jump(-5_000)
    assert await waiting is False
    assert clock.now() == 10_000
