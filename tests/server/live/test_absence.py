"""The service was away, or its clock was set: every running deadline moves by that, once, before any phase closes."""

from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.support.clock import CountingIds, FakeClock
from tests.support.houses import Guest, Running, let_pass, running, seated_table
from threebirds_rules.engine import next_due_at
from threebirds_rules.events import Event, PhaseClosed, TimeGivenBack
from threebirds_server.live.sweeper import GRACE_MS
from threebirds_wire.frames import TableId

FIRST_PHASE_MS = 220_000
NEWS_MS = 20_000
HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS


async def a_table(house: Running) -> tuple[TableId, Guest]:
    table, (guest,) = await seated_table(house, "winter", ["SUP"])
    return table, guest


async def due(house: Running, table: TableId) -> int:
    at = next_due_at((await house.house.hub.table(table)).replica.state)
    assert at is not None
    return at


async def log(house: Running, table: TableId) -> Sequence[Event]:
    look = await house.house.records.events.look(table)
    return [one.event for one in look.recorded]


async def given_back(house: Running, table: TableId) -> list[int]:
    return [event.until - event.since for event in await log(house, table) if isinstance(event, TimeGivenBack)]


async def closed(house: Running, table: TableId) -> int:
    return sum(isinstance(event, PhaseClosed) for event in await log(house, table))


async def test_after_an_hour_without_a_server_a_table_has_the_time_that_it_had(tmp_path: Path) -> None:
    clock = FakeClock()
    async with running(tmp_path, clock=clock) as house:
        table, guest = await a_table(house)
        await let_pass(clock, FIRST_PHASE_MS - 7_000)
        was_due = await due(house, table)
    await clock.advance(HOUR_MS)
    async with running(tmp_path, clock=clock) as house:
        desk = await house.same_browser(guest).at_table(table, "seat:SUP")
        if desk.view["clock"]["closes_at"] != was_due + HOUR_MS:
            told = await desk.until_event("time_given_back")
            assert told["until"] - told["since"] == HOUR_MS
        assert (desk.phase, desk.view["clock"]["closes_at"]) == ("1.table", clock.now() + 7_000)
        await let_pass(clock, 7_000 + GRACE_MS - 1)
        assert await closed(house, table) == 0
        await let_pass(clock, 1)
        assert (await closed(house, table), await given_back(house, table)) == (1, [HOUR_MS])


async def test_a_closed_lid_is_an_absence_though_the_process_never_ended(tmp_path: Path) -> None:
    clock = FakeClock()
    async with running(tmp_path, clock=clock) as house:
        table, guest = await a_table(house)
        desk = await guest.at_table(table, "seat:SUP")
        await clock.waits("sweeper")
        was_due = await due(house, table)
        await clock.jump(FIRST_PHASE_MS + HOUR_MS)
        told = await desk.until_event("time_given_back")
        assert desk.view["clock"]["closes_at"] == was_due + FIRST_PHASE_MS + HOUR_MS
        assert told["until"] - told["since"] == FIRST_PHASE_MS + HOUR_MS
        await clock.waits("sweeper")
        assert await closed(house, table) == 0


async def test_a_short_absence_is_nobodys_business(tmp_path: Path) -> None:
    clock = FakeClock()
    async with running(tmp_path, clock=clock) as house:
        table, _ = await a_table(house)
        await clock.waits("sweeper")
        await clock.jump(15_000)
        await clock.waits("sweeper")
        assert await given_back(house, table) == []


async def test_after_a_long_absence_one_phase_closes_at_a_time_and_each_has_its_full_length(tmp_path: Path) -> None:
    clock = FakeClock()
    async with running(tmp_path, clock=clock) as house:
        table, _ = await a_table(house)
        await let_pass(clock, FIRST_PHASE_MS - 1_000)
        await clock.jump(DAY_MS)
        await let_pass(clock, 1_000)
        (gap,) = await given_back(house, table)
        await let_pass(clock, gap - DAY_MS + GRACE_MS)
        assert await closed(house, table) == 1
        assert await due(house, table) == clock.now() + NEWS_MS


async def test_a_clock_that_is_set_back_stalls_nothing_and_fires_nothing_twice(tmp_path: Path) -> None:
    clock = FakeClock()
    async with running(tmp_path, clock=clock) as house:
        table, guest = await a_table(house)
        await let_pass(clock, 100_000)
        await clock.jump(-HOUR_MS)
        await let_pass(clock, FIRST_PHASE_MS - 100_000 + GRACE_MS - 1)
        assert await closed(house, table) == 0
        await let_pass(clock, 1)
        assert await closed(house, table) == 1
        desk = await house.same_browser(guest).at_table(table, "seat:SUP")
        assert desk.phase == "1.news"
    async with running(tmp_path, clock=clock) as house:
        await let_pass(clock, NEWS_MS + GRACE_MS)
        assert (await closed(house, table), await given_back(house, table)) == (2, [-HOUR_MS])


async def test_a_clock_that_was_set_back_while_the_server_was_down_stalls_nothing(tmp_path: Path) -> None:
    clock = FakeClock()
    async with running(tmp_path, clock=clock) as house:
        table, _ = await a_table(house)
        await let_pass(clock, 100_000)
    await clock.jump(-HOUR_MS)
    async with running(tmp_path, clock=clock) as house:
        await house.house.hub.table(table)
        await let_pass(clock, FIRST_PHASE_MS - 100_000 + GRACE_MS)
        assert (await closed(house, table), await given_back(house, table)) == (1, [-HOUR_MS])


async def test_a_paused_table_is_left_alone(tmp_path: Path) -> None:
    clock = FakeClock()
    async with running(tmp_path, clock=clock) as house:
        table, guest = await a_table(house)
        facilitator = await (await house.facilitator()).at_table(table, "facilitator")
        await facilitator.does("pause")
    await clock.advance(HOUR_MS)
    async with running(tmp_path, clock=clock) as house:
        desk = await house.same_browser(guest).at_table(table, "seat:SUP")
        await let_pass(clock, 20_000)
        assert (desk.view["status"], await given_back(house, table)) == ("paused", [])


@pytest.mark.parametrize("stops", range(1, 4))
async def test_who_dies_between_noting_an_absence_and_giving_it_back_gives_it_back_later(
    tmp_path: Path, stops: int
) -> None:
    """The absence is on disk before any table is told: however often it goes wrong, each table is paid once."""
    clock = FakeClock()
    async with running(tmp_path, clock=clock) as house:
        tables = [(await a_table(house))[0] for _ in range(3)]
        deadlines = [await due(house, table) for table in tables]
    await clock.advance(HOUR_MS)
    for _ in range(stops):
        async with AsyncExitStack() as stack:
            house = await stack.enter_async_context(running(tmp_path, clock=clock))
            await house.house.hub.table(tables[0])
    async with running(tmp_path, clock=clock) as house:
        for table in tables:
            await house.house.hub.table(table)
        await let_pass(clock, 5_000)
        assert [await due(house, table) for table in tables] == [at + HOUR_MS for at in deadlines]
        assert [await given_back(house, table) for table in tables] == [[HOUR_MS]] * 3


async def test_two_servers_on_one_database_give_back_once_between_them(tmp_path: Path, database_url: str) -> None:
    clock, ids = FakeClock(), CountingIds()
    async with running(tmp_path, clock=clock, ids=ids, database_url=database_url) as house:
        tables = [(await a_table(house))[0] for _ in range(3)]
    await clock.advance(HOUR_MS)
    async with (
        running(tmp_path, clock=clock, ids=ids, database_url=database_url) as one,
        running(tmp_path, clock=clock, ids=ids, database_url=database_url) as other,
    ):
        for table in tables:
            await one.house.hub.table(table)
            await other.house.hub.table(table)
        await let_pass(clock, 10_000, servers=2)
        assert [await given_back(one, table) for table in tables] == [[HOUR_MS]] * 3
        await let_pass(clock, FIRST_PHASE_MS, servers=2)
        assert [await closed(one, table) for table in tables] == [1] * 3


async def test_while_one_of_two_servers_is_there_the_service_is(tmp_path: Path, database_url: str) -> None:
    clock, ids = FakeClock(), CountingIds()
    async with running(tmp_path, clock=clock, ids=ids, database_url=database_url) as house:
        table, _ = await a_table(house)
        async with running(tmp_path, clock=clock, ids=ids, database_url=database_url):
            await let_pass(clock, 60_000, servers=2)
        await let_pass(clock, 60_000)
        async with running(tmp_path, clock=clock, ids=ids, database_url=database_url):
            await let_pass(clock, 10_000, servers=2)
        assert await given_back(house, table) == []


async def test_a_table_of_days_goes_on_with_nobody_there_across_restarts(tmp_path: Path) -> None:
    clock = FakeClock()
    phases: list[str] = []
    async with running(tmp_path, clock=clock) as house:
        teacher = await house.facilitator()
        game = {"scenario": "european-security-treaty", "variant": "week", "utc_offset_minutes": 60}
        table = (await teacher.post("/api/tables", **game))["table"]
        desk = await teacher.at_table(table, "facilitator")
        await desk.does("start", empty="bot", bot="still")
        was_due = await due(house, table)
    for _ in range(3):
        # Up around its date, and for ten minutes at noon before it; down in between.
        await clock.advance(was_due - 6 * HOUR_MS - clock.now())
        async with running(tmp_path, clock=clock):
            await let_pass(clock, 60_000)
        await clock.advance(was_due - 60_000 - clock.now())
        async with running(tmp_path, clock=clock) as house:
            await let_pass(clock, 60_000 + GRACE_MS)
            phases.append((await house.house.hub.table(table)).replica.state.phase)
            was_due, date = await due(house, table), was_due
            assert (was_due + HOUR_MS) % DAY_MS == (date + HOUR_MS) % DAY_MS == 18 * HOUR_MS
    assert phases == ["1.plenary", "2.corridors", "2.plenary"]
